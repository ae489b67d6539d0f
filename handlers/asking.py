"""A plain message is a question: it is looked up, answered, and kept in the question log."""

from dataclasses import dataclass
from typing import Final

from telegram import Message, Update
from telegram.ext import ContextTypes

from handlers.answer_screens import answer_screen, quoted
from handlers.desk import Desk, Screen
from handlers.mentions import spoken_to
from handlers.sending import redraw, reply
from records.question_log import Asked, Outcome

LONGEST: Final = 1000
"""Characters of a question; what is longer is a document somebody pasted, not a question."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers questions in private chats and, when spoken to, in groups."""

    desk: Desk

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
