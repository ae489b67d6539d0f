"""The door: finds out who is calling; a stranger learns nothing but how to ask for access."""

from dataclasses import dataclass

from telegram import InlineQueryResultsButton, Message, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from handlers.address import CHANNEL, address_of
from handlers.buttons import decode
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.sending import reply
from handlers.visit import Visit
from records.ids import PersonId
from records.joining.entering import stranger
from records.model import Focus, Person
from records.reach import away_since
from scheduler.reach import came_back


@dataclass(frozen=True, slots=True)
class Door:
    """Stands before every conversation."""

    desk: Desk
    inside: Conversation
    """All conversations as one: what of them is open to strangers."""

    async def on_update(self, update: Update, visit: Visit) -> None:
        """Put a name to the caller, or answer a stranger and end the update there."""
        user = update.effective_user
        if user is None:
            return
        visit.person = await self._person(user.id)
        if update.my_chat_member is not None:
            return
        if visit.person is not None and away_since(visit.person, CHANNEL) is not None:
            await came_back(self.desk.store, visit.person.id, CHANNEL, self.desk.now())
        if visit.person is None and not await self._open(update):
            await self._turn_away(update)
            raise ApplicationHandlerStop

    async def _person(self, telegram: int) -> Person | None:
        """Return the active person with this Telegram id."""
        async with self.desk.store.begin() as tx:
            found = await tx.find(Person, {"address": stranger(address_of(telegram))})
        return next((one for one in found if one.active), None)

    async def _open(self, update: Update) -> bool:
        """Tell whether a stranger may go on with this."""
        if update.callback_query is not None:
            return self._open_press(update.callback_query.data or "")
        if not _command(update):
            return self.desk.questions_open or await self._awaited(update)
        words = (update.message.text or "").split() if update.message is not None else []
        if not words or not _private(update):
            return False
        name = words[0].removeprefix("/").partition("@")[0]
        prefixes = [one for one in self.inside.links if words[1:] and words[1].startswith(one)]
        if name == "start" and prefixes:
            return any(one in self._strangers for one in prefixes)
        return name in self._strangers or (
            self.desk.questions_open and name not in self.inside.commands
        )

    async def _awaited(self, update: Update) -> bool:
        """Tell whether a stranger writes what he was asked for: his name, his unit."""
        if update.message is None or update.effective_user is None or not _private(update):
            return False
        async with self.desk.store.begin() as tx:
            focus = await tx.get(Focus, stranger_of(update.effective_user.id))
        return focus is not None and focus.topic in self.inside.topics

    def _open_press(self, data: str) -> bool:
        try:
            press = decode(data)
        except StaleButton:
            return self.desk.questions_open
        ours = type(press) in self.inside.presses
        return type(press) in self.inside.stranger_presses or (
            self.desk.questions_open and not ours
        )

    @property
    def _strangers(self) -> frozenset[str]:
        return self.inside.for_strangers

    async def _turn_away(self, update: Update) -> None:
        """Tell a stranger in private how to ask for access; a group hears nothing."""
        texts = self.desk.texts
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


def _command(update: Update) -> bool:
    message = update.effective_message
    return message is not None and (message.text or "").startswith("/")
