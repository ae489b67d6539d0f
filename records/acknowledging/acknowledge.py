"""A person acknowledges a directive; a unit's lead says of each clause whether it is theirs."""

from datetime import datetime

from records.acknowledging.refusals import NoSuchBroadcast, NotAddressed, NotThatUnitsClause
from records.acting import Acting, acting
from records.ids import PersonId
from records.model import Acknowledgement, Broadcast, Person, Role, Stance
from records.store import Store


async def acknowledge(store: Store, person: PersonId, broadcast: str, now: datetime) -> bool:
    """Keep that a person has read and understood a directive; False if he said so before.

    Raises NoSuchBroadcast, NotAddressed.
    """
    async with acting(store, person, now, f"broadcast:{broadcast}:{person}") as act:
        held = await addressed(act, broadcast)
        key = f"{broadcast}:{person}"
        if await act.tx.get(Acknowledgement, key) is not None:
            return False
        await act.tx.add(Acknowledgement(id=key, person=person, file=held.file, at=now))
        return True


async def take_stance(
    store: Store, person: PersonId, broadcast: str, clause: str, stance: Stance, now: datetime
) -> None:
    """Keep what a unit's lead says of a clause; the last word counts.

    Raises NoSuchBroadcast, NotAddressed, NotThatUnitsClause.
    """
    async with acting(store, person, now, f"broadcast:{broadcast}:{person}") as act:
        held = await addressed(act, broadcast)
        if clause not in held.clauses.get(act.actor.unit, ()) or not await leads(act, act.actor):
            raise NotThatUnitsClause
        await act.tx.put(
            Acknowledgement(
                id=f"{broadcast}:{person}:{clause}",
                person=person,
                file=held.file,
                at=now,
                clause=clause,
                stance=stance,
            )
        )


async def addressed(act: Acting, broadcast: str) -> Broadcast:
    """Return a sending that was meant for the actor's unit."""
    held = await act.tx.get(Broadcast, broadcast)
    if held is None:
        raise NoSuchBroadcast
    if act.actor.unit not in held.units:
        raise NotAddressed
    return held


async def leads(act: Acting, person: Person) -> bool:
    """Tell whether a person speaks for his unit: its supervisor, or anybody where it has none."""
    if person.role is not Role.OFFICER:
        return True
    heads = await act.tx.find(Person, {"unit": person.unit, "role": Role.SUPERVISOR})
    return not any(one.active for one in heads)
