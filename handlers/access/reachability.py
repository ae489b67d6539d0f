"""Somebody blocks the bot or lets it back in: who relies on reaching him is told."""

from dataclasses import dataclass

from telegram import ChatMember, Update
from telegram.constants import ChatType

from handlers.core.address import CHANNEL
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from scheduler.reachability import came_back, went_away


@dataclass(frozen=True, slots=True)
class Reachability:
    """Takes `my_chat_member` of private chats."""

    deps: Dependencies

    async def on_member(self, update: Update, context: Context) -> None:
        """Record which way it went: the new status says it, the update comes on both."""
        change = update.my_chat_member
        if change is None or context.person is None or change.chat.type != ChatType.PRIVATE:
            return
        store, now = self.deps.store, self.deps.now()
        if change.new_chat_member.status == ChatMember.BANNED:
            await went_away(store, context.person.id, CHANNEL, now)
        else:
            await came_back(store, context.person.id, CHANNEL, now)
