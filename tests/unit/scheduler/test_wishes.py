"""What people wish of reminders: later, more time, their own; kept, decided, told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from records.actor import NotAllowed
from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import (
    AuditEntry,
    Cadence,
    Delivery,
    DueRule,
    Extension,
    ExtensionState,
    Membership,
    OutboxMessage,
    Person,
    PersonalReminder,
    ReminderEntry,
    Role,
    Snooze,
    Task,
    TaskState,
    Unit,
    UnitName,
)
from records.obligations.ledger import obligation_on, office_of
from records.obligations.responsible import Why
from records.store import Transaction
from scheduler.extensions import LONGEST_REASON, Wish, ask, decide
from scheduler.personal_reminders import MOST, coming, forget, remind
from scheduler.planner import plan
from scheduler.refusals import (
    AlreadyAsked,
    AlreadyDecided,
    NoSuchExtension,
    NoSuchReminder,
    NothingToPutOff,
    NotLater,
    ReasonWanted,
    TaskNotOpen,
    TooManyReminders,
)
from scheduler.snoozes import Until, moment, put_off
from scheduler.told import entries_of, told
from storage.embedded.store import EmbeddedStore

TASK = Task(
    id=TaskId("task"),
    title="Báo cáo năm",
    lead=UnitId("xa"),
    form="tien_do",
    cadence=Cadence.YEARLY,
    rule=DueRule(dates=((11, 4),)),
    created=datetime(2026, 9, 1, tzinfo=UTC),
    created_by=PersonId("admin"),
)
OFFICER = Person(id=PersonId("lan"), name="Lan", unit=UnitId("xa"), role=Role.OFFICER)
HEAD = Person(id=PersonId("hung"), name="Hùng", unit=UnitId("tinh"), role=Role.SUPERVISOR)
STRANGE = Person(id=PersonId("mai"), name="Mai", unit=UnitId("phuong"), role=Role.OFFICER)
NOW = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)
"""Eight in the morning of the due day."""
REMINDER = "reminder:lan:20261104"
PERIOD = PeriodKey("2026")


def unit(key: str, parent: str | None = None) -> Unit:
    """Return a unit."""
    parents = () if parent is None else (Membership(parent=UnitId(parent)),)
    return Unit(id=UnitId(key), kind="xã", names=(UnitName(text=key),), parents=parents)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give an office with one task that is due today, its reminder planned."""
    held = await EmbeddedStore.open(tmp_path)
    async with held.begin() as tx:
        units = (unit("tinh"), unit("xa", "tinh"), unit("phuong", "tinh"))
        for record in (*units, OFFICER, HEAD, STRANGE, TASK):
            await tx.add(record)
    await plan(held, NOW)
    yield held
    await held.close()


def wish(until: date = date(2026, 11, 18), reason: str = "Mưa lũ") -> Wish:
    """Return a wish for more time."""
    return Wish(task=TASK.id, period=PERIOD, until=until, reason=reason)


async def due_now(tx: Transaction) -> date | None:
    """Return the last day in time of the period."""
    task = await tx.get(Task, TASK.id)
    assert task is not None
    office = await office_of(tx, NOW, (task,))
    found = await obligation_on(tx, task, task.lead, PERIOD, office)
    return None if found is None else found.due


async def state_of(store: EmbeddedStore, wish: Extension) -> ExtensionState:
    """Return how a wish for more time stands."""
    async with store.begin() as tx:
        held = await tx.get(Extension, wish.id)
    assert held is not None
    return held.state


async def row(store: EmbeddedStore, key: str) -> OutboxMessage:
    """Return a row of the outbox."""
    async with store.begin() as tx:
        found = await tx.get(OutboxMessage, key)
    assert found is not None
    return found


class TestPuttingOff:
    """Reminded again this afternoon, tomorrow, on Monday."""

    @pytest.mark.parametrize(
        ("until", "at", "expected"),
        [
            (Until.AFTERNOON, "2026-11-04T08:00", "2026-11-04T14:00"),
            (Until.AFTERNOON, "2026-11-04T13:30", "2026-11-04T15:30"),
            (Until.TOMORROW, "2026-11-04T23:59", "2026-11-05T07:30"),
            (Until.MONDAY, "2026-11-04T08:00", "2026-11-09T07:30"),
            (Until.MONDAY, "2026-11-09T08:00", "2026-11-16T07:30"),
        ],
    )
    def test_the_moment_is_told_by_the_day(self, until: Until, at: str, expected: str) -> None:
        """An afternoon that has begun is two hours from now; Monday is the next one."""
        now = datetime.fromisoformat(f"{at}+07:00")
        assert moment(until, now) == datetime.fromisoformat(f"{expected}+07:00")

    async def test_it_comes_again_at_its_time(self, store: EmbeddedStore) -> None:
        """With the same entries; a second tap owes nothing more."""
        at = await put_off(store, OFFICER.id, REMINDER, Until.AFTERNOON, NOW)
        await put_off(store, OFFICER.id, REMINDER, Until.AFTERNOON, NOW)
        again = await row(store, "reminder:lan:20261104T1400")
        assert again.not_before == at
        assert again.entries == (await row(store, REMINDER)).entries
        assert [one.task for one in again.entries] == [TASK.id]
        async with store.begin() as tx:
            assert {one.task for one in await tx.find(Snooze)} == {TASK.id}
            assert await tx.count(OutboxMessage) == 2

    async def test_a_row_written_before_entries_had_fields_is_told_and_put_off(
        self, store: EmbeddedStore
    ) -> None:
        """What was owed when the assistant was updated is not lost."""
        planned = await row(store, REMINDER)
        old = {"entries": (f"{TASK.id}|2026|before_1|2026-11-04|",)}
        async with store.begin() as tx:
            await tx.put(replace(planned, entries=(), facts=old))
        kept = await row(store, REMINDER)
        assert entries_of(kept) == (
            ReminderEntry(task=TASK.id, period=PERIOD, stage="before_1", unit=None),
        )
        (said,) = await told(store, kept, NOW)
        assert (said.task.id, said.period, said.due) == (TASK.id, PERIOD, date(2026, 11, 4))
        await put_off(store, OFFICER.id, REMINDER, Until.AFTERNOON, NOW)
        again = await row(store, "reminder:lan:20261104T1400")
        assert await told(store, again, NOW) == [said]

    def test_an_old_row_names_unit_and_whom_it_stood_in_for(self) -> None:
        """The last two parts of its line, where they were there."""
        line = "t|2026-11|late_3|2026-11-16|lan|anhoa"
        old = OutboxMessage(
            key="k", person=HEAD.id, template="reminder", facts={"entries": (line,)}, created=NOW
        )
        (entry,) = entries_of(old)
        assert (entry.instead_of, entry.unit) == ("lan", "anhoa")

    @pytest.mark.parametrize(("person", "key"), [("mai", REMINDER), ("lan", "reminder:lan:1")])
    async def test_only_ones_own_reminder(
        self, store: EmbeddedStore, person: str, key: str
    ) -> None:
        """A forged or forgotten key is refused."""
        with pytest.raises(NothingToPutOff):
            await put_off(store, PersonId(person), key, Until.TOMORROW, NOW)


class TestMoreTime:
    """A later due day is asked for."""

    async def test_a_granted_wish_moves_the_due_day(self, store: EmbeddedStore) -> None:
        """Its supervisor is told of it, its author of the answer; both are audited."""
        asked = await ask(store, OFFICER.id, wish(), NOW)
        told_head = await row(store, f"hung:{asked.id}:asked")
        assert told_head.facts["reason"] == "Mưa lũ"
        assert await state_of(store, asked) is ExtensionState.ASKED
        await decide(store, HEAD.id, asked.id, NOW, granted=True)
        answer = await row(store, f"lan:{asked.id}:granted")
        assert (answer.person, answer.facts["granted"]) == (OFFICER.id, True)
        assert await state_of(store, asked) is ExtensionState.GRANTED
        async with store.begin() as tx:
            assert await due_now(tx) == date(2026, 11, 18)
            actions = {one.action for one in await tx.find(AuditEntry)}
        assert actions == {"ask_extension", "extension_granted"}

    async def test_a_refused_wish_changes_nothing(self, store: EmbeddedStore) -> None:
        """And it may be asked again."""
        asked = await ask(store, OFFICER.id, wish(), NOW)
        await decide(store, HEAD.id, asked.id, NOW, granted=False)
        async with store.begin() as tx:
            assert await due_now(tx) == date(2026, 11, 4)
        assert (await ask(store, OFFICER.id, wish(), NOW)).state is ExtensionState.ASKED

    async def test_it_is_decided_once(self, store: EmbeddedStore) -> None:
        """Whoever taps second learns that it was."""
        asked = await ask(store, OFFICER.id, wish(), NOW)
        await decide(store, HEAD.id, asked.id, NOW, granted=True)
        with pytest.raises(AlreadyDecided):
            await decide(store, HEAD.id, asked.id, NOW, granted=False)
        with pytest.raises(NoSuchExtension):
            await decide(store, HEAD.id, "nothing", NOW, granted=True)

    async def test_nobody_decides_for_himself_or_others(self, store: EmbeddedStore) -> None:
        """Officers do not, not even of the unit; the try is on record."""
        asked = await ask(store, OFFICER.id, wish(), NOW)
        for person in (OFFICER.id, STRANGE.id):
            with pytest.raises(NotAllowed):
                await decide(store, person, asked.id, NOW, granted=True)
        async with store.begin() as tx:
            assert sum(not one.allowed for one in await tx.find(AuditEntry)) == 2
            (kept,) = await tx.find(Extension)
        assert kept.state is ExtensionState.ASKED

    async def test_what_is_no_wish_is_refused(self, store: EmbeddedStore) -> None:
        """An earlier day, no reason, another's task, twice, a task that is over."""
        for wrong, refusal in (
            (wish(until=date(2026, 11, 4)), NotLater),
            (wish(reason="  "), ReasonWanted),
            (wish(reason="a" * (LONGEST_REASON + 1)), ReasonWanted),
        ):
            with pytest.raises(refusal):
                await ask(store, OFFICER.id, wrong, NOW)
        with pytest.raises(NotAllowed):
            await ask(store, STRANGE.id, wish(), NOW)
        await ask(store, OFFICER.id, wish(), NOW)
        with pytest.raises(AlreadyAsked):
            await ask(store, OFFICER.id, wish(), NOW)
        async with store.begin() as tx:
            await tx.put(replace(TASK, state=TaskState.WITHDRAWN))
        with pytest.raises(TaskNotOpen):
            await ask(store, OFFICER.id, wish(), NOW)


class TestOwnReminders:
    """Reminders one sets for oneself."""

    async def test_it_is_owed_at_its_minute(self, store: EmbeddedStore) -> None:
        """And stands in the list until then."""
        at = NOW + timedelta(hours=3)
        kept = await remind(store, OFFICER.id, "họp giao ban", at, NOW)
        assert (await row(store, f"personal:{kept.id}")).not_before == at
        assert await coming(store, OFFICER.id, NOW) == [kept]
        assert await coming(store, OFFICER.id, at) == []

    async def test_what_is_dropped_is_not_sent(self, store: EmbeddedStore) -> None:
        """Nor listed; and nobody drops another's."""
        kept = await remind(store, OFFICER.id, "họp", NOW + timedelta(hours=3), NOW)
        with pytest.raises(NoSuchReminder):
            await forget(store, STRANGE.id, kept.id, NOW)
        await forget(store, OFFICER.id, kept.id, NOW)
        assert (await row(store, f"personal:{kept.id}")).state is Delivery.DROPPED
        assert await coming(store, OFFICER.id, NOW) == []
        with pytest.raises(NoSuchReminder):
            await forget(store, OFFICER.id, kept.id, NOW)

    async def test_there_is_an_end_to_it(self, store: EmbeddedStore) -> None:
        """Past ones do not count."""
        for number in range(MOST):
            await remind(store, OFFICER.id, "họp", NOW + timedelta(hours=1, minutes=number), NOW)
        with pytest.raises(TooManyReminders):
            await remind(store, OFFICER.id, "họp", NOW + timedelta(hours=9), NOW)
        later = NOW + timedelta(hours=2)
        await remind(store, OFFICER.id, "họp", later + timedelta(hours=1), later)
        async with store.begin() as tx:
            assert await tx.count(PersonalReminder) == MOST + 1


class TestWhatIsTold:
    """A row is rendered as it is true when it is sent."""

    async def test_an_entry_explains_itself(self, store: EmbeddedStore) -> None:
        """The working, the days left, the unit, why."""
        (one,) = await told(store, await row(store, REMINDER), NOW)
        assert (one.task, one.stage, one.days_left) == (TASK, "due", 0)
        assert (one.unit, one.why, one.instead_of) == ("xa", Why.OFFICER, None)
        assert one.working.last_day == date(2026, 11, 4)

    async def test_what_was_withdrawn_meanwhile_is_not_told(self, store: EmbeddedStore) -> None:
        """An empty list: nothing is sent."""
        async with store.begin() as tx:
            await tx.put(replace(TASK, state=TaskState.WITHDRAWN))
        assert await told(store, await row(store, REMINDER), NOW) == []
