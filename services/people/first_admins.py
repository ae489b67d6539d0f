"""The first admins: those whom the operator names come in without anybody inviting them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.actor import tree_of
from records.ids import PersonId, UnitId, new_id
from records.model import Address, Person, Role, Unit, UnitName
from records.store import Store, Transaction
from services.people.admins import admins
from services.people.entry import DOOR, holder, note

OPERATOR: Final = "operator"
"""The actor of what the settings bring about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstNames:
    """What a first admin and the first unit are called until an admin renames them."""

    person: str
    unit: str
    kind: str


async def ensure_admins(
    store: Store, addresses: Iterable[Address], names: FirstNames, now: datetime
) -> tuple[Person, ...]:
    """Let in as admins those who have no record here yet; return them.

    They belong to the first top unit, which is made if there is none. Who is here already keeps
    the role that admins gave him, unless no active admin is left: then he is one again.
    """
    async with store.begin(DOOR) as tx:
        orphaned = not await admins(tx)
        made = []
        for address in addresses:
            held = await holder(tx, address)
            if held is not None and not orphaned:
                continue
            person = held or await _fresh(tx, address, names, now)
            person = replace(person, role=Role.ADMIN, active=True)
            await tx.put(person)
            await note(tx, OPERATOR, "first_admin", person.id, now)
            made.append(person)
        return tuple(made)


async def _fresh(tx: Transaction, address: Address, names: FirstNames, now: datetime) -> Person:
    unit = await _top(tx, names, now)
    return Person(
        id=PersonId(new_id()), name=names.person, unit=unit, role=Role.ADMIN, addresses=(address,)
    )


async def _top(tx: Transaction, names: FirstNames, now: datetime) -> UnitId:
    tops = (await tree_of(tx, now)).tops
    if tops:
        return tops[0]
    unit = Unit(id=UnitId(new_id()), kind=names.kind, names=(UnitName(text=names.unit),))
    await tx.add(unit)
    await note(tx, OPERATOR, "unit_add", unit.id, now)
    return unit.id
