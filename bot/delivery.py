"""Every request to Telegram passes here: paced, repeated where that can help, kept in order.

Telegram's limits are unwritten and vary; the ceilings below keep under what its FAQ states. When it
still says "too many requests", only the chat it says so about waits, and every chat gets its
messages one by one for a while.

What somebody waits for (an answer) goes before what nobody asked for (`rate_limit_args=True`).
Each kind keeps its order, and so do the messages of a chat; a repetition waits for its turn again.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from math import inf
from typing import Any, Final

import structlog
from telegram.error import RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

from bot.pace import OVERALL, OwnPace, Pace
from handlers.core.telegram_errors import Fault, classify

CHAT: Final = (10, 10.5)
"""Messages to one chat: 1/s on the mean. The Bots FAQ lets short bursts pass, and so somebody who
leafs through a document does not wait."""

CHAT_STRICTLY: Final = (1, 1.2)
"""The same without bursts: after Telegram said "too many requests", and while messages queue."""

STRICT_SECONDS: Final = 600.0
"""For so long after a refusal."""

CROWD: Final = (12, 2.0)
"""Answers within so many seconds that tell a backlog from people who ask now and then."""

BUSY_SECONDS: Final = 15.0
"""For so long after a crowd of answers: a backlog is being worked off."""

GROUP: Final = (20, 61.0)
"""Messages to one group: 20 a minute; Telegram's Bots FAQ."""

TURN_SECONDS: Final = 8.0
"""For so long an unasked message waits for its turn, and then makes room for others: whoever owes
it brings it again when its chat is free."""

REQUEST_SECONDS: Final = 15.0
"""How long the request of an unasked message may take before its fate counts as unknown."""

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

YIELD: Final = 0.02
"""Seconds for which a broadcast steps aside while an answer waits for its turn."""

_SOON: Final = 0.001
"""Seconds that are not worth a wait; less than what a sleep is late by."""

_IDLE_AFTER: Final = 1024
"""Chats remembered before those at rest are forgotten."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[[], Awaitable[Answer]]
Sleep = Callable[[float], Awaitable[None]]


class Allowance:
    """At most `most` requests within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=most)

    def free_at(self) -> float:
        """Return when one more is allowed."""
        if len(self._taken) < (self._taken.maxlen or 0):
            return -inf
        return self._taken[0] + self._seconds

    def take(self, now: float) -> None:
        """Use one."""
        self._taken.append(now)

    def at_rest(self, now: float) -> bool:
        """Tell whether forgetting what was taken would change nothing."""
        return not self._taken or self._taken[-1] + self._seconds <= now


class Lane:
    """One chat: requests leave it in order, one at a time, and within its limits."""

    def __init__(self, chat: int | str) -> None:
        self.sending = asyncio.Lock()
        """Held from a request's turn to its end."""
        self.unasked = asyncio.Lock()
        """The queue of what nobody asked for, which answers pass by."""
        self.users = 0
        self._held_until: float = -inf
        self._strictly = Allowance(*CHAT_STRICTLY)
        # The ids of groups are negative.
        group = isinstance(chat, int) and chat < 0
        self._allowances = [Allowance(*CHAT), *([Allowance(*GROUP)] if group else [])]

    def free_at(self, *, strictly: bool) -> float:
        """Return when the chat may get one more."""
        asked = [*self._allowances, self._strictly] if strictly else self._allowances
        return max([self._held_until, *[one.free_at() for one in asked]])

    def take(self, now: float) -> None:
        """Use one."""
        for one in (*self._allowances, self._strictly):
            one.take(now)

    def hold(self, until: float) -> None:
        """Let nothing out before `until`."""
        self._held_until = max(self._held_until, until)

    def at_rest(self, now: float) -> bool:
        """Tell whether forgetting the lane would change nothing."""
        taken = (*self._allowances, self._strictly)
        return not self.users and self._held_until <= now and all(a.at_rest(now) for a in taken)


class Delivery(BaseRateLimiter[bool]):
    """Paces requests; `rate_limit_args=True` marks a message that nobody asked for.

    `monotonic` gives seconds, `sleep` waits them: a test passes both. `pace` is shared by all who
    send for the bot; without one this process sends alone.
    """

    def __init__(
        self,
        *,
        monotonic: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
        pace: Pace | None = None,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._pace = pace or OwnPace(monotonic)
        self._overall = Allowance(*OVERALL)
        self._answers = asyncio.Lock()
        """The queue of answers; the first takes the next moment when it is there."""
        self._crowd = Allowance(*CROWD)
        self._answers_waiting = 0
        self._unasked = asyncio.Lock()
        """The queue of what nobody asked for, whose first waits while an answer does."""
        self._lanes: dict[int | str, Lane] = {}
        self._strict_until = -inf
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
            if rate_limit_args is True:
                async with lane.unasked:
                    return await self._once(call, lane)
            async with lane.sending:
                answer = await self._insist(call, endpoint, lane)
        self._note_shown(chat, answer)
        return answer

    def keep_strictly(self) -> None:
        """Let no chat have a burst for a while: many answers are to come at once."""
        self._strictly_for(BUSY_SECONDS)

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
    def _lane(self, chat: int | str) -> Iterator[Lane]:
        if chat not in self._lanes:
            self._forget_idle()
            self._lanes[chat] = Lane(chat)
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
            if lane.at_rest(now):
                del self._lanes[chat]

    async def _once(self, call: Call, lane: Lane) -> Answer:
        """Call once: whoever sends unasked keeps account of what became of it, and repeats.

        Raises RetryAfter, with nothing sent, where the turn does not come within TURN_SECONDS.
        """
        until = self._monotonic() + TURN_SECONDS
        while True:
            await self._unasked_turn(lane, until)
            async with lane.sending:
                if self._lane_wait(lane) > 0:
                    continue  # An answer to the same person went first.
                lane.take(self._monotonic())
                try:
                    async with asyncio.timeout(REQUEST_SECONDS):
                        return await call()
                except RetryAfter as flooded:
                    self._flooded(lane, _seconds(flooded))
                    raise
                except TimeoutError:
                    raise TimedOut from None

    async def _unasked_turn(self, lane: Lane, until: float) -> None:
        """Wait until the chat is free and it is this message's turn among the unasked ones."""
        wait = self._lane_wait(lane)
        self._give_up_after(until, wait)
        if wait > 0:
            await self._sleep(wait)
        async with self._unasked:
            while self._answers_waiting:
                self._give_up_after(until, 0.0)
                await self._sleep(YIELD)
            self._give_up_after(until, 0.0)
            await self._wait_for_moment(answer=False)

    def _give_up_after(self, until: float, wait: float) -> None:
        if self._monotonic() + wait > until:
            raise RetryAfter(timedelta(seconds=max(wait, 1.0)))

    async def _wait_for_moment(self, *, answer: bool) -> None:
        """Wait for the next moment of the whole bot; what a delay drives together spreads again."""
        wait = await self._pace.take(answer=answer)
        if wait > 0:
            await self._sleep(wait)
        while (wait := _worth(self._overall.free_at() - self._monotonic())) > 0:
            await self._sleep(wait)
        self._overall.take(self._monotonic())

    async def _insist(self, call: Call, endpoint: str, lane: Lane | None) -> Answer:
        """Call, and call again where that can help, each time when the turn has come.

        A request repeated after a lost connection may arrive twice: an answer shown twice is better
        than none. "Not modified" and "too old" count as done, here and nowhere else.
        """
        owed = lane is not None or endpoint.startswith("answer")
        until = self._monotonic() + (OWED_SECONDS if owed else LONGEST_WAIT)
        for pause in chain(PAUSES, repeat(PAUSES[-1] if owed else None)):
            if lane is not None:
                await self._answers_turn(lane)
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
            if lane is None:
                await self._sleep(wait)
            elif fault is Fault.WAIT:
                self._flooded(lane, wait)
            else:
                lane.hold(self._monotonic() + wait)
        raise AssertionError("there is always another pause")

    async def _answers_turn(self, lane: Lane) -> None:
        """Wait until the chat is free, and for the bot's next moment."""
        while (wait := self._lane_wait(lane)) > 0:
            await self._sleep(wait)
        self._answers_waiting += 1
        try:
            async with self._answers:
                await self._wait_for_moment(answer=True)
        finally:
            self._answers_waiting -= 1
        now = self._monotonic()
        self._crowd.take(now)
        if self._crowd.free_at() > now:
            self._strictly_for(BUSY_SECONDS)
        lane.take(now)

    def _lane_wait(self, lane: Lane) -> float:
        """Return the seconds until the chat may get one more; 0: now."""
        now = self._monotonic()
        return _worth(lane.free_at(strictly=now < self._strict_until) - now)

    def _flooded(self, lane: Lane, seconds: float) -> None:
        """Obey flood control: that chat waits, and no chat gets a burst for a while."""
        lane.hold(self._monotonic() + seconds)
        self._strictly_for(STRICT_SECONDS)

    def _strictly_for(self, seconds: float) -> None:
        self._strict_until = max(self._strict_until, self._monotonic() + seconds)


def _pause(error: TelegramError, fault: Fault, pause: float | None) -> float | None:
    """Return the seconds to wait before repeating; None if repeating cannot help."""
    if pause is not None and isinstance(error, RetryAfter):
        return _seconds(error)
    return pause if fault is Fault.RETRY else None


def _seconds(flooded: RetryAfter) -> float:
    stated = flooded.retry_after
    return stated.total_seconds() if isinstance(stated, timedelta) else float(stated)


def _worth(wait: float) -> float:
    """Return a wait, or 0 for one that is not worth it."""
    return wait if wait > _SOON else 0.0
