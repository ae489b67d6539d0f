"""Telegram as a channel: renders what is owed, sends it, and says what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import httpx
import structlog
from jinja2 import UndefinedError
from telegram import InlineKeyboardMarkup, Message
from telegram.constants import MessageLimit
from telegram.error import ChatMigrated, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.api_request import UnreadableAnswer
from handlers.core.address import CHANNEL
from handlers.core.dependencies import Texts
from handlers.core.feature import Notice
from handlers.core.reply import keyboard
from handlers.core.screen import Screen
from handlers.core.telegram_errors import Fault, classify
from records.model import OutboxMessage, Person
from scheduler.verdicts import Flooded, Gone, Moved, NoAnswer, NotTaken, NotWanted, Refused, Verdict
from scheduler.verdicts import Sent as Taken

PARTED: Final = "\n\n"
"""Between messages that go together."""


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
        return await self._put(int(address), screen, silent=message.priority < 0)

    def together(self, rows: Sequence[OutboxMessage]) -> list[list[OutboxMessage]]:
        """Return rows of one person as groups: plain words go together, up to a message's length.

        What has buttons or a picture goes alone: a tap redraws the whole message.
        """
        groups: list[list[OutboxMessage]] = []
        plain: list[OutboxMessage] = []
        for row in rows:
            if not self.joins(row):
                groups.append([row])
            elif plain and self._fits([*plain, row]):
                plain.append(row)
            else:
                plain = [row]
                groups.append(plain)
        return groups

    def joins(self, row: OutboxMessage) -> bool:
        """Tell whether a message is plain words, without buttons or a picture."""
        return row.template not in self.notices

    async def send_together(self, address: str, rows: Sequence[OutboxMessage]) -> Verdict:
        """Send several plain messages as one."""
        screen = Screen(self._joined(rows))
        return await self._put(int(address), screen, silent=rows[0].priority < 0)

    def _fits(self, rows: Sequence[OutboxMessage]) -> bool:
        """Tell whether rows make one message; what cannot be rendered goes alone, to be set aside.

        The limit holds for the text without its markup, so that this is on the safe side.
        """
        try:
            return len(self._joined(rows).encode("utf-16-le")) // 2 <= MessageLimit.MAX_TEXT_LENGTH
        except (UndefinedError, LookupError, TypeError, ValueError):
            return False

    def _joined(self, rows: Sequence[OutboxMessage]) -> str:
        """Return the words of rows one after the other."""
        return PARTED.join(self.texts.screen(row.template, **row.facts) for row in rows)

    async def _render(self, message: OutboxMessage, person: Person) -> Screen | None:
        notice = self.notices.get(message.template)
        if notice is not None:
            return await notice(message, person)
        return Screen(self.texts.screen(message.template, **message.facts))

    async def _put(self, chat: int, screen: Screen, *, silent: bool) -> Verdict:
        """Send a screen; what Telegram's client cannot make out of an answer is no answer."""
        try:
            sent = await self._sent(chat, screen, keyboard(screen), silent=silent)
        except TelegramError as error:
            return verdict(error)
        except (LookupError, TypeError, AttributeError, ValueError) as unread:
            _log().warning("unreadable answer", fault=type(unread).__name__)
            return NoAnswer()
        return Taken(str(sent.message_id))

    async def _sent(
        self, chat: int, screen: Screen, markup: InlineKeyboardMarkup | None, *, silent: bool
    ) -> Message:
        if screen.picture is not None:
            return await self.bot.send_photo(
                chat,
                screen.picture,
                caption=screen.html,
                reply_markup=markup,
                disable_notification=silent,
                rate_limit_args=True,
            )
        return await self.bot.send_message(
            chat,
            screen.html,
            reply_markup=markup,
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
    _log().error("refused", reason=str(error))
    return Refused(str(error))


def _never_arrived(error: TelegramError) -> bool:
    """Tell whether Telegram surely did not take the message: it said so, or was not reached.

    A timeout, or a connection lost after the request was written, may hide a delivery.
    """
    if isinstance(error, UnreadableAnswer):
        return error.never_arrived
    lost = error.__cause__
    return not isinstance(error, TimedOut) if lost is None else isinstance(lost, _BEFORE_WRITING)


_BEFORE_WRITING: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Errors before a request is under way; without any, Telegram itself answered with an error."""


def _log() -> structlog.stdlib.BoundLogger:
    log: structlog.stdlib.BoundLogger = structlog.get_logger("bot.channel")
    return log
