"""What every store does, whichever it is; what is kept is looked at after reopening."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import (
    TELEGRAM,
    Address,
    Delivery,
    Draft,
    Focus,
    OutboxMessage,
    Outcome,
    Person,
    PersonalReminder,
    Report,
    ReportState,
    Role,
    StandIn,
)
from records.refusals import AlreadyThere, NotIndexed, UnreadableRecord
from records.store import Store

Reopen = Callable[[], Awaitable[Store]]

NOW = datetime(2026, 11, 5, 7, tzinfo=UTC)
LEASE = NOW + timedelta(minutes=1)


def report(key: str, *, draft: str | None = None, unit: str = "xã-1", **more: str) -> Report:
    """Make a report of a draft of the same name."""
    return Report(
        id=ReportId(key),
        series=ReportId(key),
        version=1,
        author=PersonId("an"),
        unit=UnitId(unit),
        form="tien-do",
        form_version=1,
        outcome=Outcome.DONE,
        submitted=NOW,
        draft=DraftId(draft or f"draft of {key}"),
        task=TaskId(more["task"]) if "task" in more else None,
        answers={"kết quả": "Đã họp 12 thôn\tvà\n1 tổ", "ảnh": ("a", "b"), "xong": True, "số": 7},
    )


def person(key: str, *chats: int, deputies: tuple[str, ...] = ()) -> Person:
    """Make an officer reached under so many chats."""
    return Person(
        id=PersonId(key),
        name="Nguyễn Văn Ân",
        unit=UnitId("xã-1"),
        role=Role.OFFICER,
        addresses=tuple(Address(channel="telegram", value=str(chat)) for chat in chats),
        stand_ins=tuple(
            StandIn(deputy=PersonId(one), since=NOW.date(), until=NOW.date()) for one in deputies
        ),
    )


def message(key: str, *, priority: int = 0, created: datetime = NOW) -> OutboxMessage:
    """Make a message that is owed."""
    return OutboxMessage(
        key=key,
        person=PersonId("an"),
        template="welcome",
        facts={"unit": "xã-1"},
        created=created,
        priority=priority,
    )


def focus(key: str, topic: str = "report", subject: str = "0") -> Focus:
    """Make a small record."""
    return Focus(id=PersonId(key), topic=topic, subject=subject, since=NOW)


async def write(store: Store, *records: Person | Report | OutboxMessage | Focus) -> None:
    """Put records in a transaction of their own."""
    async with store.begin() as tx:
        for record in records:
            await tx.put(record)


async def keys_of_reports(store: Store, **where: str | int | bool | None) -> list[str]:
    """Return the ids of the reports found."""
    async with store.begin() as tx:
        return [one.id for one in await tx.find(Report, where)]


class TestWriting:
    """A transaction takes effect together, or not at all."""

    async def test_a_record_comes_back_equal(self, any_store: Store, reopen: Reopen) -> None:
        """Every value of a record is as it was written, after a restart too."""
        await write(any_store, report("r"), person("an", 1, 2, deputies=("bình",)))
        async with (await reopen()).begin() as tx:
            assert await tx.get(Report, "r") == report("r")
            assert await tx.get(Person, "an") == person("an", 1, 2, deputies=("bình",))

    async def test_what_is_not_there_is_none(self, any_store: Store) -> None:
        """Nothing is kept under a key that was never written, or of another kind."""
        await write(any_store, focus("an"))
        async with any_store.begin() as tx:
            assert await tx.get(Focus, "bình") is None
            assert await tx.get(Person, "an") is None

    async def test_reads_see_own_writes(self, any_store: Store) -> None:
        """What was written, replaced or removed shows in the same transaction."""
        await write(any_store, report("a"), report("b"))
        async with any_store.begin() as tx:
            await tx.put(replace(report("a"), state=ReportState.ACCEPTED))
            await tx.add(report("c"))
            await tx.remove(Report, "b")
            accepted = await tx.find(Report, {"state": "accepted"})
            assert [one.id for one in accepted] == ["a"]
            assert [one.id for one in await tx.find(Report)] == ["a", "c"]
            assert await tx.count(Report, {"state": "submitted"}) == 1
            assert await tx.get(Report, "b") is None

    async def test_others_see_nothing_before_the_end(self, any_store: Store) -> None:
        """A transaction's writes show elsewhere only once its block is left."""
        async with any_store.begin() as tx:
            await tx.add(focus("an"))
            async with any_store.begin() as other:
                assert await other.get(Focus, "an") is None
        async with any_store.begin() as other:
            assert await other.get(Focus, "an") == focus("an")

    async def test_an_exception_undoes_all(self, any_store: Store, reopen: Reopen) -> None:
        """Of a block left by an exception nothing is kept: no addition, change or removal."""
        await write(any_store, report("a"), report("b"))

        async def fail() -> None:
            async with any_store.begin() as tx:
                await tx.add(report("c"))
                await tx.put(report("a", unit="xã-9"))
                await tx.remove(Report, "b")
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        store = await reopen()
        assert await keys_of_reports(store) == ["a", "b"]
        assert await keys_of_reports(store, unit="xã-9") == []

    async def test_records_of_several_kinds_count_together(
        self, any_store: Store, reopen: Reopen
    ) -> None:
        """A refusal of the last record undoes those before it."""
        await write(any_store, report("a"))

        async def owe_and_repeat() -> None:
            async with any_store.begin() as tx:
                await tx.put(message("m"))
                await tx.put(focus("an"))
                await tx.add(report("a"))

        with pytest.raises(AlreadyThere):
            await owe_and_repeat()
        async with (await reopen()).begin() as tx:
            assert await tx.get(OutboxMessage, "m") is None
            assert await tx.get(Focus, "an") is None

    async def test_removed_is_gone(self, any_store: Store, reopen: Reopen) -> None:
        """A removed record is found in no way; removing what is not there is no fault."""
        await write(any_store, report("a"))
        async with any_store.begin() as tx:
            await tx.remove(Report, "a")
            await tx.remove(Report, "never written")
        store = await reopen()
        assert await keys_of_reports(store) == await keys_of_reports(store, unit="xã-1") == []

    @pytest.mark.parametrize("key", ["xã Ân:due:-3", 'a"b', "a\\b", "a\tb", "a\nb", "Ấ/ǹ 🌾"])
    async def test_keys_are_any_text(self, any_store: Store, reopen: Reopen, key: str) -> None:
        """A key may hold accents, quotes, tabs and line ends."""
        await write(any_store, message(key))
        async with (await reopen()).begin() as tx:
            found = await tx.get(OutboxMessage, key)
            assert found == message(key)

    async def test_what_json_cannot_hold_is_refused(self, any_store: Store) -> None:
        """Half of a surrogate pair, or a value that is none of its field, is not written."""
        wrong: Person = replace(person("an"), name="\ud83c")
        with pytest.raises(UnreadableRecord):
            await write(any_store, wrong)
        async with any_store.begin() as tx:
            assert await tx.count(Person) == 0

    async def test_a_value_of_another_type_is_refused(self, any_store: Store) -> None:
        """A record whose field does not hold what its kind says is not written."""
        wrong = person("an")
        object.__setattr__(wrong, "role", 7)
        with pytest.raises(UnreadableRecord):
            await write(any_store, wrong)

    async def test_changing_what_was_given_out_changes_nothing(self, any_store: Store) -> None:
        """Answers of a report that was read or written are the reader's own."""
        mine: dict[str, str] = {"a": "1"}
        await write(any_store, replace(report("r"), answers=mine))
        mine["a"] = "2"
        async with any_store.begin() as tx:
            first = await tx.get(Report, "r")
            assert first is not None
            assert isinstance(first.answers, dict)
            first.answers["a"] = "3"
            again = await tx.get(Report, "r")
        assert again is not None
        assert again.answers == {"a": "1"}


class TestUnique:
    """What only one record may have, no second one gets."""

    async def test_a_key_is_added_once(self, any_store: Store) -> None:
        """Adding under a key that is taken is refused, with kind and field."""
        await write(any_store, focus("an"))
        with pytest.raises(AlreadyThere) as refused:
            async with any_store.begin() as tx:
                await tx.add(focus("an", "return"))
        assert (refused.value.kind, refused.value.field) == ("focuses", "id")

    async def test_a_draft_becomes_one_report(self, any_store: Store) -> None:
        """A second report of the same draft is refused, added or put."""
        await write(any_store, report("a", draft="d"))
        for way in ("add", "put"):
            with pytest.raises(AlreadyThere) as refused:
                async with any_store.begin() as tx:
                    await getattr(tx, way)(report("b", draft="d"))
            assert (refused.value.kind, refused.value.field) == ("reports", "draft")
        assert await keys_of_reports(any_store) == ["a"]

    async def test_not_twice_in_one_transaction(self, any_store: Store) -> None:
        """Two new records of one transaction cannot share the value either."""
        with pytest.raises(AlreadyThere):
            await write(any_store, report("a", draft="d"), report("b", draft="d"))

    async def test_a_value_given_up_is_free(self, any_store: Store, reopen: Reopen) -> None:
        """Once its holder is removed or has another, a value is free, in the same block too."""
        await write(any_store, report("a", draft="d"), report("b", draft="e"))
        async with any_store.begin() as tx:
            await tx.remove(Report, "a")
            await tx.put(report("b", draft="d"))
            await tx.add(report("c", draft="e"))
        assert await keys_of_reports(await reopen()) == ["b", "c"]

    async def test_the_same_record_keeps_its_value(self, any_store: Store) -> None:
        """Putting a record anew with the value it has is no conflict."""
        await write(any_store, report("a", draft="d"))
        await write(any_store, report("a", draft="d", unit="xã-2"))
        assert await keys_of_reports(any_store, unit="xã-2") == ["a"]

    async def test_of_many_at_once_one_wins(self, any_store: Store, reopen: Reopen) -> None:
        """Twenty who submit the same draft at the same time make one report."""

        async def submit(number: int) -> None:
            async with any_store.begin() as tx:
                await tx.add(report(f"r{number}", draft="d"))

        ends = await asyncio.gather(*map(submit, range(20)), return_exceptions=True)
        assert [type(end) for end in ends if end is not None] == [AlreadyThere] * 19
        assert len(await keys_of_reports(await reopen())) == 1

    async def test_a_key_at_once_is_added_once(self, any_store: Store, reopen: Reopen) -> None:
        """A message that ten causes owe at the same time is owed once."""

        async def owe(number: int) -> None:
            async with any_store.begin() as tx:
                await tx.add(message("an:due", priority=number))

        ends = await asyncio.gather(*map(owe, range(10)), return_exceptions=True)
        assert ends.count(None) == 1
        async with (await reopen()).begin() as tx:
            (only,) = await tx.find(OutboxMessage)
        assert ends[only.priority] is None


class TestFinding:
    """Records are looked up by what their kind is looked up by, in order of first writing."""

    async def test_all_of_where_must_equal(self, any_store: Store, reopen: Reopen) -> None:
        """Several lookups narrow each other."""
        await write(any_store, report("a"), report("b", unit="xã-2"), report("c", task="t"))
        store = await reopen()
        assert await keys_of_reports(store, unit="xã-1") == ["a", "c"]
        assert await keys_of_reports(store, unit="xã-1", task="t") == ["c"]
        assert await keys_of_reports(store, unit="xã-2", task="t") == []

    async def test_none_is_a_value(self, any_store: Store, reopen: Reopen) -> None:
        """None finds the records without one."""
        await write(any_store, report("a"), report("b", task="t"))
        assert await keys_of_reports(await reopen(), task=None) == ["a"]

    async def test_yes_and_no_are_values(self, any_store: Store, reopen: Reopen) -> None:
        """Reminders that are not done are told from those that are."""
        async with any_store.begin() as tx:
            for key, done in (("a", False), ("b", True)):
                one = PersonalReminder(
                    id=key, person=PersonId("an"), text="họp", at=NOW, made=NOW, done=done
                )
                await tx.add(one)
        async with (await reopen()).begin() as tx:
            assert [one.id for one in await tx.find(PersonalReminder, {"done": False})] == ["a"]
            assert [one.id for one in await tx.find(PersonalReminder, {"done": True})] == ["b"]

    async def test_under_each_of_several_texts(self, any_store: Store, reopen: Reopen) -> None:
        """A person with two addresses is found by either, and not by one given up."""
        await write(any_store, person("an", 1, 2), person("bình", 3, deputies=("an", "chi")))
        await write(any_store, person("an", 2, 4))
        async with (await reopen()).begin() as tx:
            for chat, who in ((2, ["an"]), (4, ["an"]), (1, []), (3, ["bình"])):
                found = await tx.find(Person, {"address": f"telegram:{chat}"})
                assert [one.id for one in found] == who
            (principal,) = await tx.find(Person, {"deputy": "chi", "unit": "xã-1"})
            assert principal.id == "bình"

    async def test_a_change_moves_a_record(self, any_store: Store, reopen: Reopen) -> None:
        """A record is found by what it holds now, not by what it held."""
        await write(any_store, report("a"))
        await write(any_store, replace(report("a"), state=ReportState.RETURNED))
        store = await reopen()
        assert await keys_of_reports(store, state="submitted") == []
        assert await keys_of_reports(store, state="returned") == ["a"]

    async def test_a_change_keeps_the_place(self, any_store: Store, reopen: Reopen) -> None:
        """The order is that of first writing; only what was removed in between comes last."""
        await write(any_store, report("c"), report("a"), report("b"), report("d"))
        await write(any_store, report("a", task="t"))
        async with any_store.begin() as tx:
            await tx.remove(Report, "c")
            await tx.add(report("c"))
            assert [one.id for one in await tx.find(Report)] == ["a", "b", "d", "c"]
        store = await reopen()
        assert await keys_of_reports(store) == ["a", "b", "d", "c"]
        assert await keys_of_reports(store, unit="xã-1") == ["a", "b", "d", "c"]

    async def test_count_is_how_many_are_found(self, any_store: Store) -> None:
        """Counting and finding agree, own writes included."""
        await write(any_store, report("a"), report("b", unit="xã-2"))
        async with any_store.begin() as tx:
            await tx.add(report("c"))
            for where in ({}, {"unit": "xã-1"}, {"unit": "xã-3"}):
                assert await tx.count(Report, where) == len(await tx.find(Report, where))
            assert await tx.count(Report) == 3

    async def test_no_full_scan_unasked(self, any_store: Store) -> None:
        """A field that is not looked up is refused, with kind and field."""
        async with any_store.begin() as tx:
            with pytest.raises(NotIndexed) as refused:
                await tx.find(Report, {"outcome": "done"})
            assert (refused.value.kind, refused.value.field) == ("reports", "outcome")
            with pytest.raises(NotIndexed):
                await tx.count(Draft, {"nonsense": 1})

    async def test_a_unique_field_can_be_looked_up(self, any_store: Store) -> None:
        """The report of a draft is found by it."""
        await write(any_store, report("a", draft="d"), report("b"))
        assert await keys_of_reports(any_store, draft="d") == ["a"]


class TestLocks:
    """Who names the same lock waits for the end of the other's block."""

    async def test_no_increment_is_lost(self, any_store: Store, reopen: Reopen) -> None:
        """Thirty who each add one under the same lock make thirty."""
        await write(any_store, focus("an"))

        async def increment() -> None:
            async with any_store.begin("focus:an") as tx:
                one = await tx.get(Focus, "an")
                assert one is not None
                await asyncio.sleep(0)
                await tx.put(replace(one, subject=str(int(one.subject) + 1)))

        await asyncio.gather(*(increment() for _ in range(30)))
        async with (await reopen()).begin() as tx:
            assert await tx.get(Focus, "an") == focus("an", subject="30")

    async def test_any_order_of_names_goes_through(self, any_store: Store) -> None:
        """Locks named in different orders, or twice, never wait in a circle."""

        async def hold(*names: str) -> None:
            async with any_store.begin(*names) as tx:
                await tx.put(focus("-".join(names)))

        orders = [("a", "b", "c"), ("c", "b", "a"), ("b", "a"), ("c", "a", "a")] * 5
        await asyncio.wait_for(asyncio.gather(*(hold(*one) for one in orders)), 20)

    async def test_other_names_do_not_wait(self, any_store: Store) -> None:
        """A block under one lock does not hold up one under another."""
        async with any_store.begin("a") as tx:
            await tx.put(focus("a"))
            async with asyncio.timeout(20), any_store.begin("b") as other:
                await other.put(focus("b"))

    async def test_a_failed_block_lets_go(self, any_store: Store) -> None:
        """After an exception the lock is free."""
        with pytest.raises(LookupError):
            async with any_store.begin("a"):
                raise LookupError
        async with asyncio.timeout(20), any_store.begin("a"):
            pass


class TestCancellation:
    """Whoever is stopped leaves nothing half."""

    async def test_in_the_block(self, any_store: Store, reopen: Reopen) -> None:
        """Cancelled inside its block, a transaction leaves no trace and no lock."""
        inside = asyncio.Event()

        async def linger() -> None:
            async with any_store.begin("a") as tx:
                await tx.put(focus("an"))
                await tx.put(focus("bình"))
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(linger())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(20), any_store.begin("a") as tx:
            assert await tx.count(Focus) == 0
        async with (await reopen()).begin() as tx:
            assert await tx.count(Focus) == 0

    async def test_while_waiting_for_a_lock(self, any_store: Store) -> None:
        """Cancelled while it waits, a transaction does not keep others waiting."""
        async with any_store.begin("a"):
            task = asyncio.create_task(any_store.begin("a").__aenter__())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        async with asyncio.timeout(20), any_store.begin("a"):
            pass

    @pytest.mark.parametrize("turns", range(8))
    async def test_in_the_commit(self, any_store: Store, reopen: Reopen, turns: int) -> None:
        """Cancelled while it commits, a transaction is there whole or not at all."""

        async def both() -> None:
            async with any_store.begin("a") as tx:
                await tx.put(focus("an"))
                await tx.put(message("m"))

        task = asyncio.create_task(both())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(20), any_store.begin("a") as tx:
            seen = await tx.count(Focus)
        async with (await reopen()).begin() as tx:
            assert await tx.count(Focus) == await tx.count(OutboxMessage) == seen


class TestClaim:
    """A sender takes what is owed, and no other takes it meanwhile."""

    async def claim(self, store: Store, now: datetime = NOW, most: int = 10) -> list[str]:
        """Claim for a minute in a transaction of its own."""
        async with store.begin() as tx:
            until = now + timedelta(minutes=1)
            return [one.key for one in await tx.claim(TELEGRAM, now=now, until=until, most=most)]

    async def test_the_urgent_first_then_the_oldest(self, any_store: Store) -> None:
        """Priority, then the time of its cause, then the key; never more than asked for."""
        early = NOW - timedelta(hours=1)
        await write(any_store, message("d"), message("c"), message("b", created=early))
        await write(any_store, message("a", priority=1))
        assert await self.claim(any_store, most=3) == ["a", "b", "c"]
        assert await self.claim(any_store) == ["d"]

    async def test_not_twice_within_the_lease(self, any_store: Store, reopen: Reopen) -> None:
        """What is held is passed over until its lease ends, after a restart too."""
        await write(any_store, message("m"))
        assert await self.claim(any_store) == ["m"]
        store = await reopen()
        assert await self.claim(store, LEASE - timedelta(seconds=1)) == []
        assert await self.claim(store, LEASE) == ["m"]

    async def test_what_was_claimed_bears_its_lease(self, any_store: Store) -> None:
        """The messages given out, and those kept, say until when they are held."""
        await write(any_store, message("m"))
        async with any_store.begin() as tx:
            (taken,) = await tx.claim(TELEGRAM, now=NOW, until=LEASE, most=1)
        assert taken == replace(message("m"), lease=LEASE)
        async with any_store.begin() as tx:
            assert await tx.get(OutboxMessage, "m") == taken

    async def test_only_what_is_owed_and_may_go(self, any_store: Store) -> None:
        """Sent ones and those of a later hour stay; a later hour that came does not hold up."""
        sent = replace(message("sent"), state=Delivery.SENT)
        later = replace(message("later"), not_before=LEASE)
        past = replace(message("past"), not_before=NOW)
        await write(any_store, sent, later, past)
        assert await self.claim(any_store) == ["past"]
        assert await self.claim(any_store, LEASE) == ["later", "past"]

    async def test_others_pass_over_what_is_being_taken(self, any_store: Store) -> None:
        """A claim does not wait for another's transaction, and takes what that one leaves."""
        await write(any_store, message("a"), message("b"))
        async with any_store.begin() as tx:
            assert [one.key for one in await tx.claim(TELEGRAM, now=NOW, until=LEASE, most=1)] == [
                "a"
            ]
            async with asyncio.timeout(20):
                assert await self.claim(any_store) == ["b"]

    async def test_each_channel_has_its_own(self, any_store: Store, reopen: Reopen) -> None:
        """What belongs to another channel is passed over however urgent, and left as it is."""
        theirs = replace(message("b", priority=9), channel="mail")
        await write(any_store, message("a"), theirs, message("c"))
        assert await self.claim(any_store) == ["a", "c"]
        store = await reopen()
        async with store.begin() as tx:
            assert await tx.get(OutboxMessage, "b") == theirs
            assert await tx.claim("post", now=NOW, until=LEASE, most=9) == []
            (taken,) = await tx.claim("mail", now=NOW, until=LEASE, most=9)
        assert taken == replace(theirs, lease=LEASE)

    async def test_a_claim_undone_is_free(self, any_store: Store) -> None:
        """What a failed transaction had claimed can be claimed at once."""
        await write(any_store, message("a"))

        async def claim_and_fail() -> None:
            async with any_store.begin() as tx:
                await tx.claim(TELEGRAM, now=NOW, until=LEASE, most=1)
                raise LookupError

        with pytest.raises(LookupError):
            await claim_and_fail()
        assert await self.claim(any_store) == ["a"]

    async def test_many_senders_share_without_doubles(self, any_store: Store) -> None:
        """Ten senders at the same time take every message once."""
        await write(any_store, *(message(f"m{number:02}") for number in range(40)))
        taken = await asyncio.gather(*(self.claim(any_store, most=5) for _ in range(10)))
        keys = [key for some in taken for key in some]
        assert len(keys) == len(set(keys))
        while more := await self.claim(any_store, most=5):
            keys += more
        assert sorted(keys) == [f"m{number:02}" for number in range(40)]


async def test_one_process_leads(any_store: Store) -> None:
    """Whoever leads stays the leader when it asks again."""
    assert await any_store.lead("reminders")
    assert await any_store.lead("reminders")
