"""What is owed goes out once; what became of it is recorded, and survives a restart."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from records.ids import PersonId, UnitId
from records.model import (
    TELEGRAM,
    Address,
    Delivery,
    OutboxMessage,
    Person,
    Preference,
    Role,
    Unit,
    UnitName,
)
from scheduler.outbox import (
    LEASE,
    PAUSES,
    Flooded,
    Gone,
    Moved,
    NoAnswer,
    NotTaken,
    NotWanted,
    Refused,
    Sender,
    Sent,
    Verdict,
    quiet_until,
)
from scheduler.reachability import came_back, tell_those_who_rely
from scheduler.refusals import TooManyReminders
from storage.embedded.store import EmbeddedStore

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OFFICER = Person(
    id=PersonId("lan"),
    name="Lan",
    unit=UnitId("xa"),
    role=Role.OFFICER,
    addresses=(Address(channel=TELEGRAM, value="1"),),
)
HEAD = replace(OFFICER, id=PersonId("hung"), name="Hùng", role=Role.SUPERVISOR)
UNIT = Unit(id=UnitId("xa"), kind="xã", names=(UnitName(text="UBND xã"),))


@dataclass
class Post:
    """A channel that gives the verdicts it was told to, then takes everything."""

    verdicts: list[Verdict] = field(default_factory=list)
    taken: list[tuple[str, str, bool]] = field(default_factory=list)
    faults: dict[str, Exception] = field(default_factory=dict)
    name: str = TELEGRAM

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Answer with the next verdict."""
        assert person.active
        if message.key in self.faults:
            raise self.faults[message.key]
        self.taken.append((address, message.key, again))
        return self.verdicts.pop(0) if self.verdicts else Sent(str(len(self.taken)))


@dataclass
class Time:
    """A clock that stands until it is moved."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        """Return the time it was moved to."""
        return self.at

    def on(self, by: timedelta) -> None:
        """Move it."""
        self.at += by


@dataclass
class Office:
    """A store with an officer and his supervisor, a channel, a clock and a sender on them."""

    folder: Path
    store: EmbeddedStore
    post: Post
    time: Time

    @property
    def sender(self) -> Sender:
        """Return a sender as a process that has just started has it."""
        return Sender(
            store=self.store, channel=self.post, now=self.time, on_gone=tell_those_who_rely
        )

    async def owe(self, *rows: OutboxMessage) -> None:
        """Write rows."""
        async with self.store.begin() as tx:
            for row in rows:
                await tx.add(row)

    async def row(self, key: str) -> OutboxMessage:
        """Return a row as a fresh process reads it."""
        await self.store.close()
        self.store = await EmbeddedStore.open(self.folder)
        async with self.store.begin() as tx:
            found = await tx.get(OutboxMessage, key)
        assert found is not None
        return found


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Give an office that keeps its records in a folder."""
    held = Office(tmp_path, await EmbeddedStore.open(tmp_path), Post(), Time())
    async with held.store.begin() as tx:
        for record in (OFFICER, HEAD, UNIT):
            await tx.add(record)
    yield held
    await held.store.close()


def owed(key: str = "a", **facts: Any) -> OutboxMessage:
    """Return a row that is owed to the officer."""
    row = OutboxMessage(key=key, person=OFFICER.id, template="t", facts={}, created=NOON)
    return replace(row, **facts)


async def test_what_is_owed_is_sent_once(office: Office) -> None:
    """A second pass, and a second process, find nothing to do."""
    await office.owe(owed())
    await office.sender.send_owed()
    assert (await office.row("a")).state is Delivery.SENT
    await office.sender.send_owed()
    assert office.post.taken == [("1", "a", False)]


async def test_the_most_urgent_goes_first(office: Office) -> None:
    """Priority decides, then age."""
    late = owed("late", created=NOON + timedelta(seconds=1))
    await office.owe(late, owed("early"), owed("urgent", priority=10), owed("digest", priority=-10))
    await office.sender.send_owed()
    assert [key for _, key, _ in office.post.taken] == ["urgent", "early", "late", "digest"]


@pytest.mark.parametrize(
    ("verdict", "pause"),
    [(NotTaken(), PAUSES[0]), (Flooded(timedelta(seconds=7)), timedelta(seconds=7))],
)
async def test_what_surely_did_not_arrive_goes_again_unmarked(
    office: Office, verdict: Verdict, pause: timedelta
) -> None:
    """After its pause and not before; nobody is told that it might be the second time."""
    office.post.verdicts = [verdict]
    await office.owe(owed())
    await office.sender.send_owed()
    assert await office.sender.send_owed() == 0
    office.time.on(pause)
    await office.sender.send_owed()
    assert office.post.taken == [("1", "a", False)] * 2
    assert (await office.row("a")).state is Delivery.SENT


async def test_pauses_grow_and_nothing_is_given_up(office: Office) -> None:
    """A day of errors leaves the row owed."""
    office.post.verdicts = [NotTaken()] * 20
    await office.owe(owed())
    waits = []
    for _ in range(20):
        await office.sender.send_owed()
        row = await office.row("a")
        assert row.not_before is not None
        waits.append(row.not_before - office.time.at)
        office.time.at = row.not_before
    assert waits == sorted(waits)
    assert len(set(waits)) == len(PAUSES)
    await office.sender.send_owed()
    assert (await office.row("a")).state is Delivery.SENT


async def test_a_reminder_without_an_answer_goes_once_more_and_says_so(office: Office) -> None:
    """After two silences it is left at "unknown", apart from sent and failed."""
    office.post.verdicts = [NoAnswer(), NoAnswer()]
    await office.owe(owed())
    for _ in range(4):
        await office.sender.send_owed()
        office.time.on(timedelta(hours=2))
    assert [again for _, _, again in office.post.taken] == [False, True]
    assert (await office.row("a")).state is Delivery.UNKNOWN


async def test_a_digest_without_an_answer_is_not_repeated(office: Office) -> None:
    """Two digests a morning are worse than a doubt that is on record."""
    office.post.verdicts = [NoAnswer()]
    await office.owe(owed(priority=-10))
    await office.sender.send_owed()
    office.time.on(timedelta(hours=2))
    await office.sender.send_owed()
    assert len(office.post.taken) == 1
    assert (await office.row("a")).state is Delivery.UNKNOWN


@pytest.mark.parametrize(
    ("verdict", "state"),
    [(Refused("can't parse"), Delivery.POISON), (NotWanted(), Delivery.DROPPED)],
)
async def test_what_cannot_go_is_set_aside(
    office: Office, verdict: Verdict, state: Delivery
) -> None:
    """It holds nothing else up."""
    office.post.verdicts = [verdict]
    await office.owe(owed("bad", priority=1), owed("good"))
    await office.sender.send_owed()
    assert (await office.row("bad")).state is state
    assert (await office.row("good")).state is Delivery.SENT


@pytest.mark.parametrize(
    ("fault", "state"),
    [(KeyError("unit"), Delivery.POISON), (TooManyReminders(limit=1), Delivery.DROPPED)],
)
async def test_a_row_that_cannot_be_shown_stops_no_other(
    office: Office, fault: Exception, state: Delivery
) -> None:
    """A fault sets it aside, a refusal drops it; the others go out."""
    office.post.faults = {"bad": fault}
    await office.owe(owed("bad", priority=1), *(owed(f"good{n}") for n in range(40)))
    await office.sender.send_owed()
    assert (await office.row("bad")).state is state
    assert (await office.row("good39")).state is Delivery.SENT


async def test_who_blocked_the_bot_is_known_as_not_reached(office: Office) -> None:
    """The supervisor is told once; what was missed comes back as one message, not the backlog."""
    office.post.verdicts = [Gone(), Gone()]
    await office.owe(owed("one", priority=1), owed("two", priority=1))
    await office.sender.send_owed()
    await office.sender.send_owed()
    assert [key for _, key, _ in office.post.taken[2:]] == ["unreachable:lan:20261120:hung"]
    assert (await office.row("one")).state is Delivery.UNREACHABLE
    office.time.on(timedelta(days=3))
    assert await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    assert not await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    await office.sender.send_owed()
    assert [key.split(":")[0] for _, key, _ in office.post.taken[3:]] == ["catch-up"]


@pytest.mark.parametrize("before", [False, True])
async def test_who_never_got_a_message_is_not_back(office: Office, before: bool) -> None:
    """The first catch-up of somebody is a welcome."""
    if before:
        await office.owe(owed("zero"))
        await office.sender.send_owed()
    office.post.verdicts = [*office.post.verdicts, Gone()]
    await office.owe(owed("one", priority=1))
    await office.sender.send_owed()
    office.time.on(timedelta(days=3))
    await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    async with office.store.begin() as tx:
        [told] = [one for one in await tx.find(OutboxMessage) if one.template == "catch_up"]
    assert told.facts == {"missed": 1, "first": not before}


async def test_a_group_that_moved_is_followed(office: Office) -> None:
    """The new address is kept, and the message goes there."""
    office.post.verdicts = [Moved("-1009")]
    await office.owe(owed())
    await office.sender.send_owed()
    await office.sender.send_owed()
    assert [address for address, _, _ in office.post.taken] == ["1", "-1009"]


async def test_a_sender_that_died_leaves_its_rows_to_the_next(office: Office) -> None:
    """Not before the lease is out, and marked: the dead one may have sent it."""
    await office.owe(owed())
    await office.sender._claim()
    assert (await office.row("a")).lease == NOON + LEASE
    await office.sender.send_owed()
    assert office.post.taken == []
    office.time.on(LEASE)
    sender = office.sender
    await sender.send_owed()
    assert office.post.taken == [("1", "a", True)]
    assert sender.tally["again"] == 1


async def test_a_row_that_was_dropped_meanwhile_stays_dropped(office: Office) -> None:
    """The record of a try never overwrites what somebody else settled."""
    await office.owe(owed())
    sender = office.sender
    (claimed,) = await sender._claim()
    async with office.store.begin() as tx:
        await tx.put(replace(claimed, state=Delivery.DROPPED))
    await sender._record(claimed, Sent("1"))
    assert (await office.row("a")).state is Delivery.DROPPED


async def test_nobody_is_woken(office: Office) -> None:
    """A quiet message waits for the morning; an answer to one's own doing does not."""
    office.time.at = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    await office.owe(owed("reminder", quiet=True), owed("answer"))
    await office.sender.send_owed()
    assert [key for _, key, _ in office.post.taken] == ["answer"]
    office.time.at = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    await office.sender.send_owed()
    assert [(key, again) for _, key, again in office.post.taken[1:]] == [("reminder", False)]


HOURS: Sequence[tuple[int, int, int, bool]] = (
    (20, 6, 19, False),
    (20, 6, 20, True),
    (20, 6, 5, True),
    (20, 6, 6, False),
    (0, 5, 4, True),
    (0, 5, 5, False),
    (7, 7, 7, False),
)


@pytest.mark.parametrize(("begin", "end", "hour", "quiet"), HOURS)
def test_quiet_hours_reach_over_midnight(begin: int, end: int, hour: int, *, quiet: bool) -> None:
    """They end at their hour, on this day or the next."""
    hours = Preference(id=OFFICER.id, quiet_from=begin, quiet_to=end)
    at = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=hour - 7)
    until = quiet_until(hours, at)
    assert (until is not None) == quiet
    if until is not None:
        assert timedelta() < until - at <= timedelta(hours=24)


async def test_a_closing_sender_takes_nothing_up(office: Office) -> None:
    """Stopping a process does not leave leases behind."""
    await office.owe(owed())
    sender = office.sender
    sender.closing = True
    assert await sender.send_owed() == 0
    assert (await office.row("a")).lease is None
