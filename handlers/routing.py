"""Which update goes to which conversation."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers.acknowledging.conversation import conversation as acknowledging
from handlers.asking import Asking
from handlers.auditing.conversation import conversation as auditing
from handlers.browsing import Browsing
from handlers.conversation import Conversation, OnCommand
from handlers.desk import Desk
from handlers.digesting.conversation import conversation as digesting
from handlers.digesting.pictures import Draw
from handlers.door import Door
from handlers.greeting import Greeting
from handlers.inline import Inline
from handlers.joining.conversation import conversations as joining
from handlers.joining.menus import Menus
from handlers.listening import Listening
from handlers.pressing import Pressing
from handlers.reaching import Reaching
from handlers.reminding.conversation import conversation as reminding
from handlers.reporting.conversation import conversation as reporting
from handlers.reviewing.conversation import conversation as reviewing
from handlers.tasks.conversation import conversation as tasks
from handlers.visit import Visit

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What Telegram shall deliver; it remembers the last list, so it is set at each start."""

Handlers = dict[int, Sequence[BaseHandler[Any, Visit, Any]]]


def routes(desk: Desk, inside: Conversation, menus: Menus) -> Handlers:
    """Return the handlers by group, in order: the door, then the first that fits, then menus.

    `inside` is all of `conversations` as one.
    """
    return {
        0: [TypeHandler(Update, Door(desk, inside).on_update)],
        1: [*_commands(inside), *_library(desk, inside)],
        2: [TypeHandler(Update, menus.on_update)],
    }


def conversations(desk: Desk, draw: Draw, menus: Menus) -> tuple[Conversation, ...]:
    """Return every conversation beside the library's own; `draw` makes charts."""
    return (
        acknowledging(desk),
        digesting(desk, draw),
        tasks(desk),
        reporting(desk),
        reviewing(desk),
        reminding(desk),
        auditing(desk),
        *joining(desk, menus),
    )


def together(parts: Sequence[Conversation]) -> Conversation:
    """Join conversations into one; a name that two of them take is a mistake of ours."""
    joined = Conversation(
        commands={name: on for part in parts for name, on in part.commands.items()},
        presses={kind: on for part in parts for kind, on in part.presses.items()},
        topics={name: on for part in parts for name, on in part.topics.items()},
        notices={name: on for part in parts for name, on in part.notices.items()},
        links={name: on for part in parts for name, on in part.links.items()},
        for_strangers=frozenset(name for part in parts for name in part.for_strangers),
        stranger_presses=frozenset(kind for part in parts for kind in part.stranger_presses),
    )
    for name in ("commands", "presses", "topics", "links", "notices"):
        if len(getattr(joined, name)) != sum(len(getattr(part, name)) for part in parts):
            raise ValueError(f"two conversations share one of {name}")
    return joined


def _commands(inside: Conversation) -> list[BaseHandler[Any, Visit, Any]]:
    """Return the handlers of the conversations' commands, in private chats only."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        CommandHandler(name, _on_command(on), filters=private)
        for name, on in inside.commands.items()
    ]


def _on_command(on: OnCommand) -> Callable[[Update, Visit], Coroutine[Any, Any, None]]:
    async def handle(update: Update, visit: Visit) -> None:
        if update.effective_message is not None:
            await on(update.effective_message, visit)

    return handle


def _library(desk: Desk, inside: Conversation) -> list[BaseHandler[Any, Visit, Any]]:
    """Return the handlers of the library, and those that share updates out."""
    greeting, asking = Greeting(desk, inside.links), Asking(desk)
    listening = Listening(desk, inside, asking, greeting)
    fresh = filters.UpdateType.MESSAGE
    """An edited command would be carried out twice, so commands are taken fresh only."""
    private = filters.ChatType.PRIVATE
    plain = filters.TEXT & ~filters.COMMAND
    return [
        CommandHandler("start", greeting.on_start, filters=fresh),
        CommandHandler(["trogiup", "help"], greeting.on_help, filters=fresh),
        CommandHandler("vanban", Browsing(desk).on_documents, filters=fresh),
        ChatMemberHandler(Reaching(desk).on_member, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(Pressing(desk, inside).on_press),
        InlineQueryHandler(Inline(desk).on_inline),
        MessageHandler(plain & private, listening.on_words),
        MessageHandler(plain & filters.ChatType.GROUPS, asking.on_group),
        MessageHandler(filters.COMMAND & private & fresh, greeting.on_unknown_command),
        MessageHandler(
            ~filters.TEXT & ~filters.StatusUpdate.ALL & private & fresh, listening.on_words
        ),
    ]
