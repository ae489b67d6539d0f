"""Opens the records where the settings say they are, and closes them again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.lock import sole_owner
from bot.settings import Settings
from records.store import Store
from storage.embedded.store import EmbeddedStore

DEMO: Final = "demo"
"""The folder of the demo's records, in the data folder."""


async def open_store(settings: Settings) -> Store:
    """Open PostgreSQL where DATABASE_URL names one, else the embedded store of DATA_DIR.

    Raises StoreRefused where it cannot be opened.
    """
    if settings.database_url is not None:
        from storage.postgres.store import PostgresStore

        return await PostgresStore.open(settings.database_url.get_secret_value())
    return await EmbeddedStore.open(settings.data_dir / "records")


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Own the data folder and give the open records for as long as the block lasts.

    Raises AlreadyRunningError where another process owns the folder, and StoreRefused.
    """
    with sole_owner(settings.data_dir):
        async with _closing(await open_store(settings)) as store:
            yield store


@asynccontextmanager
async def opened_demo(settings: Settings) -> AsyncIterator[Store]:
    """Own the data folder and give the open records of the demo, which lie apart from all others.

    Raises AlreadyRunningError where another process owns the folder, and StoreRefused.
    """
    with sole_owner(settings.data_dir):
        async with _closing(await EmbeddedStore.open(settings.data_dir / DEMO)) as store:
            yield store


@asynccontextmanager
async def _closing(store: Store) -> AsyncIterator[Store]:
    try:
        yield store
    finally:
        await store.close()
