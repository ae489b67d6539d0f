"""A directive goes out to units: a record of it, and one message owed to each of their people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.acknowledging.refusals import NobodyToTell, NoSuchBroadcast
from records.acting import Acting, acting
from records.ids import PersonId, UnitId, new_id
from records.model import Acknowledgement, Broadcast, OutboxMessage, Person, Stance
from records.store import Store, Transaction
from vietnamese.clock_times import HANOI

SENT_OUT: Final = "ack_broadcast"
URGED: Final = "ack_urged"
"""The messages: of the sending, and of a reminder of it."""

PRIORITY: Final = -10
"""After all that somebody waits for, and silently."""

CHUNK: Final = 500
"""People written to in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What is sent out to whom."""

    file: str
    citation: str
    units: tuple[UnitId, ...]
    clauses: Mapping[str, tuple[str, ...]]
    """Paths of the clauses that concern a unit, by unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """How far a unit is with a directive."""

    unit: UnitId
    name: str
    acknowledged: int
    waiting: tuple[Person, ...]
    """Those who have not acknowledged, the unreached among them."""

    @property
    def unreached(self) -> int:
        """How many of them the channel does not reach."""
        return sum(one.unreachable is not None for one in self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """A unit's lead says that a clause is not theirs, or asks."""

    unit: str
    person: str
    clause: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a sending is."""

    broadcast: Broadcast
    units: tuple[UnitState, ...]
    objected: tuple[Objected, ...]


async def send_out(store: Store, actor: PersonId, announced: Announced, now: datetime) -> Broadcast:
    """Record a sending and owe everybody of the units a message.

    The record comes first: a process that dies in between leaves a sending whose missing rows
    `complete` writes. Raises NotAllowed, NobodyToTell.
    """
    async with acting(store, actor, now) as act:
        for unit in announced.units:
            act.require(Action.BROADCAST, unit)
        broadcast = Broadcast(
            id=new_id(),
            file=announced.file,
            citation=announced.citation,
            units=announced.units,
            made_by=actor,
            made=now,
            clauses=announced.clauses,
        )
        if not await people_of(act.tx, broadcast):
            raise NobodyToTell
        await act.tx.add(broadcast)
        await act.note("broadcast", broadcast.id, detail=str(len(announced.units)))
    await complete(store, broadcast, now)
    return broadcast


async def complete(store: Store, broadcast: Broadcast, now: datetime) -> int:
    """Write the rows that a sending still lacks; return how many."""
    async with store.begin() as tx:
        people = await people_of(tx, broadcast)
    written = 0
    for start in range(0, len(people), CHUNK):
        async with store.begin() as tx:
            for person in people[start : start + CHUNK]:
                written += await _owe(tx, _row(broadcast, person.id, SENT_OUT, "", now))
    return written


async def unacknowledged(tx: Transaction, broadcast: Broadcast) -> list[Person]:
    """Return the active people of its units, today's, who have not acknowledged it."""
    done = {
        one.person
        for one in await tx.find(Acknowledgement, {"file": broadcast.file})
        if one.clause is None and one.at >= broadcast.made
    }
    return [one for one in await people_of(tx, broadcast) if one.id not in done]


async def urge(store: Store, actor: PersonId, broadcast: str, now: datetime) -> int:
    """Owe a reminder to all who have not acknowledged, once a day; return how many.

    Raises NotAllowed, NoSuchBroadcast.
    """
    async with acting(store, actor, now, f"broadcast:{broadcast}") as act:
        held = await _held(act, broadcast)
        day, count = f"{now.astimezone(HANOI):%Y%m%d}", 0
        for person in await unacknowledged(act.tx, held):
            if person.unreachable is None:
                count += await _owe(act.tx, _row(held, person.id, URGED, f":urge:{day}", now))
        await act.note("urge_broadcast", broadcast, detail=str(count))
        return count


async def broadcasts(store: Store, actor: PersonId, now: datetime) -> list[Broadcast]:
    """Return the sendings, the latest first; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.BROADCAST, None)
        return sorted(await act.tx.find(Broadcast), key=lambda one: one.made, reverse=True)


async def state(store: Store, actor: PersonId, broadcast: str, now: datetime) -> State:
    """Return how far a sending is; raises NotAllowed, NoSuchBroadcast."""
    async with acting(store, actor, now) as act:
        held = await _held(act, broadcast)
        people, waiting = await people_of(act.tx, held), await unacknowledged(act.tx, held)
        missing = {one.id for one in waiting}
        units = [
            UnitState(
                unit=unit,
                name=act.tree.name(unit),
                acknowledged=sum(one.unit == unit and one.id not in missing for one in people),
                waiting=tuple(one for one in waiting if one.unit == unit),
            )
            for unit in held.units
        ]
        return State(
            broadcast=held,
            units=tuple(sorted(units, key=lambda one: -len(one.waiting))),
            objected=tuple(await _objected(act, held, people)),
        )


async def people_of(tx: Transaction, broadcast: Broadcast) -> list[Person]:
    """Return the active people of a sending's units as they are now."""
    found = [one for unit in broadcast.units for one in await tx.find(Person, {"unit": unit})]
    return [one for one in found if one.active]


async def _objected(act: Acting, broadcast: Broadcast, people: Iterable[Person]) -> list[Objected]:
    by_id = {one.id: one for one in people}
    return [
        Objected(
            unit=act.tree.name(by_id[one.person].unit),
            person=by_id[one.person].name,
            clause=one.clause,
            stance=one.stance,
        )
        for one in await act.tx.find(Acknowledgement, {"file": broadcast.file})
        if one.clause is not None
        and one.stance in (Stance.NOT_OURS, Stance.ASK)
        and one.person in by_id
    ]


async def _held(act: Acting, broadcast: str) -> Broadcast:
    act.require(Action.BROADCAST, None, broadcast)
    held = await act.tx.get(Broadcast, broadcast)
    if held is None:
        raise NoSuchBroadcast
    return held


async def _owe(tx: Transaction, row: OutboxMessage) -> int:
    if await tx.get(OutboxMessage, row.key) is not None:
        return 0
    await tx.add(row)
    return 1


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
