"""Who turns to something else is told once what lies unfinished, with a button to go on.

A feature says for each topic what is left of it (`Feature.left`); a topic that gathers nothing,
such as a search, has no entry and is let go in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from telegram import CallbackQuery

from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, Left, OnLeft
from handlers.core.reply import keyboard, show
from handlers.core.screen import Button, Screen
from records import focus
from records.ids import PersonId
from records.model import Focus


@dataclass(frozen=True, slots=True)
class TakeUp(CallbackData):
    """Go on with what waits for words, if it still waits; `mark` tells which."""

    letters: ClassVar = "wt"
    mark: str


async def waiting(_context: Context, held: Focus) -> Left:
    """Return what is left of a topic that waits for words and shows nothing else."""
    return Left(what=f"left_{held.topic.replace('.', '_')}", on=TakeUp(focus.mark(held)))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Lets what waits for words rest, and says so."""

    deps: Dependencies
    left: Mapping[str, OnLeft]
    """By `Focus.topic`."""

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(buttons={TakeUp: self.on_take_up}, asides=frozenset({TakeUp}))

    async def on_take_up(self, query: CallbackQuery, pressed: TakeUp, context: Context) -> None:
        """Wait for the words again."""
        held = await focus.take_up(self.deps.store, context.officer.id, pressed.mark)
        if held is None:
            raise StaleButton
        left = await self.left[held.topic](context, held)
        if left is None:
            raise StaleButton
        await query.answer()
        what = self.deps.texts.label(left.what, **left.facts)
        await show(query, Screen(self.deps.texts.screen("go_on", what=what)))

    async def turned(self, holder: PersonId | None) -> Focus | None:
        """Let what waits for the holder's words rest, and return it; None where nothing did."""
        return None if holder is None else await focus.rest(self.deps.store, holder)

    async def stays(self, before: Focus | None) -> None:
        """Listen on for what was let rest: what its holder turned to was refused."""
        if before is not None:
            await focus.take_up(self.deps.store, before.id, focus.mark(before))

    async def tell(self, chat: int, context: Context, before: Focus | None) -> None:
        """Say what was left for something else, unless it goes on or has ended by now."""
        if before is None or before.topic not in self.left or context.person is None:
            return
        now = await focus.kept(self.deps.store, before.id)
        if now is None or (now.listens and focus.same(now, before)):
            return
        left = await self.left[before.topic](context, before)
        if left is None or (isinstance(left.on, TakeUp) and not focus.same(now, before)):
            return
        texts = self.deps.texts
        what = texts.label(left.what, **left.facts)
        screen = Screen(
            texts.screen("unfinished", what=what), ((Button(texts.label("go_on"), left.on),),)
        )
        await context.bot.send_message(chat, screen.html, reply_markup=keyboard(screen))
