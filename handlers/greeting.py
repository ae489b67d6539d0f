"""/start, /trogiup, and what is neither a question nor a command we have."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import ContextTypes

from handlers.conversation import OnLink
from handlers.desk import Button, Desk, Screen
from handlers.presses import OpenDocuments
from handlers.sending import reply
from handlers.visit import Visit


@dataclass(frozen=True, slots=True)
class Greeting:
    """Says what the assistant is and how it is asked."""

    desk: Desk
    links: Mapping[str, OnLink]
    """What a deep link may lead to, by prefix."""

    async def on_start(self, message: Message, visit: Visit) -> None:
        """Greet, or open what a deep link names."""
        payload = visit.args[0] if visit.args else ""
        for prefix, on in self.links.items():
            if payload.startswith(prefix):
                await on(message, visit, payload.removeprefix(prefix))
                return
        await reply(message, self._greeting(message))

    async def on_help(self, message: Message, visit: Visit) -> None:
        """Tell how to ask."""
        html = self.desk.texts.screen("help", username=visit.bot.username)
        await reply(message, Screen(html))

    async def on_media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text is read."""
        await self._say(update, "media")

    async def on_unknown_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say which commands there are."""
        await self._say(update, "unknown_command")

    def _greeting(self, message: Message) -> Screen:
        texts = self.desk.texts
        user = message.from_user
        html = texts.screen(
            "start",
            name=user.full_name if user else None,
            documents=len(self.desk.catalogue().documents),
        )
        return Screen(html, ((Button(texts.label("documents"), OpenDocuments(0, 1)),),))

    async def _say(self, update: Update, name: str) -> None:
        if update.effective_message is not None:
            screen = Screen(self.desk.texts.screen(name))
            await reply(update.effective_message, screen)
