"""Which commands stand in whose menu: each role sees its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, Update
from telegram.error import TelegramError

from handlers.address import chat_of
from handlers.desk import Texts
from handlers.visit import Visit
from records.model import Person, Role

_EVERYBODY: Final = ("nhiemvu", "baocao", "lich", "vanban", "mohinh", "nhactoi", "caidat")
_SUPERVISOR: Final = ("duyet", "tonghop", "giaoviec", "donvi", "uyquyen")
_ADMIN: Final = ("phobien", "moi", "nguoi", "nhapdanhsach", "xemtruoc", "nhatky")

MENUS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.OFFICER: (*_EVERYBODY, "donvi", "trogiup"),
    Role.SUPERVISOR: (*_EVERYBODY, *_SUPERVISOR, "trogiup"),
    Role.ADMIN: (*_EVERYBODY, *_SUPERVISOR, *_ADMIN, "trogiup"),
}
"""The commands of each role, in the menu's order."""


@dataclass(slots=True)
class Menus:
    """Gives each chat the menu of its person's role, once for each role he has while we run."""

    texts: Texts
    _given: dict[int, Role] = field(default_factory=dict)

    async def on_update(self, update: Update, visit: Visit) -> None:
        """Give the menu to whoever has just been answered; after a new start everybody once."""
        user = update.effective_user
        if visit.person is not None and user is not None:
            await self.give(visit.bot, user.id, visit.person.role)

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
        commands = [BotCommand(name, self.texts.label(f"command_{name}")) for name in MENUS[role]]
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat))
        except TelegramError as error:
            structlog.get_logger("handlers.menus").warning("no menu", reason=str(error))
        else:
            self._given[chat] = role
