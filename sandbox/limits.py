"""Telegram's flood limits: how many messages a bot may send, overall, to a chat, to a group."""

from collections import defaultdict, deque
from dataclasses import dataclass
from math import ceil
from typing import Final

from sandbox.clock import Clock
from sandbox.refusals import TooManyRequests

BOT_PER_SECOND: Final = 30
GROUP_PER_MINUTE: Final = 20
CHAT_PER_SECOND: Final = 1
"""Telegram's published ceilings (Bots FAQ, "My bot is hitting limits")."""

USUAL_BURST: Final = 20
"""Messages above 1/s that a chat tolerates for a moment; Telegram names no figure ("short bursts
that go over this limit" are allowed), so this one is a choice; `STRICT` allows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The ceilings in force."""

    bot_per_second: int = BOT_PER_SECOND
    group_per_minute: int = GROUP_PER_MINUTE
    chat_burst: int = USUAL_BURST


STRICT: Final = Limits(chat_burst=0)


class _Window:
    """At most `most` messages within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def wait(self, now: float, count: int) -> float:
        """Return the seconds until `count` more fit; 0 if they fit now."""
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        excess = len(self._sent) + count - self._most
        if excess <= 0 or not self._sent:
            return 0.0
        return self._sent[min(excess, len(self._sent)) - 1] + self._seconds - now

    def spend(self, now: float, count: int) -> None:
        """Write down `count` messages."""
        self._sent.extend([now] * count)


class Flood:
    """Counts what the bot sends and refuses what is too much."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._clock = clock
        self._limits = limits
        self._bot = _Window(limits.bot_per_second, 1.0)
        burst = limits.chat_burst + CHAT_PER_SECOND
        self._chats: defaultdict[int, _Window] = defaultdict(lambda: _Window(burst, float(burst)))
        self._groups: defaultdict[int, _Window] = defaultdict(
            lambda: _Window(limits.group_per_minute, 60.0)
        )

    def spend(self, chat: int, count: int = 1) -> None:
        """Count `count` messages to `chat`; raises TooManyRequests and counts nothing."""
        now = self._clock.now()
        windows = [self._bot, self._chats[chat]]
        if chat < 0:
            windows.append(self._groups[chat])
        wait = max(window.wait(now, count) for window in windows)
        if wait > 0:
            raise TooManyRequests(max(ceil(wait), 1))
        for window in windows:
            window.spend(now, count)
