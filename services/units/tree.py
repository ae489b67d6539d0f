"""The tree of units as somebody may look at it: to choose from, to read, to change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import acting, tree_of
from records.ids import PersonId, UnitId
from records.model import Person
from records.store import Store
from records.units import UnitTree
from services.units.refusals import UnitUnknown
from vietnamese.text import fold

MOST_FOUND: Final = 24
"""Units that typed words find: three pages' worth; more words find fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The tree as somebody sees it."""

    tree: UnitTree
    scope: frozenset[UnitId]
    managed: bool
    """Whether he may change it."""

    @property
    def tops(self) -> tuple[UnitId, ...]:
        """The standing units of his scope with none above them within it."""
        return tuple(
            unit
            for unit in self.tree.units
            if unit in self.scope
            and self.tree.standing(unit)
            and self.tree.parent(unit) not in self.scope
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the tree: a unit, or the top where `at` is None."""

    seen: Seen
    at: UnitId | None
    below: tuple[UnitId, ...]
    people: int
    """Active people of the unit itself."""


async def unit_name(store: Store, unit: UnitId, now: datetime) -> str:
    """Return what a unit is called today."""
    async with store.begin() as tx:
        return (await tree_of(tx, now)).name(unit)


async def tree_for(
    store: Store, person: PersonId, action: Action, subject: str, now: datetime
) -> UnitTree:
    """Return the tree to who may do this to some unit; raises NotAllowed."""
    async with acting(store, person, now) as act:
        act.require(action, None, subject)
        return act.tree


async def seen_by(store: Store, person: PersonId, now: datetime) -> Seen:
    """Return the tree as a person sees it."""
    async with acting(store, person, now) as act:
        managed = act.may(Action.MANAGE_UNITS, None)
        return Seen(tree=act.tree, scope=act.scope, managed=managed)


async def look(store: Store, person: PersonId, unit: UnitId | None, now: datetime) -> Place:
    """Return a place; None is the top of what a person sees, or the one unit on top.

    Raises NotAllowed, UnitUnknown.
    """
    async with acting(store, person, now) as act:
        managed = act.may(Action.MANAGE_UNITS, None)
        seen = Seen(tree=act.tree, scope=act.scope, managed=managed)
        tops = seen.tops
        at = tops[0] if unit is None and len(tops) == 1 else unit
        if at is not None and at not in act.tree.units:
            raise UnitUnknown
        act.require(Action.SEE, at, unit or "")
        staff = [] if at is None else await act.tx.find(Person, {"unit": at})
        return Place(
            seen=seen,
            at=at,
            below=tops if at is None else act.tree.children(at),
            people=sum(one.active for one in staff),
        )


def search(tree: UnitTree, words: str) -> tuple[UnitId, ...]:
    """Return the standing units whose name holds all the words, accents aside."""
    wanted = fold(words).split()
    fitting = [
        unit
        for unit in tree.units
        if tree.standing(unit)
        and wanted
        and all(word in fold(f"{tree.name(unit)} {tree.short(unit)}") for word in wanted)
    ]
    return tuple(fitting)[:MOST_FOUND]
