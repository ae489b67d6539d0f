"""Folders of the embedded store with small records in them."""

from datetime import UTC, datetime
from pathlib import Path

from records.ids import PersonId
from records.model import Focus
from storage.embedded.folder import journals
from storage.embedded.store import EmbeddedStore

NOW = datetime(2026, 11, 5, 7, tzinfo=UTC)


def focus(key: str, topic: str = "report") -> Focus:
    """Make a small record."""
    return Focus(id=PersonId(key), topic=topic, subject="d", since=NOW)


async def add(store: EmbeddedStore, key: str) -> None:
    """Write a record in a transaction of its own."""
    async with store.begin() as tx:
        await tx.add(focus(key))


async def write(folder: Path, *keys: str) -> Path:
    """Write records of those keys, a transaction each, and return the newest journal."""
    store = await EmbeddedStore.open(folder)
    for key in keys:
        await add(store, key)
    await store.close()
    return journals(folder)[-1]


async def keys_in(folder: Path) -> list[str]:
    """Return the keys of what a fresh start finds."""
    store = await EmbeddedStore.open(folder)
    async with store.begin() as tx:
        found = [one.id for one in await tx.find(Focus)]
    await store.close()
    return list(found)


async def snapshot(store: EmbeddedStore) -> None:
    """Have the journal become a snapshot now, as it does when it has grown."""
    await store._writer.snapshot()
