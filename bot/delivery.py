"""Every request to Telegram passes here: paced, repeated where that can help, kept in order.

Telegram's limits are unwritten and vary; the ceilings below keep under what its FAQ states. When it
still says "too many requests", only the chat it says so about waits.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from math import inf
from typing import Any, Final

import structlog
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from handlers.core.telegram_errors import Fault, classify

OVERALL: Final = (30, 1.0)
"""Messages to all chats in so many seconds; Telegram's Bots FAQ."""

CHAT: Final = (10, 10.5)
"""Messages to one chat: 1/s on the mean. The Bots FAQ lets short bursts pass, and so somebody who
leafs through a document does not wait."""

GROUP: Final = (20, 61.0)
"""Messages to one group: 20 a minute; Telegram's Bots FAQ."""

BROADCAST: Final = 28.9
"""Messages a second that nobody asked for, one after the other and never in a burst: 96 % of the
ceiling, so that in any second an answer or two find room without waiting."""

CATCH_UP: Final = 0.25
"""Seconds of delay that a broadcast makes up for: longer than the process is ever busy otherwise,
and so short that the ceiling is not reached by it."""

LONGEST_WAIT: Final = 60.0
"""Seconds of flood control that are waited out by what no chat waits for."""

PAUSES: Final = (0.5, 2.0, 5.0)
"""Seconds before each repetition after a network error: a dropped connection is back at once, a
restarted server within some seconds."""

OWED_SECONDS: Final = 3600.0
"""For so long an answer is owed and tried again, after the last pause again and again."""

_PACED: Final = ("send", "edit", "copy", "forward", "delete")
"""Beginnings of the methods that put something into a chat."""

_FREE: Final = frozenset({"sendChatAction"})

YIELD: Final = 0.05
"""Seconds for which a broadcast steps aside while an answer waits."""

_IDLE_AFTER: Final = 1024
"""Chats remembered before those at rest are forgotten."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]
Sleep = Callable[[float], Awaitable[None]]


class Allowance:
    """At most `most` requests within any `seconds`, and none before a time to hold."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=most)
        self._held_until = -inf

    def wait(self, now: float) -> float:
        """Return the seconds until one more is allowed; 0 or less: now."""
        full = len(self._taken) == self._taken.maxlen
        free_at = self._taken[0] + self._seconds if full else -inf
        return max(free_at, self._held_until) - now

    def take(self, now: float) -> None:
        """Use one."""
        self._taken.append(now)

    def hold(self, until: float) -> None:
        """Allow nothing before `until`."""
        self._held_until = max(self._held_until, until)

    def at_rest(self, now: float) -> bool:
        """Tell whether forgetting what was taken would change nothing."""
        last = self._taken[-1] + self._seconds if self._taken else -inf
        return max(last, self._held_until) <= now


class Spacing:
    """Requests at an even pace, so many a second; a short delay is made up for, a long one not."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = -inf

    def wait(self, now: float) -> float:
        """Return the seconds until one more is due; 0 or less: now."""
        return self._next - now

    def take(self, now: float) -> None:
        """Use one; being a little late does not slow down those to come."""
        due = self._next if now - self._next < CATCH_UP else now
        self._next = due + self._interval


@dataclass(slots=True)
class _Lane:
    """One chat's queue: requests leave it in order, one at a time."""

    allowances: tuple[Allowance, ...]
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Delivery(BaseRateLimiter[bool]):
    """Paces requests; `rate_limit_args=True` marks a message that nobody asked for.

    `monotonic` gives seconds, `sleep` waits them: a test passes both.
    """

    def __init__(self, *, monotonic: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._overall = Allowance(*OVERALL)
        self._broadcast = Spacing(BROADCAST)
        self._lanes: dict[int | str, _Lane] = {}
        self._answers_waiting = 0
        self._shown: dict[int, datetime] = {}
        self._log = structlog.get_logger("bot.delivery")

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: bool | None,  # noqa: FBT001 - the library's signature
    ) -> Answer:
        """Make the request when its turn has come; the library calls this for each."""

        async def call() -> Answer:
            return await callback(*args, **kwargs)

        chat = data.get("chat_id")
        if chat is None or endpoint in _FREE or not endpoint.startswith(_PACED):
            return await self._insist(call, endpoint, None)
        with self._lane(chat) as lane:
            async with lane.lock:
                if rate_limit_args is True:
                    await self._turn(lane, broadcast=True)
                    return await self._once(call, lane)
                await self._turn(lane, broadcast=False)
                answer = await self._insist(call, endpoint, lane)
        self._note_shown(chat, answer)
        return answer

    def shown(self, chat: int) -> datetime | None:
        """Return when the last answer in a chat appeared there, by Telegram's clock."""
        return self._shown.get(chat)

    def _note_shown(self, chat: int | str, answer: Answer) -> None:
        """Note the time of a new or changed message, and forget the oldest of too many."""
        at = answer.get("edit_date") or answer.get("date") if isinstance(answer, dict) else None
        if isinstance(chat, int) and isinstance(at, int):
            self._shown.pop(chat, None)
            self._shown[chat] = datetime.fromtimestamp(at, UTC)
            if len(self._shown) > _IDLE_AFTER:
                del self._shown[next(iter(self._shown))]

    @contextmanager
    def _lane(self, chat: int | str) -> Iterator[_Lane]:
        if chat not in self._lanes:
            self._forget_idle()
            self._lanes[chat] = _Lane(_allowances(chat))
        lane = self._lanes[chat]
        lane.users += 1
        try:
            yield lane
        finally:
            lane.users -= 1

    def _forget_idle(self) -> None:
        if len(self._lanes) < _IDLE_AFTER:
            return
        now = self._monotonic()
        for chat, lane in list(self._lanes.items()):
            if not lane.users and all(a.at_rest(now) for a in lane.allowances):
                del self._lanes[chat]

    async def _turn(self, lane: _Lane, *, broadcast: bool) -> None:
        """Wait until chat and bot as a whole may send; answers go before broadcasts."""
        asked: list[Allowance | Spacing] = [*lane.allowances, self._overall]
        if broadcast:
            asked.append(self._broadcast)
        self._answers_waiting += not broadcast
        try:
            while True:
                now = self._monotonic()
                wait = max(allowance.wait(now) for allowance in asked)
                if wait <= 0 and not (broadcast and self._answers_waiting):
                    break
                await self._sleep(wait if wait > 0 else YIELD)
        finally:
            self._answers_waiting -= not broadcast
        for allowance in asked:
            allowance.take(now)

    async def _once(self, call: Callable[[], Awaitable[Answer]], lane: _Lane) -> Answer:
        """Call once: whoever sends unasked keeps account of what became of it, and repeats."""
        try:
            return await call()
        except RetryAfter as flooded:
            for allowance in lane.allowances:
                allowance.hold(self._monotonic() + _seconds(flooded))
            raise

    async def _insist(
        self, call: Callable[[], Awaitable[Answer]], endpoint: str, lane: _Lane | None
    ) -> Answer:
        """Call, and call again where that can help.

        A request repeated after a lost connection may arrive twice: an answer shown twice is better
        than none. "Not modified" and "too old" count as done, here and nowhere else.
        """
        owed = lane is not None or endpoint.startswith("answer")
        until = self._monotonic() + (OWED_SECONDS if owed else LONGEST_WAIT)
        for pause in chain(PAUSES, repeat(PAUSES[-1] if owed else None)):
            try:
                return await call()
            except TelegramError as error:
                fault = classify(error)
                if fault is Fault.HARMLESS:
                    return True
                wait = _pause(error, fault, pause)
                if wait is None or self._monotonic() + wait > until:
                    raise
                self._log.warning("repeating", method=endpoint, fault=fault.name, seconds=wait)
            if lane is not None:
                for allowance in lane.allowances:
                    allowance.hold(self._monotonic() + wait)
            await self._sleep(wait)
        raise AssertionError("there is always another pause")


def _allowances(chat: int | str) -> tuple[Allowance, ...]:
    """Return the limits of a chat; the ids of groups are negative."""
    own = Allowance(*CHAT)
    if isinstance(chat, int) and chat < 0:
        return (own, Allowance(*GROUP))
    return (own,)


def _pause(error: TelegramError, fault: Fault, pause: float | None) -> float | None:
    """Return the seconds to wait before repeating; None if repeating cannot help."""
    if pause is not None and isinstance(error, RetryAfter):
        return _seconds(error)
    return pause if fault is Fault.RETRY else None


def _seconds(flooded: RetryAfter) -> float:
    stated = flooded.retry_after
    return stated.total_seconds() if isinstance(stated, timedelta) else float(stated)
