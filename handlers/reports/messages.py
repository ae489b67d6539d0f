"""Messages of the dialog: where it is shown, what comes in, old buttons taken away."""

from typing import Final

from telegram import Bot, CallbackQuery, InaccessibleMessage, Message
from telegram.error import BadRequest

from handlers.core.reply import keyboard, redraw, reply
from handlers.core.screen import Screen
from handlers.core.telegram_errors import Fault, classify
from records.dialog.values import Said
from records.model import FileKind
from services.reports.values import File

ALBUM_SETTLES: Final = 1.0
"""Seconds after which no further picture of an album is expected; they come within a moment."""


def reference(chat: int, number: int) -> str:
    """Write which message it is."""
    return f"{chat}:{number}"


def number_in(chat: int, written: str | None) -> int | None:
    """Return the number of a message of this chat; None for another's, or for none."""
    where, _, number = (written or "").partition(":")
    return int(number) if where == str(chat) and number.isdecimal() else None


async def put(query: CallbackQuery, screen: Screen) -> str | None:
    """Show a screen in place of the pressed message, or below; return which message shows it."""
    message, bot = query.message, query.get_bot()
    if message is None:
        return None
    chat, number = message.chat.id, message.message_id
    if isinstance(message, Message) and await redraw(bot, chat, number, screen):
        return reference(chat, number)
    if isinstance(message, InaccessibleMessage):
        sent = await bot.send_message(chat, screen.html, reply_markup=keyboard(screen))
        return reference(chat, sent.message_id)
    return reference(chat, await reply(message, screen)) if isinstance(message, Message) else None


async def answer(message: Message, screen: Screen) -> str:
    """Show a screen below what was typed: who reads down the chat finds the next question last."""
    return reference(message.chat.id, await reply(message, screen))


async def redrawn(message: Message, shown_at: str | None, screen: Screen) -> str:
    """Show a screen where the dialog stands, since nothing was typed below it; else below."""
    chat = message.chat.id
    number = number_in(chat, shown_at)
    if number is not None and await redraw(message.get_bot(), chat, number, screen):
        return reference(chat, number)
    return await answer(message, screen)


async def retire(bot: Bot, written: str | None) -> None:
    """Take the buttons from a message that shows the dialog no longer."""
    chat, _, number = (written or "").partition(":")
    if not number.isdecimal():
        return
    try:
        await bot.edit_message_reply_markup(chat_id=int(chat), message_id=int(number))
    except BadRequest as error:
        if classify(error) is not Fault.GONE:
            raise


def given(message: Message) -> Said | File:
    """Return what a message brings; a kind of file that is never taken has no name."""
    if message.text is not None:
        return Said(message.text)
    if message.photo:
        photo = message.photo[-1]
        return File(
            kind=FileKind.PHOTO,
            reference=photo.file_id,
            identity=photo.file_unique_id,
            name="",
            size=photo.file_size or 0,
        )
    held = message.voice or message.document or message.audio or message.video
    if held is None:
        return File(kind=FileKind.DOCUMENT, reference="", identity="", name="", size=0)
    return File(
        kind=FileKind.DOCUMENT if message.voice is None else FileKind.VOICE,
        reference=held.file_id,
        identity=held.file_unique_id,
        name=getattr(held, "file_name", None) or "",
        size=held.file_size or 0,
    )
