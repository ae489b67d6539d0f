"""The sandbox's own time: the machine's, or one that a test moves."""

import asyncio
import time
from typing import Final, Protocol

MIDNIGHT_2026: Final = 1_767_200_400.0
"""Seconds since the epoch: 1 January 2026, 00:00 in Vietnam; where a controlled clock starts."""


class Clock(Protocol):
    """Tells seconds since the epoch and waits by the same measure."""

    def now(self) -> float:
        """Return seconds since the epoch."""

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Return the machine's seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait in real time."""
        await asyncio.sleep(seconds)


class ControlledClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, start: float = MIDNIGHT_2026) -> None:
        self._now = start
        self._moved = asyncio.Condition()
        self._wakes: list[float] = []

    def now(self) -> float:
        """Return the time it was last advanced to."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until somebody has advanced the clock by `seconds`."""
        until = self._now + seconds
        async with self._moved:
            self._wakes.append(until)
            self._moved.notify_all()
            try:
                await self._moved.wait_for(lambda: self._now >= until)
            finally:
                self._wakes.remove(until)

    async def sleeper(self) -> float:
        """Wait until somebody sleeps on this clock; return the seconds to the first waking."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._wakes)
            return min(self._wakes) - self._now

    async def advance(self, seconds: float) -> None:
        """Move the clock on and wake whoever waits for the new time."""
        async with self._moved:
            self._now += seconds
            self._moved.notify_all()
