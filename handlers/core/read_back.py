"""What was understood is read back: "Trợ lý hiểu là …", Đúng or Nhập lại.

One step for every place that reads running words. A feature says what it does when it was right
(`Feature.understood`, by topic); what is typed instead goes to the topic's words as ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies, Texts
from handlers.core.feature import Feature, OnUnderstood
from handlers.core.reply import show
from handlers.core.screen import Button, Rows, Screen
from records import read_back
from vietnamese.running_days import Doubt

OUTAGE: Final = timedelta(hours=24)
"""How long Telegram keeps what was written while nobody fetched it: Bot API, "Getting updates"."""


@dataclass(frozen=True, slots=True)
class Understood(CallbackData):
    """It was understood rightly."""

    letters: ClassVar = "uy"
    mark: str


@dataclass(frozen=True, slots=True)
class SayAgain(CallbackData):
    """It was not; other words will follow."""

    letters: ClassVar = "un"
    mark: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Hands on what was confirmed."""

    deps: Dependencies
    understood: Mapping[str, OnUnderstood]
    """By topic."""

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={Understood: self.on_yes, SayAgain: self.on_again},
            asides=frozenset({Understood, SayAgain}),
        )

    async def on_yes(self, query: CallbackQuery, pressed: Understood, context: Context) -> None:
        """Do what was offered."""
        focus = await read_back.offered(self.deps.store, context.officer.id, pressed.mark)
        if focus is None or focus.topic not in self.understood:
            raise StaleButton
        screen = await self.understood[focus.topic](context, focus)
        await query.answer()
        await show(query, screen)

    async def on_again(self, query: CallbackQuery, pressed: SayAgain, context: Context) -> None:
        """Wait for other words."""
        if not await read_back.say_again(self.deps.store, context.officer.id, pressed.mark):
            raise StaleButton
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("say_again")))


def answers(texts: Texts, mark: str) -> Rows:
    """Return the two buttons under what was understood."""
    return (
        (
            Button(texts.label("understood_yes"), Understood(mark)),
            Button(texts.label("understood_no"), SayAgain(mark)),
        ),
    )


def doubt_facts(doubts: Sequence[Doubt]) -> list[dict[str, str]]:
    """Return doubts as facts of a screen."""
    return [{"kind": one.kind.value, "said": one.said} for one in doubts]


def said_at(message: Message, now: datetime) -> datetime:
    """Return when a message was written: "30 phút nữa" counts from there, also after an outage.

    A clock of Telegram's that does not fit this one's is not believed.
    """
    return message.date if timedelta() <= now - message.date <= OUTAGE else now
