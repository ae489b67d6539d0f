"""One pace for everything that is sent: moments on an even beat, each given to one message.

An even beat keeps under Telegram's ceiling better than bursts do: what arrives a little late or
early meets no full second. Answers take their moments ahead of messages that nobody asked for.
"""

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

AFTER_ANSWER: Final = 1 / 26
"""Seconds from an answer to the next moment. After an outage hundreds are due in a crowd, and what
arrives a tenth of a second early or late on a busy machine must not meet a full second."""

AHEAD: Final = EVERY
"""Seconds by which an answer may come before its moment: in the midst of a broadcast one finds
room without waiting, and any second stays under the ceiling."""

CATCH_UP: Final = 0.5
"""Seconds of delay that a broadcast makes up for: longer than the process is ever busy otherwise.
What is made up for stays under the ceiling too. Answers make up for nothing: whoever waits for one
is not helped by thirty that come at once."""


AWAY_SECONDS: Final = 5.0
"""For so long the shared pace is not asked again: nobody waits for each message that it is away."""


class Pace(Protocol):
    """Gives moments to send at."""

    async def take(self, *, answer: bool) -> float:
        """Take the next moment, for an answer up to AHEAD earlier; return the seconds to it.

        A moment that is taken is nobody else's, in any process that shares the pace.
        """
        ...


class OwnPace:
    """The pace of a process that sends alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next = -inf

    async def take(self, *, answer: bool) -> float:
        """Take the next moment; return the seconds to it."""
        every, late, ahead = _beat(answer=answer)
        now = self._monotonic()
        wait = max(self._next - ahead - now, 0.0)
        self._next = (self._next if now - self._next < late else now) + every
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

    async def take(self, *, answer: bool) -> float:
        """Take the next moment; return the seconds to it."""
        every, late, ahead = _beat(answer=answer)
        if self._monotonic() >= self._away_until:
            try:
                return await self._moments.take(every=every, late=late, ahead=ahead)
            except StoreRefused:
                self._away_until = self._monotonic() + AWAY_SECONDS
                structlog.get_logger("bot.pace").warning("the shared pace is away")
        return await self._own.take(answer=answer)


def _beat(*, answer: bool) -> tuple[float, float, float]:
    """Return the seconds to the next one, those of delay made up for, and those it may be early."""
    return (AFTER_ANSWER, 0.0, AHEAD) if answer else (EVERY, CATCH_UP, 0.0)
