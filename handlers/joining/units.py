"""/donvi: the tree of units, for those who may see it; an admin changes it, unit by unit."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Desk, Screen
from handlers.joining import unit_screens as screens
from handlers.joining.picking import Purpose
from handlers.joining.presses import NONE, AskUnit, EndUnit, OpenUnit
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.focus import listen, stop, text_of
from records.ids import UnitId
from records.model import Focus
from records.structure import changing
from records.structure.changing import NewUnit
from records.structure.refusals import UnitUnknown
from records.structure.tree import look, search, seen_by, tree_for
from records.units import UnitTree
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

    desk: Desk

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            commands={"donvi": self.on_command},
            presses={OpenUnit: self.on_unit, AskUnit: self.on_ask, EndUnit: self.on_end},
            topics={WORDS: self.on_words},
        )

    @property
    def purposes(self) -> dict[str, Purpose]:
        """What it needs units for."""
        return {MOVE: Purpose(right=Action.MANAGE_UNITS, on=self.on_parent)}

    async def on_command(self, message: Message, visit: Visit) -> None:
        """`/donvi`, or `/donvi words`: show the top of what one may see, or the units found."""
        words = " ".join(visit.args or ())
        if not words:
            await reply(message, await self._unit(visit, OpenUnit(NONE, 0)))
            return
        seen = await seen_by(self.desk.store, visit.officer.id, self.desk.now())
        found = [unit for unit in search(seen.tree, words) if unit in seen.scope]
        await reply(message, screens.found(self.desk.texts, seen.tree, found))

    async def on_unit(self, query: CallbackQuery, press: OpenUnit, visit: Visit) -> None:
        """Show a unit and those below it."""
        screen = await self._unit(visit, press)
        await query.answer()
        await show(query, screen)

    async def on_ask(self, query: CallbackQuery, press: AskUnit, visit: Visit) -> None:
        """Ask for the words of a change."""
        if press.what not in set(UnitWord):
            raise StaleButton
        what, me, now = UnitWord(press.what).name, visit.officer.id, self.desk.now()
        tree = await tree_for(self.desk.store, me, Action.MANAGE_UNITS, press.unit, now)
        name = None if press.unit == NONE else tree.name(UnitId(press.unit))
        focus = Focus(id=me, topic=WORDS, subject=press.unit, since=now, facts={"what": what})
        await listen(self.desk.store, focus)
        await query.answer()
        await show(query, screens.ask(self.desk.texts, what.lower(), name, press.unit))

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Take the name of a new unit, or another name."""
        said, me, now = message.text or "", visit.officer.id, self.desk.now()
        store, at = self.desk.store, focus.subject
        words, since = name_and_day(said, day_of(now))
        if text_of(focus, "what") == UnitWord.ADD.name:
            kind, name = kind_and_name(words, (await seen_by(store, me, now)).tree)
            parent = None if at == NONE else UnitId(at)
            new = NewUnit(name=name, kind=kind, parent=parent, since=since)
            at = (await changing.add_unit(store, me, new, now)).id
        else:
            await changing.rename(store, me, UnitId(at), words, since, now)
        await stop(store, me, WORDS)
        await reply(message, await self._unit(visit, OpenUnit(at, 0)))

    async def on_parent(
        self, _query: CallbackQuery, visit: Visit, unit: str, parent: UnitId
    ) -> Screen:
        """Put a unit under another, from today on."""
        now = self.desk.now()
        today = day_of(now)
        me = visit.officer.id
        await changing.move(self.desk.store, me, UnitId(unit), parent, today, now)
        return await self._unit(visit, OpenUnit(unit, 0))

    async def on_end(self, query: CallbackQuery, press: EndUnit, visit: Visit) -> None:
        """End a unit, once it is sure."""
        unit, now = UnitId(press.unit), self.desk.now()
        if press.sure:
            today = day_of(now)
            await changing.end(self.desk.store, visit.officer.id, unit, today, now)
            screen = await self._unit(visit, OpenUnit(press.unit, 0))
        else:
            tree = await tree_for(self.desk.store, visit.officer.id, Action.MANAGE_UNITS, unit, now)
            screen = screens.sure_end(self.desk.texts, tree.name(unit), unit)
        await query.answer()
        await show(query, screen)

    async def _unit(self, visit: Visit, press: OpenUnit) -> Screen:
        unit = None if press.unit == NONE else UnitId(press.unit)
        try:
            place = await look(self.desk.store, visit.officer.id, unit, self.desk.now())
        except UnitUnknown:
            raise StaleButton from None
        return screens.unit(self.desk.texts, place, press.page)


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
