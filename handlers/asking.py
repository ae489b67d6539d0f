"""A plain message is a question: it is looked up, answered, and kept in the question log."""

from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from handlers.answer_screens import answer_screen, choice_id, chosen, quoted, results
from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.library_screens import document
from handlers.mentions import spoken_to
from handlers.presses import AskOf, Judge, MoreResults, OpenDocument
from handlers.sending import redraw, reply, show
from handlers.visit import Visit
from knowledge.answering.values import Several
from records.question_log import Asked, Outcome, UnknownQuestion

LONGEST: Final = 1000
"""Characters of a question; what is longer is a document somebody pasted, not a question."""

_BUTTONS: Final = frozenset({MoreResults, AskOf, Judge})


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers questions in private chats and, when spoken to, in groups."""

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens, beside what is no command: the buttons under answers."""
        return Conversation(
            presses={
                MoreResults: self.on_more,
                AskOf: self.on_choice,
                Judge: self.on_judge,
            },
            asker_presses=_BUTTONS,
            asides=_BUTTONS,
        )

    async def on_question(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message; an edited one gets its answer changed in place."""
        message = update.effective_message
        if message is not None and message.text:
            await self._respond(message, message.text, edited=update.edited_message is not None)

    async def on_group(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message of a group if it speaks to the assistant."""
        message = update.effective_message
        said = None if message is None else spoken_to(message, context.bot.bot)
        if message is None or said is None:
            return
        edited = update.edited_message is not None
        if said:
            await self._respond(message, said, edited=edited)
        elif not edited:
            username = context.bot.username
            await reply(message, Screen(self.desk.texts.screen("mentioned", username=username)))

    async def on_more(self, query: CallbackQuery, press: MoreResults, _visit: Visit) -> None:
        """Show a page of what else answers a question."""
        asked = await self._question(query, press.question)
        screen = results(self.desk.texts, await self.desk.ask(asked.text), press)
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def on_choice(self, query: CallbackQuery, press: AskOf, _visit: Visit) -> None:
        """Show what the chosen document says to the question; where it is only cited, who cites."""
        screen = await self._of_choice(query, press)
        await query.answer()
        await show(query, screen)

    async def on_judge(self, query: CallbackQuery, press: Judge, _visit: Visit) -> None:
        """Keep the judgement and thank for it."""
        await self._question(query, press.question)
        useful, now, by = press.useful == 1, self.desk.now(), query.from_user.id
        log = self.desk.questions
        await self.desk.work(lambda: log.judge(press.question, by=by, useful=useful, at=now))
        label = "thanks_useful" if useful else "thanks_useless"
        await query.answer(self.desk.texts.label(label))

    async def _of_choice(self, query: CallbackQuery, press: AskOf) -> Screen:
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

    async def _question(self, query: CallbackQuery, question: str) -> Asked:
        """Return the question of a button; one of another chat is unknown here."""
        asked = await self.desk.work(lambda: self.desk.questions.question(question))
        if query.message is None or query.message.chat.id != asked.chat:
            raise UnknownQuestion(question)
        return asked

    async def _respond(self, message: Message, text: str, *, edited: bool) -> None:
        screen = await self._screen(message, text)
        chat, number = message.chat.id, message.message_id
        earlier = self.desk.questions.reply_to(chat, number) if edited else None
        if earlier is not None and await redraw(message.get_bot(), chat, earlier, screen):
            return
        sent = await reply(message, screen)
        await self.desk.work(lambda: self.desk.questions.replied(chat, number, sent))

    async def _screen(self, message: Message, text: str) -> Screen:
        """Ask, keep the question, and word the answer."""
        if len(text) > LONGEST:
            return Screen(self.desk.texts.screen("too_long", most=LONGEST))
        answer = await self.desk.ask(text)
        asked = Asked(
            chat=message.chat.id, message=message.message_id, text=text, at=self.desk.now()
        )
        outcome = Outcome(kind=type(answer).__name__, quoted=quoted(answer))
        question = await self.desk.work(lambda: self.desk.questions.ask(asked, outcome))
        return answer_screen(self.desk.texts, self.desk.catalogue(), answer, question)
