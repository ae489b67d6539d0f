"""A tap on a button: read, acted upon, answered; a dead button gets a polite notice."""

from dataclasses import dataclass

from telegram import CallbackQuery, Update

from handlers.answer_screens import answer_screen, choice_id, chosen, results
from handlers.buttons import decode
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.library_screens import clause, document, documents, related
from handlers.press import Press, StaleButton
from handlers.presses import (
    AskOf,
    Judge,
    MoreResults,
    OpenClause,
    OpenDocument,
    OpenDocuments,
    OpenRelated,
)
from handlers.sending import show
from handlers.visit import Visit
from knowledge.answering.values import Several
from records.question_log import Asked, UnknownQuestion


@dataclass(frozen=True, slots=True)
class Pressing:
    """Acts upon buttons."""

    desk: Desk
    inside: Conversation
    """The conversations whose buttons are not the library's."""

    async def on_press(self, update: Update, visit: Visit) -> None:
        """Answer the tap, then show what it asks for."""
        query = update.callback_query
        if query is None:
            return
        try:
            press = decode(query.data or "")
            on = self.inside.presses.get(type(press))
            if on is not None:
                await on(query, press, visit)
                return
            if isinstance(press, Judge):
                await self._judge(query, press)
                return
            screen = await self._screen(query, press)
        except (StaleButton, UnknownQuestion):
            await query.answer(self.desk.texts.label("stale"), show_alert=True)
            return
        await query.answer()
        await show(query, screen, anew=_anew(press))

    async def _screen(self, query: CallbackQuery, press: Press) -> Screen:
        texts, catalogue = self.desk.texts, self.desk.catalogue()
        match press:
            case OpenDocuments():
                return documents(texts, catalogue, press)
            case OpenDocument():
                return document(texts, catalogue, press)
            case OpenClause():
                return clause(texts, catalogue, press)
            case OpenRelated():
                return related(texts, catalogue, press)
            case MoreResults():
                asked = await self._question(query, press.question)
                return results(texts, await self.desk.ask(asked.text), press)
            case AskOf():
                return await self._choose(query, press)
            case _:
                raise StaleButton

    async def _choose(self, query: CallbackQuery, press: AskOf) -> Screen:
        """Show what the chosen document says to the question; where it is only cited, who cites."""
        texts, catalogue = self.desk.texts, self.desk.catalogue()
        answer = await self.desk.ask((await self._question(query, press.question)).text)
        choices = answer.choices if isinstance(answer, Several) else ()
        meant = next((one for one in choices if choice_id(one) == press.document), None)
        if meant is not None and meant.file is None and meant.number is not None:
            cited = await self.desk.ask(meant.number)
            return answer_screen(texts, catalogue, cited, press.question)
        file = catalogue.find(press.document).file
        found = chosen(texts, answer, file, press.question)
        return found or document(texts, catalogue, OpenDocument(press.document, 0))

    async def _judge(self, query: CallbackQuery, press: Judge) -> None:
        """Keep the judgement and thank for it."""
        await self._question(query, press.question)
        useful, now = press.useful == 1, self.desk.now()
        by = query.from_user.id
        log = self.desk.questions
        await self.desk.work(lambda: log.judge(press.question, by=by, useful=useful, at=now))
        label = "thanks_useful" if useful else "thanks_useless"
        await query.answer(self.desk.texts.label(label))

    async def _question(self, query: CallbackQuery, question: str) -> Asked:
        """Return the question of a button; one of another chat is unknown here."""
        asked = await self.desk.work(lambda: self.desk.questions.question(question))
        if query.message is None or query.message.chat.id != asked.chat:
            raise UnknownQuestion(question)
        return asked


def _anew(press: Press) -> bool:
    """Tell whether the answer to a press is a message of its own."""
    return getattr(press, "anew", 0) == 1
