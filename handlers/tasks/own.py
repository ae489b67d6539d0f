"""/nhiemvu: one's own tasks and those of one's units; an admin's changes to them."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.reporting.presses import period_read
from handlers.sending import reply, show
from handlers.tasks import own_screens as screens
from handlers.tasks.presses import EditTask, EndTask, OpenTaskCard, OpenTasks
from handlers.visit import Visit
from records.ids import PeriodKey, TaskId
from records.model import Focus, OutboxMessage, Person
from records.tasks import changing
from records.tasks.editing import EDITING, ask_edit
from records.tasks.lists import VIEWS, card_of, first_view, lists_of
from records.tasks.refusals import UnknownTask
from records.units import UnitTree
from scheduler.duties import timing_said
from scheduler.task_checks import check_task
from vietnamese.zone import day_of

NOTICES: Final = ("task_assigned", "task_changed", "task_withdrawn")
"""What those concerned are told, by template."""


@dataclass(frozen=True, slots=True)
class Own:
    """Shows tasks to those who have them."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"nhiemvu": self.on_command},
            presses={
                OpenTasks: self.on_lists,
                OpenTaskCard: self.on_card,
                EditTask: self.on_edit,
                EndTask: self.on_end,
            },
            topics={EDITING: self.on_words},
            notices=dict.fromkeys(NOTICES, self.notice),
        )

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/nhiemvu`: what is due; who has nothing himself sees his units' tasks at once."""
        me = visit.officer
        view = await first_view(self.desk.store, me, self.desk.now())
        await reply(message, await self._lists(me, OpenTasks(VIEWS.index(view), 0)))

    async def on_lists(self, query: CallbackQuery, press: OpenTasks, visit: Visit) -> None:
        """Turn a page, or go to another list."""
        screen = await self._lists(visit.officer, press)
        await query.answer()
        await show(query, screen)

    async def on_card(self, query: CallbackQuery, press: OpenTaskCard, visit: Visit) -> None:
        """Open a task."""
        screen = await self._card(visit.officer, TaskId(press.task), period_read(press.period))
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def on_edit(self, query: CallbackQuery, press: EditTask, visit: Visit) -> None:
        """Ask for the new wording of a term."""
        if press.term >= len(screens.EDITABLE):
            raise StaleButton
        term = screens.EDITABLE[press.term]
        now = self.desk.now()
        task = await ask_edit(self.desk.store, visit.officer.id, TaskId(press.task), term, now)
        await query.answer()
        await show(query, screens.asking(self.desk.texts, task, term))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take the new wording; where a day cannot be read, ask again."""
        words, me, task = message.text or "", visit.officer, TaskId(focus.subject)
        term = str(focus.facts.get("term", ""))
        edit = self._edit(term, words)
        if edit is None:
            held = await changing.task_held(self.desk.store, task)
            await reply(message, screens.asking(self.desk.texts, held, "misread"))
            return
        store, now = self.desk.store, self.desk.now()
        await changing.change(store, me.id, task, edit, now, check=check_task)
        await reply(message, await self._card(me, task, None))

    async def on_end(self, query: CallbackQuery, press: EndTask, visit: Visit) -> None:
        """Ask before a task is withdrawn or closed, then do it."""
        texts, store, task = self.desk.texts, self.desk.store, TaskId(press.task)
        if press.sure == 0:
            screen = screens.ending(texts, await changing.task_held(store, task), press.how)
        else:
            end = changing.close if press.how == 1 else changing.withdraw
            ended = await end(store, visit.officer.id, task, self.desk.now())
            screen = screens.ended(texts, ended, press.how)
        await query.answer()
        await show(query, screen)

    async def notice(self, message: OutboxMessage, person: Person) -> Screen | None:
        """Render what somebody is told of a task, as the task is now; None if it is gone."""
        task = TaskId(str(message.facts["task"]))
        found = await card_of(self.desk.store, person, task, None, self.desk.now())
        if found is None:
            return None
        around = self._around(found.tree, person)
        return screens.notice(around, message.template, found)

    def _edit(self, term: str, words: str) -> changing.Edit | None:
        """Return the change that typed words ask for; None where they are no deadline."""
        if term == "title":
            return lambda task: replace(task, title=" ".join(words.split()))
        timing = timing_said(words, day_of(self.desk.now()))
        if timing is None:
            return None
        return lambda task: replace(
            task,
            cadence=timing.cadence,
            rule=timing.rule,
            due=timing.due,
            due_text=" ".join(words.split()),
        )

    async def _lists(self, me: Person, press: OpenTasks) -> Screen:
        if press.view >= len(VIEWS):
            raise StaleButton
        found = await lists_of(self.desk.store, me, VIEWS[press.view], self.desk.now())
        return screens.lists(self._around(found.tree, me), found, press)

    async def _card(self, me: Person, task: TaskId, period: PeriodKey | None) -> Screen:
        found = await card_of(self.desk.store, me, task, period, self.desk.now())
        if found is None:
            raise UnknownTask
        return screens.card(self._around(found.tree, me), found)

    def _around(self, tree: UnitTree, reader: Person) -> screens.Around:
        return screens.Around(
            texts=self.desk.texts, tree=tree, forms=self.desk.forms, reader=reader.id
        )
