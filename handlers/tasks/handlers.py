"""/nhiemvu: one's own tasks and those of one's units; an admin's changes to them."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import StaleButton, period_read
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.tasks import screens
from handlers.tasks.buttons import EditTask, EndTask, OpenTaskCard, OpenTasks
from records.focus import text_of
from records.ids import PeriodKey, TaskId
from records.model import Focus, OutboxMessage, Person
from records.units import UnitTree
from scheduler import new_deadlines
from scheduler.task_checks import check_task
from services.tasks import changes
from services.tasks.edits import EDITING, ask_edit
from services.tasks.lists import VIEWS, card_of, first_view, lists_of
from services.tasks.refusals import UnknownTask

NOTICES: Final = ("task_assigned", "task_changed", "task_withdrawn")
"""What those concerned are told, by template."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """Shows tasks to those who have them."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"nhiemvu": self.on_command},
            buttons={
                OpenTasks: self.on_lists,
                OpenTaskCard: self.on_card,
                EditTask: self.on_edit,
                EndTask: self.on_end,
            },
            topics={EDITING: self.on_words},
            understood={EDITING: self.on_deadline},
            left={EDITING: waiting},
            prose={EDITING: self.takes_prose},
            kept={EDITING: self.takes_prose},
            notices=dict.fromkeys(NOTICES, self.notice),
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/nhiemvu`: what is due; who has nothing himself sees his units' tasks at once."""
        me = context.officer
        view = await first_view(self.deps.store, me, self.deps.now())
        await reply(message, await self._lists(me, OpenTasks(VIEWS.index(view), 0)))

    async def on_lists(self, query: CallbackQuery, pressed: OpenTasks, context: Context) -> None:
        """Turn a page, or go to another list."""
        screen = await self._lists(context.officer, pressed)
        await query.answer()
        await show(query, screen)

    async def on_card(self, query: CallbackQuery, pressed: OpenTaskCard, context: Context) -> None:
        """Open a task."""
        screen = await self._card(
            context.officer, TaskId(pressed.task), period_read(pressed.period)
        )
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def on_edit(self, query: CallbackQuery, pressed: EditTask, context: Context) -> None:
        """Ask for the new wording of a term."""
        if pressed.term >= len(screens.EDITABLE):
            raise StaleButton
        term = screens.EDITABLE[pressed.term]
        now = self.deps.now()
        task = await ask_edit(self.deps.store, context.officer.id, TaskId(pressed.task), term, now)
        await query.answer()
        await show(query, screens.asking(self.deps.texts, task, term))

    async def takes_prose(self, _context: Context, held: Focus) -> bool:
        """Tell whether the title is typed, which may be any words."""
        return text_of(held, "term") == "title"

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take the new title; read a new deadline back, or ask again where it cannot be read."""
        words, me, task = message.text or "", context.officer, TaskId(focus.subject)
        store, texts, now = self.deps.store, self.deps.texts, self.deps.now()
        if focus.facts.get("term") == "title":
            title = " ".join(words.split())
            edit = partial(replace, title=title)
            await changes.change(store, me.id, task, edit, now, check=check_task)
            await reply(message, await self._card(me, task, None))
            return
        read = await new_deadlines.understood(store, me.id, focus, words, now)
        if read is None:
            held = await changes.changeable(store, me.id, task, now)
            await reply(message, screens.asking(texts, held, "misread"))
        else:
            await reply(message, screens.deadline_read_back(texts, read))

    async def on_deadline(self, context: Context, asked: Focus) -> Screen:
        """Set the deadline that was confirmed."""
        me = context.officer
        task = await new_deadlines.confirm(self.deps.store, me.id, asked, self.deps.now())
        return await self._card(me, task.id, None)

    async def on_end(self, query: CallbackQuery, pressed: EndTask, context: Context) -> None:
        """Ask before a task is withdrawn or closed, then do it."""
        texts, store, task = self.deps.texts, self.deps.store, TaskId(pressed.task)
        me, now = context.officer.id, self.deps.now()
        if pressed.sure == 0:
            held = await changes.changeable(store, me, task, now)
            screen = screens.ending(texts, held, pressed.how)
        else:
            end = changes.close if pressed.how == 1 else changes.withdraw
            screen = screens.ended(texts, await end(store, me, task, now), pressed.how)
        await query.answer()
        await show(query, screen)

    async def notice(self, message: OutboxMessage, person: Person) -> Screen | None:
        """Render what somebody is told of a task, as the task is now; None if it is gone."""
        task = TaskId(str(message.facts["task"]))
        found = await card_of(self.deps.store, person, task, None, self.deps.now())
        if found is None:
            return None
        around = self._around(found.tree, person)
        return screens.notice(around, message.template, found)

    async def _lists(self, me: Person, pressed: OpenTasks) -> Screen:
        if pressed.view >= len(VIEWS):
            raise StaleButton
        found = await lists_of(self.deps.store, me, VIEWS[pressed.view], self.deps.now())
        return screens.lists(self._around(found.tree, me), found, pressed)

    async def _card(self, me: Person, task: TaskId, period: PeriodKey | None) -> Screen:
        found = await card_of(self.deps.store, me, task, period, self.deps.now())
        if found is None:
            raise UnknownTask
        return screens.card(self._around(found.tree, me), found)

    def _around(self, tree: UnitTree, reader: Person) -> screens.Around:
        return screens.Around(
            texts=self.deps.texts, tree=tree, forms=self.deps.forms, reader=reader.id
        )
