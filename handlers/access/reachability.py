"""Somebody blocks the bot or lets it back in: who relies on reaching him is told."""

from dataclasses import dataclass
from typing import Final

from telegram import ChatMember, Update
from telegram.constants import ChatType

from handlers.core.address import CHANNEL
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.screen import Screen
from records.model import OutboxMessage, Person
from scheduler.reachability import UNREACHABLE, came_back, out_of_reach, went_away

MOST_NAMES: Final = 40
"""Lines of a list that fit one message."""


@dataclass(frozen=True, slots=True)
class Reachability:
    """Takes `my_chat_member` of private chats."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """What it tells by itself."""
        return Feature(notices={UNREACHABLE: self.unreachable})

    async def unreachable(self, row: OutboxMessage, _person: Person) -> Screen | None:
        """List whom no message reaches; None where all of them are back."""
        people = await out_of_reach(self.deps.store, row, self.deps.now())
        if not people:
            return None
        more = max(0, len(people) - MOST_NAMES)
        html = self.deps.texts.screen("unreachable", people=people[:MOST_NAMES], more=more)
        return Screen(html)

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
