"""/nhiemvu: one's own tasks and those of one's units; an admin's changes to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.proposing import timing_said
from handlers.reporting.presses import NONE
from handlers.sending import reply, show
from handlers.tasks import own_screens as screens
from handlers.tasks.presses import EditTask, EndTask, OpenTaskCard, OpenTasks
from handlers.tasks.standing import VIEWS, Standing, View, standings
from handlers.visit import Visit
from records.access import Action, may
from records.acting import ZONE, tree_of
from records.ids import PersonId, TaskId
from records.model import Focus, OutboxMessage, Person, Role, Task
from records.store import Transaction
from records.tasks import changing
from records.tasks.editing import EDITING, ask_edit, leave_edit
from records.tasks.mine import Mine, seen_task, tasks_of, tasks_under, told_of
from records.tasks.refusals import UnknownTask
from scheduler.task_checks import check_task

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
        async with self.desk.store.begin() as tx:
            idle = not await tasks_of(tx, me.id, self.desk.now())
        view = View.UNITS if idle and me.role is not Role.OFFICER else View.DUE
        await reply(message, await self._lists(me, OpenTasks(VIEWS.index(view), 0)))

    async def on_lists(self, query: CallbackQuery, press: OpenTasks, visit: Visit) -> None:
        """Turn a page, or go to another list."""
        screen = await self._lists(visit.officer, press)
        await query.answer()
        await show(query, screen)

    async def on_card(self, query: CallbackQuery, press: OpenTaskCard, visit: Visit) -> None:
        """Open a task."""
        screen = await self._card(visit.officer, TaskId(press.task), press.period)
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
            async with self.desk.store.begin() as tx:
                held = await tx.get(Task, task)
            if held is not None:
                await reply(message, screens.asking(self.desk.texts, held, "misread"))
            return
        store, now = self.desk.store, self.desk.now()
        await changing.change(store, me.id, task, edit, now, check=check_task)
        await leave_edit(store, me.id, now)
        await reply(message, await self._card(me, task, NONE))

    async def on_end(self, query: CallbackQuery, press: EndTask, visit: Visit) -> None:
        """Ask before a task is withdrawn or closed, then do it."""
        texts, store, task = self.desk.texts, self.desk.store, TaskId(press.task)
        if press.sure == 0:
            async with store.begin() as tx:
                held = await tx.get(Task, task)
            if held is None:
                raise UnknownTask
            screen = screens.ending(texts, held, press.how)
        else:
            end = changing.close if press.how == 1 else changing.withdraw
            ended = await end(store, visit.officer.id, task, self.desk.now())
            screen = screens.ended(texts, ended, press.how)
        await query.answer()
        await show(query, screen)

    async def notice(self, message: OutboxMessage, person: Person) -> Screen | None:
        """Render what somebody is told of a task, as the task is now; None if it is gone."""
        async with self.desk.store.begin() as tx:
            found = await seen_task(tx, person, TaskId(str(message.facts["task"])), self.desk.now())
            if not found:
                return None
            around = await self._around(tx, person)
            people = await _names(tx, found[0].task.assignees)
        return screens.notice(around, message.template, standings(found)[0], people)

    def _edit(self, term: str, words: str) -> changing.Edit | None:
        """Return the change that typed words ask for; None where they are no deadline."""
        if term == "title":
            return lambda task: replace(task, title=" ".join(words.split()))
        timing = timing_said(words, self.desk.now().astimezone(ZONE).date())
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
        now = self.desk.now()
        async with self.desk.store.begin() as tx:
            around = await self._around(tx, me)
            own = await tasks_of(tx, me.id, now)
            seen = tasks_under if me.role is not Role.OFFICER else told_of
            wide = me.role is not Role.OFFICER or bool(await told_of(tx, me, now))
            under: Sequence[Mine] = ()
            if wide and VIEWS[press.view] is View.UNITS:
                under = await seen(tx, me, now)
        return screens.lists(around, standings(own), press, standings(under) if wide else None)

    async def _card(self, me: Person, task: TaskId, period: str) -> Screen:
        """Show the period of a task that is named, else the first to be answered."""
        async with self.desk.store.begin() as tx:
            found = await seen_task(tx, me, task, self.desk.now())
            if not found:
                raise UnknownTask
            around = await self._around(tx, me)
            people = await _names(tx, found[0].task.assignees)
        one = _chosen(standings(found), period)
        may_assign = may(me, Action.ASSIGN, one.owed.task.lead, around.tree)
        may_review = may(me, Action.REVIEW, one.owed.unit, around.tree)
        return screens.card(around, one, people, may_assign=may_assign, may_waive=may_review)

    async def _around(self, tx: Transaction, reader: Person) -> screens.Around:
        return screens.Around(
            texts=self.desk.texts,
            tree=await tree_of(tx, self.desk.now()),
            forms=self.desk.forms,
            reader=reader.id,
        )


def _chosen(stands: Sequence[Standing], period: str) -> Standing:
    return next((one for one in stands if (one.owed.key or NONE) == period), stands[0])


async def _names(tx: Transaction, ids: Sequence[PersonId]) -> list[str]:
    found = [await tx.get(Person, one) for one in ids]
    return [one.name for one in found if one is not None]
