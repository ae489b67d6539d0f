"""`/duyet` and `/mohinh`: what waits is read, accepted, returned or commented; models are shown."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import always
from handlers.core.feature import Feature
from handlers.core.reply import reply, send_file, show
from handlers.core.screen import Button, Screen
from handlers.core.unfinished import waiting
from handlers.review import mark_screens, screens
from handlers.review.buttons import (
    Accept,
    AcceptMarked,
    Comment,
    GiveBack,
    MarkWaiting,
    NoWords,
    OpenModel,
    OpenModels,
    OpenReport,
    OpenWaiting,
    ShowFiles,
)
from records import focus
from records.forms.model import Form
from records.ids import ReportId
from records.model import Focus, OutboxMessage, Person, Report
from services.reports.retraction import TAKEN_BACK, is_taken_back, was_heard_of
from services.reports.submission import RECEIVED
from services.review import decisions
from services.review.batch import accept_several
from services.review.models import models
from services.review.refusals import UnknownReport

TOPICS = {decisions.RETURN: "return", decisions.COMMENT: "comment"}
"""What the words that somebody types are for, by `Focus.topic`."""


def feature(deps: Dependencies) -> Feature:
    """Return where reviewing listens."""
    own = Review(deps)
    return Feature(
        commands={"duyet": own.on_list, "mohinh": own.on_models},
        buttons={
            OpenWaiting: own.on_page,
            OpenReport: own.on_report,
            Accept: own.on_accept,
            MarkWaiting: own.on_marks,
            AcceptMarked: own.on_accept_marked,
            GiveBack: own.on_give_back,
            Comment: own.on_comment,
            NoWords: own.on_no_words,
            ShowFiles: own.on_files,
            OpenModels: own.on_models_page,
            OpenModel: own.on_model,
        },
        topics=dict.fromkeys(TOPICS, own.on_words),
        left=dict.fromkeys(TOPICS, waiting),
        prose=dict.fromkeys(TOPICS, always),
        kept=dict.fromkeys(TOPICS, always),
        notices={RECEIVED: own.received, TAKEN_BACK: own.taken_back},
        asides=frozenset({ShowFiles}),
    )


@dataclass(frozen=True, slots=True)
class Review:
    """Reads reports with a supervisor."""

    deps: Dependencies

    async def on_list(self, message: Message, context: Context) -> None:
        """`/duyet`: list what waits."""
        await reply(message, await self._list(context, 0))

    async def on_page(self, query: CallbackQuery, pressed: OpenWaiting, context: Context) -> None:
        """Turn a page of what waits."""
        await query.answer()
        await show(query, await self._list(context, pressed.page))

    async def on_report(self, query: CallbackQuery, pressed: OpenReport, context: Context) -> None:
        """Open a report."""
        found = await self._look(context, pressed.report)
        await query.answer()
        await show(query, self._report(found), anew=pressed.anew == 1)

    async def on_accept(self, query: CallbackQuery, pressed: Accept, context: Context) -> None:
        """Accept."""
        report, now = ReportId(pressed.report), self.deps.now()
        done = await decisions.accept(self.deps.store, context.officer.id, report, now)
        await query.answer(self.deps.texts.label("review_accepted_notice"))
        await show(query, screens.done(self.deps.texts, done, "accepted"))
        following = await self._next(context)
        if following is not None:
            await show(query, following, anew=True)

    async def on_marks(self, query: CallbackQuery, pressed: MarkWaiting, context: Context) -> None:
        """Show a page with its marks."""
        found = await decisions.waiting(self.deps.store, context.officer.id, self.deps.now())
        await query.answer()
        await show(query, mark_screens.marking(self.deps.texts, self.deps.forms, found, pressed))

    async def on_accept_marked(
        self, query: CallbackQuery, pressed: AcceptMarked, context: Context
    ) -> None:
        """Accept what is marked; marks of a list that has changed meanwhile accept nothing."""
        store, officer, now = self.deps.store, context.officer.id, self.deps.now()
        found = await decisions.waiting(store, officer, now)
        marked = mark_screens.marked(found, pressed)
        if not marked:
            raise StaleButton
        done = await accept_several(store, self.deps.forms, officer, marked, now)
        await query.answer()
        await show(query, mark_screens.accepted(self.deps.texts, done))

    async def on_give_back(self, query: CallbackQuery, pressed: GiveBack, context: Context) -> None:
        """Ask why."""
        await self._ask(query, pressed.report, context, decisions.RETURN)

    async def on_comment(self, query: CallbackQuery, pressed: Comment, context: Context) -> None:
        """Ask what is to be said."""
        await self._ask(query, pressed.report, context, decisions.COMMENT)

    async def on_no_words(self, query: CallbackQuery, pressed: NoWords, context: Context) -> None:
        """Wait for words no longer, and show the report again."""
        await focus.stop(self.deps.store, context.officer.id, *TOPICS)
        found = await self._look(context, pressed.report)
        await query.answer()
        await show(query, self._report(found))

    async def on_words(self, message: Message, context: Context, asked: Focus) -> None:
        """Take the reason or the comment."""
        said, report = message.text or message.caption or "", ReportId(asked.subject)
        act = decisions.give_back if asked.topic == decisions.RETURN else decisions.comment
        done = await act(self.deps.store, context.officer.id, report, said, self.deps.now())
        what = "returned" if asked.topic == decisions.RETURN else "commented"
        screen = screens.done(self.deps.texts, done, what)
        await reply(message, screen)
        following = await self._next(context) if asked.topic == decisions.RETURN else None
        if following is not None:
            await reply(message, following)

    async def on_files(self, query: CallbackQuery, pressed: ShowFiles, context: Context) -> None:
        """Send the files of a report below it."""
        found = await self._look(context, pressed.report)
        await query.answer()
        if query.message is None:
            return
        keys = screens.files_of(self._form(found.report), found.report)
        for held in await decisions.files(self.deps.store, keys):
            await send_file(query.get_bot(), query.message.chat.id, held)

    async def on_models(self, message: Message, context: Context) -> None:
        """`/mohinh`, or `/mohinh words`: list the models of the units one may see."""
        words = " ".join(context.args or ())
        await reply(message, await self._models(context, 0, words))

    async def on_models_page(
        self, query: CallbackQuery, pressed: OpenModels, context: Context
    ) -> None:
        """Turn a page of the models."""
        await query.answer()
        await show(query, await self._models(context, pressed.page, ""))

    async def on_model(self, query: CallbackQuery, pressed: OpenModel, context: Context) -> None:
        """Open a model."""
        found = await self._look(context, pressed.report)
        await query.answer()
        await show(query, screens.model(self.deps.texts, found, self._form(found.report)))

    async def received(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Tell a reviewer of a report, with the button that opens it; None if it was taken back."""
        texts = self.deps.texts
        if await is_taken_back(self.deps.store, ReportId(str(row.facts["report"]))):
            return None
        html = texts.screen("report_received", name=person.name, **row.facts)
        pressed = OpenReport(str(row.facts["report"]))
        return Screen(html, ((Button(texts.label("review_read"), pressed),),))

    async def taken_back(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Tell who was told of a report that it was taken back; None where he never heard of it."""
        report = ReportId(str(row.facts["report"]))
        heard = await was_heard_of(self.deps.store, person.id, report)
        return Screen(self.deps.texts.screen(TAKEN_BACK, **row.facts)) if heard else None

    async def _next(self, context: Context) -> Screen | None:
        """Return the report that waits longest; None where none does."""
        store, now = self.deps.store, self.deps.now()
        found = await decisions.waiting(store, context.officer.id, now)
        return self._report(found[0]) if found else None

    async def _list(self, context: Context, page: int) -> Screen:
        found = await decisions.waiting(self.deps.store, context.officer.id, self.deps.now())
        return screens.waiting_list(self.deps.texts, found, page)

    async def _models(self, context: Context, page: int, words: str) -> Screen:
        found = await models(
            self.deps.store, self.deps.forms, context.officer.id, self.deps.now(), words
        )
        return screens.model_list(self.deps.texts, found, page, words)

    async def _look(self, context: Context, report: str) -> decisions.Waiting:
        try:
            return await decisions.look(
                self.deps.store, context.officer.id, ReportId(report), self.deps.now()
            )
        except UnknownReport:
            raise StaleButton from None

    def _report(self, found: decisions.Waiting) -> Screen:
        return screens.report(self.deps.texts, found, self._form(found.report))

    async def _ask(self, query: CallbackQuery, report: str, context: Context, topic: str) -> None:
        store, now = self.deps.store, self.deps.now()
        try:
            found = await decisions.ask_words(
                store, context.officer.id, ReportId(report), topic, now
            )
        except UnknownReport:
            raise StaleButton from None
        await query.answer()
        await show(query, screens.ask_words(self.deps.texts, found, TOPICS[topic]))

    def _form(self, report: Report) -> Form:
        return self.deps.forms.get(report.form, report.form_version)
