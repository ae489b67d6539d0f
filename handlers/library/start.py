"""/start, /trogiup, and what is neither a question nor a command we have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Message, Update

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.home import entries, waits_for
from handlers.core.obligation_facts import facts
from handlers.core.reply import reply
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenDocuments
from records.model import Role
from services.tasks.lists import Standing, View, lists_of

SHOWN: Final = 5
"""Tasks that a greeting names."""


@dataclass(frozen=True, slots=True)
class Start:
    """Says what the assistant is and how it is asked."""

    deps: Dependencies
    inside: Feature
    """All features as one: their commands, and what a deep link may lead to."""
    menus: Mapping[Role, Sequence[str]]
    """The commands of each role."""

    async def on_start(self, message: Message, context: Context) -> None:
        """Greet, or open what a deep link names."""
        payload = context.args[0] if context.args else ""
        for prefix, on in self.inside.links.items():
            if payload.startswith(prefix):
                await on(message, context, payload.removeprefix(prefix))
                return
        await reply(message, await self._greeting(message, context))

    async def on_help(self, message: Message, context: Context) -> None:
        """Tell how to ask."""
        html = self.deps.texts.screen(
            "help", username=context.bot.username, commands=self._commands(context)
        )
        await reply(message, Screen(html))

    async def on_unknown_command(self, update: Update, context: Context) -> None:
        """Say which commands there are for whoever gave one that is none."""
        if update.effective_message is not None:
            commands = self._commands(context)
            html = self.deps.texts.screen("unknown_command", commands=commands)
            await reply(update.effective_message, Screen(html))

    async def on_group_command(self, update: Update, context: Context) -> None:
        """Point to the private chat, where a command of ours is given in a group."""
        message, username = update.effective_message, context.bot.username
        if message is None or context.person is None:
            return
        name, _, at = (message.text or "").split()[0].removeprefix("/").partition("@")
        if at.lower() == username.lower() or (not at and name in self.inside.commands):
            html = self.deps.texts.screen("group_command", username=username, command=name)
            await reply(message, Screen(html))

    async def _greeting(self, message: Message, context: Context) -> Screen:
        """Greet by the name that the office has, and name what is to be reported on."""
        texts, user, person = self.deps.texts, message.from_user, context.person
        tasks: Sequence[Standing] = ()
        waits = None if person is None else await waits_for(self.deps, person)
        if person is not None:
            held = await lists_of(self.deps.store, person, View.DUE, self.deps.now())
            tasks = [one for one in held.own if one.owed.wanted]
        stranger = user.full_name if user else None
        html = texts.screen(
            "start",
            name=stranger if person is None else person.name,
            documents=len(self.deps.catalogue().documents),
            tasks=[facts(one.owed) for one in tasks[:SHOWN]],
            more=max(0, len(tasks) - SHOWN),
            lying=0 if waits is None else waits.lying,
            home=person is not None,
        )
        if person is not None and waits is not None:
            return Screen(html, below=entries(self.deps, person.role, waits))
        return Screen(html, ((Button(texts.label("documents"), OpenDocuments(0, 1)),),))

    def _commands(self, context: Context) -> list[dict[str, str]]:
        """Return the commands of the caller's role, each with what it does; a stranger has none."""
        role = None if context.person is None else context.person.role
        names = () if role is None else self.menus[role]
        return [{"name": name, "does": self.deps.texts.label(f"command_{name}")} for name in names]
