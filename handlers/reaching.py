"""Somebody blocks the bot or lets it back in: who relies on reaching him is told."""

from dataclasses import dataclass

from telegram import ChatMember, Update
from telegram.constants import ChatType

from handlers.address import CHANNEL
from handlers.desk import Desk
from handlers.visit import Visit
from scheduler.reach import came_back, went_away


@dataclass(frozen=True, slots=True)
class Reaching:
    """Takes `my_chat_member` of private chats."""

    desk: Desk

    async def on_member(self, update: Update, visit: Visit) -> None:
        """Record which way it went: the new status says it, the update comes on both."""
        change = update.my_chat_member
        if change is None or visit.person is None or change.chat.type != ChatType.PRIVATE:
            return
        store, now = self.desk.store, self.desk.now()
        if change.new_chat_member.status == ChatMember.BANNED:
            await went_away(store, visit.person.id, CHANNEL, now)
        else:
            await came_back(store, visit.person.id, CHANNEL, now)
