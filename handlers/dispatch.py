"""Which update goes to which feature: the features and the menus of commands, listed."""

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeVar

from telegram import Message, Update
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

from handlers.access.first_steps import Setup
from handlers.access.handlers import Invitations
from handlers.access.reachability import Reachability
from handlers.access.strangers import Strangers
from handlers.audit.handlers import feature as auditing
from handlers.broadcasts.handlers import Broadcasts
from handlers.broadcasts.receipts import Receipts
from handlers.core.auth import Authentication
from handlers.core.callback_data import Codec
from handlers.core.callback_queries import CallbackQueries
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import DoubtfulWords
from handlers.core.feature import Feature, OnCommand
from handlers.core.home import Home
from handlers.core.lateness import Lateness
from handlers.core.menus import Menus
from handlers.core.messages import Messages, OnUpdate
from handlers.core.read_back import ReadBack
from handlers.core.unfinished import Unfinished
from handlers.digest.handlers import feature as digesting
from handlers.digest.pictures import Draw
from handlers.documents.handlers import Documents
from handlers.library.handlers import Library
from handlers.library.inline import Inline
from handlers.library.questions import Questions
from handlers.library.start import Start
from handlers.outbox.handlers import feature as outbox
from handlers.own_work.talk import Talk
from handlers.people.handlers import People
from handlers.people.tables import Tables
from handlers.reminders.handlers import feature as reminding
from handlers.reports.files import Files
from handlers.reports.handlers import feature as reporting
from handlers.reports.sent import SentReports
from handlers.review.handlers import feature as reviewing
from handlers.tasks.assignment import Assignment
from handlers.tasks.handlers import Tasks
from handlers.tasks.waivers import Waivers
from handlers.units.handlers import Units
from handlers.units.picker import Picker
from handlers.units.takeovers import Takeovers
from records.model import Role

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What Telegram shall deliver; it remembers the last list, so it is set at each start."""

_EVERYBODY: Final = ("nhiemvu", "baocao", "dagui", "lich", "vanban", "mohinh", "nhactoi", "caidat")
_SUPERVISOR: Final = ("duyet", "tonghop", "giaoviec", "donvi", "uyquyen")
_ADMIN: Final = (
    "quantri",
    "tailieu",
    "phobien",
    "moi",
    "nguoi",
    "nhapdanhsach",
    "xemtruoc",
    "trangthai",
    "nhatky",
)

MENUS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.OFFICER: (*_EVERYBODY, "donvi", "trogiup"),
    Role.SUPERVISOR: (*_EVERYBODY, *_SUPERVISOR, "trogiup"),
    Role.ADMIN: (*_EVERYBODY, *_SUPERVISOR, *_ADMIN, "trogiup"),
}
"""The commands of each role, in the menu's order."""

_NAMED: Final = (
    "commands", "buttons", "topics", "links", "notices", "understood", "left", "prose", "kept",
    "purposes",
)  # fmt: skip
"""Fields of a feature in which no two may take the same name."""

Kept = TypeVar("Kept")
OnFresh = Callable[[Message, Context], Coroutine[Any, Any, None]]
Handlers = dict[int, Sequence[BaseHandler[Any, Context, Any]]]


def routes(deps: Dependencies, inside: Feature, menus: Menus) -> Handlers:
    """Return the handlers by group, in order: who calls, the first that fits, what was late, menus.

    `inside` is all of `features` as one.
    """
    codec, lateness = Codec(inside.buttons), Lateness(deps)
    return {
        0: [TypeHandler(Update, Authentication(deps, inside, codec).on_update)],
        1: [*_commands(deps, inside), *_shared_out(deps, inside, codec, lateness)],
        2: [TypeHandler(Update, lateness.on_update)],
        3: [TypeHandler(Update, menus.on_update)],
    }


def features(deps: Dependencies, draw: Draw, menus: Menus) -> tuple[Feature, ...]:
    """Return every feature; `draw` makes charts."""
    found = (
        Library(deps).feature,
        Questions(deps).feature,
        Documents(deps).feature,
        Broadcasts(deps).feature,
        Receipts(deps).feature,
        digesting(deps, draw),
        Tasks(deps).feature,
        Assignment(deps).feature,
        Waivers(deps).feature,
        reporting(deps),
        Files(deps).feature,
        SentReports(deps).feature,
        reviewing(deps),
        reminding(deps),
        auditing(deps),
        outbox(deps),
        Reachability(deps).feature,
        Strangers(deps, menus).feature,
        Invitations(deps, menus).feature,
        Setup(deps).feature,
        People(deps, menus).feature,
        Tables(deps).feature,
        Units(deps).feature,
        Takeovers(deps).feature,
    )
    inside = together(found)
    return (
        *found,
        _talk(deps, inside).feature,
        Picker(deps, inside.purposes).feature,
        ReadBack(deps, inside.understood).feature,
        Unfinished(deps, inside.left).feature,
        _doubtful(deps, inside).feature,
        Home(deps, inside.commands).feature,
    )


def _talk(deps: Dependencies, inside: Feature) -> Talk:
    """Return what finds out what is meant by words that nobody waits for."""
    return Talk(deps, inside.commands, Questions(deps).answer)


def _asked(deps: Dependencies, inside: Feature) -> OnUpdate:
    """Take such words for what they mean; an edited message is a question asked before."""
    return fresh_or_edited(_talk(deps, inside).on_words, Questions(deps).on_question)


def _doubtful(deps: Dependencies, inside: Feature) -> DoubtfulWords:
    """Return what asks about words that may be a question."""
    unfinished, ask = Unfinished(deps, inside.left), _asked(deps, inside)
    return DoubtfulWords(deps, inside, ask, unfinished)


def together(parts: Sequence[Feature]) -> Feature:
    """Join features into one; a name that two of them take is a mistake of ours."""
    joined = Feature(
        commands={name: on for part in parts for name, on in part.commands.items()},
        buttons={kind: on for part in parts for kind, on in part.buttons.items()},
        topics={name: on for part in parts for name, on in part.topics.items()},
        notices={name: on for part in parts for name, on in part.notices.items()},
        links={name: on for part in parts for name, on in part.links.items()},
        understood={name: on for part in parts for name, on in part.understood.items()},
        left={name: on for part in parts for name, on in part.left.items()},
        prose={name: on for part in parts for name, on in part.prose.items()},
        kept={name: on for part in parts for name, on in part.kept.items()},
        names=_every(part.names for part in parts),
        for_files=_every(part.for_files for part in parts),
        edits=tuple(on for part in parts for on in part.edits),
        purposes={name: one for part in parts for name, one in part.purposes.items()},
        in_groups=_every(part.in_groups for part in parts),
        for_strangers=_every(part.for_strangers for part in parts),
        stranger_buttons=_every(part.stranger_buttons for part in parts),
        for_askers=_every(part.for_askers for part in parts),
        asker_buttons=_every(part.asker_buttons for part in parts),
        asides=_every(part.asides for part in parts),
    )
    for name in _NAMED:
        if len(getattr(joined, name)) != sum(len(getattr(part, name)) for part in parts):
            raise ValueError(f"two features share one of {name}")
    return joined


def _every(sets: Iterable[frozenset[Kept]]) -> frozenset[Kept]:
    return frozenset(chain.from_iterable(sets))


def _commands(deps: Dependencies, inside: Feature) -> list[BaseHandler[Any, Context, Any]]:
    """Return the handlers of the features' commands: most are for private chats only.

    An edited command would be carried out twice, so commands are taken fresh only.
    """
    fresh = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE & fresh
    unfinished = Unfinished(deps, inside.left)
    return [
        CommandHandler(
            name,
            _on_command(unfinished, on),
            filters=fresh if name in inside.in_groups else private,
        )
        for name, on in inside.commands.items()
    ]


def _on_command(
    unfinished: Unfinished, on: OnCommand
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Carry a command out; who gives one in private has turned to something else."""

    async def handle(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        private = message.chat.type == ChatType.PRIVATE
        left = await unfinished.turned(context.holder) if private else None
        try:
            await on(message, context)
        finally:
            await unfinished.tell(message.chat.id, context, left)

    return handle


def _as_command(unfinished: Unfinished, pressed: OnCommand | None) -> OnCommand | None:
    """Let the label of an entry end what waits for words, as a command does."""
    if pressed is None:
        return None
    handle = _on_command(unfinished, pressed)

    async def carry_out(message: Message, context: Context) -> None:
        context.args = []
        await handle(Update(0, message=message), context)

    return carry_out


def fresh_or_edited(fresh: OnFresh, edited: OnUpdate) -> OnUpdate:
    """Take words for what they mean; an edited message is a question that was asked before."""

    async def handle(update: Update, context: Context) -> None:
        if update.edited_message is None and update.message is not None:
            await fresh(update.message, context)
        else:
            await edited(update, context)

    return handle


def _shared_out(
    deps: Dependencies, inside: Feature, codec: Codec, lateness: Lateness
) -> list[BaseHandler[Any, Context, Any]]:
    """Return the handlers of what no command names: it is shared out, or it is a question."""
    greeting, asking = Start(deps, inside, MENUS), Questions(deps)
    unfinished = Unfinished(deps, inside.left)
    home = Home(deps, inside.commands, _ADMIN)
    listening = Messages(
        deps,
        inside,
        _asked(deps, inside),
        Files(deps).on_file,
        lateness,
        _doubtful(deps, inside),
        lambda text: _as_command(unfinished, home.pressed(text)),
    )
    fresh = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE
    plain = filters.TEXT & ~filters.COMMAND
    said = plain | filters.CAPTION
    return [
        CommandHandler("start", _on_command(unfinished, greeting.on_start), filters=fresh),
        CommandHandler(
            ["trogiup", "help"], _on_command(unfinished, greeting.on_help), filters=fresh
        ),
        ChatMemberHandler(Reachability(deps).on_member, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(CallbackQueries(deps, inside, codec, unfinished).on_press),
        InlineQueryHandler(Inline(deps).on_inline),
        MessageHandler(said & private, listening.on_words),
        MessageHandler(said & filters.ChatType.GROUPS, asking.on_group),
        MessageHandler(
            filters.COMMAND & filters.ChatType.GROUPS & fresh, greeting.on_group_command
        ),
        MessageHandler(filters.COMMAND & private & fresh, greeting.on_unknown_command),
        MessageHandler(
            ~filters.TEXT & ~filters.StatusUpdate.ALL & private & fresh, listening.on_words
        ),
    ]
