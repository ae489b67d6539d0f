"""An open store in which the small province stands."""

import pytest

from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import found_town


@pytest.fixture
async def town(store: EmbeddedStore) -> EmbeddedStore:
    """Return the store with units, people and tasks in it."""
    await found_town(store)
    return store
