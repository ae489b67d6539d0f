"""Screens of takeovers: one that is being said, and those that are kept."""

from collections.abc import Mapping, Sequence

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.units.buttons import (
    AskTakeover,
    BeginTakeover,
    BrowseUnits,
    ConfirmSuccession,
    ConfirmTakeover,
    DropSuccession,
    LeaveTakeover,
    OpenSuccession,
    OpenSuccessions,
    OpenUnit,
    ShowTakeover,
)
from records.ids import UnitId
from records.model import Succession
from records.units import UnitTree


def takeover(texts: Texts, facts: Mapping[str, object], *, whole: bool) -> Screen:
    """Show what was said so far, and ask for the rest."""
    merging = bool(facts["units"])
    first = (
        Button(texts.label("takeover_unit"), BrowseUnits("a", NONE, NONE, 0))
        if merging
        else Button(texts.label("takeover_names"), AskTakeover(0))
    )
    rows: Rows = (
        (first,),
        (Button(texts.label("takeover_heir"), BrowseUnits("b", NONE, NONE, 0)),),
        (Button(texts.label("takeover_basis"), AskTakeover(1)),),
    )
    if whole:
        rows += ((Button(texts.label("takeover_confirm"), ConfirmTakeover()),),)
    leave = (Button(texts.label("join_leave"), LeaveTakeover()),)
    return Screen(texts.screen("unit_takeover", merging=merging, **facts), (*rows, leave))


def ask(texts: Texts, what: str) -> Screen:
    """Ask for former names, or for basis and day."""
    html = texts.screen("unit_takeover_ask", what=what)
    return Screen(html, ((Button(texts.label("join_back"), ShowTakeover()),),))


def listed(texts: Texts, tree: UnitTree, held: Sequence[Succession], page: int) -> Screen:
    """Show a page of who took over from whom."""
    shown = cut(held, page)
    if page and not shown:
        raise StaleButton
    html = texts.screen(
        "unit_successions",
        successions=[_facts(tree, one) for one in shown],
        total=len(held),
        page=page,
        pages=count(len(held)),
        first=page * LIST_PAGE,
    )
    numbers = [
        Button(texts.label("number", n=n), OpenSuccession(one.id))
        for n, one in enumerate(shown, page * LIST_PAGE + 1)
    ]
    rows: Rows = tuple(row for row in (tuple(numbers[:4]), tuple(numbers[4:])) if row)
    rows += page_turns(texts, page, count(len(held)), OpenSuccessions)
    add = (Button(texts.label("takeover_add"), BeginTakeover(NONE)),)
    return Screen(html, (*rows, add, (Button(texts.label("unit_all"), OpenUnit(NONE, 0)),)))


def succession(texts: Texts, tree: UnitTree, held: Succession) -> Screen:
    """Show one succession; what is not confirmed resolves nothing yet."""
    html = texts.screen("unit_succession", **_facts(tree, held))
    confirm = (Button(texts.label("takeover_confirm"), ConfirmSuccession(held.id)),)
    rows: Rows = (
        (Button(texts.label("takeover_drop"), DropSuccession(held.id)),),
        (Button(texts.label("unit_successions"), OpenSuccessions(0)),),
    )
    return Screen(html, rows if held.confirmed_by is not None else (confirm, *rows))


def _facts(tree: UnitTree, one: Succession) -> dict[str, object]:
    return {
        "before": [tree.name(UnitId(name)) for name in one.predecessors],
        "after": [tree.name(unit) for unit in one.successors],
        "since": one.since,
        "basis": one.basis,
        "confirmed": one.confirmed_by is not None,
        "ahead": one.ahead,
    }
