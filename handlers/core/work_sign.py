"""The sign that the assistant is at work, under its name, for what takes longer than a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

AFTER: Final = 1.0
"""Seconds before the sign: what is sooner needs none."""

AGAIN: Final = 4.0
"""Seconds until it is sent again: Telegram shows it for five (Bot API, sendChatAction)."""


@asynccontextmanager
async def at_work(
    bot: Bot, chat: int, action: ChatAction = ChatAction.TYPING, *, after: float = AFTER
) -> AsyncIterator[None]:
    """Show the sign in a chat while the block takes longer than `after` seconds."""
    sign = asyncio.create_task(_sign(bot, chat, action, after))
    try:
        yield
    finally:
        sign.cancel()
        await asyncio.wait([sign])


async def _sign(bot: Bot, chat: int, action: ChatAction, after: float) -> None:
    """Send the sign again and again; one that Telegram does not take is no harm."""
    await asyncio.sleep(after)
    while True:
        with suppress(TelegramError):
            await bot.send_chat_action(chat, action)
        await asyncio.sleep(AGAIN)
