"""Typed words and files in a private chat: they go where the person's focus says, else they ask."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram import Message, Update
from telegram.error import TelegramError

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import DoubtfulWords
from handlers.core.feature import Feature, OnCommand
from handlers.core.lateness import Lateness
from handlers.core.pasted_links import pasted
from handlers.core.reply import reply
from handlers.core.screen import Screen
from records import focus
from records.actor import UnknownPerson
from records.model import Focus
from vietnamese.appeals import is_question
from vietnamese.refusals import Refusal

OnUpdate = Callable[[Update, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Messages:
    """Takes what is not a command."""

    deps: Dependencies
    inside: Feature
    ask: OnUpdate
    """Takes words that nobody waits for."""
    files: OnUpdate
    """Takes a file that nobody waits for."""
    lateness: Lateness
    doubtful: DoubtfulWords
    home: Callable[[str], OnCommand | None]
    """Returns what words are the label of, on the keyboard below the chat."""
    _albums: dict[int, str | None] = field(default_factory=dict)
    """By chat: the album whose words were answered last; forgetting one costs one more question."""

    async def on_words(self, update: Update, context: Context) -> None:
        """Hand words or a file to the feature that waits for it."""
        message = update.effective_message
        if message is None:
            return
        if update.edited_message is not None:
            await self._edited(update, message, context)
            return
        pressed = None if context.person is None else self.home(message.text or "")
        if pressed is not None:
            await pressed(message, context)
            return
        link = pasted(message.text or "", self.inside.links)
        if link is not None:
            await self.inside.links[link.prefix](message, context, link.rest)
            return
        held = (
            None if context.holder is None else await focus.heard(self.deps.store, context.holder)
        )
        if held is not None and self._waits(held, message):
            if await self.lateness.too_early(message, held):
                return
            if not await self.doubtful.asked(message, context, held):
                await self._hand(message, context, held)
        elif not (message.text and await self.lateness.long_ago(message)):
            await self._unawaited(update, message, context)

    async def _unawaited(self, update: Update, message: Message, context: Context) -> None:
        """Take words that nobody waits for as a question, and a file by itself as one to attach."""
        if message.text or is_question(message.caption or ""):
            if not self.deps.questions_open and context.person is None:
                raise UnknownPerson
            self._albums[message.chat.id] = message.media_group_id
            await self.ask(update, context)
        elif _is_said(message) and not self._answered(message):
            await self.files(update, context)

    def _waits(self, held: Focus, message: Message) -> bool:
        """Tell whether a message is of the kind that the focus waits for."""
        filed = held.topic in self.inside.for_files
        return held.topic in self.inside.topics and not (filed and message.document is None)

    def _answered(self, message: Message) -> bool:
        """Tell a further picture of an album whose words were answered."""
        album = message.media_group_id
        return album is not None and self._albums.get(message.chat.id) == album

    async def _hand(self, message: Message, context: Context, held: Focus) -> None:
        """Hand words on; what cannot take any is not asked again, or it would swallow the next."""
        try:
            await self.inside.topics[held.topic](message, context, held)
        except TelegramError:
            raise
        except Exception as error:
            if not (isinstance(error, Refusal) and error.again):
                await focus.rest(self.deps.store, held.id)
            raise

    async def _edited(self, update: Update, message: Message, context: Context) -> None:
        """Let an edited message change what it came to, or say that it does not."""
        text = message.text or message.caption
        if not text or context.holder is None:
            return
        held = await focus.heard(self.deps.store, context.holder)
        if held is not None and focus.doubted_in(held) == message.message_id:
            if not await self.doubtful.asked(message, context, held):
                await self._hand(message, context, held)
            return
        for on_edit in self.inside.edits:
            if await on_edit(message, context):
                return
        if self.deps.questions.reply_to(message.chat.id, message.message_id) is not None:
            await self.ask(update, context)
        else:
            await reply(message, Screen(self.deps.texts.screen("edit_too_late")))


def _is_said(message: Message) -> bool:
    """Tell a file that somebody sent from a service message of the chat."""
    return message.effective_attachment is not None or message.location is not None
