"""The ladder: who is told what on which day, by tables of days; and the plan kept in the outbox."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.kinds import Record
from records.model import (
    Cadence,
    CalendarOverride,
    DayKind,
    DueRule,
    Extension,
    ExtensionState,
    Membership,
    OutboxMessage,
    Outcome,
    Person,
    ReminderEntry,
    Report,
    ReportState,
    Role,
    Snooze,
    StandIn,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from records.obligations.obligation import Obligation, obligation
from records.obligations.periods import periods
from records.obligations.windows import LADDER
from records.obligations.working_days import Calendar
from scheduler.planner import plan
from scheduler.preview import preview
from scheduler.reminders import Window, send_day, stage_in
from storage.embedded.store import EmbeddedStore
from tests.unit.records.obligations.owing import office_on

CALENDAR = Calendar()
MADE = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
TASK = Task(
    id=TaskId("task"),
    title="Báo cáo kết quả",
    lead=UnitId("xa"),
    form="tien_do",
    cadence=Cadence.YEARLY,
    rule=DueRule(dates=((11, 4),)),
    created=MADE,
    created_by=PersonId("admin"),
)
DUE = date(2026, 11, 4)
"""A Wednesday."""

OFFICER = Person(id=PersonId("lan"), name="Lan", unit=UnitId("xa"), role=Role.OFFICER)
HEAD = Person(id=PersonId("hung"), name="Hùng", unit=UnitId("xa"), role=Role.SUPERVISOR)
CHIEF = Person(id=PersonId("minh"), name="Minh", unit=UnitId("tinh"), role=Role.SUPERVISOR)
PROVINCE = Unit(id=UnitId("tinh"), kind="tỉnh", names=(UnitName(text="UBND tỉnh"),))
COMMUNE = Unit(
    id=UnitId("xa"),
    kind="xã",
    names=(UnitName(text="UBND xã"),),
    parents=(Membership(parent=UnitId("tinh")),),
)


PERIOD = PeriodKey("2026")


def owed(task: Task = TASK, report: Report | None = None, day: date = DUE) -> Obligation:
    """Return what is owed for 2026, as it stands on a day."""
    (period,) = periods(task, CALENDAR, date(2026, 10, 1), date(2026, 12, 31))
    sent = () if report is None else (report,)
    office = office_on(day, (PROVINCE, COMMUNE), (OFFICER, HEAD, CHIEF))
    found = obligation(task, task.lead, period, sent, office)
    assert found is not None
    return found


def stage_on(window: Window, task: Task = TASK, report: Report | None = None) -> str | None:
    """Return the stage of the last step in a window."""
    return stage_in(owed(task, report, window.day), CALENDAR, window)


def on(day: date) -> Window:
    """Return the window of a bot that runs every day."""
    return Window(since=day - timedelta(days=1), day=day)


def report(state: ReportState, reviewed: datetime | None = None) -> Report:
    """Return the unit's report for the period."""
    return Report(
        id=ReportId("r"),
        series=ReportId("r"),
        version=1,
        author=OFFICER.id,
        unit=TASK.lead,
        form="tien_do",
        form_version=1,
        outcome=Outcome.DONE,
        submitted=datetime(2026, 10, 20, tzinfo=UTC),
        draft=DraftId("d"),
        task=TASK.id,
        period=PERIOD,
        state=state,
        reviewed=reviewed,
    )


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 10, 20), None),
        (date(2026, 10, 21), "before_14"),
        (date(2026, 10, 22), None),
        (date(2026, 10, 28), "before_7"),
        (date(2026, 10, 30), "before_3"),  # three days before is a Sunday: the Friday before it
        (date(2026, 11, 1), None),
        (date(2026, 11, 3), "before_1"),
        (date(2026, 11, 4), "due"),
        (date(2026, 11, 5), "late_1"),
        (date(2026, 11, 9), "late_3"),  # three days after is a Saturday: the Monday after it
        (date(2026, 11, 16), "late_10"),
        (date(2026, 11, 23), "late_17"),
        (date(2027, 2, 1), None),
    ],
)
def test_each_step_has_its_day(day: date, stage: str | None) -> None:
    """Steps before the due day move to an earlier working day, those after it to a later one."""
    assert stage_on(on(day)) == stage


def test_after_a_week_off_only_the_last_step_counts() -> None:
    """What passed meanwhile is not made up for one by one."""
    window = Window(since=date(2026, 10, 27), day=date(2026, 11, 3))
    assert stage_on(window) == "before_1"


def test_a_due_day_that_passed_unsaid_is_said_as_late() -> None:
    """Nobody reads "today" of yesterday."""
    task = replace(TASK, ladder=(3, 0))
    window = Window(since=date(2026, 11, 3), day=date(2026, 11, 6))
    assert stage_on(window, task) == "late_2"


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
@given(day=st.dates(date(2026, 9, 1), date(2027, 3, 1)))
def test_who_reported_hears_nothing(state: ReportState, day: date) -> None:
    """On no day."""
    assert stage_on(on(day), report=report(state)) is None


def test_a_returned_report_has_its_own_short_ladder() -> None:
    """The ordinary one rests; three reminders, then silence."""
    back = datetime(2026, 10, 26, 3, 0, tzinfo=UTC)
    held = report(ReportState.RETURNED, back)
    days = [date(2026, 10, 26) + timedelta(days=n) for n in range(30)]
    told = [(day, stage) for day in days if (stage := stage_on(on(day), report=held))]
    assert told == [
        (date(2026, 10, 27), "returned_1"),
        (date(2026, 10, 29), "returned_3"),
        (date(2026, 11, 2), "returned_7"),
    ]


def test_the_day_of_assigning_is_not_reminded() -> None:
    """The assignment itself was told on that day."""
    task = replace(TASK, created=datetime(2026, 10, 28, 2, 0, tzinfo=UTC))
    assert stage_on(on(date(2026, 10, 28)), task) is None
    assert stage_on(on(date(2026, 10, 30)), task) == "before_3"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 1)))
def test_steps_fall_on_working_days_in_order(due: date) -> None:
    """Whatever the due day: only it may be a day off, and no later step comes earlier."""
    days = [send_day(due, step, CALENDAR) for step in LADDER]
    assert days == sorted(days)
    assert all(
        CALENDAR.is_working(day) for step, day in zip(LADDER, days, strict=True) if step != 0
    )


# --- the plan in the outbox ------------------------------------------------------------------


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a store with two units, an officer, the supervisor, and the one above."""
    held = await EmbeddedStore.open(tmp_path)
    async with held.begin() as tx:
        for record in (PROVINCE, COMMUNE, OFFICER, HEAD, CHIEF, TASK):
            await tx.add(record)
    yield held
    await held.close()


def at(day: date, hour: int = 7) -> datetime:
    """Return an hour of a day in Vietnam."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 7)


async def planned(store: EmbeddedStore, day: date) -> list[tuple[str, tuple[str, ...]]]:
    """Plan a day and return its rows: person and stages."""
    await plan(store, at(day))
    async with store.begin() as tx:
        rows = await tx.find(OutboxMessage)
    return [
        (f"{one.template}:{one.person}", tuple(entry.stage for entry in one.entries))
        for one in rows
        if one.not_before is not None and one.not_before.astimezone(UTC) == at(day).astimezone(UTC)
    ]


async def put(store: EmbeddedStore, *records: Record) -> None:
    """Write records."""
    async with store.begin() as tx:
        for one in records:
            await tx.put(one)


async def test_a_person_gets_one_message_a_morning(store: EmbeddedStore) -> None:
    """All tasks in one, however many; planning again adds nothing."""
    await put(store, replace(TASK, id=TaskId("other"), title="Khác"))
    assert await planned(store, date(2026, 10, 28)) == [("reminder:lan", ("before_7", "before_7"))]
    assert await plan(store, at(date(2026, 10, 28), 9)) == 0


async def test_what_is_late_climbs(store: EmbeddedStore) -> None:
    """After three days the supervisor is told, after ten the unit above; the officer throughout."""
    told = {day: await planned(store, day) for day in (date(2026, 11, 9), date(2026, 11, 16))}
    assert told[date(2026, 11, 9)] == [
        ("reminder:lan", ("late_3",)),
        ("escalation:hung", ("late_3",)),
    ]
    assert told[date(2026, 11, 16)] == [
        ("reminder:lan", ("late_10",)),
        ("escalation:minh", ("late_10",)),
    ]


async def test_a_report_ends_it(store: EmbeddedStore) -> None:
    """Reported, or withdrawn: nothing more is planned."""
    await put(store, report(ReportState.SUBMITTED))
    assert await planned(store, date(2026, 11, 9)) == []
    await put(store, replace(TASK, id=TaskId("other"), state=TaskState.WITHDRAWN))
    assert await planned(store, date(2026, 11, 16)) == []


async def test_granted_time_moves_the_ladder(store: EmbeddedStore) -> None:
    """The new day counts, an unanswered wish does not."""
    wish = Extension(
        id="e",
        task=TASK.id,
        unit=TASK.lead,
        asked_by=OFFICER.id,
        asked=MADE,
        until=date(2026, 11, 18),
        reason="Mưa lũ",
        period=PERIOD,
    )
    await put(store, wish)
    assert await planned(store, date(2026, 11, 4)) == [("reminder:lan", ("due",))]
    await put(store, replace(wish, state=ExtensionState.GRANTED))
    assert await planned(store, date(2026, 11, 5)) == []
    assert await planned(store, date(2026, 11, 18)) == [("reminder:lan", ("due",))]


async def test_a_snoozed_task_is_left_out(store: EmbeddedStore) -> None:
    """Until its time; the snooze itself reminds then."""
    until = at(date(2026, 11, 4), 14)
    await put(store, Snooze(id="s", person=OFFICER.id, until=until, task=TASK.id))
    assert await planned(store, date(2026, 11, 4)) == []
    assert await planned(store, date(2026, 11, 5)) == [("reminder:lan", ("late_1",))]


async def test_who_is_away_is_stood_in_for(store: EmbeddedStore) -> None:
    """The deputy gets the message, for whom it is, while he stands in."""
    away = StandIn(deputy=HEAD.id, since=date(2026, 11, 1), until=date(2026, 11, 4))
    await put(store, replace(OFFICER, stand_ins=(away,)))
    await plan(store, at(date(2026, 11, 4)))
    async with store.begin() as tx:
        (row,) = await tx.find(OutboxMessage)
    assert row.person == HEAD.id
    assert row.entries == (
        ReminderEntry(
            task=TASK.id,
            period=PeriodKey("2026"),
            stage="due",
            unit=TASK.lead,
            instead_of=OFFICER.id,
        ),
    )
    assert await planned(store, date(2026, 11, 5)) == [("reminder:lan", ("late_1",))]


async def test_a_day_off_is_silent_unless_something_is_due(store: EmbeddedStore) -> None:
    """A report due on a Sunday is spoken of that day, once; the rest waits for Monday."""
    sunday = date(2026, 11, 8)
    await put(store, replace(TASK, rule=DueRule(dates=((11, 8),)), ladder=(0, -1)))
    await put(store, replace(TASK, id=TaskId("other"), ladder=(-3,)))
    assert await planned(store, date(2026, 11, 6)) == []
    assert await planned(store, date(2026, 11, 7)) == []
    assert await planned(store, sunday) == [("reminder:lan", ("due",))]
    monday = dict(await planned(store, date(2026, 11, 9)))
    assert monday["reminder:lan"] == ("late_3", "late_1")


async def test_an_announced_day_off_counts(store: EmbeddedStore) -> None:
    """What an admin entered moves the steps."""
    day = date(2026, 11, 3)
    off = CalendarOverride(
        id=day.isoformat(), day=day, kind=DayKind.OFF, basis="Thông báo", made_by=PersonId("a")
    )
    await put(store, off)
    assert await planned(store, date(2026, 11, 2)) == [("reminder:lan", ("before_1",))]
    assert await planned(store, day) == []


async def test_a_clock_that_was_put_back_leaves_no_gap(store: EmbeddedStore) -> None:
    """What its days ask for is planned, and no day twice."""
    assert await planned(store, date(2026, 11, 4)) == [("reminder:lan", ("due",))]
    assert await planned(store, date(2026, 10, 28)) == [("reminder:lan", ("before_7",))]
    assert await planned(store, date(2026, 11, 4)) == [("reminder:lan", ("due",))]
    assert await plan(store, at(date(2026, 11, 4), 9)) == 0


async def test_a_bot_that_was_down_for_a_week_catches_up(store: EmbeddedStore) -> None:
    """One message for the last step, and the supervisor hears what he missed."""
    await planned(store, date(2026, 11, 3))
    assert await planned(store, date(2026, 11, 11)) == [
        ("reminder:lan", ("late_3",)),
        ("escalation:hung", ("late_3",)),
    ]


async def test_the_preview_says_what_will_be_planned(store: EmbeddedStore) -> None:
    """Day by day the same as the plan itself; and it writes nothing."""
    first, last = date(2026, 10, 19), date(2026, 11, 30)
    rows = await preview(store, first, last, at(first))
    async with store.begin() as tx:
        assert await tx.find(OutboxMessage) == []
    told = []
    day = first
    while day <= last:
        for who, stages in await planned(store, day):
            told += [(day, who, stage) for stage in stages]
        day += timedelta(days=1)
    assert [(one.at.date(), f"{one.template}:{one.person}", one.stage) for one in rows] == told
    assert len(told) == 12
