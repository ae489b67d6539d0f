"""How far a sending is: who has acknowledged it, who not, who is not reached, whose it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId
from records.model import Acknowledgement, Broadcast, Person, Stance
from records.store import Store
from services.broadcasts.dispatch import held_by, people_of, readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many have acknowledged, how many not; nobody is counted twice."""

    acknowledged: int
    waiting: int
    """Have it and have not acknowledged."""
    unreached: int
    """Have not acknowledged, and the channel does not reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """How far a unit is."""

    unit: UnitId
    name: str
    tally: Tally
    missing: tuple[Person, ...]
    """Those who have not acknowledged, the unreached among them."""


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
    tally: Tally
    units: tuple[UnitState, ...]
    """Those with the most people missing first."""
    objected: tuple[Objected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A sending in the list of all."""

    broadcast: Broadcast
    tally: Tally


async def broadcasts(
    store: Store, actor: PersonId, now: datetime, part: slice
) -> tuple[list[Listed], int]:
    """Return a part of the sendings, the latest first, and how many there are in all.

    Raises NotAllowed.
    """
    async with acting(store, actor, now) as act:
        act.require(Action.BROADCAST, None)
        found = sorted(await act.tx.find(Broadcast), key=lambda one: one.made, reverse=True)
        listed = [
            Listed(
                broadcast=one,
                tally=_tally(await people_of(act.tx, one.units), await readers(act.tx, one)),
            )
            for one in found[part]
        ]
        return listed, len(found)


async def state(store: Store, actor: PersonId, broadcast: str, now: datetime) -> State:
    """Return how far a sending is; raises NotAllowed, NoSuchBroadcast."""
    async with acting(store, actor, now) as act:
        held = await held_by(act, broadcast)
        done = await readers(act.tx, held)
        units = []
        for unit in held.units:
            people = await people_of(act.tx, (unit,))
            missing = tuple(one for one in people if one.id not in done)
            units.append(
                UnitState(
                    unit=unit,
                    name=act.tree.name(unit),
                    tally=_tally(people, done),
                    missing=missing,
                )
            )
        units.sort(key=lambda one: -len(one.missing))
        return State(
            broadcast=held,
            tally=_sum([one.tally for one in units]),
            units=tuple(units),
            objected=tuple(await _objected(act, held)),
        )


async def _objected(act: Acting, broadcast: Broadcast) -> list[Objected]:
    """Return what leads said against the addressing; also of one whose access has ended since."""
    found = []
    for one in await act.tx.find(Acknowledgement, {"file": broadcast.file}):
        ours = one.id == f"{broadcast.id}:{one.person}:{one.clause}"
        person = await act.tx.get(Person, one.person) if ours else None
        if person is None or one.clause is None or one.stance in (None, Stance.OURS):
            continue
        if one.clause in broadcast.clauses.get(person.unit, ()):
            found.append(
                Objected(
                    unit=act.tree.name(person.unit),
                    person=person.name,
                    clause=one.clause,
                    stance=one.stance,
                )
            )
    return found


def _tally(people: Sequence[Person], done: frozenset[PersonId]) -> Tally:
    missing = [one for one in people if one.id not in done]
    unreached = sum(one.unreachable is not None for one in missing)
    return Tally(
        acknowledged=len(people) - len(missing),
        waiting=len(missing) - unreached,
        unreached=unreached,
    )


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        acknowledged=sum(one.acknowledged for one in tallies),
        waiting=sum(one.waiting for one in tallies),
        unreached=sum(one.unreached for one in tallies),
    )
