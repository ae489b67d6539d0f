"""A plain message is a question: it is looked up, answered, and kept in the question log."""

from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import redraw, reply, show
from handlers.core.screen import Screen
from handlers.core.work_sign import at_work
from handlers.library.answer_screens import answer_screen, choice_id, chosen, quoted, results
from handlers.library.buttons import AskOf, Judge, MoreResults, OpenDocument
from handlers.library.mentions import spoken_to
from handlers.library.screens import document
from knowledge.answering.values import Answer, Several
from services.question_log import Asked, Outcome, UnknownQuestion

LONGEST: Final = 1000
"""Characters of a question; what is longer is a document somebody pasted, not a question."""

_BUTTONS: Final = frozenset({MoreResults, AskOf, Judge})


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers questions in private chats and, when spoken to, in groups."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens, beside what is no command: the buttons under answers."""
        return Feature(
            buttons={
                MoreResults: self.on_more,
                AskOf: self.on_choice,
                Judge: self.on_judge,
            },
            asker_buttons=_BUTTONS,
            asides=frozenset({Judge}),
        )

    async def on_question(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message; an edited one gets its answer changed in place."""
        message = update.effective_message
        said = None if message is None else message.text or message.caption
        if message is not None and said:
            await self._respond(message, said, edited=update.edited_message is not None)

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
            await reply(message, Screen(self.deps.texts.screen("mentioned", username=username)))

    async def on_more(self, query: CallbackQuery, pressed: MoreResults, _context: Context) -> None:
        """Show a page of what else answers a question."""
        asked = await self._question(query, pressed.question)
        screen = results(self.deps.texts, await self.deps.ask(asked.text), pressed)
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def on_choice(self, query: CallbackQuery, pressed: AskOf, _context: Context) -> None:
        """Show what the chosen document says to the question; where it is only cited, who cites."""
        screen = await self._of_choice(query, pressed)
        await query.answer()
        await show(query, screen)

    async def on_judge(self, query: CallbackQuery, pressed: Judge, _context: Context) -> None:
        """Keep the judgement and thank for it."""
        await self._question(query, pressed.question)
        useful, now, by = pressed.useful == 1, self.deps.now(), query.from_user.id
        log = self.deps.questions
        await self.deps.work(lambda: log.judge(pressed.question, by=by, useful=useful, at=now))
        label = "thanks_useful" if useful else "thanks_useless"
        await query.answer(self.deps.texts.label(label))

    async def _of_choice(self, query: CallbackQuery, pressed: AskOf) -> Screen:
        texts, catalogue = self.deps.texts, self.deps.catalogue()
        answer = await self.deps.ask((await self._question(query, pressed.question)).text)
        choices = answer.choices if isinstance(answer, Several) else ()
        meant = next((one for one in choices if choice_id(one) == pressed.document), None)
        if meant is not None and meant.file is None and meant.number is not None:
            cited = await self.deps.ask(meant.number)
            return answer_screen(texts, catalogue, cited, pressed.question)
        file = catalogue.find(pressed.document).file
        found = chosen(texts, answer, file, pressed.question)
        return found or document(texts, catalogue, OpenDocument(pressed.document, 0))

    async def _question(self, query: CallbackQuery, question: str) -> Asked:
        """Return the question of a button; one of another chat is unknown here."""
        asked = await self.deps.work(lambda: self.deps.questions.question(question))
        if query.message is None or query.message.chat.id != asked.chat:
            raise UnknownQuestion(question)
        return asked

    async def answer(
        self, message: Message, text: str, took: tuple[str, ...], found: Answer | None
    ) -> Answer | None:
        """Answer a message with what the library says to `text`; None where it is too long.

        `took` names what was taken from what was said before; `found` is the library's answer
        where it was asked already.
        """
        return await self._respond(message, text, edited=False, took=took, found=found)

    async def _respond(
        self,
        message: Message,
        text: str,
        *,
        edited: bool,
        took: tuple[str, ...] = (),
        found: Answer | None = None,
    ) -> Answer | None:
        screen, answer = await self._screen(message, text, found)
        if took:
            taken = self.deps.texts.screen("own_took", took=took)
            screen = replace(screen, html=f"{taken}\n{screen.html}")
        chat, number = message.chat.id, message.message_id
        earlier = self.deps.questions.reply_to(chat, number) if edited else None
        if earlier is not None and await redraw(message.get_bot(), chat, earlier, screen):
            return answer
        sent = await reply(message, screen)
        await self.deps.work(lambda: self.deps.questions.replied(chat, number, sent))
        return answer

    async def _screen(
        self, message: Message, text: str, found: Answer | None
    ) -> tuple[Screen, Answer | None]:
        """Ask, keep the question, and word the answer."""
        if len(text) > LONGEST:
            return Screen(self.deps.texts.screen("too_long", most=LONGEST)), None
        async with at_work(message.get_bot(), message.chat.id):
            answer = found or await self.deps.ask(text)
        asked = Asked(
            chat=message.chat.id, message=message.message_id, text=text, at=self.deps.now()
        )
        outcome = Outcome(kind=type(answer).__name__, quoted=quoted(answer))
        question = await self.deps.work(lambda: self.deps.questions.ask(asked, outcome))
        screen = answer_screen(self.deps.texts, self.deps.catalogue(), answer, question)
        return screen, answer
