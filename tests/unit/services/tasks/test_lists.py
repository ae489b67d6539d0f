"""Where tasks stand on a day: asked for, late, sent back, sent, done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.model import (
    Cadence,
    DueRule,
    Outcome,
    Person,
    Report,
    ReportState,
    Role,
    SupportRule,
    Task,
    TaskState,
)
from records.obligations.states import State
from services.tasks.lists import View, seen, standings
from services.tasks.own import Mine, Part
from tests.unit.records.obligations.owing import owed
from vietnamese.zone import ZONE

TODAY = date(2026, 11, 20)
SOUTH, NORTH = UnitId("nam"), UnitId("bac")
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
    day: int = 1,
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
        submitted=datetime(2026, 11, day, 8, 0, tzinfo=ZONE),
        draft=DraftId("d"),
        period=None if period is None else PeriodKey(period),
        state=state,
    )


def stand(
    task: Task, *reports: Report, unit: UnitId = SOUTH
) -> list[tuple[str | None, State, int]]:
    """Return period, state and days late of all that a unit owes, the most pressing first."""
    return [
        (one.owed.key, one.owed.state, one.owed.days_late)
        for one in standings([mine(task, *reports, unit=unit)])
    ]


def mine(task: Task, *reports: Report, unit: UnitId = SOUTH) -> Mine:
    """Return a task as one of the unit has it."""
    found = tuple(one for one in owed(task, *reports, day=TODAY) if one.unit == unit)
    return Mine(task=task, unit=unit, part=Part.LEAD, owed=found)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, State.OVERDUE), (0, State.DUE_SOON), (7, State.DUE_SOON), (8, State.UNREPORTED)],
)
def test_a_task_is_late_only_after_its_last_day(days: int, state: State) -> None:
    """The due day itself is in time; the last week counts as soon."""
    assert stand(replace(ONCE, due=TODAY + timedelta(days=days))) == [(None, state, max(0, -days))]


@pytest.mark.parametrize(
    ("sent", "state", "late"),
    [
        (report(ReportState.SUBMITTED), State.WAITING, 0),
        (report(ReportState.RETURNED), State.RETURNED, 0),
        (report(ReportState.ACCEPTED), State.DONE_IN_TIME, 0),
        (report(ReportState.ACCEPTED, day=12), State.DONE_LATE, 1),
        (report(ReportState.SUBMITTED, day=12), State.WAITING, 1),
        (report(ReportState.RETURNED, day=12), State.RETURNED, 1),
        (report(ReportState.SUBMITTED, Outcome.IN_PROGRESS), State.UNDERWAY, 9),
        (report(ReportState.SUBMITTED, Outcome.OBSTACLE), State.HINDERED, 9),
        (report(ReportState.ACCEPTED, unit=NORTH), State.OVERDUE, 9),
    ],
)
def test_a_report_answers_for_its_unit(sent: Report, state: State, late: int) -> None:
    """A result counts from the day it came; a progress report leaves its day standing."""
    assert stand(replace(ONCE, due=TODAY - timedelta(days=9)), sent) == [(None, state, late)]


def test_every_period_stands_by_itself() -> None:
    """The one that was missed, then the one that is done; the next is not asked before its time."""
    sent = report(ReportState.ACCEPTED, period="2026-Q2")
    assert stand(QUARTERLY, sent) == [
        ("2026-Q3", State.OVERDUE, 61),
        ("2026-Q2", State.DONE_LATE, 134),
    ]


def test_a_finished_task_asks_for_no_more_periods() -> None:
    """What was reported stays to be seen; what was not is not late."""
    sent = report(ReportState.ACCEPTED, period="2026-Q2")
    assert stand(replace(QUARTERLY, state=TaskState.DONE), sent) == [
        ("2026-Q2", State.DONE_LATE, 134)
    ]
    assert stand(replace(QUARTERLY, state=TaskState.DONE)) == [(None, State.WITHDRAWN, 0)]


def test_a_task_without_a_day_is_open_until_it_is_reported() -> None:
    """One on an event is open as long as it stands."""
    assert stand(ONCE) == [(None, State.UNREPORTED, 0)]
    assert stand(ONCE, report(ReportState.ACCEPTED)) == [(None, State.DONE_IN_TIME, 0)]
    event = replace(ONCE, cadence=Cadence.ON_EVENT)
    assert stand(event, report(ReportState.ACCEPTED)) == [(None, State.NOT_YET, 0)]
    assert stand(event, report(ReportState.RETURNED)) == [(None, State.RETURNED, 0)]


def test_a_withdrawn_task_is_in_no_list() -> None:
    """Whoever opens it from an old message still sees what it was."""
    task = replace(QUARTERLY, state=TaskState.WITHDRAWN)
    assert stand(task) == [(None, State.WITHDRAWN, 0)]
    every = standings([mine(task)])
    assert not any(seen(every, view) for view in View)


def test_a_supporting_unit_stands_by_its_own_report() -> None:
    """The lead unit's report does not answer for it."""
    task = replace(ONCE, lead=NORTH, support=(SOUTH,), due=TODAY)
    of_lead = report(ReportState.ACCEPTED, unit=NORTH)
    own = report(ReportState.SUBMITTED)
    assert stand(task, of_lead) == [(None, State.DUE_SOON, 0)]
    assert stand(task, of_lead, own) == [(None, State.WAITING, 0)]
    told = replace(task, support_rule=SupportRule.TOLD)
    assert stand(told, of_lead, own) == []


def test_each_list_holds_its_own() -> None:
    """Urgent ones first; what is done, the latest first."""
    tasks = [
        replace(ONCE, id=TaskId("late"), due=TODAY - timedelta(days=1)),
        replace(ONCE, id=TaskId("soon"), due=TODAY + timedelta(days=1)),
        replace(ONCE, id=TaskId("urgent"), due=TODAY + timedelta(days=2), priority=1),
    ]
    every = standings(mine(task) for task in tasks)
    assert [one.owed.task.id for one in seen(every, View.DUE)] == ["urgent", "soon"]
    assert [one.owed.task.id for one in seen(every, View.OVERDUE)] == ["late"]
    assert len(seen(every, View.UNITS)) == 3
    assert not seen(every, View.DONE)
