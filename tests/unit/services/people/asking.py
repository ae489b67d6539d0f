"""What tests of joining look for in a store."""

from typing import TypeVar

from records.kinds import Record
from records.model import Address, AuditEntry, OutboxMessage, Person
from records.store import Store

R = TypeVar("R", bound=Record)


def telegram(number: int) -> Address:
    """Return an address of Telegram."""
    return Address(channel="telegram", value=str(number))


async def kept(store: Store, kind: type[R]) -> list[R]:
    """Return all records of a kind."""
    async with store.begin() as tx:
        return await tx.find(kind)


async def person(store: Store, key: str) -> Person:
    """Return a person who must be there."""
    async with store.begin() as tx:
        held = await tx.get(Person, key)
    assert held is not None
    return held


async def told(store: Store, template: str) -> list[str]:
    """Return who is owed this message."""
    return [one.person for one in await kept(store, OutboxMessage) if one.template == template]


async def log(store: Store) -> list[tuple[str, str, bool]]:
    """Return who did what, and whether he might, oldest first."""
    return [(one.actor, one.action, one.allowed) for one in await kept(store, AuditEntry)]
