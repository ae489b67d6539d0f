"""All processes on a database send at one pace."""

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from sqlalchemy import create_engine, text

from records.refusals import DatabaseAway
from storage.postgres.connection import address
from storage.postgres.pace import PostgresPace
from storage.postgres.store import PostgresStore
from tests.postgres import Cluster

EVERY = 0.1


@pytest.fixture
def url(server: Cluster) -> str:
    """Give an empty database."""
    return server.fresh()


@pytest.fixture
async def paces(url: str) -> AsyncIterator[tuple[PostgresPace, PostgresPace]]:
    """Give what two processes have of one database."""
    stores = [await PostgresStore.open(url) for _ in range(2)]
    yield stores[0].pace, stores[1].pace
    for store in stores:
        await store.close()


async def taken(pace: PostgresPace, ahead: float = 0.0) -> float:
    """Take a moment; return it."""
    wait = await pace.take(every=EVERY, late=0.0, ahead=ahead)
    return time.monotonic() + wait


async def test_two_processes_get_moments_of_one_beat(
    paces: tuple[PostgresPace, PostgresPace],
) -> None:
    """Whoever asks, and however many at once, no two moments are closer than the beat."""
    moments = sorted(await asyncio.gather(*(taken(paces[n % 2]) for n in range(40))))
    assert moments[-1] - moments[0] == pytest.approx(39 * EVERY, abs=EVERY)
    assert all(later - before > EVERY / 2 for before, later in pairwise(moments))


async def test_an_answer_comes_ahead_of_the_beat(paces: tuple[PostgresPace, PostgresPace]) -> None:
    """By as much as it may."""
    for _ in range(2):
        await taken(paces[0])
    assert await paces[1].take(every=EVERY, late=0.0, ahead=10 * EVERY) == 0


async def test_a_clock_that_was_put_back_stops_nobody(
    url: str, paces: tuple[PostgresPace, PostgresPace]
) -> None:
    """A moment of the time before lies hours ahead, and is not waited for."""
    await taken(paces[0])
    engine = create_engine(address(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE pace SET free = free + 25200"))
    engine.dispose()
    assert await paces[1].take(every=EVERY, late=0.0, ahead=0.0) == 0


async def test_a_database_that_is_held_up_is_away(
    url: str, paces: tuple[PostgresPace, PostgresPace]
) -> None:
    """Nobody waits long for it, and the next time it is asked anew."""
    await taken(paces[0])
    engine = create_engine(address(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE pace SET free = 0"))
        with pytest.raises(DatabaseAway):
            await taken(paces[0])
    engine.dispose()
    assert await paces[0].take(every=EVERY, late=0.0, ahead=0.0) == 0
