"""A file, photo or voice that nothing waited for: "Gắn vào báo cáo nào?"."""

import asyncio
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message, Update

from handlers.core.callback_data import period_read, period_written
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.obligation_facts import facts
from handlers.core.reply import reply, show
from handlers.core.screen import Button, Rows, Screen
from handlers.documents.buttons import TakeLoose
from handlers.reports import messages, screens
from handlers.reports.buttons import AttachDue, AttachTo
from handlers.reports.dialog_screens import dialog_screen
from records.ids import DraftId, TaskId
from services.documents import reception
from services.reports import drafts, loose_files
from services.reports.loose_files import Places
from services.reports.values import About, File, Sent, Shown

SHOWN: Final = 6
"""Reports offered for a file: so many fit a phone beside the picture."""


@dataclass(frozen=True, slots=True)
class Files:
    """Asks where a file belongs, and takes it there."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens, beside files that nothing waits for."""
        return Feature(buttons={AttachTo: self.on_draft, AttachDue: self.on_due})

    async def on_file(self, update: Update, context: Context) -> None:
        """Keep a file and ask where it belongs; an album is asked about once."""
        message = update.effective_message
        if message is None:
            return
        file = messages.given(message)
        if context.person is None or not isinstance(file, File) or not file.reference:
            await reply(message, Screen(self.deps.texts.screen("media")))
            return
        sent_as = message.media_group_id or str(message.message_id)
        mark = loose_files.mark_of(context.person.id, sent_as)
        now = self.deps.now()
        number = await loose_files.keep(self.deps.store, context.person.id, mark, file, now)
        if message.media_group_id is None:
            await self._ask(message, context, mark, number)
        else:
            context.application.create_task(self._after_album(message, context, mark, number))

    async def on_draft(self, query: CallbackQuery, pressed: AttachTo, context: Context) -> None:
        """Give the files to a draft."""
        await self._attach(query, context, pressed.mark, DraftId(pressed.draft))

    async def on_due(self, query: CallbackQuery, pressed: AttachDue, context: Context) -> None:
        """Open the report that is due, and give it the files."""
        deps, officer = self.deps, context.officer.id
        about = About(task=TaskId(pressed.task), period=period_read(pressed.period))
        opened = await drafts.open_draft(deps.store, deps.forms, officer, about, deps.now())
        if isinstance(opened, Sent):
            await query.answer()
            await show(query, screens.sent_report(deps.texts, opened))
            return
        await self._attach(query, context, pressed.mark, opened.draft.id)

    async def _attach(
        self, query: CallbackQuery, context: Context, mark: str, draft: DraftId
    ) -> None:
        deps, officer, now = self.deps, context.officer.id, self.deps.now()
        shown = await loose_files.attach(deps.store, deps.forms, officer, mark, draft, now)
        await query.answer()
        at = await messages.put(query, self._screen(shown))
        if at is not None:
            before = await drafts.place(deps.store, officer, draft, at, now)
            if before != at:
                await messages.retire(context.bot, before)

    async def _after_album(
        self, message: Message, context: Context, mark: str, number: int
    ) -> None:
        """Ask after the last picture of an album."""
        await asyncio.sleep(messages.ALBUM_SETTLES)
        if await loose_files.count(self.deps.store, mark) == number:
            await self._ask(message, context, mark, number)

    async def _ask(self, message: Message, context: Context, mark: str, number: int) -> None:
        deps, person = self.deps, context.officer
        found = await loose_files.places(deps.store, deps.forms, person.id, deps.now())
        library = await reception.permitted(deps.registry, person.id, deps.now())
        html = deps.texts.screen(
            "attach_where",
            count=number,
            places=len(found.drafts) + len(found.due),
            library=library,
        )
        rows = self._rows(found, mark)
        if library:
            take = TakeLoose(mark, str(message.message_id))
            rows += ((Button(deps.texts.label("doc_take"), take),),)
        await reply(message, Screen(html, rows))

    def _rows(self, found: Places, mark: str) -> Rows:
        texts = self.deps.texts
        begun = [
            Button(
                texts.label("report_resume", **screens.draft_facts(one)),
                AttachTo(mark, one.draft.id),
            )
            for one in found.drafts
        ]
        due = [
            Button(
                texts.label("attach_due", **facts(one)),
                AttachDue(mark, one.task.id, period_written(one.key)),
            )
            for one in found.due
        ]
        return tuple((one,) for one in (*begun, *due)[:SHOWN])

    def _screen(self, shown: Shown) -> Screen:
        if isinstance(shown, Sent):
            return screens.sent_report(self.deps.texts, shown)
        titles = {form.id: form.title for form in self.deps.forms.latest()}
        return dialog_screen(self.deps.texts, titles, shown)
