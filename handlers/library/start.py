"""/start, /trogiup, and what is neither a question nor a command we have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Message, Update
from telegram.ext import ContextTypes

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import OnLink
from handlers.core.obligation_facts import facts
from handlers.core.reply import reply
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenDocuments
from handlers.tasks.buttons import OpenTasks
from services.tasks.lists import VIEWS, Standing, View, lists_of

SHOWN: Final = 5
"""Tasks that a greeting names."""


@dataclass(frozen=True, slots=True)
class Start:
    """Says what the assistant is and how it is asked."""

    deps: Dependencies
    links: Mapping[str, OnLink]
    """What a deep link may lead to, by prefix."""

    async def on_start(self, message: Message, context: Context) -> None:
        """Greet, or open what a deep link names."""
        payload = context.args[0] if context.args else ""
        for prefix, on in self.links.items():
            if payload.startswith(prefix):
                await on(message, context, payload.removeprefix(prefix))
                return
        await reply(message, await self._greeting(message, context))

    async def on_help(self, message: Message, context: Context) -> None:
        """Tell how to ask."""
        html = self.deps.texts.screen("help", username=context.bot.username)
        await reply(message, Screen(html))

    async def on_media(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text is read."""
        await self._say(update, "media")

    async def on_unknown_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say which commands there are."""
        await self._say(update, "unknown_command")

    async def _greeting(self, message: Message, context: Context) -> Screen:
        """Say what the assistant is for; to who is known also what he has to report on."""
        texts, user, known = self.deps.texts, message.from_user, context.person
        tasks: Sequence[Standing] = ()
        if known is not None:
            held = await lists_of(self.deps.store, known, View.DUE, self.deps.now())
            tasks = [one for one in held.own if one.owed.wanted]
        stranger = user.full_name if user else None
        html = texts.screen(
            "start",
            name=stranger if known is None else known.name,
            documents=len(self.deps.catalogue().documents),
            tasks=[facts(one.owed) for one in tasks[:SHOWN]],
            more=max(0, len(tasks) - SHOWN),
        )
        documents = (Button(texts.label("documents"), OpenDocuments(0, 1)),)
        own = (Button(texts.label("start_tasks"), OpenTasks(VIEWS.index(View.DUE), 0)),)
        return Screen(html, (own, documents) if tasks else (documents,))

    async def _say(self, update: Update, name: str) -> None:
        if update.effective_message is not None:
            screen = Screen(self.deps.texts.screen(name))
            await reply(update.effective_message, screen)
