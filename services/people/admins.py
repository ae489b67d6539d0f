"""Who lets people in: the admins."""

from records.model import Person, Role
from records.store import Transaction


async def admins(tx: Transaction) -> list[Person]:
    """Return the active admins."""
    return [one for one in await tx.find(Person, {"role": Role.ADMIN}) if one.active]
