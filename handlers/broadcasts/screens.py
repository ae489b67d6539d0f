"""Screens of who sends a directive out: choosing, the preview, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.broadcasts.buttons import (
    BeginSending,
    BrowseUnits,
    ChooseDocument,
    OpenBroadcast,
    OpenBroadcasts,
    OpenMissing,
    OpenObjections,
    Preview,
    SendOut,
    ShowScopes,
    TakeScope,
    ToggleUnit,
    UrgeReaders,
)
from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.library.buttons import OpenClause, OpenDocument
from knowledge.catalogue import Catalogue, clause_id, document_id, facts_of
from knowledge.model import Directive
from records.ids import UnitId
from records.units import UnitTree
from scheduler.addressees import Charged, Scope
from services.broadcasts.choice import FOUND, TOP, Choice
from services.broadcasts.progress import Listed, Objected, State

DUTIES_PAGE: Final = 4
"""Duties quoted on one page of a preview, beside a page of units."""

OBJECTED_SHOWN: Final = 4
"""Objections in a sending's state; all of them stand behind a button."""

PEOPLE_PAGE: Final = 30
"""People on one page of a unit's list: a line each, no button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is about to be sent out, and to how many."""

    directive: Directive
    choice: Choice
    charged: Charged
    tree: UnitTree
    people: int


def broadcasts(texts: Texts, listed: Sequence[Listed], total: int, page: int) -> Screen:
    """Show what was sent out; `listed` is the page's part of it."""
    if page and not listed:
        raise StaleButton
    html = texts.screen("ack_list", broadcasts=listed, total=total, first=page * LIST_PAGE)
    rows: Rows = ((Button(texts.label("ack_new"), ChooseDocument(0)),),)
    rows += tuple(
        (
            Button(
                texts.label("ack_open", n=n, name=one.broadcast.citation),
                OpenBroadcast(one.broadcast.id, 0),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    return Screen(html, rows + page_turns(texts, page, count(total), OpenBroadcasts))


def documents(texts: Texts, catalogue: Catalogue, page: int) -> Screen:
    """Show the documents that can be sent out."""
    listed = cut(catalogue.documents, page)
    if page and not listed:
        raise StaleButton
    rows = tuple(
        (
            Button(
                texts.label("open_document", n=n, held=facts_of(one)),
                BeginSending(document_id(one.file)),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(catalogue.documents)), ChooseDocument)
    return Screen(texts.screen("ack_documents", total=len(catalogue.documents)), rows + turns)


def choose_scope(
    texts: Texts, directive: Directive, choice: Choice, found: Sequence[Scope]
) -> Screen:
    """Show to whom a document can be sent."""
    rows: Rows = tuple(
        (Button(scope_name(texts, one), TakeScope(choice.id, number)),)
        for number, one in enumerate(found)
        if one.units
    )
    single = (Button(texts.label("ack_single"), BrowseUnits(choice.id, TOP, 0)),)
    other = (Button(texts.label("ack_other_document"), ChooseDocument(0)),)
    html = texts.screen("ack_scope", held=facts_of(directive), chosen=len(choice.units))
    return Screen(html, (*rows, single, other))


def units(texts: Texts, tree: UnitTree, choice: Choice, *, misread: bool = False) -> Screen:
    """Show units to take in or out: those below one, or what typed words found."""
    at, searched = _entered(tree, choice), choice.at == FOUND
    below = tree.tops if at is None else (at, *tree.children(at))
    listed = choice.found if searched else below
    html = texts.screen(
        "ack_units",
        names=[tree.name(unit) for unit in choice.units],
        at=None if at is None else tree.name(at),
        found=searched,
        misread=misread,
    )
    rows: list[tuple[Button, ...]] = []
    for unit in cut(listed, choice.page):
        label = texts.label("ack_unit", chosen=unit in choice.units, name=tree.name(unit))
        row = [Button(label, ToggleUnit(choice.id, unit))]
        if tree.children(unit) and unit != at:
            row.append(Button(texts.label("ack_below"), BrowseUnits(choice.id, unit, 0)))
        rows.append(tuple(row))
    turns = page_turns(
        texts,
        choice.page,
        count(len(listed)),
        lambda page: BrowseUnits(choice.id, choice.at, page),
    )
    return Screen(html, (*rows, *turns, *_leaving(texts, tree, choice, at)))


def _entered(tree: UnitTree, choice: Choice) -> UnitId | None:
    """Return the unit whose units are shown; the top where there is just one."""
    if choice.at == FOUND:
        return None
    if choice.at != TOP and tree.standing(UnitId(choice.at)):
        return UnitId(choice.at)
    return tree.tops[0] if len(tree.tops) == 1 else None


def preview(texts: Texts, plan: Plan, page: int) -> Screen:
    """Show what would be sent, before it is: the duties, and whose they are."""
    choice, tree, duties = plan.choice, plan.tree, plan.directive.duties
    named = [unit for unit in choice.units if unit in plan.charged.clauses]
    left_out = [unit for unit in plan.charged.clauses if unit not in choice.units]
    pages = max(count(len(duties), DUTIES_PAGE), count(len(named)), 1)
    if page >= pages:
        raise StaleButton
    html = texts.screen(
        "ack_preview",
        held=facts_of(plan.directive),
        units=len(choice.units),
        people=plan.people,
        named=len(named),
        left_out=[tree.name(unit) for unit in left_out],
        unknown=plan.charged.unknown,
        duties=[{"clause": one.clause, "text": one.what} for one in cut(duties, page, DUTIES_PAGE)],
        total=len(duties),
        whose=[
            {"name": tree.name(unit), "clauses": plan.charged.clauses[unit]}
            for unit in cut(named, page)
        ],
        page=page,
        pages=pages,
    )
    whole = OpenDocument(document_id(plan.directive.file), 0, 1)
    return Screen(
        html,
        (
            *page_turns(texts, page, pages, lambda to: Preview(choice.id, to)),
            (Button(texts.label("ack_send"), SendOut(choice.id)),),
            (Button(texts.label("ack_whole"), whole),),
            (Button(texts.label("ack_back"), ShowScopes(choice.id)),),
        ),
    )


def state(texts: Texts, found: State, page: int) -> Screen:
    """Show how far a sending is, by unit."""
    behind = [one for one in found.units if one.missing]
    listed, key = cut(behind, page), found.broadcast.id
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "ack_state",
        name=found.broadcast.citation,
        made=found.broadcast.made,
        tally=found.tally,
        units=[{"name": one.name, "tally": one.tally} for one in listed],
        first=page * LIST_PAGE,
        whole=len(found.units) - len(behind),
        objected=found.objected[:OBJECTED_SHOWN],
        more=max(0, len(found.objected) - OBJECTED_SHOWN),
    )
    rows: Rows = ()
    if found.tally.waiting:
        rows += ((Button(texts.label("ack_urge"), UrgeReaders(key)),),)
    rows += _clauses(texts, found, found.objected[:OBJECTED_SHOWN])
    if len(found.objected) > OBJECTED_SHOWN:
        every = texts.label("ack_objections", n=len(found.objected))
        rows += ((Button(every, OpenObjections(key, 0)),),)
    rows += tuple(
        (Button(texts.label("ack_of_unit", n=n, name=one.name), OpenMissing(key, one.unit, 0)),)
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(behind)), lambda to: OpenBroadcast(key, to))
    return Screen(html, (*rows, *turns, (Button(texts.label("ack_list"), OpenBroadcasts(0)),)))


def missing(texts: Texts, found: State, unit: str, page: int) -> Screen:
    """Show who of a unit has not acknowledged; StaleButton for a unit it was not sent to."""
    of_unit = next((one for one in found.units if one.unit == unit), None)
    people = () if of_unit is None else cut(of_unit.missing, page, PEOPLE_PAGE)
    if of_unit is None or (page and not people):
        raise StaleButton
    html = texts.screen(
        "ack_missing",
        name=found.broadcast.citation,
        unit=of_unit.name,
        tally=of_unit.tally,
        people=[{"name": one.name, "gone": one.unreachable is not None} for one in people],
    )
    key, pages = found.broadcast.id, count(len(of_unit.missing), PEOPLE_PAGE)
    turns = page_turns(texts, page, pages, lambda to: OpenMissing(key, unit, to))
    return Screen(html, (*turns, _to_state(texts, found)))


def objections(texts: Texts, found: State, page: int) -> Screen:
    """Show which clauses are said to be somebody else's, or asked about."""
    listed = cut(found.objected, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen("ack_objections", name=found.broadcast.citation, objected=listed)
    turns = page_turns(
        texts,
        page,
        count(len(found.objected)),
        lambda to: OpenObjections(found.broadcast.id, to),
    )
    return Screen(html, (*_clauses(texts, found, listed), *turns, _to_state(texts, found)))


def scope_name(texts: Texts, scope: Scope) -> str:
    """Name a choice of units."""
    return texts.label(f"ack_scope_{scope.name}", kinds=", ".join(scope.kinds), n=len(scope.units))


def _leaving(texts: Texts, tree: UnitTree, choice: Choice, at: UnitId | None) -> Rows:
    """Return the rows out of choosing units: up, back to the tree, on to the preview, back."""
    rows: Rows = ()
    above = None if at is None else tree.parent(at)
    if choice.at == FOUND:
        rows += ((Button(texts.label("ack_tree"), BrowseUnits(choice.id, TOP, 0)),),)
    elif above is not None:
        rows += ((Button(texts.label("ack_above"), BrowseUnits(choice.id, above, 0)),),)
    if choice.units:
        label = texts.label("ack_preview", n=len(choice.units))
        rows += ((Button(label, Preview(choice.id, 0)),),)
    return (*rows, (Button(texts.label("ack_back"), ShowScopes(choice.id)),))


def _clauses(texts: Texts, found: State, objected: Sequence[Objected]) -> Rows:
    """Return a button to each clause that is objected to."""
    document = document_id(found.broadcast.file)
    return tuple(
        (
            Button(
                texts.label("ack_clause", clause=clause),
                OpenClause(document, clause_id(clause), 0, 1),
            ),
        )
        for clause in dict.fromkeys(one.clause for one in objected)
    )


def _to_state(texts: Texts, found: State) -> tuple[Button, ...]:
    return (Button(texts.label("ack_to_state"), OpenBroadcast(found.broadcast.id, 0)),)
