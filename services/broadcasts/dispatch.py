"""A directive goes out to units: a record of it, and one message owed to each of their people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import leave, lock
from records.ids import PersonId, UnitId
from records.model import (
    Acknowledgement,
    Broadcast,
    Delivery,
    Mark,
    OutboxMessage,
    Person,
)
from records.store import Store, Transaction
from services.broadcasts.choice import TOPIC
from services.broadcasts.refusals import NobodyToTell, NoSuchBroadcast
from vietnamese.zone import day_of

SENT_OUT: Final = "ack_broadcast"
URGED: Final = "ack_urged"
"""The messages: of the sending, and of a reminder of it."""

PRIORITY: Final = -10
"""After all that somebody waits for, and silently."""

CHUNK: Final = 500
"""People written to in one transaction: tens of milliseconds, so that others need not wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What is sent out to whom."""

    id: str
    """Given when the choice of units began: confirmed twice, it is one sending."""
    file: str
    citation: str
    units: tuple[UnitId, ...]
    clauses: Mapping[str, tuple[str, ...]]
    """Paths of the clauses that concern a unit, by unit."""


async def send_out(store: Store, actor: PersonId, announced: Announced, now: datetime) -> Broadcast:
    """Record a sending and owe everybody of the units a message; done again, nothing is added.

    The record comes first: a process that dies in between leaves a sending whose missing rows
    `complete` writes. Raises NotAllowed, NobodyToTell.
    """
    async with acting(store, actor, now, _lock(announced.id), lock(actor)) as act:
        for unit in announced.units:
            act.require(Action.BROADCAST, unit)
        broadcast = await act.tx.get(Broadcast, announced.id)
        if broadcast is None:
            broadcast = _broadcast(actor, announced, now)
            if not await people_of(act.tx, broadcast.units):
                raise NobodyToTell
            await act.tx.add(broadcast)
            await act.note("broadcast", broadcast.id, detail=str(len(announced.units)))
        await leave(act.tx, actor, TOPIC, subject=announced.id)
    await complete(store, broadcast, now)
    return broadcast


async def is_sent(store: Store, broadcast: str) -> bool:
    """Tell whether a sending of this id was made."""
    async with store.begin() as tx:
        return await tx.get(Broadcast, broadcast) is not None


async def count_people(store: Store, units: Iterable[UnitId]) -> int:
    """Return how many people are in the units now."""
    async with store.begin() as tx:
        return len(await people_of(tx, units))


async def awaited(
    store: Store, person: Person, broadcasts: Iterable[str] | None = None
) -> list[Broadcast]:
    """Return what a person has not acknowledged, of all or of these; the oldest first."""
    async with store.begin() as tx:
        if broadcasts is None:
            sent: list[Broadcast | None] = [*await tx.find(Broadcast)]
        else:
            sent = [await tx.get(Broadcast, one) for one in broadcasts]
        return [one for one in sent if one is not None and await awaits(tx, one, person)]


async def complete(store: Store, broadcast: Broadcast, now: datetime) -> frozenset[PersonId]:
    """Write the rows that a sending still lacks; return whose they are.

    Lacking are those that a dead process did not write, and those of who came to a unit since.
    """
    async with store.begin() as tx:
        people = await people_of(tx, broadcast.units)
    rows = [_row(broadcast, one.id, SENT_OUT, "", now) for one in people]
    written = await _owe(store, _lock(broadcast.id), rows)
    async with store.begin() as tx:
        await tx.put(Mark(id=_lock(broadcast.id), day=day_of(now)))
    return written


async def is_complete(tx: Transaction, broadcast: Broadcast) -> bool:
    """Tell whether all who were in the units at the sending are owed their message."""
    return await tx.get(Mark, _lock(broadcast.id)) is not None


async def unacknowledged(tx: Transaction, broadcast: Broadcast) -> list[Person]:
    """Return the active people of its units, today's, who have not acknowledged it.

    Who acknowledged a later sending of the same file has acknowledged this one.
    """
    done = await readers(tx, broadcast)
    return [one for one in await people_of(tx, broadcast.units) if one.id not in done]


async def awaits(tx: Transaction, broadcast: Broadcast, person: Person) -> bool:
    """Tell whether `unacknowledged` has this person, without reading the others."""
    if not person.active or person.unit not in broadcast.units:
        return False
    his = await tx.find(Acknowledgement, {"file": broadcast.file, "person": person.id})
    return not any(_acknowledges(one, broadcast) for one in his)


async def readers(tx: Transaction, broadcast: Broadcast) -> frozenset[PersonId]:
    """Return who has acknowledged a sending, or a later one of its file."""
    return frozenset(
        one.person
        for one in await tx.find(Acknowledgement, {"file": broadcast.file})
        if _acknowledges(one, broadcast)
    )


async def urge(store: Store, actor: PersonId, broadcast: str, now: datetime) -> int:
    """Owe a reminder to all who have not acknowledged, once a day each; return to how many.

    Not to whom the channel does not reach, nor whose first message is still on its way.
    Raises NotAllowed, NoSuchBroadcast.
    """
    async with acting(store, actor, now) as act:
        held = await held_by(act, broadcast)
        missing = [
            one.id
            for one in await unacknowledged(act.tx, held)
            if one.unreachable is None and not await _on_its_way(act.tx, held, one.id)
        ]
        await act.note("urge_broadcast", broadcast, detail=str(len(missing)))
    stage = f":urge:{day_of(now):%Y%m%d}"
    rows = [_row(held, one, URGED, stage, now) for one in missing]
    return len(await _owe(store, _lock(held.id), rows))


async def held_by(act: Acting, broadcast: str) -> Broadcast:
    """Return a sending to one who may send out; raises NotAllowed, NoSuchBroadcast."""
    act.require(Action.BROADCAST, None, broadcast)
    held = await act.tx.get(Broadcast, broadcast)
    if held is None:
        raise NoSuchBroadcast
    return held


async def people_of(tx: Transaction, units: Iterable[UnitId]) -> list[Person]:
    """Return the active people of units as they are now."""
    found = [one for unit in units for one in await tx.find(Person, {"unit": unit})]
    return [one for one in found if one.active]


def _acknowledges(one: Acknowledgement, broadcast: Broadcast) -> bool:
    later = one.at >= broadcast.made or one.id == f"{broadcast.id}:{one.person}"
    return one.clause is None and later


async def _on_its_way(tx: Transaction, broadcast: Broadcast, person: PersonId) -> bool:
    row = await tx.get(OutboxMessage, f"broadcast:{broadcast.id}:{person}")
    return row is None or row.state is Delivery.OWED


async def _owe(store: Store, lock: str, rows: Sequence[OutboxMessage]) -> frozenset[PersonId]:
    """Write the rows that are not there yet, a transaction a chunk; return whose they are."""
    written: set[PersonId] = set()
    for start in range(0, len(rows), CHUNK):
        async with store.begin(lock) as tx:
            for row in rows[start : start + CHUNK]:
                if await tx.get(OutboxMessage, row.key) is None:
                    await tx.add(row)
                    written.add(row.person)
    return frozenset(written)


def _broadcast(actor: PersonId, announced: Announced, now: datetime) -> Broadcast:
    return Broadcast(
        id=announced.id,
        file=announced.file,
        citation=announced.citation,
        units=announced.units,
        made_by=actor,
        made=now,
        clauses=announced.clauses,
    )


def _row(
    broadcast: Broadcast, person: PersonId, template: str, stage: str, now: datetime
) -> OutboxMessage:
    return OutboxMessage(
        key=f"broadcast:{broadcast.id}:{person}{stage}",
        person=person,
        template=template,
        facts={"broadcast": broadcast.id},
        created=now,
        priority=PRIORITY,
        quiet=True,
    )


def _lock(broadcast: str) -> str:
    return f"broadcast:{broadcast}"
