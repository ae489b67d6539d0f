"""Telegram as a channel: renders what is owed, sends it, and says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import httpx
import structlog
from telegram import Message
from telegram.error import ChatMigrated, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from handlers.core.address import CHANNEL
from handlers.core.dependencies import Texts
from handlers.core.feature import Notice
from handlers.core.reply import keyboard
from handlers.core.screen import Screen
from handlers.core.telegram_errors import Fault, classify
from records.model import OutboxMessage, Person
from scheduler.outbox import Flooded, Gone, Moved, NoAnswer, NotTaken, NotWanted, Refused, Verdict
from scheduler.outbox import Sent as Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramChannel:
    """Sends by the Bot API, in the lane of messages that nobody asked for."""

    bot: ExtBot[Any]
    texts: Texts
    notices: Mapping[str, Notice]
    """By template, those that need more than the row's facts: buttons, or records as they are."""

    @property
    def name(self) -> str:
        """Return the name of this channel in a person's addresses."""
        return CHANNEL

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Render and send one row."""
        screen = await self._render(message, person)
        if screen is None:
            return NotWanted()
        if again:
            note = self.texts.screen("sent_again")
            screen = replace(screen, html=f"{note}\n\n{screen.html}")
        try:
            sent = await self._put(int(address), message, screen)
        except TelegramError as error:
            return verdict(error)
        return Taken(str(sent.message_id))

    async def _render(self, message: OutboxMessage, person: Person) -> Screen | None:
        notice = self.notices.get(message.template)
        if notice is not None:
            return await notice(message, person)
        return Screen(self.texts.screen(message.template, **message.facts))

    async def _put(self, chat: int, message: OutboxMessage, screen: Screen) -> Message:
        silent = message.priority < 0
        if screen.picture is not None:
            return await self.bot.send_photo(
                chat,
                screen.picture,
                caption=screen.html,
                reply_markup=keyboard(screen),
                disable_notification=silent,
                rate_limit_args=True,
            )
        return await self.bot.send_message(
            chat,
            screen.html,
            reply_markup=keyboard(screen),
            disable_notification=silent,
            rate_limit_args=True,
        )


def verdict(error: TelegramError) -> Verdict:
    """Tell what an error means for the message: the one place that knows Telegram's kinds."""
    if isinstance(error, RetryAfter):
        stated = error.retry_after
        pause = stated if isinstance(stated, timedelta) else timedelta(seconds=stated)
        return Flooded(pause)
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    fault = classify(error)
    if fault is Fault.GONE:
        return Gone()
    if fault is Fault.RETRY:
        return NotTaken() if _never_arrived(error) else NoAnswer()
    structlog.get_logger("bot.channel").error("refused", reason=str(error))
    return Refused(str(error))


def _never_arrived(error: TelegramError) -> bool:
    """Tell whether Telegram surely did not take the message: it said so, or was not reached.

    A timeout, or a connection lost after the request was written, may hide a delivery.
    """
    lost = error.__cause__
    return not isinstance(error, TimedOut) if lost is None else isinstance(lost, _BEFORE_WRITING)


_BEFORE_WRITING: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Errors before a request is under way; without any, Telegram itself answered with an error."""
