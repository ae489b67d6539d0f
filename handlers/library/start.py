"""/start, /trogiup, and what is neither a question nor a command we have."""

from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import ContextTypes

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenDocuments


@dataclass(frozen=True, slots=True)
class Start:
    """Says what the assistant is and how it is asked."""

    deps: Dependencies
    inside: Feature
    """All features as one: their commands, and what a deep link may lead to."""

    async def on_start(self, message: Message, context: Context) -> None:
        """Greet, or open what a deep link names."""
        payload = context.args[0] if context.args else ""
        for prefix, on in self.inside.links.items():
            if payload.startswith(prefix):
                await on(message, context, payload.removeprefix(prefix))
                return
        await reply(message, self._greeting(message))

    async def on_help(self, message: Message, context: Context) -> None:
        """Tell how to ask."""
        html = self.deps.texts.screen("help", username=context.bot.username)
        await reply(message, Screen(html))

    async def on_unknown_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say which commands there are."""
        await self._say(update, "unknown_command")

    async def on_group_command(self, update: Update, context: Context) -> None:
        """Point to the private chat, where a command of ours is given in a group.

        One for another bot, and one that nobody here knows, is left alone.
        """
        message, username = update.effective_message, context.bot.username
        if message is None or context.person is None:
            return
        name, _, at = (message.text or "").split()[0].removeprefix("/").partition("@")
        if at.lower() == username.lower() or (not at and name in self.inside.commands):
            html = self.deps.texts.screen("group_command", username=username, command=name)
            await reply(message, Screen(html))

    def _greeting(self, message: Message) -> Screen:
        texts = self.deps.texts
        user = message.from_user
        html = texts.screen(
            "start",
            name=user.full_name if user else None,
            documents=len(self.deps.catalogue().documents),
        )
        return Screen(html, ((Button(texts.label("documents"), OpenDocuments(0, 1)),),))

    async def _say(self, update: Update, name: str) -> None:
        if update.effective_message is not None:
            screen = Screen(self.deps.texts.screen(name))
            await reply(update.effective_message, screen)
