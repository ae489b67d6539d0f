"""Typed words and files in a private chat: they go where the person's focus says, else they ask."""

from dataclasses import dataclass

from telegram import Message, Update
from telegram.error import TelegramError

from handlers.asking import Asking
from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.greeting import Greeting
from handlers.visit import Visit
from records import focus
from records.model import Focus
from vietnamese.refusals import Refusal


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
        held = None
        if update.edited_message is None and visit.holder is not None:
            held = await focus.heard(self.desk.store, visit.holder)
        if held is not None and held.topic in self.inside.topics:
            await self._hand(message, visit, held)
        elif message.text:
            await self.asking.on_question(update, visit)
        elif _is_said(message):
            await self.greeting.on_media(update, visit)

    async def _hand(self, message: Message, visit: Visit, held: Focus) -> None:
        """Hand words on; what cannot take any is not asked again, or it would swallow the next."""
        try:
            await self.inside.topics[held.topic](message, visit, held)
        except TelegramError:
            raise
        except Exception as error:
            if not (isinstance(error, Refusal) and error.again):
                await focus.rest(self.desk.store, held.id)
            raise


def _is_said(message: Message) -> bool:
    """Tell a file that somebody sent from a service message of the chat."""
    return message.effective_attachment is not None or message.location is not None
