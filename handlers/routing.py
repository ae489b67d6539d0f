"""Which update goes to which conversation."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from telegram import Update
from telegram.constants import ChatType
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
from handlers.press import Codec
from handlers.pressing import Pressing
from handlers.reaching import Reaching
from handlers.reminding.conversation import conversation as reminding
from handlers.reporting.conversation import conversation as reporting
from handlers.reviewing.conversation import conversation as reviewing
from handlers.tasks.conversation import conversation as tasks
from handlers.visit import Visit
from records import focus

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What Telegram shall deliver; it remembers the last list, so it is set at each start."""

Kept = TypeVar("Kept")
Handlers = dict[int, Sequence[BaseHandler[Any, Visit, Any]]]


def routes(desk: Desk, inside: Conversation, menus: Menus) -> Handlers:
    """Return the handlers by group, in order: the door, then the first that fits, then menus.

    `inside` is all of `conversations` as one.
    """
    codec = Codec(inside.presses)
    return {
        0: [TypeHandler(Update, Door(desk, inside, codec).on_update)],
        1: [*_commands(desk, inside), *_shared_out(desk, inside, codec)],
        2: [TypeHandler(Update, menus.on_update)],
    }


def conversations(desk: Desk, draw: Draw, menus: Menus) -> tuple[Conversation, ...]:
    """Return every conversation; `draw` makes charts."""
    return (
        Browsing(desk).conversation,
        Asking(desk).conversation,
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
        in_groups=_every(part.in_groups for part in parts),
        for_strangers=_every(part.for_strangers for part in parts),
        stranger_presses=_every(part.stranger_presses for part in parts),
        for_askers=_every(part.for_askers for part in parts),
        asker_presses=_every(part.asker_presses for part in parts),
        asides=_every(part.asides for part in parts),
    )
    for name in ("commands", "presses", "topics", "links", "notices"):
        if len(getattr(joined, name)) != sum(len(getattr(part, name)) for part in parts):
            raise ValueError(f"two conversations share one of {name}")
    return joined


def _every(sets: Iterable[frozenset[Kept]]) -> frozenset[Kept]:
    return frozenset(chain.from_iterable(sets))


def _commands(desk: Desk, inside: Conversation) -> list[BaseHandler[Any, Visit, Any]]:
    """Return the handlers of the conversations' commands: most are for private chats only.

    An edited command would be carried out twice, so commands are taken fresh only.
    """
    fresh = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE & fresh
    return [
        CommandHandler(
            name, _on_command(desk, on), filters=fresh if name in inside.in_groups else private
        )
        for name, on in inside.commands.items()
    ]


def _on_command(desk: Desk, on: OnCommand) -> Callable[[Update, Visit], Coroutine[Any, Any, None]]:
    """Carry a command out; who gives one in private has turned to something else."""

    async def handle(update: Update, visit: Visit) -> None:
        message = update.effective_message
        if message is None:
            return
        if message.chat.type == ChatType.PRIVATE and visit.holder is not None:
            await focus.rest(desk.store, visit.holder)
        await on(message, visit)

    return handle


def _shared_out(
    desk: Desk, inside: Conversation, codec: Codec
) -> list[BaseHandler[Any, Visit, Any]]:
    """Return the handlers of what no command names: it is shared out, or it is a question."""
    greeting, asking = Greeting(desk, inside.links), Asking(desk)
    listening = Listening(desk, inside, asking, greeting)
    fresh = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE
    plain = filters.TEXT & ~filters.COMMAND
    return [
        CommandHandler("start", _on_command(desk, greeting.on_start), filters=fresh),
        CommandHandler(["trogiup", "help"], _on_command(desk, greeting.on_help), filters=fresh),
        ChatMemberHandler(Reaching(desk).on_member, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(Pressing(desk, inside, codec).on_press),
        InlineQueryHandler(Inline(desk).on_inline),
        MessageHandler(plain & private, listening.on_words),
        MessageHandler(plain & filters.ChatType.GROUPS, asking.on_group),
        MessageHandler(filters.COMMAND & private & fresh, greeting.on_unknown_command),
        MessageHandler(
            ~filters.TEXT & ~filters.StatusUpdate.ALL & private & fresh, listening.on_words
        ),
    ]
