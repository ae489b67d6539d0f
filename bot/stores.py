"""Opens the records where the settings say they are, and closes them again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from bot.clock import monotonic
from bot.lock import sole_owner
from bot.pace import OwnPace, Pace, SharedPace
from bot.settings import Settings
from records.kinds import Record
from records.store import Store
from storage.embedded.journal import read_kind
from storage.embedded.store import EmbeddedStore

R = TypeVar("R", bound=Record)

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


def pace_of(settings: Settings, store: Store) -> Pace:
    """Return the pace to send at: shared by all who work on one database."""
    if settings.database_url is not None:
        from storage.postgres.store import PostgresStore

        if isinstance(store, PostgresStore):
            return SharedPace(store.pace, monotonic)
    return OwnPace(monotonic)


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Own the data folder and give the open records for as long as the block lasts.

    Raises AlreadyRunningError where another process owns the folder, and StoreRefused.
    """
    with sole_owner(settings.data_dir):
        async with _closing(await open_store(settings)) as store:
            yield store


async def read_beside(settings: Settings, kind: type[R]) -> list[R]:
    """Return the records of a kind as they are now, also while the assistant is at work.

    Takes no lock and writes nothing. Raises StoreRefused where they cannot be read.
    """
    folder = settings.data_dir / "records"
    if settings.database_url is None:
        return read_kind(folder, kind) if folder.exists() else []
    async with _closing(await open_store(settings)) as store, store.begin() as tx:
        return await tx.find(kind)


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
