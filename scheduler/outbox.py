"""Delivery: what the bot owes goes out once, most urgent first; what became of it is recorded.

A message is a row of the outbox, written in the transaction of its cause. The sender claims rows
for a short lease, notes each as taken up just before it hands it to the channel, and records the
verdict:

owed ──sent──────────► SENT
 │ ▲ └─no answer─────► owed again, marked, until the day is over (reminders); UNKNOWN
 │ └── not taken, flood: owed, later
 ├─ blocked, gone ───► owed by another way; none left: UNREACHABLE, those who rely on it are told
 ├─ not wanted now ──► DROPPED
 └─ refused ─────────► POISON, set aside for a person to look at

Waiting for its turn is no try: it says nothing of whether a message arrived. A row whose lease ran
out while it waited is left to who claims it next. A process that dies between taking a row up and
recording what became of it leaves a lease that runs out: that row goes out again, marked. This is
the one way to a repeat without a fault of the line, and it is counted.

What one person is owed at the same time goes together where its channel can say it in one message.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from records.ids import PersonId
from records.model import Delivery, OutboxMessage, Person, Preference
from records.reach import lost, way_to
from records.refusals import StoreRefused
from records.store import Store, Transaction
from scheduler.channel import Channel, Joint, Rows
from scheduler.lull import Lull
from scheduler.quiet_hours import quiet_until
from scheduler.verdicts import (
    Elsewhere,
    Flooded,
    Gone,
    Held,
    Moved,
    NoAnswer,
    NotTaken,
    NotWanted,
    Refused,
    Sent,
    Verdict,
)
from vietnamese.refusals import Refusal
from vietnamese.zone import day_of

BATCH: Final = 60
"""Rows claimed at once: two seconds of Telegram's ceiling, so that a dead sender holds up few."""

WORKERS: Final = 24
"""Sends in flight; at 30/s and a round trip of half a second 15 are enough."""

SEND_SECONDS: Final = 25.0
"""How long a channel may take with a message at most, the wait for its turn included. A channel
keeps within it by itself, and tells waiting from silence; this is for one that does not return."""

LEASE: Final = timedelta(seconds=28)
"""How long a row is held, first in the queue and then, anew, while it is sent: longer than
SEND_SECONDS and the record, less than the 30 s within which another process takes over."""

PAUSES: Final = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600))
"""Before each repetition of what did not arrive, or has no answer; the last one goes on."""

NEVER_AGAIN: Final = -10
"""Rows of this priority or lower (digests) are not sent twice on suspicion; all others are tried
again, marked, until the day is over on which they have no answer."""


Queue = asyncio.Queue[Rows | None]
"""What goes to one person at the same time; None ends a worker."""

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
    joint: Joint | None = None
    """The channel again, if it can say several messages as one."""
    lull: Lull = field(default_factory=Lull)
    """Who got several notices lately."""
    tally: Counter[str] = field(default_factory=Counter)
    """How often each verdict was given, and `again` for rows that may have been sent before."""
    closing: bool = False
    """Set to claim no more: what is in flight comes to its end, what waits is given back."""

    async def send_owed(self) -> int:
        """Send what is owed and may go now, until nothing is left; return how many were tried.

        A fault of the store ends the pass, and is raised; what was claimed is free again when its
        lease runs out.
        """
        queue: Queue = asyncio.Queue(maxsize=BATCH)
        tried = 0
        try:
            async with asyncio.TaskGroup() as group:
                workers = [group.create_task(self._work(queue)) for _ in range(WORKERS)]
                while claimed := await self._claim_ahead(queue):
                    tried += len(claimed)
                    for rows in by_person(claimed):
                        await queue.put(rows)
                for _ in workers:
                    await queue.put(None)
        except ExceptionGroup as several:
            away, others = several.split(StoreRefused)
            if away is None or others is not None:
                raise
            raise away.exceptions[0] from None
        return tried

    async def _claim_ahead(self, queue: Queue) -> Rows:
        """Claim while the last rows are still going out, so that the pace has no gaps.

        Where nothing is left, wait for those: a group that moved is owed its message again.
        """
        claimed = await self._claim()
        if not claimed:
            await queue.join()
            claimed = await self._claim()
        return claimed

    async def _claim(self) -> Rows:
        """Claim the next rows; of whom several are claimed, the rest he is owed now as well."""
        if self.closing:
            return []
        now = self.now()
        async with self.store.begin() as tx:
            claimed = await tx.claim(self.channel.name, now=now, until=now + LEASE, most=BATCH)
            if self.joint is None:
                return claimed
            several = [rows[0].person for rows in by_person(claimed) if len(rows) > 1]
            return [*claimed, *[one for who in several for one in await self._rest(tx, who, now)]]

    async def _rest(self, tx: Transaction, person: PersonId, now: datetime) -> Rows:
        """Claim what else a person is owed and may go now."""
        owed = await tx.find(OutboxMessage, {"person": person, "state": Delivery.OWED})
        free = [
            replace(one, lease=now + LEASE)
            for one in owed
            if one.channel == self.channel.name
            and (one.not_before is None or one.not_before <= now)
            and (one.lease is None or one.lease <= now)
        ]
        for one in free:
            await tx.put(one)
        return free

    async def _work(self, queue: Queue) -> None:
        while (rows := await queue.get()) is not None:
            try:
                for group in self._groups(rows):
                    await (self._give_back(group) if self.closing else self._deliver(group))
            finally:
                queue.task_done()

    def _groups(self, rows: Rows) -> Iterator[Rows]:
        """Yield what is sent at once, of rows of one person; what may have arrived goes alone."""
        if self.joint is None or len(rows) == 1:
            yield from ([one] for one in rows)
            return
        alike: dict[tuple[bool, bool], Rows] = {}
        for row in rows:
            if row.tries > row.failed:
                yield [row]
            else:
                alike.setdefault((row.quiet, row.priority < 0), []).append(row)
        for some in alike.values():
            yield from self.joint.together(some)

    async def _deliver(self, group: Rows) -> None:
        """Send what is said in one message, and record what became of it."""
        person, hours, rows = await self._take_up(group)
        if not rows:
            return
        verdict = await self._verdict(rows, person, hours)
        if len(rows) > 1 and isinstance(verdict, Refused):
            # One of them cannot be shown: each by itself, so that only that one is set aside.
            for row in rows:
                await self._conclude([row], await self._verdict([row], person, hours))
            return
        await self._conclude(rows, verdict)

    async def _take_up(self, group: Rows) -> tuple[Person | None, Preference | None, Rows]:
        """Note a try of the rows that are still ours; return them, and whose they are.

        Whose lease ran out in the queue belongs to who claims it next.
        """
        now, whose = self.now(), group[0].person
        locks = [f"outbox:{row.key}" for row in group]
        taken = []
        async with self.store.begin(*locks) as tx:
            for row in group:
                held = await tx.get(OutboxMessage, row.key)
                if held is None or held.state is not Delivery.OWED or held.lease != row.lease:
                    continue
                if held.lease is not None and held.lease > now:
                    taken.append(replace(held, tries=held.tries + 1, lease=now + LEASE))
                    await tx.put(taken[-1])
            hours = await tx.get(Preference, whose) if group[0].quiet else None
            return await tx.get(Person, whose), hours, taken

    async def _give_back(self, group: Rows) -> None:
        """End the lease of rows that were not sent: the next process need not wait for it."""
        async with self.store.begin(*(f"outbox:{row.key}" for row in group)) as tx:
            for row in group:
                held = await tx.get(OutboxMessage, row.key)
                if held is not None and held.state is Delivery.OWED and held.lease == row.lease:
                    await tx.put(replace(held, lease=None))

    async def _verdict(
        self, rows: Rows, person: Person | None, hours: Preference | None
    ) -> Verdict:
        if person is None or not person.active:
            return NotWanted()
        way = way_to(person, {self.channel.name, *self.others})
        if way is None:
            return Gone()
        if way.channel != self.channel.name:
            return Elsewhere(way.channel)
        until = self._held_until(rows[0], hours or Preference(id=person.id))
        if until is not None:
            return Held(until)
        verdict = await self._try(way.value, rows, person)
        if isinstance(verdict, Sent) and self._can_wait(rows[0]):
            self.lull.sent(person.id, self.now())
        return verdict

    def _held_until(self, row: OutboxMessage, hours: Preference) -> datetime | None:
        """Return until when a message is not sent; None: it goes now."""
        until = quiet_until(hours, self.now()) if row.quiet else None
        if until is None and self._can_wait(row):
            until = self.lull.until(row.person, self.now())
        return until

    def _can_wait(self, row: OutboxMessage) -> bool:
        """Tell a notice that may be held back for a minute: nobody named the time it is to come."""
        once = row.tries - 1 == row.failed
        return self.joint is not None and row.priority <= 0 and once and self.joint.joins(row)

    async def _try(self, address: str, rows: Rows, person: Person) -> Verdict:
        again = rows[0].tries - 1 > rows[0].failed
        self.tally["again"] += again
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if self.joint is not None and len(rows) > 1:
                    return await self.joint.send_together(address, rows)
                return await self.channel.send(address, rows[0], person, again=again)
        except TimeoutError:
            return NoAnswer()
        except Refusal:
            return NotWanted()
        except Exception as fault:
            log = structlog.get_logger("scheduler.outbox")
            log.exception("set aside", key=rows[0].key)
            return Refused(type(fault).__name__)

    async def _conclude(self, rows: Rows, verdict: Verdict) -> None:
        for row in rows:
            self.tally[type(verdict).__name__] += 1
            await self._record(row, verdict)

    async def _record(self, row: OutboxMessage, verdict: Verdict) -> None:
        now = self.now()
        async with self.store.begin(f"outbox:{row.key}", f"person:{row.person}") as tx:
            held = await tx.get(OutboxMessage, row.key)
            if held is None or held.state is not Delivery.OWED:
                return
            if held.lease != row.lease and not isinstance(verdict, Sent):
                return  # Somebody else has it by now, and will know better.
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
    if isinstance(verdict, NoAnswer) and row.priority > NEVER_AGAIN:
        later = now + _pause(row.tries - row.failed - 1)
        if day_of(later) == day_of(now):
            return replace(row, not_before=later)
    return replace(row, state=_FINAL[type(verdict)], settled=now)


def _unsent_until(row: OutboxMessage, verdict: Verdict, now: datetime) -> datetime | None:
    """Return when to try again what surely did not arrive; None for any other verdict."""
    match verdict:
        case Flooded(pause):
            return now + pause
        case Held(until):
            return until
        case NotTaken():
            return now + _pause(row.failed)
        case Moved():
            return now
        case _:
            return None


def _pause(before: int) -> timedelta:
    """Return how long to wait after so many tries of the kind."""
    return PAUSES[min(before, len(PAUSES) - 1)]


def by_person(rows: Sequence[OutboxMessage]) -> list[Rows]:
    """Return the rows of each person together, in the order in which people first come."""
    found: dict[PersonId, Rows] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return list(found.values())


_FINAL: Final[Mapping[type[Verdict], Delivery]] = {
    NoAnswer: Delivery.UNKNOWN,
    Gone: Delivery.UNREACHABLE,
    NotWanted: Delivery.DROPPED,
    Refused: Delivery.POISON,
}
