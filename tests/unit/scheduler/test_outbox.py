"""What is owed goes out once; what became of it is recorded, and survives a restart."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import REQUEST_SECONDS, TURN_SECONDS
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
from scheduler.outbox import LEASE, PAUSES, SEND_SECONDS, Sender
from scheduler.quiet_hours import quiet_until
from scheduler.reachability import GATHERED, came_back, tell_those_who_rely
from scheduler.refusals import TooManyReminders
from scheduler.verdicts import (
    Flooded,
    Gone,
    Moved,
    NoAnswer,
    NotTaken,
    NotWanted,
    Refused,
    Sent,
    Verdict,
)
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE, day_of

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


async def test_a_reminder_without_an_answer_is_tried_until_its_day_is_over(
    office: Office,
) -> None:
    """Marked each time after the first; only then is it left at "unknown"."""
    office.post.verdicts = [NoAnswer()] * 40
    await office.owe(owed())
    for _ in range(60):
        await office.sender.send_owed()
        row = await office.row("a")
        office.time.at = row.not_before if row.not_before and not row.settled else office.time.at
    marks = [again for _, _, again in office.post.taken]
    assert marks == [False] + [True] * (len(marks) - 1)
    assert len(marks) > len(PAUSES) + 1
    assert (await office.row("a")).state is Delivery.UNKNOWN
    assert day_of(office.time.at) == day_of(NOON)
    assert office.time.at + PAUSES[-1] >= NOON.astimezone(ZONE).replace(hour=23, minute=59)


async def test_a_reminder_that_arrives_late_in_the_day_is_sent_once_more(office: Office) -> None:
    """Six tries that were swallowed do not take it from its person."""
    office.post.verdicts = [NoAnswer()] * 6
    await office.owe(owed())
    for _ in range(8):
        await office.sender.send_owed()
        office.time.on(timedelta(hours=1))
    assert (await office.row("a")).state is Delivery.SENT


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
    office.time.on(GATHERED)
    await office.sender.send_owed()
    (key,) = [key for _, key, _ in office.post.taken[2:]]
    assert key.startswith("unreachable:hung:20261120")
    assert (await office.row("one")).state is Delivery.UNREACHABLE
    await office.owe(replace(owed("reached"), state=Delivery.SENT))
    office.time.on(timedelta(days=3))
    assert await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    assert not await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    await office.sender.send_owed()
    assert [key.split(":")[0] for _, key, _ in office.post.taken[3:]] == ["catch-up"]


@pytest.mark.parametrize("before", [False, True])
async def test_who_never_got_a_message_is_not_back(office: Office, before: bool) -> None:
    """He comes for the first time: `/start` tells him all, nothing is caught up on."""
    if before:
        await office.owe(owed("zero"))
        await office.sender.send_owed()
    office.post.verdicts = [*office.post.verdicts, Gone()]
    await office.owe(owed("one", priority=1))
    await office.sender.send_owed()
    office.time.on(timedelta(days=3))
    await came_back(office.store, OFFICER.id, TELEGRAM, office.time())
    async with office.store.begin() as tx:
        told = [one.facts for one in await tx.find(OutboxMessage) if one.template == "catch_up"]
    assert told == ([{"missed": 1}] if before else [])


async def test_a_group_that_moved_is_followed(office: Office) -> None:
    """The new address is kept, and the message goes there."""
    office.post.verdicts = [Moved("-1009")]
    await office.owe(owed())
    await office.sender.send_owed()
    await office.sender.send_owed()
    assert [address for address, _, _ in office.post.taken] == ["1", "-1009"]


async def test_a_sender_that_died_with_rows_in_its_queue_leaves_them_unmarked(
    office: Office,
) -> None:
    """Not before the lease is out; nothing of them was sent, and so none says "again"."""
    await office.owe(owed())
    await office.sender._claim()
    assert (await office.row("a")).lease == NOON + LEASE
    await office.sender.send_owed()
    assert office.post.taken == []
    office.time.on(LEASE)
    await office.sender.send_owed()
    assert office.post.taken == [("1", "a", False)]


async def test_a_sender_that_died_in_the_midst_of_a_send_leaves_it_marked(office: Office) -> None:
    """The dead one may have sent it."""
    await office.owe(owed())
    died = office.sender
    await died._take_up(await died._claim())
    office.time.on(LEASE)
    sender = office.sender
    await sender.send_owed()
    assert office.post.taken == [("1", "a", True)]
    assert sender.tally["again"] == 1


async def test_a_row_that_waited_out_its_lease_is_left_to_the_next(office: Office) -> None:
    """Whoever claimed it meanwhile sends it, and nobody else."""
    await office.owe(owed())
    slow, quick = office.sender, office.sender
    waiting = await slow._claim()
    office.time.on(LEASE)
    await slow._deliver(waiting)
    assert office.post.taken == []
    await quick.send_owed()
    await slow._deliver(waiting)
    assert office.post.taken == [("1", "a", False)]


async def test_a_row_is_held_anew_when_it_is_taken_up(office: Office) -> None:
    """A send that begins late in the lease is not begun a second time elsewhere."""
    await office.owe(owed())
    sender = office.sender
    claimed = await sender._claim()
    office.time.on(LEASE - timedelta(seconds=1))
    await sender._take_up(claimed)
    assert (await office.row("a")).lease == office.time.at + LEASE


def test_a_send_ends_within_its_lease() -> None:
    """With the wait for its turn, whatever the channel does."""
    assert TURN_SECONDS + REQUEST_SECONDS < SEND_SECONDS < LEASE.total_seconds()


async def test_a_closing_sender_gives_back_what_waits(office: Office) -> None:
    """The next process sends it at once, and unmarked."""
    await office.owe(owed())
    sender = office.sender
    rows = await sender._claim()
    sender.closing = True
    queue = asyncio.Queue[list[OutboxMessage] | None]()
    for some in (rows, None):
        await queue.put(some)
    await sender._work(queue)
    await office.sender.send_owed()
    assert office.post.taken == [("1", "a", False)]


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


class Plain(Post):
    """A channel in which all but `alone` goes together."""

    def together(self, rows: Sequence[OutboxMessage]) -> list[list[OutboxMessage]]:
        """Put all that can be into one."""
        plain = [row for row in rows if self.joins(row)]
        return [*([plain] if plain else []), *([row] for row in rows if not self.joins(row))]

    def joins(self, row: OutboxMessage) -> bool:
        """Tell what goes together."""
        return row.template != "alone"

    async def send_together(self, address: str, rows: Sequence[OutboxMessage]) -> Verdict:
        """Answer with the next verdict, for all of them."""
        if any(row.key in self.faults for row in rows):
            return Refused("one of them")
        self.taken.append((address, "+".join(row.key for row in rows), False))
        return self.verdicts.pop(0) if self.verdicts else Sent(str(len(self.taken)))


@pytest.fixture
def together(office: Office) -> Sender:
    """Give a sender whose channel can say several messages as one."""
    office.post = post = Plain()
    return Sender(
        store=office.store,
        channel=post,
        now=office.time,
        on_gone=tell_those_who_rely,
        joint=post,
    )


async def test_what_one_person_is_owed_at_once_is_one_message(
    office: Office, together: Sender
) -> None:
    """However many rows: more than a claim takes, others' rows between them; each is settled."""
    await office.owe(*(owed(f"{n:03}") for n in range(100)), owed("head", person=HEAD.id))
    assert await together.send_owed() == 101
    assert sorted(key.count("+") for _, key, _ in office.post.taken) == [0, 99]
    assert (await office.row("099")).state is Delivery.SENT
    assert (await office.row("099")).reference == (await office.row("000")).reference


async def test_what_may_have_arrived_goes_alone_and_marked(
    office: Office, together: Sender
) -> None:
    """A mark speaks of one message, not of those beside it."""
    await office.owe(owed("a"), owed("b"), owed("c", tries=1))
    await together.send_owed()
    assert sorted(office.post.taken) == [("1", "a+b", False), ("1", "c", True)]


async def test_of_several_the_one_that_cannot_be_shown_is_set_aside(
    office: Office, together: Sender
) -> None:
    """The others arrive."""
    office.post.faults = {"b": KeyError("b")}
    await office.owe(owed("a"), owed("b"), owed("c"))
    await together.send_owed()
    assert [key for _, key, _ in office.post.taken] == ["a", "c"]
    assert (await office.row("b")).state is Delivery.POISON


async def test_the_fourth_notice_within_a_minute_waits_for_the_others(
    office: Office, together: Sender
) -> None:
    """Three go at once; what else comes in that minute is one message when it is over."""
    for n in range(8):
        await office.owe(owed(f"n{n}"), owed(f"named{n}", template="alone", priority=5))
        await together.send_owed()
        office.time.on(timedelta(seconds=5))
    await office.owe(owed("own", priority=5))
    await together.send_owed()
    keys = [key for _, key, _ in office.post.taken]
    assert [key for key in keys if key.startswith("n") and "named" not in key] == ["n0", "n1", "n2"]
    assert "own" in keys
    assert sum("named" in key for key in keys) == 8
    office.time.on(timedelta(minutes=1))
    await together.send_owed()
    assert office.post.taken[-1] == ("1", "n3+n4+n5+n6+n7", False)


async def test_sixty_who_never_came_are_told_of_together(office: Office, together: Sender) -> None:
    """Their supervisor gets one message, some minutes later, and not sixty."""
    people = [replace(OFFICER, id=PersonId(f"p{n}"), name=f"P{n}") for n in range(60)]
    async with office.store.begin() as tx:
        for one in people:
            await tx.add(one)
    office.post.verdicts = [Gone() for _ in people]
    await office.owe(*(owed(f"of:{one.id}", person=one.id, priority=1) for one in people))
    await together.send_owed()
    assert len(office.post.taken) == 60
    office.time.on(GATHERED)
    await together.send_owed()
    (key,) = [key for _, key, _ in office.post.taken[60:]]
    assert key.startswith("unreachable:hung:")
