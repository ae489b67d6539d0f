"""A unit is chosen: by going down the tree, or by typing some of its name."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Message

from handlers.conversation import Conversation
from handlers.desk import Button, Desk, Screen, Texts
from handlers.joining.presses import NONE, BrowseUnits, TakeUnit
from handlers.library_screens import Rows, page_turns
from handlers.pages import count, cut
from handlers.press import StaleButton
from handlers.sending import reply, show
from handlers.visit import Visit
from records.access import Action
from records.focus import kept, listen
from records.ids import UnitId
from records.model import Focus
from records.structure.tree import search, tree_for
from records.units import UnitTree

TOPIC: Final = "join_unit"
"""`Focus.topic` while typed words search for a unit."""

CARRYING: Final = ("unit_takeover",)
"""Topics of conversations that have gathered facts before a unit is chosen."""

OnUnit = Callable[[CallbackQuery, Visit, str, UnitId], Awaitable[Screen]]
"""Takes the choice: with what it is about and the unit; answers the query, returns what to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a unit can be chosen for."""

    right: Action
    on: OnUnit


@dataclass(frozen=True, slots=True)
class Picking:
    """Lets an admin choose a unit."""

    desk: Desk
    purposes: Mapping[str, Purpose]
    """By the letter that buttons carry."""

    @property
    def conversation(self) -> Conversation:
        """Where it listens."""
        return Conversation(
            presses={BrowseUnits: self.on_browse, TakeUnit: self.on_take},
            topics={TOPIC: self.on_words},
        )

    async def on_browse(self, query: CallbackQuery, press: BrowseUnits, visit: Visit) -> None:
        """Show the units below one."""
        screen = await self.begin(visit, press)
        await query.answer()
        await show(query, screen, anew=press.anew == 1)

    async def begin(self, visit: Visit, press: BrowseUnits) -> Screen:
        """Return the units to choose from; typed words search among them from now on.

        What `CARRYING` conversations have gathered is carried along.
        """
        tree = await self._tree(visit, press.purpose)
        store, me = self.desk.store, visit.officer.id
        before = await kept(store, me, TOPIC, *CARRYING)
        gathered = {} if before is None else before.facts
        facts = {**gathered, "purpose": press.purpose, "ref": press.ref}
        await listen(
            store, Focus(id=me, topic=TOPIC, subject=press.ref, since=self.desk.now(), facts=facts)
        )
        return browse(self.desk.texts, tree, press)

    async def on_take(self, query: CallbackQuery, press: TakeUnit, visit: Visit) -> None:
        """Hand the choice on."""
        tree = await self._tree(visit, press.purpose)
        unit = UnitId(press.unit)
        if not tree.standing(unit):
            raise StaleButton
        screen = await self.purposes[press.purpose].on(query, visit, press.ref, unit)
        await query.answer()
        await show(query, screen)

    async def on_words(self, message: Message, visit: Visit, focus: Focus) -> None:
        """Search for units by their names."""
        purpose, ref = str(focus.facts["purpose"]), str(focus.facts["ref"])
        tree = await self._tree(visit, purpose)
        units = search(tree, message.text or "")
        await reply(message, found(self.desk.texts, tree, units, (purpose, ref)))

    async def _tree(self, visit: Visit, purpose: str) -> UnitTree:
        if purpose not in self.purposes:
            raise StaleButton
        right, now = self.purposes[purpose].right, self.desk.now()
        return await tree_for(self.desk.store, visit.officer.id, right, "units", now)


def browse(texts: Texts, tree: UnitTree, press: BrowseUnits) -> Screen:
    """Show a unit, to be taken, and those below it, to be entered or taken."""
    at = None if press.unit == NONE else UnitId(press.unit)
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
        page=press.page,
        pages=count(len(units)),
    )
    written = at or NONE
    rows: Rows = () if at is None else ((_take(texts, tree, (press.purpose, press.ref), at),),)
    rows += tuple(
        (_enter(texts, tree, (press.purpose, press.ref), unit),) for unit in cut(units, press.page)
    )
    rows += page_turns(
        texts,
        press.page,
        count(len(units)),
        lambda page: BrowseUnits(press.purpose, press.ref, written, page),
    )
    above = None if at is None else tree.parent(at)
    if above is not None:
        up = BrowseUnits(press.purpose, press.ref, above, 0)
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
