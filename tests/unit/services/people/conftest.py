"""An open store in which a small province stands."""

import pytest

from storage.embedded.store import EmbeddedStore
from tests.unit.services.tasks.office import found_office


@pytest.fixture
async def office(store: EmbeddedStore) -> EmbeddedStore:
    """Return the store with units and people in it."""
    await found_office(store)
    return store
