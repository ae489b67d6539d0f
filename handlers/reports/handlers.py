"""`/baocao`: what is due is listed, told in one tap, or written step by step."""

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.callback_data import NONE, StaleButton, period_read
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Left
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.reports import messages, screens
from handlers.reports.buttons import (
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
)
from handlers.reports.dialog_screens import dialog_screen, edit_taken, notice
from records import focus
from records.dialog.fit import TEXTS
from records.dialog.values import Ask, AskReason, Chose, Given, JumpTo, Move, Prompt
from records.ids import DraftId, ReportId, TaskId
from records.model import Focus
from records.obligations.obligation import Obligation
from records.obligations.refusals import NotOfTask
from services.reports import drafts
from services.reports.asked import asked_of, asked_on
from services.reports.edited import take_edit
from services.reports.one_tap import AtOnce, report_at_once
from services.reports.retraction import take_back
from services.reports.steps import take_step
from services.reports.values import (
    TOPIC,
    About,
    Dialog,
    Input,
    Sent,
    Shown,
)


def feature(deps: Dependencies) -> Feature:
    """Return where reporting listens."""
    own = Reports(deps)
    return Feature(
        commands={"baocao": own.on_list},
        buttons={
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
        left={TOPIC: own.left},
        prose={TOPIC: own.takes_prose},
        kept={TOPIC: own.takes_reason},
        edits=(own.on_edit,),
        asides=frozenset({Step, Pick, Jump, TurnSummary, Leave, Cancel}),
    )


@dataclass(frozen=True, slots=True)
class Reports:
    """Takes reports from an officer."""

    deps: Dependencies

    # --- what is due

    async def on_list(self, message: Message, context: Context) -> None:
        """`/baocao`: list drafts and what is due."""
        await reply(message, await self._list(context, 0))

    async def on_page(self, query: CallbackQuery, pressed: OpenReporting, context: Context) -> None:
        """Turn a page of what is due."""
        screen = await self._list(context, pressed.page)
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def on_due(self, query: CallbackQuery, pressed: OpenDue, context: Context) -> None:
        """Show one task's period with the ways to report on it."""
        due = await self._due(context, pressed)
        await query.answer()
        card = screens.due_card(self.deps.texts, due, self.deps.forms, context.officer.id)
        await show(query, card, anew=pressed.anew == 1)

    async def on_at_once(self, query: CallbackQuery, pressed: SayAtOnce, context: Context) -> None:
        """Send a report of one word, or open the form that asks for more."""
        due = await self._due(context, pressed)
        said = AtOnce(
            task=due.task.id,
            period=due.key,
            outcome=outcome_at(pressed.outcome),
            draft=DraftId(pressed.draft),
        )
        deps, now = self.deps, self.deps.now()
        shown = await report_at_once(deps.store, deps.forms, context.officer.id, said, now)
        await self._tapped(query, context, shown, words=deps.texts.label("no_report_at_once"))

    async def on_take_back(self, query: CallbackQuery, pressed: TakeBack, context: Context) -> None:
        """Withdraw what was just sent."""
        report, deps = ReportId(pressed.report), self.deps
        taken = await take_back(deps.store, deps.forms, context.officer.id, report, deps.now())
        await query.answer()
        await show(query, screens.taken_back(deps.texts, taken.sent, taken.before))

    # --- into the dialog

    async def on_begin(self, query: CallbackQuery, pressed: Begin, context: Context) -> None:
        """Open the dialog of a task."""
        due = await self._due(context, pressed)
        form = None if pressed.form == NONE else pressed.form
        await self._open(query, context, About(task=due.task.id, period=due.key, form=form))

    async def on_free(self, query: CallbackQuery, pressed: BeginFree, context: Context) -> None:
        """Open the dialog of a form without a task."""
        if self.deps.forms.get(pressed.form).use.task:
            raise StaleButton
        await self._open(query, context, About(form=pressed.form))

    async def on_revise(self, query: CallbackQuery, pressed: Revise, context: Context) -> None:
        """Open a sent report to send it anew."""
        report, deps = ReportId(pressed.report), self.deps
        opened = await drafts.edit(deps.store, deps.forms, context.officer.id, report, deps.now())
        await self._tapped(query, context, opened)

    async def on_resume(self, query: CallbackQuery, pressed: Resume, context: Context) -> None:
        """Go on with a draft."""
        await self._tapped(query, context, await self._draft(context, pressed.draft))

    async def on_turn(self, query: CallbackQuery, pressed: TurnSummary, context: Context) -> None:
        """Show other buttons under the summary."""
        shown = await self._draft(context, pressed.draft)
        await self._tapped(query, context, shown, page=pressed.page)

    # --- in the dialog

    async def on_step(self, query: CallbackQuery, pressed: Step, context: Context) -> None:
        """Take a tap that is no answer."""
        move = next((one for one in Move if one.value == pressed.move), None)
        if move is None:
            raise StaleButton
        await self._give(query, context, pressed, move)

    async def on_pick(self, query: CallbackQuery, pressed: Pick, context: Context) -> None:
        """Take a choice."""
        await self._give(query, context, pressed, Chose(pressed.key))

    async def on_jump(self, query: CallbackQuery, pressed: Jump, context: Context) -> None:
        """Go from the summary to a field."""
        await self._give(query, context, pressed, JumpTo(pressed.field))

    async def on_words(self, message: Message, context: Context, held: Focus) -> None:
        """Take what was typed or attached."""
        given = Input(
            draft=DraftId(held.subject), given=messages.given(message), order=message.message_id
        )
        deps, now = self.deps, self.deps.now()
        shown = await take_step(deps.store, deps.forms, context.officer.id, given, now)
        if message.media_group_id is not None and isinstance(shown, Dialog) and _taken(shown):
            context.application.create_task(self._after_album(message, context, shown))
        else:
            await self._answered(message, context, shown)

    async def takes_prose(self, context: Context, held: Focus) -> bool:
        """Tell whether the question that is asked takes any words, and waits for no "đúng"."""
        prompt = await self._prompt(context, held)
        return isinstance(prompt, Ask) and prompt.field.type in TEXTS

    async def takes_reason(self, context: Context, held: Focus) -> bool:
        """Tell whether a word of reason is asked for; an answer the dialog reads back itself."""
        return isinstance(await self._prompt(context, held), AskReason)

    async def _prompt(self, context: Context, held: Focus) -> Prompt | None:
        deps, officer, draft = self.deps, context.officer.id, DraftId(held.subject)
        found = await drafts.look(deps.store, deps.forms, officer, draft, deps.now())
        return None if found is None else found.prompt

    async def on_edit(self, message: Message, context: Context) -> bool:
        """Take an answer that was edited; in a draft at rest it is taken too, and said."""
        deps, text = self.deps, message.text
        if context.person is None or text is None:
            return False
        officer, number = context.person.id, message.message_id
        edited = await take_edit(deps.store, deps.forms, officer, number, text, deps.now())
        if edited is None:
            return False
        if not (
            edited.open and isinstance(edited.shown, Dialog) and edited.shown.objection is None
        ):
            await reply(message, edit_taken(deps.texts, edited))
            return True
        shown = edited.shown
        at = await messages.redrawn(message, shown.draft.message, self._screen(shown))
        await self._moved(context, shown, at)
        return True

    async def left(self, context: Context, held: Focus) -> Left | None:
        """Name the draft that waits; None once it is sent or thrown away."""
        deps, officer, draft = self.deps, context.officer.id, DraftId(held.subject)
        found = await drafts.look(deps.store, deps.forms, officer, draft, deps.now())
        if found is None:
            return None
        return Left(what="left_report", on=Resume(draft), facts=screens.draft_facts(found))

    async def on_leave(self, query: CallbackQuery, pressed: Leave, context: Context) -> None:
        """Keep a draft for later."""
        shown = await self._draft(context, pressed.draft)
        left = await drafts.leave(
            self.deps.store, context.officer.id, shown.draft.id, self.deps.now()
        )
        await query.answer()
        title = shown.task.title if shown.task is not None else shown.form.title
        await show(query, screens.left(self.deps.texts, left, title))

    async def on_cancel(self, query: CallbackQuery, pressed: Cancel, context: Context) -> None:
        """Ask first, then throw a draft away."""
        if not pressed.sure:
            shown = await self._draft(context, pressed.draft)
            await focus.rest(self.deps.store, context.officer.id)
            await query.answer()
            await show(query, screens.ask_cancel(self.deps.texts, shown))
            return
        draft = DraftId(pressed.draft)
        await drafts.drop(self.deps.store, context.officer.id, draft, self.deps.now())
        await query.answer()
        await show(query, screens.dropped(self.deps.texts))

    # --- steps that several of them take

    async def _list(self, context: Context, page: int) -> Screen:
        deps, officer, now = self.deps, context.officer.id, self.deps.now()
        shown = screens.Desktop(
            drafts=await drafts.list_drafts(deps.store, deps.forms, officer, now),
            due=await asked_of(deps.store, officer, now),
            free=[one for one in deps.forms.latest() if not one.use.task],
        )
        return screens.reporting(deps.texts, shown, page)

    async def _due(self, context: Context, pressed: OpenDue | SayAtOnce | Begin) -> Obligation:
        """Return what a button is about; one without a period where each has its own is old."""
        deps, period = self.deps, period_read(pressed.period)
        task, officer = TaskId(pressed.task), context.officer.id
        try:
            return await asked_on(deps.store, officer, task, period, deps.now())
        except NotOfTask:
            if period is None:
                raise StaleButton from None
            raise

    async def _draft(self, context: Context, draft: str) -> Dialog:
        deps, now = self.deps, self.deps.now()
        return await drafts.resume(deps.store, deps.forms, context.officer.id, DraftId(draft), now)

    async def _open(self, query: CallbackQuery, context: Context, about: About) -> None:
        deps, now = self.deps, self.deps.now()
        shown = await drafts.open_draft(deps.store, deps.forms, context.officer.id, about, now)
        await self._tapped(query, context, shown)

    async def _give(
        self, query: CallbackQuery, context: Context, pressed: Step | Pick | Jump, given: Given
    ) -> None:
        deps, now = self.deps, self.deps.now()
        step = Input(draft=DraftId(pressed.draft), given=given, revision=pressed.revision)
        shown = await take_step(deps.store, deps.forms, context.officer.id, step, now)
        await self._tapped(query, context, shown)

    async def _tapped(
        self,
        query: CallbackQuery,
        context: Context,
        shown: Shown,
        *,
        page: int = 0,
        words: str | None = None,
    ) -> None:
        """Answer a tap, a dialog with `words`, and show in place of its message what it came to."""
        if isinstance(shown, Sent):
            await query.answer()
            await show(query, screens.sent_report(self.deps.texts, shown))
            return
        noticed = notice(self.deps.texts, shown) or words
        await query.answer(noticed, show_alert=shown.objection is not None)
        at = await messages.put(query, self._screen(shown, page))
        await self._moved(context, shown, at)

    async def _answered(self, message: Message, context: Context, shown: Shown) -> None:
        """Show what typed words came to."""
        if isinstance(shown, Sent):
            await reply(message, screens.sent_report(self.deps.texts, shown))
            return
        at = await messages.answer(message, self._screen(shown))
        await self._moved(context, shown, at)

    async def _after_album(self, message: Message, context: Context, shown: Dialog) -> None:
        """Show the dialog once for an album: after the last picture that was taken."""
        await asyncio.sleep(messages.ALBUM_SETTLES)
        now = await self._draft(context, shown.draft.id)
        if now.draft.revision == shown.draft.revision:
            await self._answered(message, context, now)

    async def _moved(self, context: Context, shown: Dialog, at: str | None) -> None:
        """Keep where the dialog is shown, and take the buttons from where it was."""
        if at is None or at == shown.draft.message:
            return
        officer, draft = context.officer.id, shown.draft.id
        before = await drafts.place(self.deps.store, officer, draft, at, self.deps.now())
        if before != at:
            await messages.retire(context.bot, before)

    def _screen(self, shown: Dialog, page: int = 0) -> Screen:
        titles = {form.id: form.title for form in self.deps.forms.latest()}
        return dialog_screen(self.deps.texts, titles, shown, page)


def _taken(shown: Dialog) -> bool:
    return shown.objection is None and not shown.stale
