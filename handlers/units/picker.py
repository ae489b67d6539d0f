"""A unit is chosen: by going down the tree, or by typing some of its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies, Texts
from handlers.core.feature import Feature, Purpose
from handlers.core.pagination import count, cut, page_turns
from handlers.core.reply import reply, show
from handlers.core.screen import Button, Rows, Screen
from handlers.units.buttons import BrowseUnits, TakeUnit
from records.focus import kept, listen
from records.ids import UnitId
from records.model import Focus
from records.units import UnitTree
from services.units.tree import search, tree_for

TOPIC: Final = "join_unit"
"""`Focus.topic` while typed words search for a unit."""

CARRYING: Final = ("unit_takeover",)
"""Topics of dialogs that have gathered facts before a unit is chosen."""


@dataclass(frozen=True, slots=True)
class Picker:
    """Lets an admin choose a unit."""

    deps: Dependencies
    purposes: Mapping[str, Purpose]
    """By the letter that buttons carry."""

    @property
    def feature(self) -> Feature:
        """Where it listens."""
        return Feature(
            buttons={BrowseUnits: self.on_browse, TakeUnit: self.on_take},
            topics={TOPIC: self.on_words},
        )

    async def on_browse(self, query: CallbackQuery, pressed: BrowseUnits, context: Context) -> None:
        """Show the units below one."""
        screen = await self.begin(context, pressed)
        await query.answer()
        await show(query, screen, anew=pressed.anew == 1)

    async def begin(self, context: Context, pressed: BrowseUnits) -> Screen:
        """Return the units to choose from; typed words search among them from now on.

        What `CARRYING` dialogs have gathered is carried along.
        """
        tree = await self._tree(context, pressed.purpose)
        store, me = self.deps.store, context.officer.id
        before = await kept(store, me, TOPIC, *CARRYING)
        gathered = {} if before is None else before.facts
        facts = {**gathered, "purpose": pressed.purpose, "ref": pressed.ref}
        await listen(
            store,
            Focus(id=me, topic=TOPIC, subject=pressed.ref, since=self.deps.now(), facts=facts),
        )
        return browse(self.deps.texts, tree, pressed)

    async def on_take(self, query: CallbackQuery, pressed: TakeUnit, context: Context) -> None:
        """Hand the choice on."""
        tree = await self._tree(context, pressed.purpose)
        unit = UnitId(pressed.unit)
        if not tree.standing(unit):
            raise StaleButton
        screen = await self.purposes[pressed.purpose].on(query, context, pressed.ref, unit)
        await query.answer()
        await show(query, screen)

    async def on_words(self, message: Message, context: Context, focus: Focus) -> None:
        """Search for units by their names."""
        purpose, ref = str(focus.facts["purpose"]), str(focus.facts["ref"])
        tree = await self._tree(context, purpose)
        units = search(tree, message.text or "")
        await reply(message, found(self.deps.texts, tree, units, (purpose, ref)))

    async def _tree(self, context: Context, purpose: str) -> UnitTree:
        if purpose not in self.purposes:
            raise StaleButton
        right, now = self.purposes[purpose].right, self.deps.now()
        return await tree_for(self.deps.store, context.officer.id, right, "units", now)


def browse(texts: Texts, tree: UnitTree, pressed: BrowseUnits) -> Screen:
    """Show a unit, to be taken, and those below it, to be entered or taken."""
    at = None if pressed.unit == NONE else UnitId(pressed.unit)
    if at is None and len(tree.tops) == 1:
        at = tree.tops[0]
    if at is not None and not tree.standing(at):
        raise StaleButton
    units = tree.tops if at is None else tree.children(at)
    html = texts.screen(
        "unit_pick",
        at=None if at is None else tree.name(at),
        words=None,
        total=len(units),
        page=pressed.page,
        pages=count(len(units)),
    )
    written = at or NONE
    rows: Rows = () if at is None else ((_take(texts, tree, (pressed.purpose, pressed.ref), at),),)
    rows += tuple(
        (_enter(texts, tree, (pressed.purpose, pressed.ref), unit),)
        for unit in cut(units, pressed.page)
    )
    rows += page_turns(
        texts,
        pressed.page,
        count(len(units)),
        lambda page: BrowseUnits(pressed.purpose, pressed.ref, written, page),
    )
    above = None if at is None else tree.parent(at)
    if above is not None:
        up = BrowseUnits(pressed.purpose, pressed.ref, above, 0)
        rows += ((Button(texts.label("unit_up"), up),),)
    return Screen(html, rows)


def found(texts: Texts, tree: UnitTree, units: Sequence[UnitId], of: tuple[str, str]) -> Screen:
    """Show the units that words found, to be taken; `of` is purpose and subject."""
    html = texts.screen("unit_pick", at=None, words=True, total=len(units), page=0, pages=1)
    rows: Rows = tuple((_take(texts, tree, of, unit),) for unit in units)
    back = (Button(texts.label("unit_tree"), BrowseUnits(*of, NONE, 0)),)
    return Screen(html, (*rows, back))


def _take(texts: Texts, tree: UnitTree, of: tuple[str, str], unit: UnitId) -> Button:
    above = tree.parent(unit)
    label = texts.label(
        "unit_take", name=tree.name(unit), under=None if above is None else tree.short(above)
    )
    return Button(label, TakeUnit(*of, unit))


def _enter(texts: Texts, tree: UnitTree, of: tuple[str, str], unit: UnitId) -> Button:
    """Return a button into a unit; one with none below it is taken at once."""
    if not tree.children(unit):
        return _take(texts, tree, of, unit)
    return Button(texts.label("unit_into", name=tree.name(unit)), BrowseUnits(*of, unit, 0))
