"""Screens of the tree: a unit and those below it, and what may be changed."""

from collections.abc import Sequence
from typing import Final

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.people.buttons import AskTable
from handlers.units.buttons import (
    AskUnit,
    BeginTakeover,
    BrowseUnits,
    EndUnit,
    OpenSuccessions,
    OpenUnit,
)
from records.ids import UnitId
from records.units import UnitTree
from services.units.tree import Place

NAMES_SHOWN: Final = 5
"""Former names shown of a unit."""


def unit(texts: Texts, place: Place, page: int) -> Screen:
    """Show a unit, or the top, with a page of those below it."""
    seen, at, units = place.seen, place.at, place.below
    listed = cut(units, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "unit",
        **_facts(seen.tree, at),
        people=place.people,
        units=len(units),
        page=page,
        pages=count(len(units)),
    )
    rows: Rows = tuple(
        (Button(texts.label("unit_into", name=seen.tree.name(one)), OpenUnit(one, 0)),)
        for one in listed
    )
    rows += page_turns(texts, page, count(len(units)), lambda to: OpenUnit(at or NONE, to))
    if seen.managed:
        rows += _changes(texts, seen.tree, at)
    above = None if at is None else seen.tree.parent(at)
    if above is not None and above in seen.scope:
        rows += ((Button(texts.label("unit_up"), OpenUnit(above, 0)),),)
    return Screen(html, rows)


def found(texts: Texts, tree: UnitTree, units: Sequence[UnitId]) -> Screen:
    """Show the units that words found."""
    html = texts.screen("unit_found", total=len(units))
    rows = tuple(
        (Button(texts.label("unit_into", name=tree.name(one)), OpenUnit(one, 0)),) for one in units
    )
    return Screen(html, rows)


def ask(texts: Texts, what: str, name: str | None, written: str) -> Screen:
    """Ask for the words of a change."""
    html = texts.screen("unit_ask", what=what, name=name)
    return Screen(html, ((Button(texts.label("join_back"), OpenUnit(written, 0)),),))


def sure_end(texts: Texts, name: str, at: UnitId) -> Screen:
    """Ask whether a unit is to end."""
    row = (
        Button(texts.label("join_sure"), EndUnit(at, 1)),
        Button(texts.label("join_back"), OpenUnit(at, 0)),
    )
    return Screen(texts.screen("unit_sure_end", name=name), (row,))


def _facts(tree: UnitTree, at: UnitId | None) -> dict[str, object]:
    if at is None:
        return {"name": None, "kind": "", "above": [], "former": [], "ended": None}
    held = tree.units[at]
    return {
        "name": tree.name(at),
        "kind": held.kind,
        "above": [tree.short(one) for one in reversed(tree.above(at))],
        "former": [one.text for one in held.names if one.text != tree.name(at)][:NAMES_SHOWN],
        "ended": held.ended if not tree.standing(at) else None,
    }


def _changes(texts: Texts, tree: UnitTree, at: UnitId | None) -> Rows:
    written = at or NONE
    add = Button(texts.label("unit_add"), AskUnit(written, 0))
    whole: Rows = (
        (
            Button(texts.label("unit_import"), AskTable(1)),
            Button(texts.label("unit_successions"), OpenSuccessions(0)),
        ),
    )
    if at is None:
        return ((add,), *whole)
    if not tree.standing(at):
        return whole
    return (
        (add, Button(texts.label("unit_rename"), AskUnit(at, 1))),
        (
            Button(texts.label("unit_move"), BrowseUnits("m", at, NONE, 0)),
            Button(texts.label("unit_merge"), BeginTakeover(at)),
            Button(texts.label("unit_end"), EndUnit(at, 0)),
        ),
        *(whole if tree.parent(at) is None else ()),
    )
