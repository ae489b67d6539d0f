"""The embedded store keeps what it acknowledged, and nothing half."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from records.embedded.store import EmbeddedStore
from records.ids import PersonId
from records.model import Focus
from records.refusals import FolderInUse

NOW = datetime(2026, 11, 5, 7, tzinfo=UTC)


def focus(key: str, topic: str = "report") -> Focus:
    """Make a small record."""
    return Focus(id=PersonId(key), topic=topic, subject="d", since=NOW)


async def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    """A record outlives the store that wrote it."""
    store = await EmbeddedStore.open(tmp_path)
    async with store.begin("person:an") as tx:
        await tx.add(focus("an"))
    await store.close()
    store = await EmbeddedStore.open(tmp_path)
    async with store.begin() as tx:
        assert await tx.get(Focus, "an") == focus("an")
    await store.close()


async def test_a_folder_has_one_owner(tmp_path: Path) -> None:
    """A second store on the same folder is refused, and the folder named."""
    store = await EmbeddedStore.open(tmp_path)
    with pytest.raises(FolderInUse) as refused:
        await EmbeddedStore.open(tmp_path)
    assert refused.value.folder == str(tmp_path)
    await store.close()
