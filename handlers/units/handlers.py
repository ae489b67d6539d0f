"""/donvi: the tree of units, for those who may see it; an admin changes it, unit by unit."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.doubtful_words import always
from handlers.core.feature import Feature, Purpose
from handlers.core.reply import reply, show
from handlers.core.screen import Screen
from handlers.core.unfinished import waiting
from handlers.units import screens
from handlers.units.buttons import AskUnit, EndUnit, OpenUnit
from records.access import Action
from records.focus import listen, stop, text_of
from records.ids import UnitId
from records.model import Focus
from records.units import UnitTree
from services.units import changes
from services.units.changes import NewUnit
from services.units.refusals import UnitUnknown
from services.units.tree import look, search, seen_by, tree_for
from vietnamese.dates import Prefer, find_dates
from vietnamese.text import fold
from vietnamese.zone import day_of

WORDS: Final = "unit_words"
"""`Focus.topic` of an admin who was asked for the words of a change to a unit."""

MOVE: Final = "m"
"""What a unit is chosen for."""

_FROM: Final = frozenset({"tu", "ngay", "ke"})
"""Words before a day that are no part of a name, folded: "… từ ngày 01/7/2026"."""


class UnitWord(IntEnum):
    """What words about a unit are; buttons name it by its number, so these numbers stay."""

    ADD = 0
    RENAME = 1


@dataclass(frozen=True, slots=True)
class Units:
    """Shows and changes the tree."""

    deps: Dependencies

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            commands={"donvi": self.on_command},
            buttons={OpenUnit: self.on_unit, AskUnit: self.on_ask, EndUnit: self.on_end},
            topics={WORDS: self.on_words},
            left={WORDS: waiting},
            prose={WORDS: always},
            kept={WORDS: always},
            purposes={MOVE: Purpose(right=Action.MANAGE_UNITS, on=self.on_parent)},
        )

    async def on_command(self, message: Message, context: Context) -> None:
        """`/donvi`, or `/donvi words`: show the top of what one may see, or the units found."""
        words = " ".join(context.args or ())
        if not words:
            await reply(message, await self._unit(context, OpenUnit(NONE, 0)))
            return
        seen = await seen_by(self.deps.store, context.officer.id, self.deps.now())
        found = [unit for unit in search(seen.tree, words) if unit in seen.scope]
        await reply(message, screens.found(self.deps.texts, seen.tree, found))

    async def on_unit(self, query: CallbackQuery, pressed: OpenUnit, context: Context) -> None:
        """Show a unit and those below it."""
        screen = await self._unit(context, pressed)
        await query.answer()
        await show(query, screen)

    async def on_ask(self, query: CallbackQuery, pressed: AskUnit, context: Context) -> None:
        """Ask for the words of a change."""
        if pressed.what not in set(UnitWord):
            raise StaleButton
        what, me, now = UnitWord(pressed.what).name, context.officer.id, self.deps.now()
        tree = await tree_for(self.deps.store, me, Action.MANAGE_UNITS, pressed.unit, now)
        name = None if pressed.unit == NONE else tree.name(UnitId(pressed.unit))
        focus = Focus(id=me, topic=WORDS, subject=pressed.unit, since=now, facts={"what": what})
        await listen(self.deps.store, focus)
        await query.answer()
        await show(query, screens.ask(self.deps.texts, what.lower(), name, pressed.unit))

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Take the name of a new unit, or another name."""
        said, me, now = message.text or "", context.officer.id, self.deps.now()
        store, at = self.deps.store, focus.subject
        words, since = name_and_day(said, day_of(now))
        if text_of(focus, "what") == UnitWord.ADD.name:
            kind, name = kind_and_name(words, (await seen_by(store, me, now)).tree)
            parent = None if at == NONE else UnitId(at)
            new = NewUnit(name=name, kind=kind, parent=parent, since=since)
            at = (await changes.add_unit(store, me, new, now)).id
        else:
            await changes.rename(store, me, UnitId(at), words, since, now)
        await stop(store, me, WORDS)
        await reply(message, await self._unit(context, OpenUnit(at, 0)))

    async def on_parent(
        self, _query: CallbackQuery, context: Context, unit: str, parent: UnitId
    ) -> Screen:
        """Put a unit under another, from today on."""
        now = self.deps.now()
        today = day_of(now)
        me = context.officer.id
        await changes.move(self.deps.store, me, UnitId(unit), parent, today, now)
        return await self._unit(context, OpenUnit(unit, 0))

    async def on_end(self, query: CallbackQuery, pressed: EndUnit, context: Context) -> None:
        """End a unit, once it is sure."""
        unit, now = UnitId(pressed.unit), self.deps.now()
        if pressed.sure:
            today = day_of(now)
            await changes.end(self.deps.store, context.officer.id, unit, today, now)
            screen = await self._unit(context, OpenUnit(pressed.unit, 0))
        else:
            tree = await tree_for(
                self.deps.store, context.officer.id, Action.MANAGE_UNITS, unit, now
            )
            screen = screens.sure_end(self.deps.texts, tree.name(unit), unit)
        await query.answer()
        await show(query, screen)

    async def _unit(self, context: Context, pressed: OpenUnit) -> Screen:
        unit = None if pressed.unit == NONE else UnitId(pressed.unit)
        try:
            place = await look(self.deps.store, context.officer.id, unit, self.deps.now())
        except UnitUnknown:
            raise StaleButton from None
        return screens.unit(self.deps.texts, place, pressed.page)


def name_and_day(said: str, today: date) -> tuple[str, date | None]:
    """Return a name, and the day it holds from if words such as "từ ngày 01/7/2026" follow it."""
    first = next(find_dates(said, today, Prefer.NEAREST), None)
    if first is None or said[first.end :].strip(" .;)"):
        return said, None
    words = said[: first.start].rstrip(" ,;(").split()
    around = [*words[-1:], *said[first.start : first.end].split()[:1]]
    if not any(fold(word) in _FROM for word in around):
        return said, None
    while words and fold(words[-1]) in _FROM:
        words.pop()
    return " ".join(words).rstrip(" ,;("), first.read.day


def kind_and_name(said: str, tree: UnitTree) -> tuple[str, str]:
    """Return kind and name of "phòng: Phòng Tư pháp"; without a colon the name begins with both.

    Of the kinds that there are the longest one that the name begins with is meant, else its first
    word is the kind.
    """
    kind, colon, name = said.partition(":")
    if colon:
        return kind.strip(), name.strip()
    plain = fold(said).strip()
    known = [unit.kind for unit in tree.units.values() if plain.startswith(f"{fold(unit.kind)} ")]
    first = said.split(maxsplit=1)[0] if said.split() else ""
    return max(known, key=len, default=first), said.strip()
