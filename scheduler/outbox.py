"""Delivery: what the bot owes goes out once, most urgent first; what became of it is recorded.

A message is a row of the outbox, written in the transaction of its cause. The sender claims rows
for a short lease, hands each to the channel, and records the verdict:

owed ──sent──────────► SENT
 │ ▲ └─no answer─────► owed once more, marked "again" (reminders), or UNKNOWN (digests)
 │ └── not taken, flood: owed, later
 ├─ blocked, gone ───► owed by another way; none left: UNREACHABLE, those who rely on it are told
 ├─ not wanted now ──► DROPPED
 └─ refused ─────────► POISON, set aside for a person to look at

A process that dies between the channel's "ok" and the record of it leaves a lease that runs out:
that row goes out again. This is the one way to a repeat, and it is counted.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from records.model import Delivery, OutboxMessage, Person, Preference
from records.reach import lost, way_to
from records.store import Store, Transaction
from vietnamese.refusals import Refusal
from vietnamese.zone import ZONE

BATCH: Final = 60
"""Rows claimed at once: two seconds of Telegram's ceiling, so that a dead sender holds up few."""

WORKERS: Final = 24
"""Sends in flight; at 30/s and a round trip of half a second 15 are enough."""

SEND_SECONDS: Final = 15.0
"""How long a send may take before its fate counts as unknown."""

LEASE: Final = timedelta(seconds=28)
"""How long a claimed row is held: a batch at the ceiling's pace, a slow send and its record, and
less than the 30 s within which another process takes over."""

PAUSES: Final = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600))
"""Before each repetition of what surely did not arrive; the last one goes on for ever."""

UNCLEAR_TRIES: Final = 2
"""Tries without an answer after which it is left at that: a person hears of it twice at most."""

NEVER_AGAIN: Final = -10
"""Rows of this priority or lower (digests) are not sent twice on suspicion."""


class Verdict:
    """What became of one try."""


@dataclass(frozen=True, slots=True)
class Sent(Verdict):
    """The channel took it; `reference` is how it names the message."""

    reference: str


@dataclass(frozen=True, slots=True)
class Flooded(Verdict):
    """The channel asks to wait, for this person alone."""

    pause: timedelta


@dataclass(frozen=True, slots=True)
class Held(Verdict):
    """Not tried: it waits until a better hour."""

    until: datetime


class NotTaken(Verdict):
    """It surely did not arrive: a server's error, no connection."""


class NoAnswer(Verdict):
    """It may have arrived."""


class Gone(Verdict):
    """The person blocked the bot or left the channel."""


@dataclass(frozen=True, slots=True)
class Moved(Verdict):
    """The person's (a group's) address is another one now."""

    address: str


class NotWanted(Verdict):
    """Its reason has gone: nothing to send."""


@dataclass(frozen=True, slots=True)
class Refused(Verdict):
    """The channel refuses it for what it is; `reason` in the channel's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere(Verdict):
    """Not tried: the person's way is another one; the sender of `channel` has it from now on."""

    channel: str


class Channel(Protocol):
    """A way to people, such as Telegram."""

    @property
    def name(self) -> str:
        """The name it has in a person's addresses."""
        ...

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Try to deliver; `again` marks what may have arrived before. Never raises for a fault.

        What an address means only the channel knows.
        """
        ...


Rows = list[OutboxMessage]

OnGone = Callable[[Transaction, Person, datetime], Awaitable[None]]
"""What else follows in the transaction that finds no way left to a person: telling who relies."""


@dataclass(slots=True)
class Sender:
    """Empties the outbox through one channel; several senders on one store share the work.

    Rows of another channel are never touched. Which way a row goes is told by `records.reach`.
    """

    store: Store
    channel: Channel
    now: Callable[[], datetime]
    on_gone: OnGone
    others: frozenset[str] = frozenset()
    """Names of the channels that have senders of their own, to whom rows can be handed over."""
    tally: Counter[str] = field(default_factory=Counter)
    """How often each verdict was given, and `again` for rows that may have been sent before."""
    closing: bool = False
    """Set to claim no more: what is in flight comes to its end."""

    async def send_owed(self) -> int:
        """Send what is owed and may go now, until nothing is left; return how many were tried.

        A fault of the store ends the pass; what was claimed is free again when its lease runs out.
        """
        queue: asyncio.Queue[OutboxMessage | None] = asyncio.Queue(maxsize=BATCH)
        tried = 0
        async with asyncio.TaskGroup() as group:
            workers = [group.create_task(self._work(queue)) for _ in range(WORKERS)]
            while claimed := await self._claim_ahead(queue):
                tried += len(claimed)
                for row in claimed:
                    await queue.put(row)
            for _ in workers:
                await queue.put(None)
        return tried

    async def _claim_ahead(self, queue: "asyncio.Queue[OutboxMessage | None]") -> Rows:
        """Claim while the last rows are still going out, so that the pace has no gaps.

        Where nothing is left, wait for those: a group that moved is owed its message again.
        """
        claimed = await self._claim()
        if not claimed:
            await queue.join()
            claimed = await self._claim()
        return claimed

    async def _claim(self) -> Rows:
        if self.closing:
            return []
        now = self.now()
        async with self.store.begin() as tx:
            claimed = await tx.claim(self.channel.name, now=now, until=now + LEASE, most=BATCH)
            taken = [replace(row, tries=row.tries + 1) for row in claimed]
            for row in taken:
                await tx.put(row)
        return taken

    async def _work(self, queue: "asyncio.Queue[OutboxMessage | None]") -> None:
        while (row := await queue.get()) is not None:
            try:
                await self._deliver(row)
            finally:
                queue.task_done()

    async def _deliver(self, row: OutboxMessage) -> None:
        """Send one row and record what became of it."""
        verdict = await self._verdict(row)
        self.tally[type(verdict).__name__] += 1
        await self._record(row, verdict)

    async def _verdict(self, row: OutboxMessage) -> Verdict:
        async with self.store.begin() as tx:
            person = await tx.get(Person, row.person)
            hours = await tx.get(Preference, row.person) if row.quiet else None
        if person is None or not person.active:
            return NotWanted()
        way = way_to(person, {self.channel.name, *self.others})
        if way is None:
            return Gone()
        if way.channel != self.channel.name:
            return Elsewhere(way.channel)
        if row.quiet:
            until = quiet_until(hours or Preference(id=row.person), self.now())
            if until is not None:
                return Held(until)
        return await self._try(way.value, row, person)

    async def _try(self, address: str, row: OutboxMessage, person: Person) -> Verdict:
        again = row.tries - 1 > row.failed
        self.tally["again"] += again
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self.channel.send(address, row, person, again=again)
        except TimeoutError:
            return NoAnswer()
        except Refusal:
            return NotWanted()
        except Exception as fault:
            log = structlog.get_logger("scheduler.outbox")
            log.exception("set aside", key=row.key)
            return Refused(type(fault).__name__)

    async def _record(self, row: OutboxMessage, verdict: Verdict) -> None:
        now = self.now()
        async with self.store.begin(f"outbox:{row.key}", f"person:{row.person}") as tx:
            held = await tx.get(OutboxMessage, row.key)
            if held is None or held.state is not Delivery.OWED:
                return
            if isinstance(verdict, Gone):
                verdict = await self._lose(tx, row, now)
            await tx.put(settled(held, verdict, now))
            if isinstance(verdict, Moved):
                await self._move(tx, row, verdict.address)

    async def _lose(self, tx: Transaction, row: OutboxMessage, now: datetime) -> Verdict:
        """Note that the channel does not reach the person; where no way is left, tell of it."""
        person = await tx.get(Person, row.person)
        if person is None:
            return Gone()
        marked = lost(person, self.channel.name, now)
        if marked != person:
            await tx.put(marked)
        if person.unreachable is None and marked.unreachable is not None:
            await self.on_gone(tx, person, now)
        way = way_to(marked, self.others)
        return Gone() if way is None or way.unreachable else Elsewhere(way.channel)

    async def _move(self, tx: Transaction, row: OutboxMessage, address: str) -> None:
        person = await tx.get(Person, row.person)
        if person is not None:
            moved = tuple(
                replace(one, value=address, unreachable=None)
                if one.channel == self.channel.name
                else one
                for one in person.addresses
            )
            await tx.put(replace(person, addresses=moved))


def settled(row: OutboxMessage, verdict: Verdict, now: datetime) -> OutboxMessage:
    """Return the row as the verdict leaves it."""
    row = replace(row, lease=None)
    if isinstance(verdict, Sent):
        return replace(row, state=Delivery.SENT, settled=now, reference=verdict.reference)
    if isinstance(verdict, Elsewhere):
        return replace(row, channel=verdict.channel, tries=0, failed=0)
    later = _unsent_until(row, verdict, now)
    if later is not None:
        return replace(row, not_before=later, failed=row.failed + 1)
    unclear = isinstance(verdict, NoAnswer) and row.tries - row.failed < UNCLEAR_TRIES
    if unclear and row.priority > NEVER_AGAIN:
        return replace(row, not_before=now + PAUSES[0])
    return replace(row, state=_FINAL[type(verdict)], settled=now)


def _unsent_until(row: OutboxMessage, verdict: Verdict, now: datetime) -> datetime | None:
    """Return when to try again what surely did not arrive; None for any other verdict."""
    match verdict:
        case Flooded(pause):
            return now + pause
        case Held(until):
            return until
        case NotTaken():
            return now + PAUSES[min(row.failed, len(PAUSES) - 1)]
        case Moved():
            return now
        case _:
            return None


_FINAL: Final[Mapping[type[Verdict], Delivery]] = {
    NoAnswer: Delivery.UNKNOWN,
    Gone: Delivery.UNREACHABLE,
    NotWanted: Delivery.DROPPED,
    Refused: Delivery.POISON,
}


def quiet_until(hours: Preference, now: datetime) -> datetime | None:
    """Return when the person's quiet hours end; None outside them."""
    local = now.astimezone(ZONE)
    begin, end = hours.quiet_from, hours.quiet_to
    quiet = begin <= local.hour < end if begin <= end else not end <= local.hour < begin
    if not quiet or begin == end:
        return None
    wake = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return wake if wake > local else wake + timedelta(days=1)
