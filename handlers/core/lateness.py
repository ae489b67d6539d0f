"""Answers that come late: what was written before a question was seen is no answer to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from telegram import Message, Update
from telegram.constants import ChatType

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.read_back import OUTAGE
from handlers.core.reply import reply
from handlers.core.screen import Screen
from records import focus
from records.model import Focus

LATE: Final = timedelta(seconds=2)
"""What comes within it was not waited for."""

LONG: Final = timedelta(hours=1)
"""Questions older than that are not answered one by one: who asked has gone on."""


SECOND: Final = timedelta(seconds=1)
"""Telegram gives times in whole seconds: what was written within one is not surely before."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """Knows what came late, and says so."""

    deps: Dependencies
    _told: dict[int, datetime] = field(default_factory=dict)
    """When a chat was last told that old questions are not answered."""

    async def on_update(self, update: Update, context: Context) -> None:
        """After an update is handled: note where the next question was shown late.

        Times of messages and of what was shown are both Telegram's; a press has no time, and so
        how long its handling took is measured.
        """
        chat = update.effective_chat
        if chat is None or chat.type != ChatType.PRIVATE or context.holder is None:
            return
        shown = self.deps.shown(chat.id)
        if shown is None:
            return
        if update.message is not None:
            waited = shown - update.message.date
        else:
            waited = self.deps.now() - (context.began or self.deps.now())
        if waited > LATE:
            await focus.shown_late(self.deps.store, context.holder, shown)

    async def too_early(self, message: Message, held: Focus) -> bool:
        """Tell whether words were written before the question was seen, and say so to the person.

        "45" typed again, since nothing came back, is not the next question's answer.
        """
        if not message.text or held.shown is None or message.date + SECOND > held.shown:
            return False
        screen = Screen(self.deps.texts.screen("too_early", said=message.text))
        await reply(message, screen)
        return True

    async def long_ago(self, message: Message) -> bool:
        """Tell whether a question waited too long to be answered; one line says so for all of them.

        A time of Telegram's that does not fit this clock is not believed.
        """
        now = self.deps.now()
        if not LONG < now - message.date <= OUTAGE:
            return False
        chat = message.chat.id
        if chat not in self._told or self._told[chat] < message.date:
            self._forget(now)
            self._told[chat] = now
            await reply(message, Screen(self.deps.texts.screen("outage", at=message.date)))
        return True

    def _forget(self, now: datetime) -> None:
        for chat, told in list(self._told.items()):
            if now - told > OUTAGE:
                del self._told[chat]
