"""Words that may not be meant as they stand: their writer says what becomes of them.

A question where any words are an answer, letters of a keyboard left off, a citizen's number.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from telegram import CallbackQuery, Message, Update

from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature
from handlers.core.reply import reply, show
from handlers.core.screen import Button, Screen
from handlers.core.unfinished import Unfinished
from records import focus
from records.model import Focus
from vietnamese.appeals import is_appeal
from vietnamese.keyboard import as_meant
from vietnamese.personal_data import personal_numbers
from vietnamese.text import nfc

OnUpdate = Callable[[Update, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class KeepWords(CallbackData):
    """They are the answer."""

    letters: ClassVar = "wk"
    mark: str


@dataclass(frozen=True, slots=True)
class AskWords(CallbackData):
    """They are meant for the assistant."""

    letters: ClassVar = "wa"
    mark: str


@dataclass(frozen=True, slots=True)
class SpellWords(CallbackData):
    """Take words that were typed with the keyboard's conversion off, or with foreign letters.

    With `read` 1 they are taken as the assistant reads them, with 0 as they stand.
    """

    letters: ClassVar = "ws"
    mark: str
    read: int


@dataclass(frozen=True, slots=True)
class KeepNumber(CallbackData):
    """The citizen's number among them is needed."""

    letters: ClassVar = "wn"
    mark: str


@dataclass(frozen=True, slots=True)
class DropWords(CallbackData):
    """They are forgotten; other words are to come."""

    letters: ClassVar = "wd"
    mark: str


async def always(_context: Context, _held: Focus) -> bool:
    """Say that any words are an answer."""
    return True


@dataclass(frozen=True, slots=True)
class DoubtfulWords:
    """Asks what becomes of words, and does what was chosen."""

    deps: Dependencies
    inside: Feature
    """All features as one."""
    ask: OnUpdate
    """Takes words that nobody waits for."""
    unfinished: Unfinished

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={
                KeepWords: self.on_keep,
                AskWords: self.on_ask,
                SpellWords: self.on_spell,
                KeepNumber: self.on_keep_number,
                DropWords: self.on_drop,
            },
            asides=frozenset({KeepWords, AskWords, SpellWords, KeepNumber, DropWords}),
            stranger_buttons=frozenset({SpellWords}),
        )

    async def asked(self, message: Message, context: Context, held: Focus) -> bool:
        """Ask what the words of a message are, where that is in doubt; tell whether it was."""
        if await self._asked_number(message, context, held):
            return True
        return await self._asked_meaning(message, context, held)

    async def _asked_number(self, message: Message, context: Context, held: Focus) -> bool:
        """Ask whether a citizen's number among the words is needed, before they are kept."""
        kept, text = self.inside.kept.get(held.topic), message.text or ""
        numbers = personal_numbers(text)
        if kept is None or not numbers or not await kept(context, held):
            return False
        mark = await focus.doubt(self.deps.store, held, message.message_id, text)
        texts = self.deps.texts
        row = (
            Button(texts.label("number_keep"), KeepNumber(mark)),
            Button(texts.label("number_drop"), DropWords(mark)),
        )
        await reply(message, Screen(texts.screen("doubtful_number", numbers=numbers), (row,)))
        return True

    async def _asked_meaning(self, message: Message, context: Context, held: Focus) -> bool:
        """Ask whether words are an answer, or meant to be spelled so, where that is in doubt."""
        prose, text = self.inside.prose.get(held.topic), message.text or ""
        if held.topic in self.inside.names:
            return await self._asked_spelling(message, held)
        if prose is None or not text or not await prose(context, held):
            return False
        if not is_appeal(self._read(held, text)):
            return await self._asked_spelling(message, held)
        mark = await focus.doubt(self.deps.store, held, message.message_id, text)
        texts = self.deps.texts
        row = (
            Button(texts.label("words_keep"), KeepWords(mark)),
            Button(texts.label("words_ask"), AskWords(mark)),
        )
        await reply(message, Screen(texts.screen("doubtful_words", said=text), (row,)))
        return True

    def _read(self, held: Focus, text: str) -> str:
        """Return words as the keys were meant; a name may be a single word."""
        return as_meant(text, fewest=1) if held.topic in self.inside.names else as_meant(text)

    async def _asked_spelling(self, message: Message, held: Focus) -> bool:
        """Ask whether words were meant as they are read, where that differs."""
        text = message.text or ""
        meant = self._read(held, text)
        if meant == nfc(text):
            return False
        mark = await focus.doubt(self.deps.store, held, message.message_id, text)
        texts = self.deps.texts
        row = (
            Button(texts.label("words_read"), SpellWords(mark, 1)),
            Button(texts.label("words_typed"), SpellWords(mark, 0)),
        )
        await reply(message, Screen(texts.screen("doubtful_spelling", meant=meant), (row,)))
        return True

    async def on_spell(self, query: CallbackQuery, pressed: SpellWords, context: Context) -> None:
        """Take the words as they are read, or as they stand."""
        settled = await self._settled(context, pressed.mark)
        if pressed.read:
            settled = replace(settled, text=self._read(settled.held, settled.text))
        await self._keep(query, context, settled)

    async def on_keep(self, query: CallbackQuery, pressed: KeepWords, context: Context) -> None:
        """Take the words as the answer."""
        await self._keep(query, context, await self._settled(context, pressed.mark))

    async def on_keep_number(
        self, query: CallbackQuery, pressed: KeepNumber, context: Context
    ) -> None:
        """Take the words with the number in them."""
        settled = await self._settled(context, pressed.mark)
        message = self._again(query, settled)
        if await self._asked_meaning(message, context, settled.held):
            await query.answer()
        else:
            await self._keep(query, context, settled)

    async def on_drop(self, query: CallbackQuery, pressed: DropWords, context: Context) -> None:
        """Forget the words, and wait for others."""
        await self._settled(context, pressed.mark)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("words_dropped")))

    async def _keep(self, query: CallbackQuery, context: Context, settled: focus.Doubted) -> None:
        message = self._again(query, settled)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("words_kept", said=settled.text)))
        await self.inside.topics[settled.held.topic](message, context, settled.held)

    async def on_ask(self, query: CallbackQuery, pressed: AskWords, context: Context) -> None:
        """Take the words as a question; what waited for an answer rests."""
        settled = await self._settled(context, pressed.mark)
        message = self._again(query, settled)
        left = await self.unfinished.turned(context.holder)
        await query.answer()
        await show(query, Screen(self.deps.texts.screen("words_asked", said=settled.text)))
        await self.ask(Update(0, message=message), context)
        await self.unfinished.tell(message.chat.id, context, left)

    async def _settled(self, context: Context, mark: str) -> focus.Doubted:
        """Return the words in doubt; raises StaleButton once other words have come."""
        holder = context.holder
        settled = None if holder is None else await focus.settle(self.deps.store, holder, mark)
        if settled is None or settled.held.topic not in self.inside.topics:
            raise StaleButton
        return settled

    def _again(self, query: CallbackQuery, settled: focus.Doubted) -> Message:
        """Return the message of the words as it came."""
        if query.message is None:
            raise StaleButton
        message = Message(
            message_id=settled.order,
            date=self.deps.now(),
            chat=query.message.chat,
            from_user=query.from_user,
            text=settled.text,
        )
        message.set_bot(query.get_bot())
        return message
