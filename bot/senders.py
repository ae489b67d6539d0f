"""How much one sender may send: what is over gets one line, then silence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many updates at once, and one more every so many seconds."""

    burst: int
    every: float


STRANGERS: Final = Limit(burst=100, every=3.0)
"""Updates of somebody unknown: more than anybody asks by hand, and what waits for the whole of it
is his own chat alone, which gets an answer a second."""

PEOPLE: Final = Limit(burst=1000, every=1.0)
"""Updates of somebody who was let in: what a day without the bot may have gathered."""

EPISODE: Final = 600.0
"""Seconds of keeping within the limit after which going over it is told again."""

_KNOWN: Final = 60.0
"""Seconds for which a stranger counts as one without being looked up again."""

_REMEMBERED: Final = 10_000
"""Senders remembered before those at rest are forgotten."""


class Passage(Enum):
    """What becomes of an update."""

    IN = auto()
    TOLD = auto()
    """Not taken, and the sender is told why."""
    SILENT = auto()
    """Not taken, as the one before."""


class Bucket:
    """What a sender has left of a limit."""

    def __init__(self, limit: Limit, now: float) -> None:
        self._limit = limit
        self._full_at = now
        """When all of it will be there again."""

    def take(self, now: float) -> bool:
        """Use one; False where none is left."""
        full_at = max(self._full_at, now) + self._limit.every
        if full_at - now > self._limit.burst * self._limit.every:
            return False
        self._full_at = full_at
        return True

    def at_rest(self, now: float) -> bool:
        """Tell whether nothing of it is used."""
        return self._full_at <= now


class _Sender:
    """One sender: what he has left, and since when he is over."""

    def __init__(self, now: float) -> None:
        self.as_stranger = Bucket(STRANGERS, now)
        self.as_person = Bucket(PEOPLE, now)
        self.stranger_until = now
        self.over_until = now


class Senders:
    """Lets updates in within the limits of who sent them.

    `known` tells whether a Telegram id is a person's; it is asked only about who sends more than
    strangers may. `tell` tells somebody that he sends too much.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        known: Callable[[int], Awaitable[bool]],
        tell: Callable[[int], Awaitable[None]],
    ) -> None:
        self._monotonic = monotonic
        self._known = known
        self.tell = tell
        self._senders: dict[int, _Sender] = {}

    async def passage(self, sender: int) -> Passage:
        """Count one update of a sender and tell what becomes of it."""
        now = self._monotonic()
        if sender not in self._senders:
            self._forget_idle(now)
            self._senders[sender] = _Sender(now)
        held = self._senders[sender]
        if held.as_stranger.take(now) or await self._as_person(sender, held, now):
            return Passage.IN
        told = now < held.over_until
        held.over_until = now + EPISODE
        return Passage.SILENT if told else Passage.TOLD

    async def _as_person(self, sender: int, held: _Sender, now: float) -> bool:
        if now < held.stranger_until:
            return False
        if not await self._known(sender):
            held.stranger_until = now + _KNOWN
            return False
        return held.as_person.take(now)

    def _forget_idle(self, now: float) -> None:
        if len(self._senders) < _REMEMBERED:
            return
        for sender, held in list(self._senders.items()):
            rested = held.as_stranger.at_rest(now) and held.as_person.at_rest(now)
            if rested and held.over_until <= now:
                del self._senders[sender]


def sender_of(update: dict[str, Any]) -> int | None:
    """Return the Telegram id of who sent an update, as it came; None where it names nobody."""
    for told in update.values():
        sender = told.get("from") if isinstance(told, dict) else None
        number = sender.get("id") if isinstance(sender, dict) else None
        if isinstance(number, int):
            return number
    return None
