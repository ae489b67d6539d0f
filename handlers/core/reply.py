"""Screens become messages: the only place that knows Telegram's form of buttons."""

from telegram import (
    Bot,
    CallbackQuery,
    CopyTextButton,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers.core.callback_data import CopyText, encode
from handlers.core.screen import Button, Screen
from handlers.core.telegram_errors import Fault, classify
from records.model import Attachment, FileKind


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """Return the screen's buttons in Telegram's form; None if it has none."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup([[_inline(button) for button in row] for row in screen.rows])


def markup(
    screen: Screen,
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Return what goes with a screen in a message of its own."""
    if screen.below is None:
        return keyboard(screen)
    if not screen.below:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(screen.below, resize_keyboard=True, is_persistent=True)


def _inline(button: Button) -> InlineKeyboardButton:
    if isinstance(button.data, CopyText):
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.data.text))
    return InlineKeyboardButton(button.label, callback_data=encode(button.data))


async def reply(message: Message, screen: Screen) -> int:
    """Answer `message` with a screen and return the answer's number.

    In a group the answer points at its question, since others write in between.
    """
    pointer = None
    if message.chat.type != ChatType.PRIVATE:
        pointer = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    sent = await message.get_bot().send_message(
        message.chat.id,
        screen.html,
        reply_markup=markup(screen),
        reply_parameters=pointer,
        message_thread_id=message.message_thread_id if message.is_topic_message else None,
    )
    return sent.message_id


async def send_file(bot: Bot, chat: int, held: Attachment) -> None:
    """Send a kept file again, by the reference that Telegram gave it."""
    match held.kind:
        case FileKind.PHOTO:
            await bot.send_photo(chat, held.reference)
        case FileKind.VOICE:
            await bot.send_voice(chat, held.reference)
        case FileKind.DOCUMENT:
            await bot.send_document(chat, held.reference)


async def redraw(bot: Bot, chat: int, number: int, screen: Screen) -> bool:
    """Put a screen in the place of message `number`; False if that message is gone."""
    try:
        await bot.edit_message_text(
            screen.html, chat_id=chat, message_id=number, reply_markup=keyboard(screen)
        )
    except BadRequest as error:
        if classify(error) is Fault.GONE:
            return False
        raise
    return True


async def show(query: CallbackQuery, screen: Screen, *, anew: bool = False) -> None:
    """Show a screen in place of the pressed message, or below it; below a picture, always."""
    message = query.message
    if message is None:
        return
    in_place = isinstance(message, Message) and message.text is not None and not anew
    if in_place and await redraw(query.get_bot(), message.chat.id, message.message_id, screen):
        return
    if isinstance(message, InaccessibleMessage):
        await query.get_bot().send_message(
            message.chat.id, screen.html, reply_markup=keyboard(screen)
        )
    elif isinstance(message, Message):
        await reply(message, screen)
