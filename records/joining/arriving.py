"""A person is entered: with a name, a unit, a role and an address that is nobody else's."""

from dataclasses import dataclass
from typing import Final

from records.ids import PersonId, UnitId, new_id
from records.joining.refusals import AlreadyIn, NameMissing
from records.model import Address, Person, Role
from records.store import Transaction

LONGEST_NAME: Final = 100
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody comes in, and as what."""

    unit: UnitId
    role: Role


def address_lock(address: Address) -> str:
    """Return the lock under which an address is given to somebody."""
    return f"address:{address.channel}:{address.value}"


async def holder(tx: Transaction, address: Address) -> Person | None:
    """Return the person, active or not, who has the address."""
    found = await tx.find(Person, {"address": f"{address.channel}:{address.value}"})
    return next(iter(found), None)


async def arrive(
    tx: Transaction, address: Address, name: str, place: Place, position: str = ""
) -> Person:
    """Enter a person; one who left before comes back as himself, to the new place.

    To be called under `address_lock`. Raises AlreadyIn, NameMissing.
    """
    known = await holder(tx, address)
    if known is not None and known.active:
        raise AlreadyIn
    person = Person(
        id=known.id if known is not None else PersonId(new_id()),
        name=person_name(name),
        unit=place.unit,
        role=place.role,
        position=position or (known.position if known is not None else ""),
        addresses=(address,),
    )
    await tx.put(person)
    return person


def person_name(said: str) -> str:
    """Return a name as it is kept; raises NameMissing for none, or one that is too long."""
    name = " ".join(said.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameMissing(limit=LONGEST_NAME)
    return name
