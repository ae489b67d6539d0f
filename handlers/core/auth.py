"""Finds out who is calling; a stranger learns nothing but how to ask for access."""

from dataclasses import dataclass

from telegram import InlineQueryResultsButton, Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from handlers.core.address import CHANNEL, address_of
from handlers.core.callback_data import Codec, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.pasted_links import pasted
from handlers.core.reply import reply
from handlers.core.screen import Screen
from records import focus
from records.ids import PersonId
from records.reach import away_since
from scheduler.reachability import came_back
from services.people.entry import person_at, stranger


@dataclass(frozen=True, slots=True)
class Authentication:
    """Stands before every feature."""

    deps: Dependencies
    inside: Feature
    """All features as one: what of them is open to strangers."""
    codec: Codec

    async def on_update(self, update: Update, context: Context) -> None:
        """Put a name to the caller; who may go no further is answered, and the update ends there.

        So it does at an error of the door itself: the library would go on to the features.
        """
        context.began = self.deps.now()
        try:
            admitted = await self._admits(update, context)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody gets in by it
            admitted = False
            await context.application.process_error(update, error)
        if not admitted:
            raise ApplicationHandlerStop

    async def _admits(self, update: Update, context: Context) -> bool:
        """Tell whether the caller may go on, once his name is known; answer him if not."""
        user = update.effective_user
        if user is None:
            return False
        context.person = await person_at(self.deps.store, address_of(user.id))
        holder = context.person.id if context.person is not None else stranger_of(user.id)
        context.holder = holder
        if update.my_chat_member is not None:
            return True
        if context.person is not None and away_since(context.person, CHANNEL) is not None:
            await came_back(self.deps.store, context.person.id, CHANNEL, self.deps.now())
        if context.person is not None or await self._open(update):
            return True
        await focus.rest(self.deps.store, holder)
        await self._turn_away(update)
        return False

    async def _open(self, update: Update) -> bool:
        """Tell whether a stranger may go on with this."""
        if update.callback_query is not None:
            return self._open_button(update.callback_query.data or "")
        message = update.effective_message
        name = None if message is None else _command(message)
        if message is None or name is None:
            opened = self.deps.questions_open or self._pasted(update)
            return opened or await self._awaited(update)
        if update.message is None or not _private(update):
            return False
        words = (message.text or "").split()
        prefixes = [one for one in self.inside.links if words[1:] and words[1].startswith(one)]
        if name == "start" and prefixes:
            return any(self._opens(one) for one in prefixes)
        return self._opens(name)

    def _pasted(self, update: Update) -> bool:
        """Tell whether a stranger pasted a link that he might have pressed."""
        if update.message is None or not _private(update):
            return False
        link = pasted(update.message.text or "", self.inside.links)
        return link is not None and self._opens(link.prefix)

    async def _awaited(self, update: Update) -> bool:
        """Tell whether a stranger writes what he was asked for: his name, his unit."""
        if update.message is None or update.effective_user is None or not _private(update):
            return False
        held = await focus.heard(self.deps.store, stranger_of(update.effective_user.id))
        return held is not None and held.topic in self.inside.topics

    def _open_button(self, data: str) -> bool:
        try:
            kind = type(self.codec.decode(data))
        except StaleButton:
            return self.deps.questions_open
        asked = self.deps.questions_open and kind in self.inside.asker_buttons
        return asked or kind in self.inside.stranger_buttons

    def _opens(self, name: str) -> bool:
        """Tell whether a command, or what a link's prefix leads to, is open to strangers."""
        inside = self.inside
        known = name in inside.commands or name in inside.links
        asked = self.deps.questions_open and (name in inside.for_askers or not known)
        return asked or name in inside.for_strangers

    async def _turn_away(self, update: Update) -> None:
        """Tell a stranger in private how to ask for access; a group hears nothing."""
        texts = self.deps.texts
        if update.callback_query is not None:
            await update.callback_query.answer(texts.label("stranger_alert"), show_alert=True)
        elif update.inline_query is not None:
            button = InlineQueryResultsButton(texts.label("stranger_join"), start_parameter="join")
            await update.inline_query.answer((), cache_time=0, is_personal=True, button=button)
        elif isinstance(update.effective_message, Message) and _private(update):
            await reply(update.effective_message, Screen(texts.screen("stranger")))


def stranger_of(telegram: int) -> PersonId:
    """Return under what a stranger's focus is kept: he has no id of a person."""
    return PersonId(stranger(address_of(telegram)))


def _private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == ChatType.PRIVATE


def _command(message: Message) -> str | None:
    """Return the command that Telegram marks at the start of a message, None where it marks none.

    Words are shared out by the same marks: a slash within a `code` entity begins a question.
    """
    marked = message.entities[0] if message.entities else None
    if marked is None or marked.type != MessageEntity.BOT_COMMAND or marked.offset:
        return None
    return (message.text or "")[1 : marked.length].partition("@")[0].lower()
