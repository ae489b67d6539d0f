"""A clock and a sleep for tests: waiting costs no time and its order is exact."""

import asyncio
import heapq
from collections.abc import Coroutine
from itertools import count
from typing import Any

_TURNS = 50
"""Turns of the loop after which every task stands at a wait."""


class VirtualTime:
    """Seconds that pass only when every task waits for them."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        """Return the seconds now."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until that much has passed."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), woken))
        await woken

    async def run(self, *jobs: Coroutine[Any, Any, Any]) -> list[Any]:
        """Run the jobs to their end, letting time pass as they wait; errors are returned."""
        everything = asyncio.gather(*jobs, return_exceptions=True)
        while not everything.done():
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            if self._sleepers and not everything.done():
                self.now, _, woken = heapq.heappop(self._sleepers)
                if not woken.done():
                    woken.set_result(None)
        return list(everything.result())
