"""Waivers in the chat: a supervisor asks for one period's report no more, or again."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.callback_data import period_read
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import always
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.unfinished import waiting
from handlers.tasks import waiver_screens as screens
from handlers.tasks.buttons import AskWaiver, ListWaivable, NoWaiver, WantAgain
from records.focus import stop
from records.ids import PeriodKey, TaskId, UnitId
from records.model import Focus
from services.tasks.waiver import (
    WAITING,
    Place,
    ask_reason,
    owed_by,
    waive,
    want_again,
)
from services.units.tree import unit_name


@dataclass(frozen=True, slots=True)
class Waivers:
    """Ends what a unit owes for a period, and asks for it again."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={
                ListWaivable: self.on_list,
                AskWaiver: self.on_ask,
                NoWaiver: self.on_no,
                WantAgain: self.on_want_again,
            },
            topics={WAITING: self.on_words},
            left={WAITING: waiting},
            prose={WAITING: always},
            kept={WAITING: always},
        )

    async def on_list(self, query: CallbackQuery, pressed: ListWaivable, context: Context) -> None:
        """Show what a unit could be freed from."""
        unit, now = UnitId(pressed.unit), self.deps.now()
        owed = await owed_by(self.deps.store, context.officer.id, unit, now)
        name = await unit_name(self.deps.store, unit, now)
        await query.answer()
        await show(query, screens.waivable(self.deps.texts, unit, name, owed, pressed.page))

    async def on_ask(self, query: CallbackQuery, pressed: AskWaiver, context: Context) -> None:
        """Ask why, and show whom it frees."""
        release = await ask_reason(
            self.deps.store, context.officer.id, _place(pressed), self.deps.now()
        )
        await query.answer()
        await show(query, screens.ask(self.deps.texts, release))

    async def on_no(self, query: CallbackQuery, pressed: NoWaiver, context: Context) -> None:
        """Wait for no reason any more, and show the task."""
        await stop(self.deps.store, context.officer.id, WAITING)
        await query.answer()
        await show(query, screens.kept(self.deps.texts, pressed))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take the reason."""
        period = focus.facts.get("period")
        place = Place(
            task=TaskId(focus.subject),
            unit=UnitId(str(focus.facts["unit"])),
            period=PeriodKey(period) if isinstance(period, str) else None,
        )
        words, now = message.text or "", self.deps.now()
        release = await waive(self.deps.store, context.officer.id, place, words, now)
        await reply(message, screens.done(self.deps.texts, release))

    async def on_want_again(
        self, query: CallbackQuery, pressed: WantAgain, context: Context
    ) -> None:
        """Take a waiver back."""
        release = await want_again(
            self.deps.store, context.officer.id, _place(pressed), self.deps.now()
        )
        await query.answer()
        await show(query, screens.undone(self.deps.texts, release))


def _place(pressed: AskWaiver | WantAgain) -> Place:
    return Place(
        task=TaskId(pressed.task), unit=UnitId(pressed.unit), period=period_read(pressed.period)
    )
