"""Who stands above whom: the supervisors of a unit, the nearest first."""

from records.ids import PersonId, UnitId
from records.model import Person, Role
from records.store import Transaction
from records.units import UnitTree


async def supervisors_of(
    tx: Transaction, tree: UnitTree, unit: UnitId, *, but: PersonId | None = None
) -> list[Person]:
    """Return the active supervisors of the unit, or of the nearest unit above that has any.

    `but` is left out: nobody is his own supervisor.
    """
    for at in (unit, *tree.above(unit)):
        found = [
            one
            for one in await tx.find(Person, {"unit": at, "role": Role.SUPERVISOR})
            if one.active and one.id != but
        ]
        if found:
            return found
    return []


async def admins(tx: Transaction) -> list[Person]:
    """Return the active admins."""
    return [one for one in await tx.find(Person, {"role": Role.ADMIN}) if one.active]
