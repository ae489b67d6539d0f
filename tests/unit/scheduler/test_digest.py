"""The state of the units: counted, added up, urged about; digests owed on their days."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import icalendar
import pytest

from records.actor import NotAllowed, acting
from records.forms.files import read_forms, shipped_forms
from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.kinds import Record
from records.model import (
    Acknowledgement,
    Address,
    Answer,
    AuditEntry,
    Broadcast,
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
    Preference,
    Report,
    ReportState,
    Role,
    StandIn,
    Task,
    Unit,
    UnitName,
    Waiver,
)
from records.obligations.states import State
from scheduler.digest import Digest, digest
from scheduler.digest_plan import plan_digests
from scheduler.due_days import as_ics, coming
from scheduler.urges import urge_all
from storage.embedded.store import EmbeddedStore

FORMS = read_forms((shipped_forms(),))
NOW = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
"""A Thursday, eight in the morning."""

HEAD = PersonId("hung")


def unit(key: str, parent: str | None = None) -> Unit:
    """Return a unit."""
    parents = () if parent is None else (Membership(parent=UnitId(parent)),)
    return Unit(id=UnitId(key), kind="xã", names=(UnitName(text=f"Xã {key}"),), parents=parents)


def person(key: str, home: str, role: Role = Role.OFFICER) -> Person:
    """Return somebody whom the channel reaches."""
    here = (Address(channel="telegram", value=key),)
    name = key.title()
    return Person(id=PersonId(key), name=name, unit=UnitId(home), role=role, addresses=here)


def task(key: str, home: str, due: date, group: str | None = None) -> Task:
    """Return a task that is reported once."""
    return Task(
        id=TaskId(key),
        title=f"Việc {key}",
        lead=UnitId(home),
        form="doi_thoai",
        cadence=Cadence.ONCE,
        due=due,
        created=NOW - timedelta(days=100),
        created_by=HEAD,
        group=group,
    )


def report(key: str, of: Task, answers: dict[str, Answer] | None = None) -> Report:
    """Return a report on a task."""
    return Report(
        id=ReportId(key),
        series=ReportId(key),
        version=1,
        author=PersonId(f"officer {of.lead}"),
        unit=of.lead,
        form=of.form,
        form_version=FORMS.get(of.form).version,
        outcome=Outcome.DONE,
        submitted=NOW - timedelta(hours=3),
        draft=DraftId(f"draft of {key}"),
        task=of.id,
        answers=answers or {},
    )


LATE = task("late", "a", date(2026, 11, 16), "all")
DONE = task("done", "b", date(2026, 11, 16), "all")
SOON = task("soon", "b", date(2026, 11, 24))
FAR = task("far", "a", date(2026, 12, 30))
BESIDE = task("beside", "x", date(2026, 11, 10))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a province with two communes below it and one unit beside."""
    held = await EmbeddedStore.open(tmp_path)
    people = [person(f"officer {home}", home) for home in ("a", "b", "x")]
    async with held.begin() as tx:
        for one in (unit("tinh"), unit("a", "tinh"), unit("b", "tinh"), unit("x")):
            await tx.add(one)
        for one_person in (*people, person(HEAD, "tinh", Role.SUPERVISOR)):
            await tx.add(one_person)
        for one_task in (LATE, DONE, SOON, FAR, BESIDE):
            await tx.add(one_task)
        await tx.add(report("r", DONE, {"received": "12"}))
    yield held
    await held.close()


async def put(store: EmbeddedStore, *records: Record) -> None:
    """Write records."""
    async with store.begin() as tx:
        for one in records:
            await tx.put(one)


async def state(store: EmbeddedStore, who: PersonId = HEAD, now: datetime = NOW) -> Digest:
    """Return the digest of somebody's scope."""
    async with acting(store, who, now) as act:
        return await digest(act, FORMS)


async def test_each_period_stands_somewhere(store: EmbeddedStore) -> None:
    """Reported, due or late, in one's own subtree; with a unit and a task it counts once."""
    found = await state(store)
    stood = {one.task.id: one.state for one in found.cells}
    assert stood == {
        "late": State.OVERDUE,
        "done": State.WAITING,
        "soon": State.DUE_SOON,
        "far": State.UNREPORTED,
    }
    assert (found.total.reported, found.total.due, found.total.late) == (1, 2, 1)
    assert [(unit, each.late, each.asked) for unit, each in found.by_unit()] == [
        ("a", 1, 2),
        ("b", 0, 2),
    ]
    assert next((group, each.asked) for group, each in found.by_task()) == ("all", 2)


async def test_figures_are_added_up(store: EmbeddedStore) -> None:
    """Of reports that stand; a returned one does not."""
    await put(store, report("s", SOON, {"received": "30"}))
    (total,) = [one for one in (await state(store)).sums if one.field == "received"]
    assert (total.value, total.units, total.unit) == (Decimal(42), 1, "đơn")
    await put(
        store,
        replace(report("s", SOON, {"received": "30"}), state=ReportState.RETURNED),
    )
    (total,) = [one for one in (await state(store)).sums if one.field == "received"]
    assert total.value == 12


async def test_of_each_task_only_the_latest_figures_count(store: EmbeddedStore) -> None:
    """What was counted in October is counted again in a total of November."""
    monthly = replace(
        task("month", "a", date(2026, 11, 4)),
        cadence=Cadence.MONTHLY,
        due=None,
        rule=DueRule(day_of_month=18),
        created=NOW - timedelta(days=90),
    )
    october = replace(report("oct", monthly, {"received": "100"}), period=PeriodKey("2026-10"))
    november = replace(report("nov", monthly, {"received": "7"}), period=PeriodKey("2026-11"))
    late = Extension(
        id="e",
        task=monthly.id,
        unit=monthly.lead,
        asked_by=PersonId("officer a"),
        asked=NOW,
        until=date(2026, 11, 10),
        reason="Mưa",
        period=PeriodKey("2026-10"),
        state=ExtensionState.GRANTED,
    )
    await put(store, monthly, october, november, late)
    found = await state(store)
    shown = [one.key for one in found.cells if one.task.id == "month"]
    assert {"2026-10", "2026-11"} <= set(shown)
    (total,) = [one for one in found.sums if one.field == "received"]
    assert (total.value, total.units) == (Decimal(19), 2)


async def test_a_form_that_is_no_more_stops_no_digest(store: EmbeddedStore) -> None:
    """Its figures have no names any more; all else is told."""
    await put(store, replace(report("s", SOON, {"received": "30"}), form="gone", form_version=9))
    found = await state(store)
    assert [one.units for one in found.sums if one.field == "received"] == [1]
    assert found.total.reported == 2


async def test_what_waits_is_named(store: EmbeddedStore) -> None:
    """Obstacles with their words, models, wishes for more time, reports to review."""
    obstacle = replace(
        report("o", LATE, {"text": "Thiếu kinh phí"}), outcome=Outcome.OBSTACLE, task=None
    )
    model = replace(
        report("m", SOON, {"name": "Đường hoa"}), form="dan_van_kheo", form_version=1, task=None
    )
    wish = Extension(
        id="e",
        task=LATE.id,
        unit=LATE.lead,
        asked_by=PersonId("officer a"),
        asked=NOW,
        until=date(2026, 12, 1),
        reason="Mưa",
    )
    await put(store, obstacle, model, wish)
    found = await state(store)
    assert [(one.unit, one.text) for one in found.obstacles] == [("Xã a", "Thiếu kinh phí")]
    assert [one.text for one in found.models] == ["Đường hoa"]
    assert (found.extensions, found.waiting) == (1, 3)


async def test_an_obstacle_stands_until_it_is_dealt_with(store: EmbeddedStore) -> None:
    """That of a task until something else is reported, one without a task until it is accepted."""
    of_task = replace(
        report("o", LATE, {"text": "Thiếu kinh phí"}),
        outcome=Outcome.OBSTACLE,
        state=ReportState.ACCEPTED,
    )
    at_once = replace(
        report("v", SOON, {"content": "Đường sạt lở"}),
        form="vuong_mac",
        outcome=Outcome.IN_PROGRESS,
        task=None,
    )
    await put(store, of_task, at_once)
    assert {one.text for one in (await state(store)).obstacles} == {
        "Thiếu kinh phí",
        "Đường sạt lở",
    }
    after = replace(report("d", LATE), submitted=NOW - timedelta(hours=1))
    await put(store, after, replace(at_once, state=ReportState.ACCEPTED))
    assert (await state(store)).obstacles == ()


async def test_what_was_not_acknowledged_is_counted(store: EmbeddedStore) -> None:
    """In one's own scope, until everybody has."""
    sent = Broadcast(
        id="b",
        file="a.md",
        citation="Chỉ thị số 1",
        units=(UnitId("a"), UnitId("x")),
        made_by=HEAD,
        made=NOW,
    )
    await put(store, sent)
    assert [(one.name, one.people) for one in (await state(store)).unread] == [("Chỉ thị số 1", 1)]
    read = Acknowledgement(id="b:1", person=PersonId("officer a"), file="a.md", at=NOW)
    await put(store, read)
    assert (await state(store)).unread == ()


async def test_not_reached_is_told_apart_from_late(store: EmbeddedStore) -> None:
    """Who cannot be reminded is for the supervisor to call."""
    await put(store, replace(person("officer a", "a"), unreachable=NOW))
    assert (await state(store)).total.unreached == 2
    urged = await urge_all(store, FORMS, HEAD, NOW)
    assert urged.unreached == ("Officer A",)
    assert (urged.reminded, urged.nobody) == (1, ())


async def test_who_never_came_in_is_not_reached(store: EmbeddedStore) -> None:
    """Entered by a roster, he has no address yet; for a unit without anybody the one above does."""
    await put(
        store,
        replace(person("officer a", "a"), addresses=()),
        replace(person("officer b", "b"), active=False),
    )
    assert (await state(store)).total.unreached == 2
    urged = await urge_all(store, FORMS, HEAD, NOW)
    assert (urged.reminded, urged.unreached, urged.nobody) == (0, ("Officer A",), ("Xã b",))


async def test_who_stands_in_is_urged(store: EmbeddedStore) -> None:
    """In the place of who is away, about all of it in one message, and told for whom."""
    away = StandIn(deputy=PersonId("officer b"), since=NOW.date(), until=NOW.date())
    await put(store, replace(person("officer a", "a"), stand_ins=(away,)))
    assert (await urge_all(store, FORMS, HEAD, NOW)).reminded == 1
    async with store.begin() as tx:
        (row,) = await tx.find(OutboxMessage)
    assert row.person == "officer b"
    assert {(one.task, one.stage, one.unit, one.instead_of) for one in row.entries} == {
        ("late", "late_3", "a", "officer a"),
        ("soon", "before_5", "b", None),
    }


async def test_a_result_is_news_for_two_weeks_and_an_arrear_for_ever(store: EmbeddedStore) -> None:
    """Age ends nothing: a report does, or closing, or a waiver."""
    later = await state(store, now=NOW + timedelta(days=15))
    assert "done" not in {one.task.id for one in later.cells}
    much_later = await state(store, now=NOW + timedelta(days=900))
    assert "late" in {one.task.id for one in much_later.cells}
    waiver = Waiver(
        id="w", task=LATE.id, unit=LATE.lead, by=HEAD, at=NOW, reason="Đã gộp vào báo cáo năm"
    )
    await put(store, waiver)
    assert "late" not in {one.task.id for one in (await state(store)).cells}


async def test_an_urge_reaches_each_once_a_day(store: EmbeddedStore) -> None:
    """What is late and what is due within a week; tomorrow it may be done again."""
    first = await urge_all(store, FORMS, HEAD, NOW)
    again = await urge_all(store, FORMS, HEAD, NOW)
    assert (first.reminded, again.reminded, again.before) == (2, 0, 2)
    async with store.begin() as tx:
        rows = await tx.find(OutboxMessage)
    told = {row.person: [(one.task, one.stage) for one in row.entries] for row in rows}
    assert told == {"officer a": [("late", "late_3")], "officer b": [("soon", "before_5")]}
    tomorrow = await urge_all(store, FORMS, HEAD, NOW + timedelta(days=1))
    assert tomorrow.reminded == 2


async def test_an_urge_is_written_down(store: EmbeddedStore) -> None:
    """Who urged which unit, on which day and how many; a second one with nobody left as well."""
    await urge_all(store, FORMS, HEAD, NOW, UnitId("a"))
    await urge_all(store, FORMS, HEAD, NOW)
    async with store.begin() as tx:
        noted = await tx.find(AuditEntry, {"action": "urge"})
    assert [(one.actor, one.subject, one.detail) for one in noted] == [
        (HEAD, "a", "2026-11-19 1"),
        (HEAD, "tinh", "2026-11-19 1"),
    ]


async def test_officers_urge_nobody(store: EmbeddedStore) -> None:
    """Not even in their own unit."""
    with pytest.raises(NotAllowed):
        await urge_all(store, FORMS, PersonId("officer a"), NOW)


async def rows_of(store: EmbeddedStore, now: datetime) -> set[str]:
    """Plan a day's digests and return the keys of all rows so far."""
    await plan_digests(store, now)
    async with store.begin() as tx:
        return {one.key for one in await tx.find(OutboxMessage)}


async def test_digests_come_on_working_days(store: EmbeddedStore) -> None:
    """Daily for supervisors, weekly in its place on their day, officers' week ahead on Monday."""
    assert await rows_of(store, NOW) == {"digest_day:hung:20261119"}
    assert await plan_digests(store, NOW) == 0
    saturday = NOW + timedelta(days=2)
    assert len(await rows_of(store, saturday)) == 1
    monday = NOW + timedelta(days=4)
    new = await rows_of(store, monday) - {"digest_day:hung:20261119"}
    assert new == {
        "digest_week:hung:2026-W48",
        "week_ahead:officer a:2026-W48",
        "week_ahead:officer b:2026-W48",
        "week_ahead:officer x:2026-W48",
    }


async def test_a_monday_off_moves_the_week_to_tuesday(store: EmbeddedStore) -> None:
    """And it comes once."""
    monday = (NOW + timedelta(days=11)).date()
    off = CalendarOverride(
        id=monday.isoformat(), day=monday, kind=DayKind.OFF, basis="Thông báo", made_by=HEAD
    )
    await put(store, off)
    assert await rows_of(store, NOW + timedelta(days=11)) == set()
    assert "week_ahead:officer a:2026-W49" in await rows_of(store, NOW + timedelta(days=12))
    wednesday = await rows_of(store, NOW + timedelta(days=13))
    assert len([key for key in wednesday if key.startswith("week_ahead:officer a")]) == 1


@pytest.mark.parametrize("weekday", range(1, 8))
async def test_whatever_day_is_chosen_the_week_comes_once(
    store: EmbeddedStore, weekday: int
) -> None:
    """A Saturday's and a Sunday's on the Monday after: four weeks, four digests."""
    await put(store, Preference(id=HEAD, weekly_digest_day=weekday, daily_digest=False))
    for day in range(28):
        await plan_digests(store, NOW + timedelta(days=day))
    async with store.begin() as tx:
        keys = [one.key for one in await tx.find(OutboxMessage)]
    assert len([key for key in keys if key.startswith("digest_week:hung:")]) == 4


async def test_who_stands_in_gets_the_digest(store: EmbeddedStore) -> None:
    """Of whom he stands in for, once, at his own hour; nobody writes to who is away."""
    away = StandIn(deputy=PersonId("officer x"), since=NOW.date(), until=NOW.date())
    await put(store, replace(person(HEAD, "tinh", Role.SUPERVISOR), stand_ins=(away,)))
    assert await rows_of(store, NOW) == {"digest_day:officer x:20261119"}
    assert "digest_day:hung:20261120" in await rows_of(store, NOW + timedelta(days=1))


async def test_hours_are_ones_own(store: EmbeddedStore) -> None:
    """The digest comes at the chosen hour; without daily ones only the weekly."""
    await put(store, Preference(id=HEAD, digest_hour=16))
    await plan_digests(store, NOW)
    async with store.begin() as tx:
        (row,) = await tx.find(OutboxMessage)
    assert row.not_before == datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    await put(store, Preference(id=HEAD, daily_digest=False))
    assert len(await rows_of(store, NOW + timedelta(days=1))) == 1


async def test_an_hour_of_rest_that_was_chosen_is_kept(store: EmbeddedStore) -> None:
    """Held back until the morning, a digest of the evening would be out of date."""
    await put(store, Preference(id=HEAD, digest_hour=21))
    await plan_digests(store, NOW)
    async with store.begin() as tx:
        (row,) = await tx.find(OutboxMessage)
    assert (row.quiet, row.not_before) == (False, datetime(2026, 11, 19, 14, 0, tzinfo=UTC))


async def test_days_that_were_missed_are_not_made_up_for(store: EmbeddedStore) -> None:
    """Yesterday's digest is out of date; a clock that was put back has its day's, once."""
    await plan_digests(store, NOW)
    keys = await rows_of(store, NOW + timedelta(days=7))
    assert "digest_day:hung:20261120" not in keys
    assert await plan_digests(store, NOW + timedelta(days=1)) == 1
    assert await plan_digests(store, NOW + timedelta(days=1)) == 0


async def test_due_days_come_to_who_reports(store: EmbeddedStore) -> None:
    """One's own unit's, what is late included, what is reported not."""
    async with acting(store, PersonId("officer b"), NOW) as act:
        found = await coming(act, 60)
    assert [(one.task.id, one.days_left) for one in found] == [("soon", 5)]
    async with acting(store, PersonId("officer a"), NOW) as act:
        assert [one.task.id for one in await coming(act, 60)] == ["late", "far"]


async def test_the_calendar_file_is_read_by_others(store: EmbeddedStore) -> None:
    """A day each, two alarms, ids that stay; a recurring task has an event a period."""
    yearly = replace(
        task("year", "a", date(2026, 11, 4)),
        cadence=Cadence.QUARTERLY,
        due=None,
        rule=DueRule(day_of_month=20),
    )
    await put(store, yearly)
    async with acting(store, PersonId("officer a"), NOW) as act:
        found = await coming(act, 60)
    read = icalendar.Calendar.from_ical(as_ics(found, [one.task.title for one in found], NOW))
    events = list(read.walk("VEVENT"))
    assert read["METHOD"] == "PUBLISH"
    assert [(str(one["UID"]), one.decoded("DTSTART")) for one in events] == [
        ("year.2026-Q3@danvan", date(2026, 9, 20)),
        ("late.once@danvan", date(2026, 11, 16)),
        ("year.2026-Q4@danvan", date(2026, 12, 20)),
        ("far.once@danvan", date(2026, 12, 30)),
    ]
    rings = [alarm.decoded("TRIGGER") for alarm in events[0].walk("VALARM")]
    assert rings == [timedelta(days=-6, hours=-16), timedelta(hours=-16)]
    assert {str(alarm["ACTION"]) for alarm in events[0].walk("VALARM")} == {"DISPLAY"}
    assert str(read["X-WR-TIMEZONE"]) == "Asia/Ho_Chi_Minh"
    assert all("Xã a" in str(one["DESCRIPTION"]) for one in events)


async def test_who_stands_in_sees_what_comes_to_the_other(store: EmbeddedStore) -> None:
    """Beside his own; a supervisor sees the days of his units, and his own as his own."""
    away = StandIn(deputy=PersonId("officer b"), since=NOW.date(), until=NOW.date())
    await put(store, replace(person("officer a", "a"), stand_ins=(away,)))
    async with acting(store, PersonId("officer b"), NOW) as act:
        assert [one.task.id for one in await coming(act, 60)] == ["late", "soon", "far"]
    async with acting(store, HEAD, NOW) as act:
        found = [(one.task.id, one.units) for one in await coming(act, 60)]
    assert found == [("late", 1), ("soon", 1), ("far", 1)]
    await put(store, replace(SOON, lead=UnitId("tinh"), assignees=(HEAD,)))
    async with acting(store, HEAD, NOW) as act:
        found = [(one.task.id, one.units) for one in await coming(act, 60)]
    assert found == [("late", 1), ("soon", 0), ("far", 1)]


async def test_a_deputy_sees_what_he_stands_in_for(store: EmbeddedStore) -> None:
    """While he does, the units of whom he stands in for are in his scope."""
    away = StandIn(deputy=PersonId("officer x"), since=NOW.date(), until=NOW.date())
    await put(store, replace(person(HEAD, "tinh", Role.SUPERVISOR), stand_ins=(away,)))
    found = await state(store, PersonId("officer x"))
    assert {one.unit for one in found.cells} == {"a", "b", "x"}
    assert found.root == "Xã x"


async def test_a_scope_is_named_by_what_it_hangs_from(store: EmbeddedStore) -> None:
    """An admin's by the province, not by the office he sits in."""
    await put(
        store,
        person("thu", "a", Role.ADMIN),
        replace(unit("x"), parents=(Membership(parent=UnitId("tinh")),)),
    )
    assert (await state(store, PersonId("thu"))).root == "Xã tinh"
