"""`/duyet` and `/mohinh`: what waits is read, accepted, returned or commented; models are shown."""

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Button, Desk, Screen
from handlers.press import StaleButton
from handlers.reviewing import screens
from handlers.reviewing.presses import (
    Accept,
    Comment,
    GiveBack,
    NoWords,
    OpenModel,
    OpenModels,
    OpenReport,
    OpenWaiting,
    ShowFiles,
)
from handlers.sending import reply, send_file, show
from handlers.visit import Visit
from records import focus
from records.forms.model import Form
from records.ids import ReportId
from records.model import Focus, OutboxMessage, Person, Report
from records.reporting.retraction import TAKEN_BACK, is_taken_back, was_heard_of
from records.reporting.sending import RECEIVED
from records.reviewing import review
from records.reviewing.models import models
from records.reviewing.refusals import UnknownReport

TOPICS = {review.RETURN: "return", review.COMMENT: "comment"}
"""What the words that somebody types are for, by `Focus.topic`."""


def conversation(desk: Desk) -> Conversation:
    """Return where reviewing listens."""
    own = Reviewing(desk)
    return Conversation(
        commands={"duyet": own.on_list, "mohinh": own.on_models},
        presses={
            OpenWaiting: own.on_page,
            OpenReport: own.on_report,
            Accept: own.on_accept,
            GiveBack: own.on_give_back,
            Comment: own.on_comment,
            NoWords: own.on_no_words,
            ShowFiles: own.on_files,
            OpenModels: own.on_models_page,
            OpenModel: own.on_model,
        },
        topics=dict.fromkeys(TOPICS, own.on_words),
        notices={RECEIVED: own.received, TAKEN_BACK: own.taken_back},
        asides=frozenset({ShowFiles}),
    )


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Reads reports with a supervisor."""

    desk: Desk

    async def on_list(self, message: Message, visit: Visit) -> None:
        """`/duyet`: list what waits."""
        await reply(message, await self._list(visit, 0))

    async def on_page(self, query: CallbackQuery, press: OpenWaiting, visit: Visit) -> None:
        """Turn a page of what waits."""
        await query.answer()
        await show(query, await self._list(visit, press.page))

    async def on_report(self, query: CallbackQuery, press: OpenReport, visit: Visit) -> None:
        """Open a report."""
        found = await self._look(visit, press.report)
        await query.answer()
        await show(query, self._report(found), anew=press.anew == 1)

    async def on_accept(self, query: CallbackQuery, press: Accept, visit: Visit) -> None:
        """Accept."""
        report, now = ReportId(press.report), self.desk.now()
        done = await review.accept(self.desk.store, visit.officer.id, report, now)
        await query.answer(self.desk.texts.label("review_accepted_notice"))
        await show(query, screens.done(self.desk.texts, done, "accepted"))

    async def on_give_back(self, query: CallbackQuery, press: GiveBack, visit: Visit) -> None:
        """Ask why."""
        await self._ask(query, press.report, visit, review.RETURN)

    async def on_comment(self, query: CallbackQuery, press: Comment, visit: Visit) -> None:
        """Ask what is to be said."""
        await self._ask(query, press.report, visit, review.COMMENT)

    async def on_no_words(self, query: CallbackQuery, press: NoWords, visit: Visit) -> None:
        """Wait for words no longer, and show the report again."""
        await focus.stop(self.desk.store, visit.officer.id, *TOPICS)
        found = await self._look(visit, press.report)
        await query.answer()
        await show(query, self._report(found))

    async def on_words(self, message: Message, visit: Visit, asked: Focus) -> None:
        """Take the reason or the comment."""
        said, report = message.text or message.caption or "", ReportId(asked.subject)
        act = review.give_back if asked.topic == review.RETURN else review.comment
        done = await act(self.desk.store, visit.officer.id, report, said, self.desk.now())
        what = "returned" if asked.topic == review.RETURN else "commented"
        screen = screens.done(self.desk.texts, done, what)
        await reply(message, screen)

    async def on_files(self, query: CallbackQuery, press: ShowFiles, visit: Visit) -> None:
        """Send the files of a report below it."""
        found = await self._look(visit, press.report)
        await query.answer()
        if query.message is None:
            return
        keys = screens.files_of(self._form(found.report), found.report)
        for held in await review.files(self.desk.store, keys):
            await send_file(query.get_bot(), query.message.chat.id, held)

    async def on_models(self, message: Message, visit: Visit) -> None:
        """`/mohinh`, or `/mohinh words`: list the models of the units one may see."""
        words = " ".join(visit.args or ())
        await reply(message, await self._models(visit, 0, words))

    async def on_models_page(self, query: CallbackQuery, press: OpenModels, visit: Visit) -> None:
        """Turn a page of the models."""
        await query.answer()
        await show(query, await self._models(visit, press.page, ""))

    async def on_model(self, query: CallbackQuery, press: OpenModel, visit: Visit) -> None:
        """Open a model."""
        found = await self._look(visit, press.report)
        await query.answer()
        await show(query, screens.model(self.desk.texts, found, self._form(found.report)))

    async def received(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Tell a reviewer of a report, with the button that opens it; None if it was taken back."""
        texts = self.desk.texts
        if await is_taken_back(self.desk.store, ReportId(str(row.facts["report"]))):
            return None
        html = texts.screen("report_received", name=person.name, **row.facts)
        press = OpenReport(str(row.facts["report"]))
        return Screen(html, ((Button(texts.label("review_read"), press),),))

    async def taken_back(self, row: OutboxMessage, person: Person) -> Screen | None:
        """Tell who was told of a report that it was taken back; None where he never heard of it."""
        report = ReportId(str(row.facts["report"]))
        heard = await was_heard_of(self.desk.store, person.id, report)
        return Screen(self.desk.texts.screen(TAKEN_BACK, **row.facts)) if heard else None

    async def _list(self, visit: Visit, page: int) -> Screen:
        found = await review.waiting(self.desk.store, visit.officer.id, self.desk.now())
        return screens.waiting_list(self.desk.texts, found, page)

    async def _models(self, visit: Visit, page: int, words: str) -> Screen:
        found = await models(
            self.desk.store, self.desk.forms, visit.officer.id, self.desk.now(), words
        )
        return screens.model_list(self.desk.texts, found, page, words)

    async def _look(self, visit: Visit, report: str) -> review.Waiting:
        try:
            return await review.look(
                self.desk.store, visit.officer.id, ReportId(report), self.desk.now()
            )
        except UnknownReport:
            raise StaleButton from None

    def _report(self, found: review.Waiting) -> Screen:
        return screens.report(self.desk.texts, found, self._form(found.report))

    async def _ask(self, query: CallbackQuery, report: str, visit: Visit, topic: str) -> None:
        store, now = self.desk.store, self.desk.now()
        try:
            found = await review.ask_words(store, visit.officer.id, ReportId(report), topic, now)
        except UnknownReport:
            raise StaleButton from None
        await query.answer()
        await show(query, screens.ask_words(self.desk.texts, found, TOPICS[topic]))

    def _form(self, report: Report) -> Form:
        return self.desk.forms.get(report.form, report.form_version)
