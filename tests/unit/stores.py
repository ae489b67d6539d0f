"""Stores to try records with: the embedded one, and each of them for what all must do."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from records.store import Store
from storage.embedded.store import EmbeddedStore
from storage.postgres.store import PostgresStore
from tests.postgres import MISSING, Cluster, cluster

Opener = Callable[[], Awaitable[Store]]
"""Opens the store of one test; again after it was closed, with what was kept."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Open an embedded store in a folder of its own."""
    opened = await EmbeddedStore.open(tmp_path / "records")
    yield opened
    await opened.close()


def embedded(request: pytest.FixtureRequest) -> Opener:
    """Return how the embedded store of a test is opened."""
    folder: Path = request.getfixturevalue("tmp_path")
    return lambda: EmbeddedStore.open(folder / "records")


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """Run a private PostgreSQL, or skip where it is not installed."""
    if MISSING:
        pytest.skip(f"PostgreSQL's server programs are not installed: {', '.join(MISSING)}")
    with cluster() as running:
        yield running


def postgres(request: pytest.FixtureRequest) -> Opener:
    """Return how the PostgreSQL store of a test is opened."""
    running: Cluster = request.getfixturevalue("server")
    url = running.fresh()
    return lambda: PostgresStore.open(url)


STORES: Final[Mapping[str, Callable[[pytest.FixtureRequest], Opener]]] = {
    "embedded": embedded,
    "postgres": postgres,
}
"""Every implementation of the port, by name: the contract is tried with each."""


@dataclass
class Kept:
    """The store of one test, which can be closed and opened again."""

    opener: Opener
    store: Store

    async def reopen(self) -> Store:
        """Close the store and open it again: what is read now was kept."""
        await self.store.close()
        self.store = await self.opener()
        return self.store


@pytest.fixture(params=STORES)
async def kept(request: pytest.FixtureRequest) -> AsyncIterator[Kept]:
    """Open one of the stores, empty."""
    opener = STORES[request.param](request)
    opened = Kept(opener, await opener())
    yield opened
    await opened.store.close()


@pytest.fixture
def any_store(kept: Kept) -> Store:
    """Return a store of each implementation in turn."""
    return kept.store


@pytest.fixture
def reopen(kept: Kept) -> Opener:
    """Return what closes `any_store` and opens it again."""
    return kept.reopen
