"""`/baocao`: what is due is listed, told in one tap, or written step by step."""

import asyncio
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.press import StaleButton
from handlers.reporting import messages, screens
from handlers.reporting.dialog_screens import dialog_screen, notice
from handlers.reporting.presses import (
    NONE,
    Begin,
    BeginFree,
    Cancel,
    Jump,
    Leave,
    OpenDue,
    OpenReporting,
    Pick,
    Resume,
    Revise,
    SayAtOnce,
    Step,
    TakeBack,
    TurnSummary,
    outcome_at,
    period_read,
)
from handlers.sending import reply, show
from handlers.visit import Visit
from records.dialog.values import Chose, Given, JumpTo, Move
from records.ids import DraftId, ReportId, TaskId
from records.model import Focus
from records.obligations.obligation import Obligation
from records.obligations.refusals import NotOfTask
from records.reporting import drafts
from records.reporting.asked import asked_of, asked_on
from records.reporting.at_once import AtOnce, report_at_once
from records.reporting.retraction import take_back
from records.reporting.steps import take_step
from records.reporting.values import (
    TOPIC,
    About,
    Dialog,
    Input,
    Sent,
    Shown,
)

ALBUM_SETTLES: Final = 1.0
"""Seconds after which no further picture of an album is expected; they come within a moment."""


def conversation(desk: Desk) -> Conversation:
    """Return where reporting listens."""
    own = Reporting(desk)
    return Conversation(
        commands={"baocao": own.on_list},
        presses={
            OpenReporting: own.on_page,
            OpenDue: own.on_due,
            SayAtOnce: own.on_at_once,
            Begin: own.on_begin,
            BeginFree: own.on_free,
            Revise: own.on_revise,
            TakeBack: own.on_take_back,
            Resume: own.on_resume,
            TurnSummary: own.on_turn,
            Step: own.on_step,
            Pick: own.on_pick,
            Jump: own.on_jump,
            Leave: own.on_leave,
            Cancel: own.on_cancel,
        },
        topics={TOPIC: own.on_words},
        asides=frozenset({Step, Pick, Jump, TurnSummary}),
    )


@dataclass(frozen=True, slots=True)
class Reporting:
    """Takes reports from an officer."""

    desk: Desk

    # --- what is due

    async def on_list(self, message: Message, visit: Visit) -> None:
        """`/baocao`: list drafts and what is due."""
        await reply(message, await self._list(visit, 0))

    async def on_page(self, query: CallbackQuery, press: OpenReporting, visit: Visit) -> None:
        """Turn a page of what is due."""
        screen = await self._list(visit, press.page)
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def on_due(self, query: CallbackQuery, press: OpenDue, visit: Visit) -> None:
        """Show one task's period with the ways to report on it."""
        due = await self._due(visit, press)
        await query.answer()
        card = screens.due_card(self.desk.texts, due, self.desk.forms, visit.officer.id)
        await show(query, card, anew=press.anew == 1)

    async def on_at_once(self, query: CallbackQuery, press: SayAtOnce, visit: Visit) -> None:
        """Send a report of one word, or open the form that asks for more."""
        due = await self._due(visit, press)
        said = AtOnce(
            task=due.task.id,
            period=due.key,
            outcome=outcome_at(press.outcome),
            draft=DraftId(press.draft),
        )
        desk, now = self.desk, self.desk.now()
        shown = await report_at_once(desk.store, desk.forms, visit.officer.id, said, now)
        await self._tapped(query, visit, shown, words=desk.texts.label("no_report_at_once"))

    async def on_take_back(self, query: CallbackQuery, press: TakeBack, visit: Visit) -> None:
        """Withdraw what was just sent."""
        report, desk = ReportId(press.report), self.desk
        taken = await take_back(desk.store, desk.forms, visit.officer.id, report, desk.now())
        await query.answer()
        await show(query, screens.taken_back(desk.texts, taken.sent, taken.before))

    # --- into the dialog

    async def on_begin(self, query: CallbackQuery, press: Begin, visit: Visit) -> None:
        """Open the dialog of a task."""
        due = await self._due(visit, press)
        form = None if press.form == NONE else press.form
        await self._open(query, visit, About(task=due.task.id, period=due.key, form=form))

    async def on_free(self, query: CallbackQuery, press: BeginFree, visit: Visit) -> None:
        """Open the dialog of a form without a task."""
        if self.desk.forms.get(press.form).use.task:
            raise StaleButton
        await self._open(query, visit, About(form=press.form))

    async def on_revise(self, query: CallbackQuery, press: Revise, visit: Visit) -> None:
        """Open a sent report to send it anew."""
        report, desk = ReportId(press.report), self.desk
        opened = await drafts.edit(desk.store, desk.forms, visit.officer.id, report, desk.now())
        await self._tapped(query, visit, opened)

    async def on_resume(self, query: CallbackQuery, press: Resume, visit: Visit) -> None:
        """Go on with a draft."""
        await self._tapped(query, visit, await self._draft(visit, press.draft))

    async def on_turn(self, query: CallbackQuery, press: TurnSummary, visit: Visit) -> None:
        """Show other buttons under the summary."""
        shown = await self._draft(visit, press.draft)
        await self._tapped(query, visit, shown, page=press.page)

    # --- in the dialog

    async def on_step(self, query: CallbackQuery, press: Step, visit: Visit) -> None:
        """Take a tap that is no answer."""
        move = next((one for one in Move if one.value == press.move), None)
        if move is None:
            raise StaleButton
        await self._give(query, visit, press, move)

    async def on_pick(self, query: CallbackQuery, press: Pick, visit: Visit) -> None:
        """Take a choice."""
        await self._give(query, visit, press, Chose(press.key))

    async def on_jump(self, query: CallbackQuery, press: Jump, visit: Visit) -> None:
        """Go from the summary to a field."""
        await self._give(query, visit, press, JumpTo(press.field))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take what was typed or attached."""
        given = Input(
            draft=DraftId(focus.subject), given=messages.given(message), order=message.message_id
        )
        desk, now = self.desk, self.desk.now()
        shown = await take_step(desk.store, desk.forms, visit.officer.id, given, now)
        if message.media_group_id is not None and isinstance(shown, Dialog) and _taken(shown):
            visit.application.create_task(self._after_album(message, visit, shown))
        else:
            await self._answered(message, visit, shown)

    async def on_leave(self, query: CallbackQuery, press: Leave, visit: Visit) -> None:
        """Keep a draft for later."""
        shown = await self._draft(visit, press.draft)
        left = await drafts.leave(
            self.desk.store, visit.officer.id, shown.draft.id, self.desk.now()
        )
        await query.answer()
        title = shown.task.title if shown.task is not None else shown.form.title
        await show(query, screens.left(self.desk.texts, left, title))

    async def on_cancel(self, query: CallbackQuery, press: Cancel, visit: Visit) -> None:
        """Ask first, then throw a draft away."""
        if not press.sure:
            shown = await self._draft(visit, press.draft)
            await query.answer()
            await show(query, screens.ask_cancel(self.desk.texts, shown))
            return
        draft = DraftId(press.draft)
        await drafts.drop(self.desk.store, visit.officer.id, draft, self.desk.now())
        await query.answer()
        await show(query, screens.dropped(self.desk.texts))

    # --- steps that several of them take

    async def _list(self, visit: Visit, page: int) -> Screen:
        desk, officer, now = self.desk, visit.officer.id, self.desk.now()
        shown = screens.Desktop(
            drafts=await drafts.list_drafts(desk.store, desk.forms, officer, now),
            due=await asked_of(desk.store, officer, now),
            free=[one for one in desk.forms.latest() if not one.use.task],
        )
        return screens.reporting(desk.texts, shown, page)

    async def _due(self, visit: Visit, press: OpenDue | SayAtOnce | Begin) -> Obligation:
        """Return what a button is about; one without a period where each has its own is old."""
        desk, period = self.desk, period_read(press.period)
        task, officer = TaskId(press.task), visit.officer.id
        try:
            return await asked_on(desk.store, officer, task, period, desk.now())
        except NotOfTask:
            if period is None:
                raise StaleButton from None
            raise

    async def _draft(self, visit: Visit, draft: str) -> Dialog:
        desk, now = self.desk, self.desk.now()
        return await drafts.resume(desk.store, desk.forms, visit.officer.id, DraftId(draft), now)

    async def _open(self, query: CallbackQuery, visit: Visit, about: About) -> None:
        desk, now = self.desk, self.desk.now()
        shown = await drafts.open_draft(desk.store, desk.forms, visit.officer.id, about, now)
        await self._tapped(query, visit, shown)

    async def _give(
        self, query: CallbackQuery, visit: Visit, press: Step | Pick | Jump, given: Given
    ) -> None:
        desk, now = self.desk, self.desk.now()
        step = Input(draft=DraftId(press.draft), given=given, revision=press.revision)
        shown = await take_step(desk.store, desk.forms, visit.officer.id, step, now)
        await self._tapped(query, visit, shown)

    async def _tapped(
        self,
        query: CallbackQuery,
        visit: Visit,
        shown: Shown,
        *,
        page: int = 0,
        words: str | None = None,
    ) -> None:
        """Answer a tap, a dialog with `words`, and show in place of its message what it came to."""
        if isinstance(shown, Sent):
            await query.answer()
            await show(query, screens.sent_report(self.desk.texts, shown))
            return
        noticed = notice(self.desk.texts, shown) or words
        await query.answer(noticed, show_alert=shown.objection is not None)
        at = await messages.put(query, self._screen(shown, page))
        await self._moved(visit, shown, at)

    async def _answered(self, message: Message, visit: Visit, shown: Shown) -> None:
        """Show what typed words came to."""
        if isinstance(shown, Sent):
            await reply(message, screens.sent_report(self.desk.texts, shown))
            return
        at = await messages.answer(message, shown.draft.message, self._screen(shown))
        await self._moved(visit, shown, at)

    async def _after_album(self, message: Message, visit: Visit, shown: Dialog) -> None:
        """Show the dialog once for an album: after the last picture that was taken."""
        await asyncio.sleep(ALBUM_SETTLES)
        now = await self._draft(visit, shown.draft.id)
        if now.draft.revision == shown.draft.revision:
            await self._answered(message, visit, now)

    async def _moved(self, visit: Visit, shown: Dialog, at: str | None) -> None:
        """Keep where the dialog is shown, and take the buttons from where it was."""
        if at is None or at == shown.draft.message:
            return
        officer, draft = visit.officer.id, shown.draft.id
        before = await drafts.place(self.desk.store, officer, draft, at, self.desk.now())
        if before != at:
            await messages.retire(visit.bot, before)

    def _screen(self, shown: Dialog, page: int = 0) -> Screen:
        titles = {form.id: form.title for form in self.desk.forms.latest()}
        return dialog_screen(self.desk.texts, titles, shown, page)


def _taken(shown: Dialog) -> bool:
    return shown.objection is None and not shown.stale
