"""One pace for everything that is sent: moments on an even beat, each given to one message.

An even beat keeps under Telegram's ceiling better than bursts do: what arrives a little late or
early meets no full second. Answers take their moments ahead of messages that nobody asked for.
"""

from bisect import insort
from collections.abc import Callable
from math import inf
from typing import Final, Protocol

import structlog

from records.refusals import StoreRefused

OVERALL: Final = (30, 1.0)
"""Messages to all chats in so many seconds; Telegram's Bots FAQ."""

PER_SECOND: Final = 28.9
"""Messages a second on the beat: 96 % of the ceiling."""

EVERY: Final = 1 / PER_SECOND
"""Seconds from one moment to the next."""

AHEAD: Final = EVERY
"""Seconds by which an answer may come before its moment: in the midst of a broadcast one finds
room without waiting, and any second stays under the ceiling."""

CATCH_UP: Final = 0.25
"""Seconds of delay that are made up for: longer than the process is ever busy otherwise."""


AWAY_SECONDS: Final = 5.0
"""For so long the shared pace is not asked again: nobody waits for each message that it is away."""


class Pace(Protocol):
    """Gives moments to send at."""

    async def take(self, *, ahead: float) -> float:
        """Take the next moment, or one up to `ahead` seconds earlier; return the seconds to it.

        A moment that is taken is nobody else's, in any process that shares the pace.
        """
        ...


class OwnPace:
    """The pace of a process that sends alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next = -inf

    async def take(self, *, ahead: float) -> float:
        """Take the next moment; return the seconds to it."""
        now = self._monotonic()
        wait = max(self._next - ahead - now, 0.0)
        self._next = (self._next if now - self._next < CATCH_UP else now) + EVERY
        return wait


class Moments(Protocol):
    """Moments that several processes share; `storage.postgres.pace` gives them."""

    async def take(self, *, every: float, late: float, ahead: float) -> float:
        """Take the next one; raises StoreRefused where they cannot be reached."""
        ...


class SharedPace:
    """The pace of all processes on one database; while that is away each keeps its own."""

    def __init__(self, moments: Moments, monotonic: Callable[[], float]) -> None:
        self._moments = moments
        self._own = OwnPace(monotonic)
        self._monotonic = monotonic
        self._away_until = -inf

    async def take(self, *, ahead: float) -> float:
        """Take the next moment; return the seconds to it."""
        if self._monotonic() >= self._away_until:
            try:
                return await self._moments.take(every=EVERY, late=CATCH_UP, ahead=ahead)
            except StoreRefused:
                self._away_until = self._monotonic() + AWAY_SECONDS
                structlog.get_logger("bot.pace").warning("the shared pace is away")
        return await self._own.take(ahead=ahead)


class Ceiling:
    """At most `most` messages within any `seconds`: what the beat makes up for stays under it."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken = [-inf] * most

    def take(self, moment: float) -> float:
        """Take the first moment from this one on that has room, and return it."""
        moment = max(moment, self._taken[0] + self._seconds)
        del self._taken[0]
        insort(self._taken, moment)
        return moment
