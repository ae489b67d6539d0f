"""A person acknowledges a directive; a unit's lead says of each clause whether it is theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from records.actor import UnknownPerson, acting, principals
from records.ids import PersonId
from records.model import Acknowledgement, Broadcast, Person, Role, Stance
from records.store import Store, Transaction
from services.broadcasts.refusals import NoSuchBroadcast, NotAddressed, NotThatUnitsClause


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A directive as one of its readers has it."""

    broadcast: Broadcast
    own: tuple[str, ...]
    """Paths of the clauses that concern his unit, in the text's order."""
    leads: bool
    """Whether he speaks for the unit."""
    acknowledged: datetime | None
    stances: Mapping[str, Stance]
    """What he said of clauses, by path."""


async def received(store: Store, person: PersonId, broadcast: str, now: datetime) -> Received:
    """Return a directive as a person has it now.

    A broadcast asks for it once a reader, so it reads only what is his, not the tree of units.
    Raises UnknownPerson, NoSuchBroadcast, NotAddressed.
    """
    async with store.begin() as tx:
        reader = await tx.get(Person, person)
        if reader is None or not reader.active:
            raise UnknownPerson
        held = await addressed(tx, reader, broadcast)
        done = await tx.get(Acknowledgement, f"{held.id}:{person}")
        said = [
            (path, await tx.get(Acknowledgement, f"{held.id}:{person}:{path}"))
            for path in held.clauses.get(reader.unit, ())
        ]
        return Received(
            broadcast=held,
            own=tuple(path for path, _ in said),
            leads=leads(reader, await principals(tx, person, now), await _heads_of(tx, reader)),
            acknowledged=None if done is None else done.at,
            stances={path: one.stance for path, one in said if one is not None and one.stance},
        )


async def acknowledge(store: Store, person: PersonId, broadcast: str, now: datetime) -> bool:
    """Keep that a person has read and understood a directive; False if he said so before.

    Raises NoSuchBroadcast, NotAddressed.
    """
    async with acting(store, person, now, f"broadcast:{broadcast}:{person}") as act:
        held = await addressed(act.tx, act.actor, broadcast)
        key = f"{broadcast}:{person}"
        if await act.tx.get(Acknowledgement, key) is not None:
            return False
        await act.tx.add(Acknowledgement(id=key, person=person, file=held.file, at=now))
        await act.note("acknowledge", broadcast)
        return True


async def take_stance(
    store: Store, person: PersonId, broadcast: str, clause: str, stance: Stance, now: datetime
) -> None:
    """Keep what a unit's lead says of a clause; the last word counts, said again it is one.

    Raises NoSuchBroadcast, NotAddressed, NotThatUnitsClause.
    """
    async with acting(store, person, now, f"broadcast:{broadcast}:{person}") as act:
        held = await addressed(act.tx, act.actor, broadcast)
        speaks = leads(act.actor, act.principals, await _heads_of(act.tx, act.actor))
        if clause not in held.clauses.get(act.actor.unit, ()) or not speaks:
            raise NotThatUnitsClause
        said = Acknowledgement(
            id=f"{broadcast}:{person}:{clause}",
            person=person,
            file=held.file,
            at=now,
            clause=clause,
            stance=stance,
        )
        before = await act.tx.get(Acknowledgement, said.id)
        if before is None or before.stance is not stance:
            await act.tx.put(said)
            await act.note("say_whose", broadcast, detail=f"{clause}: {stance}")


async def addressed(tx: Transaction, reader: Person, broadcast: str) -> Broadcast:
    """Return a sending to the reader's unit; raises NoSuchBroadcast, NotAddressed."""
    held = await tx.get(Broadcast, broadcast)
    if held is None:
        raise NoSuchBroadcast
    if reader.unit not in held.units:
        raise NotAddressed
    return held


def leads(reader: Person, principals: Iterable[Person], heads: Iterable[Person]) -> bool:
    """Tell whether somebody speaks for his unit, whose supervisors are `heads`.

    They do, and who stands in for one of them today; anybody where there is none.
    """
    speaking = {one.id for one in heads if one.active}
    return not speaking or any(one.id in speaking for one in (reader, *principals))


async def _heads_of(tx: Transaction, reader: Person) -> list[Person]:
    return await tx.find(Person, {"unit": reader.unit, "role": Role.SUPERVISOR})
