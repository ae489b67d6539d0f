"""Waivers in the chat: a supervisor asks for one period's report no more, or again."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.reporting.presses import period_read
from handlers.sending import reply, show
from handlers.tasks import waiver_screens as screens
from handlers.tasks.presses import AskWaiver, ListWaivable, NoWaiver, WantAgain
from handlers.visit import Visit
from records.focus import stop
from records.ids import PeriodKey, TaskId, UnitId
from records.model import Focus
from records.structure.tree import unit_name
from records.tasks.waiver import (
    WAITING,
    Place,
    ask_reason,
    owed_by,
    waive,
    want_again,
)


@dataclass(frozen=True, slots=True)
class Waivers:
    """Ends what a unit owes for a period, and asks for it again."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            presses={
                ListWaivable: self.on_list,
                AskWaiver: self.on_ask,
                NoWaiver: self.on_no,
                WantAgain: self.on_want_again,
            },
            topics={WAITING: self.on_words},
        )

    async def on_list(self, query: CallbackQuery, press: ListWaivable, visit: Visit) -> None:
        """Show what a unit could be freed from."""
        unit, now = UnitId(press.unit), self.desk.now()
        owed = await owed_by(self.desk.store, visit.officer.id, unit, now)
        name = await unit_name(self.desk.store, unit, now)
        await query.answer()
        await show(query, screens.waivable(self.desk.texts, unit, name, owed, press.page))

    async def on_ask(self, query: CallbackQuery, press: AskWaiver, visit: Visit) -> None:
        """Ask why, and show whom it frees."""
        release = await ask_reason(
            self.desk.store, visit.officer.id, _place(press), self.desk.now()
        )
        await query.answer()
        await show(query, screens.ask(self.desk.texts, release))

    async def on_no(self, query: CallbackQuery, press: NoWaiver, visit: Visit) -> None:
        """Wait for no reason any more, and show the task."""
        await stop(self.desk.store, visit.officer.id, WAITING)
        await query.answer()
        await show(query, screens.kept(self.desk.texts, press))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take the reason."""
        period = focus.facts.get("period")
        place = Place(
            task=TaskId(focus.subject),
            unit=UnitId(str(focus.facts["unit"])),
            period=PeriodKey(period) if isinstance(period, str) else None,
        )
        words, now = message.text or "", self.desk.now()
        release = await waive(self.desk.store, visit.officer.id, place, words, now)
        await reply(message, screens.done(self.desk.texts, release))

    async def on_want_again(self, query: CallbackQuery, press: WantAgain, visit: Visit) -> None:
        """Take a waiver back."""
        release = await want_again(
            self.desk.store, visit.officer.id, _place(press), self.desk.now()
        )
        await query.answer()
        await show(query, screens.undone(self.desk.texts, release))


def _place(press: AskWaiver | WantAgain) -> Place:
    return Place(task=TaskId(press.task), unit=UnitId(press.unit), period=period_read(press.period))
