"""A store to try records with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from records.embedded.store import EmbeddedStore


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Open an embedded store in a folder of its own."""
    opened = await EmbeddedStore.open(tmp_path / "records")
    yield opened
    await opened.close()
