"""Long polling: what comes is kept before the next poll confirms it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.intake import Intake
from handlers.dispatch import ALLOWED_UPDATES
from records.refusals import StoreRefused

POLL_SECONDS: Final = 10
"""How long Telegram may hold a poll when nothing comes."""

ANSWER_SECONDS: Final = 10.0
"""How long beyond that its answer may take: then the line is taken for dead."""

PAUSES: Final = (0.5, 1.0, 2.0, 4.0)
"""Seconds after a poll that failed, the last again and again: a line that is back is noticed
within them."""


class Pulse:
    """When polling last came back, well or not: a sign that its loop lives."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last = monotonic()

    def beat(self) -> None:
        """Note that polling came back."""
        self._last = self._monotonic()

    def silence(self) -> float:
        """Return the seconds since."""
        return self._monotonic() - self._last


class Polling:
    """Fetches updates for as long as it runs.

    The library's own loop confirms what it has put into a queue in memory, and fails a whole batch
    for one update that it cannot read; so the polls are made here.
    """

    def __init__(
        self, *, bot: ExtBot[Any], request: HTTPXRequest, intake: Intake, pulse: Pulse
    ) -> None:
        """`request` is the connection of the polls alone; the bot opens and closes it."""
        self._bot, self._request, self._intake, self._pulse = bot, request, intake, pulse
        self._offset = 0
        self._log = structlog.get_logger("bot.polling")

    async def run(self) -> None:
        """Poll until cancelled."""
        failed = 0
        while True:
            try:
                await self._poll()
                failed = 0
            except (TelegramError, StoreRefused) as error:
                await self._note(error)
                await asyncio.sleep(_pause(error, failed))
                failed += 1
            finally:
                self._pulse.beat()

    async def _poll(self) -> None:
        """Fetch once, and keep what came; the next poll confirms it."""
        asked = {
            "offset": self._offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        answer = await self._request.retrieve(
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}",
            read_timeout=POLL_SECONDS + ANSWER_SECONDS,
        )
        given = updates_in(answer)
        await self._intake.take(given)
        self._offset = max([self._offset, *(number + 1 for number in map(_number, given))])

    async def _note(self, error: TelegramError | StoreRefused) -> None:
        if isinstance(error, Conflict) and "webhook" in str(error).lower():
            self._log.warning("a webhook of before is taken away")
            await self._bot.delete_webhook()
        elif isinstance(error, Conflict):
            self._log.error("another process takes this bot's updates; stop one of the two")
        elif not isinstance(error, TimedOut):
            self._log.warning("poll failed", reason=str(error))


def updates_in(answer: bytes) -> list[Any]:
    """Return the updates of an answer as they came; raises NetworkError for what is none."""
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError):
        raise NetworkError("the answer to a poll cannot be read") from None
    updates = given.get("result") if isinstance(given, dict) else None
    if not isinstance(updates, list):
        raise NetworkError("the answer to a poll holds no updates")
    return updates


def _number(given: object) -> int:
    """Return the number of an update; -1 where it has none."""
    number = given.get("update_id") if isinstance(given, dict) else None
    return number if isinstance(number, int) else -1


def _pause(error: TelegramError | StoreRefused, failed: int) -> float:
    if isinstance(error, RetryAfter):
        stated = error.retry_after
        return float(stated) if isinstance(stated, int) else stated.total_seconds()
    return PAUSES[min(failed, len(PAUSES) - 1)]
