"""Typed words and files in a private chat: they go where the person's focus says, else they ask."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Message, Update
from telegram.error import TelegramError

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.lateness import Lateness
from records import focus
from records.actor import UnknownPerson
from records.model import Focus
from vietnamese.refusals import Refusal

OnUpdate = Callable[[Update, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Messages:
    """Takes what is not a command."""

    deps: Dependencies
    inside: Feature
    ask: OnUpdate
    """Takes a text that nobody waits for."""
    decline: OnUpdate
    """Takes a file that nobody waits for."""
    lateness: Lateness

    async def on_words(self, update: Update, context: Context) -> None:
        """Hand a text or a file to the feature that waits for it."""
        message = update.effective_message
        if message is None:
            return
        held = None
        if update.edited_message is None and context.holder is not None:
            held = await focus.heard(self.deps.store, context.holder)
        if held is not None and held.topic in self.inside.topics:
            if not await self.lateness.too_early(message, held):
                await self._hand(message, context, held)
        elif update.message is not None and message.text and await self.lateness.long_ago(message):
            return
        elif message.text and not self.deps.questions_open and context.person is None:
            raise UnknownPerson
        elif message.text:
            await self.ask(update, context)
        elif _is_said(message):
            await self.decline(update, context)

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


def _is_said(message: Message) -> bool:
    """Tell a file that somebody sent from a service message of the chat."""
    return message.effective_attachment is not None or message.location is not None
