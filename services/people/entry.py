"""How somebody becomes a person of the office: one address, one person, whatever way he came."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from records.actor import tree_of
from records.ids import PersonId, UnitId, new_id
from records.model import Address, AuditEntry, OutboxMessage, Person, Role
from records.reach import found
from records.store import Store, Transaction
from services.people.refusals import AlreadyInside, NameMissing, UnitNotStanding
from vietnamese.text import one_line

DOOR: Final = "joining"
"""The lock of all that makes people: two ways in at once still make one person an address."""

OPERATOR: Final = PersonId("operator")
"""The actor of what the settings and the start bring about; no person has this id."""

NAME_LENGTH: Final = 80
"""Characters of a person's name; the longest official ones have about 40."""


def stranger(address: Address) -> str:
    """Return how the audit log, and a stranger's focus, name an address."""
    return f"{address.channel}:{address.value}"


def clean_name(said: str) -> str:
    """Return a name in one line; raises NameMissing."""
    name = one_line(said)
    name = "".join(letter for letter in name if letter.isprintable())
    if not 1 <= len(name) <= NAME_LENGTH or not any(letter.isalpha() for letter in name):
        raise NameMissing(limit=NAME_LENGTH)
    return name


async def holder(tx: Transaction, address: Address) -> Person | None:
    """Return who has this address: the active one, or else one who was here before."""
    found = await tx.find(Person, {"address": stranger(address)})
    return next((one for one in found if one.active), found[-1] if found else None)


async def person_at(store: Store, address: Address) -> Person | None:
    """Return the active person with this address; None where it is a stranger's."""
    async with store.begin() as tx:
        found = await holder(tx, address)
    return found if found is not None and found.active else None


async def check_outside(tx: Transaction, address: Address) -> None:
    """Raise AlreadyInside if somebody active has this address."""
    held = await holder(tx, address)
    if held is not None and held.active:
        raise AlreadyInside


async def check_unit(tx: Transaction, unit: UnitId, now: datetime) -> None:
    """Raise UnitNotStanding unless the unit exists today."""
    if not (await tree_of(tx, now)).standing(unit):
        raise UnitNotStanding


async def enter(
    tx: Transaction,
    address: Address,
    name: str,
    place: tuple[UnitId, Role, str],
    now: datetime,
) -> Person:
    """Write the person into `place` (unit, role, position); one who was here before comes back.

    The caller holds the lock DOOR. Raises AlreadyInside, NameMissing, UnitNotStanding.
    """
    unit, role, position = place
    await check_outside(tx, address)
    await check_unit(tx, unit, now)
    before = await holder(tx, address)
    held = before or Person(
        id=PersonId(new_id()), name=name, unit=unit, role=role, addresses=(address,)
    )
    entered = replace(
        held,
        name=clean_name(name),
        unit=unit,
        role=role,
        position=position or (held.position if before else ""),
        active=True,
    )
    entered = found(entered, address.channel)
    await tx.put(entered)
    return entered


async def note(
    tx: Transaction, actor: str, action: str, subject: str, now: datetime, detail: str = ""
) -> None:
    """Write to the audit log what nobody with an id does: the start, a stranger."""
    await tx.add(
        AuditEntry(
            id=new_id(),
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            allowed=True,
            detail=detail,
        )
    )


async def owe(
    tx: Transaction, person: PersonId, template: str, key: str, facts: dict[str, str], now: datetime
) -> None:
    """Owe a message where no person acts; one with this key stays as it is."""
    if await tx.get(OutboxMessage, key) is None:
        await tx.add(
            OutboxMessage(key=key, person=person, template=template, facts=facts, created=now)
        )
