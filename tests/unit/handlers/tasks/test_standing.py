"""Where tasks stand on a day: asked for, late, sent back, sent, done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.tasks.standing import State, View, seen, standings
from records.acting import ZONE
from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.model import (
    Cadence,
    DueRule,
    Membership,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from records.obligations.working_days import Calendar
from records.tasks.mine import Mine, Part
from records.units import UnitTree

TODAY = date(2026, 11, 20)
SOUTH, NORTH = UnitId("nam"), UnitId("bac")
TREE = UnitTree.of(
    [
        Unit(id=UnitId("tinh"), kind="tỉnh", names=(UnitName(text="Tỉnh"),)),
        *(
            Unit(
                id=one,
                kind="xã",
                names=(UnitName(text=one),),
                parents=(Membership(parent=UnitId("tinh")),),
            )
            for one in (SOUTH, NORTH)
        ),
    ],
    TODAY,
)
ME = Person(id=PersonId("lan"), name="Lan", unit=SOUTH, role=Role.OFFICER)
ONCE = Task(
    id=TaskId("t"),
    title="Việc",
    lead=SOUTH,
    form="tien_do",
    cadence=Cadence.ONCE,
    created=datetime(2026, 6, 1, 8, 0, tzinfo=ZONE),
    created_by=PersonId("admin"),
)
QUARTERLY = replace(ONCE, cadence=Cadence.QUARTERLY, rule=DueRule(day_of_month=20))


def report(
    state: ReportState,
    outcome: Outcome = Outcome.DONE,
    *,
    period: str | None = None,
    unit: UnitId = SOUTH,
) -> Report:
    """Return a report of a unit."""
    return Report(
        id=ReportId(f"{unit}{state}"),
        series=ReportId("s"),
        version=1,
        author=ME.id,
        unit=unit,
        form="tien_do",
        form_version=1,
        outcome=outcome,
        submitted=datetime(2026, 11, 1, 8, 0, tzinfo=ZONE),
        draft=DraftId("d"),
        period=None if period is None else PeriodKey(period),
        state=state,
    )


def stand(task: Task, *reports: Report, part: Part = Part.LEAD) -> list[tuple[str | None, State]]:
    """Return period and state of everything asked for, the most pressing first."""
    found = Mine(task=task, part=part, reports=reports)
    return [(one.key, one.state) for one in standings([found], ME, TREE, Calendar(), TODAY)]


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, State.OVERDUE), (0, State.SOON), (7, State.SOON), (8, State.OPEN)],
)
def test_a_task_is_late_only_after_its_last_day(days: int, state: State) -> None:
    """The due day itself is in time; the last week counts as soon."""
    assert stand(replace(ONCE, due=TODAY + timedelta(days=days))) == [(None, state)]


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (report(ReportState.SUBMITTED), State.REPORTED),
        (report(ReportState.RETURNED), State.RETURNED),
        (report(ReportState.ACCEPTED), State.DONE),
        (report(ReportState.SUPERSEDED), State.OVERDUE),
        (report(ReportState.SUBMITTED, Outcome.IN_PROGRESS), State.UNDERWAY),
        (report(ReportState.ACCEPTED, unit=NORTH), State.OVERDUE),
    ],
)
def test_a_report_answers_for_its_unit(sent: Report, state: State) -> None:
    """Whatever its day; one that was superseded, or of another unit, does not count."""
    assert stand(replace(ONCE, due=TODAY - timedelta(days=9)), sent) == [(None, state)]


def test_every_period_stands_by_itself() -> None:
    """The one that was missed, the one under way, the one that is done; the late one first."""
    sent = report(ReportState.ACCEPTED, period="2026-Q2")
    assert stand(QUARTERLY, sent) == [
        ("2026-Q3", State.OVERDUE),
        ("2026-Q4", State.OPEN),
        ("2026-Q2", State.DONE),
    ]


def test_a_finished_task_asks_for_no_more_periods() -> None:
    """What was reported stays to be seen; what was not is not late."""
    sent = report(ReportState.ACCEPTED, period="2026-Q2")
    assert stand(replace(QUARTERLY, state=TaskState.DONE), sent) == [("2026-Q2", State.DONE)]


def test_a_task_without_a_day_is_open_until_it_is_reported() -> None:
    """One on an event is open as long as it stands."""
    assert stand(ONCE) == [(None, State.OPEN)]
    assert stand(ONCE, report(ReportState.ACCEPTED)) == [(None, State.DONE)]
    event = replace(ONCE, cadence=Cadence.ON_EVENT)
    assert stand(event, report(ReportState.ACCEPTED)) == [(None, State.OPEN)]


def test_a_withdrawn_task_is_in_no_list() -> None:
    """Whoever opens it from an old message still sees what it was."""
    task = replace(QUARTERLY, state=TaskState.WITHDRAWN)
    assert stand(task) == [(None, State.WITHDRAWN)]
    found = Mine(task=task, part=Part.LEAD)
    every = standings([found], ME, TREE, Calendar(), TODAY)
    assert not any(seen(every, view) for view in View)


def test_a_supporting_unit_stands_by_its_own_report() -> None:
    """The lead unit's report does not answer for it."""
    task = replace(ONCE, lead=NORTH, support=(SOUTH,), due=TODAY)
    of_lead = report(ReportState.ACCEPTED, unit=NORTH)
    own = report(ReportState.SUBMITTED)
    assert stand(task, of_lead, part=Part.SUPPORT) == [(None, State.SOON)]
    assert stand(task, of_lead, own, part=Part.SUPPORT) == [(None, State.REPORTED)]


def test_each_list_holds_its_own() -> None:
    """Urgent ones first; what is done, the latest first."""
    tasks = [
        replace(ONCE, id=TaskId("late"), due=TODAY - timedelta(days=1)),
        replace(ONCE, id=TaskId("soon"), due=TODAY + timedelta(days=1)),
        replace(ONCE, id=TaskId("urgent"), due=TODAY + timedelta(days=2), priority=1),
    ]
    found = [Mine(task=task, part=Part.LEAD) for task in tasks]
    every = standings(found, ME, TREE, Calendar(), TODAY)
    assert [one.task.id for one in seen(every, View.DUE)] == ["urgent", "soon"]
    assert [one.task.id for one in seen(every, View.OVERDUE)] == ["late"]
    assert len(seen(every, View.UNITS)) == 3
    assert not seen(every, View.DONE)
