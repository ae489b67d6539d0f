"""In any office whatever, all surfaces and the planner name the same obligations and people."""

import asyncio
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.embedded.store import EmbeddedStore
from tests.situations import Situation, situation
from tests.surfaces import disagreements


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_two_surfaces_disagree(dice: Random) -> None:
    """And whoever is reminded may report; the long form is `python -m benchmarks.obligations`."""
    assert asyncio.run(_told(situation(dice))) == []


async def _told(own: Situation) -> list[str]:
    with TemporaryDirectory() as folder:
        store = await EmbeddedStore.open(Path(folder))
        async with store.begin() as tx:
            for one in own.records:
                await tx.add(one)
        found = await disagreements(store, own)
        await store.close()
    return found
