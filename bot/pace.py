"""One pace for everything that is sent: moments on an even beat, each given to one message.

An even beat keeps under Telegram's ceiling better than bursts do: what arrives a little late or
early meets no full second. Answers take their moments ahead of messages that nobody asked for.
"""

from bisect import insort
from collections.abc import Callable
from math import inf
from typing import Final, Protocol

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
