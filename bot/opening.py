"""Opens the records where the settings say they are, and closes them again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from records.embedded.store import EmbeddedStore

from bot.settings import Settings
from records.store import Store


async def open_store(settings: Settings) -> Store:
    """Open the embedded store of DATA_DIR; raises StoreRefused where it cannot be opened."""
    return await EmbeddedStore.open(settings.data_dir / "records")


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Give the open records for as long as the block lasts."""
    store = await open_store(settings)
    try:
        yield store
    finally:
        await store.close()
