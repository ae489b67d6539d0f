"""The menus of commands: each role sees its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, Update
from telegram.error import TelegramError

from handlers.core.address import chat_of
from handlers.core.context import Context
from handlers.core.dependencies import Texts
from records.model import Person, Role


@dataclass(slots=True)
class Menus:
    """Gives each chat the menu of its person's role, once for each role he has while we run."""

    texts: Texts
    commands: Mapping[Role, tuple[str, ...]]
    """The names of each role's commands, in the menu's order."""
    _given: dict[int, Role] = field(default_factory=dict)

    async def on_update(self, update: Update, context: Context) -> None:
        """Give the menu to whoever has just been answered; after a new start everybody once."""
        user = update.effective_user
        if context.person is not None and user is not None:
            await self.give(context.bot, user.id, context.person.role)

    async def give_all(self, bot: Bot, person: Person) -> None:
        """Give the menu in every chat of a person."""
        for address in person.addresses:
            chat = chat_of(address)
            if chat is not None:
                await self.give(bot, chat, person.role)

    async def give(self, bot: Bot, chat: int, role: Role) -> None:
        """Give a chat the menu of a role; a server that refuses it changes nothing else."""
        if self._given.get(chat) is role:
            return
        commands = [
            BotCommand(name, self.texts.label(f"command_{name}")) for name in self.commands[role]
        ]
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat))
        except TelegramError as error:
            structlog.get_logger("handlers.core.menus").warning("no menu", reason=str(error))
        else:
            self._given[chat] = role
