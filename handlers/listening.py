"""Typed words and files in a private chat: they go where the person's focus says, else they ask."""

from dataclasses import dataclass

from telegram import Message, Update

from handlers.asking import Asking
from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.door import stranger_of
from handlers.greeting import Greeting
from handlers.visit import Visit
from records.model import Focus


@dataclass(frozen=True, slots=True)
class Listening:
    """Takes what is not a command."""

    desk: Desk
    inside: Conversation
    asking: Asking
    greeting: Greeting

    async def on_words(self, update: Update, visit: Visit) -> None:
        """Hand a text or a file to the conversation that waits for it."""
        message = update.effective_message
        if message is None:
            return
        focus = None if update.edited_message is not None else await self._focus(update, visit)
        listener = None if focus is None else self.inside.topics.get(focus.topic)
        if focus is not None and listener is not None:
            await listener(message, visit, focus)
        elif message.text:
            await self.asking.on_question(update, visit)
        elif _is_said(message):
            await self.greeting.on_media(update, visit)

    async def _focus(self, update: Update, visit: Visit) -> Focus | None:
        """Return what the words belong to; a stranger's focus bears his address."""
        user = update.effective_user
        if user is None:
            return None
        holder = visit.person.id if visit.person is not None else stranger_of(user.id)
        async with self.desk.store.begin() as tx:
            return await tx.get(Focus, holder)


def _is_said(message: Message) -> bool:
    """Tell a file that somebody sent from a service message of the chat."""
    return message.effective_attachment is not None or message.location is not None
