"""Which update goes to which conversation."""

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers.asking import Asking
from handlers.browsing import Browsing
from handlers.desk import Desk
from handlers.greeting import Greeting
from handlers.inline import Inline
from handlers.pressing import Pressing

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
)
"""What Telegram shall deliver; it remembers the last list, so it is set at each start."""


def routes(desk: Desk) -> list[BaseHandler[Update, Any, None]]:
    """Return the handlers in order; the first that fits an update takes it."""
    greeting, asking = Greeting(desk), Asking(desk)
    fresh = filters.UpdateType.MESSAGE
    """An edited command would be carried out twice, so commands are taken fresh only."""
    private = filters.ChatType.PRIVATE
    plain = filters.TEXT & ~filters.COMMAND
    return [
        CommandHandler("start", greeting.on_start, filters=fresh),
        CommandHandler(["trogiup", "help"], greeting.on_help, filters=fresh),
        CommandHandler("vanban", Browsing(desk).on_documents, filters=fresh),
        CallbackQueryHandler(Pressing(desk).on_press),
        InlineQueryHandler(Inline(desk).on_inline),
        MessageHandler(plain & private, asking.on_question),
        MessageHandler(plain & filters.ChatType.GROUPS, asking.on_group),
        MessageHandler(filters.COMMAND & private & fresh, greeting.on_unknown_command),
        MessageHandler(
            ~filters.TEXT & ~filters.StatusUpdate.ALL & private & fresh, greeting.on_media
        ),
    ]
