"""Screens of /giaoviec: the sources of duties, a proposal, and what each part of it can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.library.buttons import OpenClause
from handlers.tasks.buttons import (
    Abandon,
    BeginDuty,
    BeginFree,
    ChooseForm,
    ChooseLevel,
    ChooseSource,
    ChooseTerm,
    ClearPart,
    Confirm,
    EnterUnit,
    ListDuties,
    ListSources,
    OpenPart,
    ShowProposal,
    TogglePerson,
    ToggleUnit,
    TurnPriority,
    TurnSupport,
)
from knowledge.catalogue import Catalogue, clause_id, document_id, facts_of
from knowledge.model import Directive
from records.forms.files import Forms
from records.model import Person, Task
from scheduler.duties import duty_id
from scheduler.proposals import Assigned, Layout
from services.tasks.choices import UNIT_PARTS, USUAL, Part, Reach
from services.tasks.pending import Pending
from services.tasks.proposal import level, levels

MOST_LEVELS: Final = 4
"""Levels offered as a whole on one screen."""

NAMES_SHOWN: Final = 12
"""Units or people named on a screen; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the screens of a proposal need to know beside it."""

    texts: Texts
    forms: Forms
    layout: Layout

    @property
    def reach(self) -> Reach:
        """The units within reach of who assigns."""
        return self.layout.reach

    @property
    def people(self) -> Sequence[Person]:
        """Those named in the proposal."""
        return self.layout.people


def part_screen(known: Known, *, misread: bool) -> Screen:
    """Show the part that is looked at, or the whole."""
    pending, part = known.layout.pending, known.layout.part
    if part is None:
        return proposal(known, pending)
    if part in UNIT_PARTS:
        return units(known, pending, part, misread=misread)
    if part in (Part.PEOPLE, Part.REVIEWER):
        return persons(known, pending, known.layout.offered, misread=misread)
    if part is Part.FORM:
        return forms(known, pending)
    if part is Part.DUE:
        return terms(known, pending, misread=misread)
    return title(known, pending)


def sources(texts: Texts) -> Screen:
    """Ask where the duty comes from."""
    rows = (
        (Button(texts.label("assign_from"), ListSources(0)),),
        (Button(texts.label("assign_free"), BeginFree()),),
    )
    return Screen(texts.screen("assign_start"), rows)


def documents(texts: Texts, catalogue: Catalogue, page: int) -> Screen:
    """Show a page of the documents that charge units."""
    charging = [one for one in catalogue.documents if one.duties]
    listed = cut(charging, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "assign_documents",
        documents=[{"held": facts_of(one), "duties": len(one.duties)} for one in listed],
        page=page,
        pages=count(len(charging)),
        first=page * LIST_PAGE,
    )
    rows = tuple(
        (
            Button(
                texts.label("open_document", n=n, held=facts_of(one)),
                ListDuties(document_id(one.file), 0),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    back = (Button(texts.label("assign_back"), ChooseSource()),)
    return Screen(html, (*rows, *page_turns(texts, page, count(len(charging)), ListSources), back))


def duties(texts: Texts, directive: Directive, page: int, given: Iterable[Task]) -> Screen:
    """Show a page of a document's duties, and which of them are assigned."""
    listed = cut(directive.duties, page)
    if page and not listed:
        raise StaleButton
    assigned = {(one.origin.clause, one.origin.quote) for one in given if one.origin is not None}
    document, total = document_id(directive.file), count(len(directive.duties))
    html = texts.screen(
        "assign_duties",
        held=facts_of(directive),
        duties=[{"duty": one, "assigned": (one.clause, one.what) in assigned} for one in listed],
        total=len(directive.duties),
        page=page,
        pages=total,
        first=page * LIST_PAGE,
    )
    numbers = [
        Button(texts.label("number", n=n), BeginDuty(document, duty_id(one)))
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    ]
    rows = (tuple(numbers[:4]), tuple(numbers[4:]))
    turns = page_turns(texts, page, total, lambda to: ListDuties(document, to))
    back = (Button(texts.label("assign_documents"), ListSources(0)),)
    return Screen(html, (*(row for row in rows if row), *turns, back))


def proposal(known: Known, pending: Pending) -> Screen:
    """Show the whole proposal with a button for each part."""
    one, texts, tree = pending.proposal, known.texts, known.reach.tree
    names = {person.id: person.name for person in known.people}
    html = texts.screen(
        "assign_proposal",
        title=one.title,
        origin=one.origin,
        unresolved=pending.unresolved,
        leads=[tree.name(unit) for unit in one.leads[:NAMES_SHOWN]],
        more=max(0, len(one.leads) - NAMES_SHOWN),
        support=[tree.name(unit) for unit in one.support[:NAMES_SHOWN]],
        support_rule=one.support_rule.value,
        people=[names.get(person, person) for person in one.assignees[:NAMES_SHOWN]],
        form=known.forms[one.form].title if one.form in known.forms else one.form,
        cadence=one.cadence.value,
        dates=one.rule.dates if one.rule is not None and len(one.rule.dates) > 1 else (),
        wording=one.due_text,
        due=None if known.layout.next_due is None else known.layout.next_due.due,
        ruled=one.rule is not None or one.cadence.value in ("once", "on_event"),
        reviewer=None if one.reviewer is None else names.get(one.reviewer, one.reviewer),
        urgent=one.priority > 0,
    )
    return Screen(html, _parts(texts, pending))


def units(known: Known, pending: Pending, part: Part, *, misread: bool = False) -> Screen:
    """Show units to take into a part, one level of the tree at a time."""
    texts, tree, own = known.texts, known.reach.tree, pending.proposal
    chosen = own.leads if part is Part.LEAD else own.support
    listed, at = known.reach.listed(pending), known.reach.at(pending)
    html = _choosing(known, pending, [tree.name(unit) for unit in chosen], misread=misread)
    rows: list[tuple[Button, ...]] = []
    for unit in cut(listed, pending.page):
        mark = texts.label("assign_unit", chosen=unit in chosen, name=tree.name(unit))
        row = [Button(mark, ToggleUnit(own.id, part, unit))]
        if tree.children(unit) and (unit != at or pending.found):
            row.append(Button(texts.label("assign_below"), EnterUnit(own.id, part, unit)))
        rows.append(tuple(row))
    turns = page_turns(
        texts, pending.page, count(len(listed)), lambda to: OpenPart(own.id, part, to)
    )
    whole = () if pending.found else _levels(known, pending, part)
    above = None if at is None else tree.parent(at)
    up: Rows = ()
    if above in known.reach.units and above is not None:
        up = ((Button(texts.label("assign_above"), EnterUnit(own.id, part, above)),),)
    return Screen(html, (*rows, *turns, *whole, *up, _done(texts, pending, part)))


def persons(
    known: Known, pending: Pending, listed: Sequence[Person], *, misread: bool = False
) -> Screen:
    """Show people to name to report, or to review."""
    texts, tree, own = known.texts, known.reach.tree, pending.proposal
    part = Part.REVIEWER if pending.part == Part.REVIEWER.word else Part.PEOPLE
    chosen = (own.reviewer,) if part is Part.REVIEWER else own.assignees
    names = [one.name for one in known.people if one.id in chosen]
    rows = tuple(
        (
            Button(
                texts.label(
                    "assign_person",
                    chosen=one.id in chosen,
                    name=one.name,
                    unit=tree.short(one.unit),
                ),
                TogglePerson(own.id, part, one.id),
            ),
        )
        for one in cut(listed, pending.page)
    )
    turns = page_turns(
        texts, pending.page, count(len(listed)), lambda to: OpenPart(own.id, part, to)
    )
    html = _choosing(known, pending, names, misread=misread)
    return Screen(html, (*rows, *turns, _done(texts, pending, part)))


def forms(known: Known, pending: Pending) -> Screen:
    """Show the forms to report by."""
    own, texts = pending.proposal, known.texts
    rows = tuple(
        (
            Button(
                texts.label("assign_form", chosen=one.id == own.form, title=one.title),
                ChooseForm(own.id, one.id),
            ),
        )
        for one in known.forms.latest()
    )
    now = [known.forms[own.form].title] if own.form in known.forms else []
    html = _choosing(known, pending, now)
    return Screen(html, (*rows, (_show(texts, pending),)))


def terms(known: Known, pending: Pending, *, misread: bool = False) -> Screen:
    """Show the usual deadlines and how others are typed; `misread`: what was typed is none."""
    own, texts = pending.proposal, known.texts
    html = texts.screen("assign_due", title=own.title, wording=own.due_text, misread=misread)
    rows = tuple(
        (Button(texts.label(f"assign_term_{name}"), ChooseTerm(own.id, place)),)
        for place, (name, _) in enumerate(USUAL)
    )
    return Screen(html, (*rows, (_show(texts, pending),)))


def title(known: Known, pending: Pending) -> Screen:
    """Ask for a title."""
    html = known.texts.screen("assign_title", title=pending.proposal.title)
    back = _show(known.texts, pending) if pending.proposal.title else _abandon(known.texts, pending)
    return Screen(html, ((back,),))


def twice(texts: Texts, pending: Pending, held_by: Sequence[str]) -> Screen:
    """Ask whether a duty is really to be assigned again."""
    html = texts.screen(
        "assign_twice",
        title=pending.proposal.title,
        units=list(held_by[:NAMES_SHOWN]),
        more=max(0, len(held_by) - NAMES_SHOWN),
    )
    again = Button(texts.label("assign_again"), Confirm(pending.proposal.id, 1))
    return Screen(html, ((again,), (_show(texts, pending),)))


def done(texts: Texts, assigned: Assigned) -> Screen:
    """Say what was assigned, and lead back to the other duties of the document."""
    pending, names = assigned.pending, assigned.units
    html = texts.screen(
        "assign_done",
        title=pending.proposal.title,
        total=len(assigned.tasks),
        units=list(names[:NAMES_SHOWN]),
        more=max(0, len(names) - NAMES_SHOWN),
    )
    if pending.document:
        onward = Button(texts.label("assign_others"), ListDuties(pending.document, 0))
    else:
        onward = Button(texts.label("assign_another"), ChooseSource())
    return Screen(html, ((onward,),))


def abandoned(texts: Texts, document: str) -> Screen:
    """Say that nothing was assigned."""
    onward = ListDuties(document, 0) if document else ChooseSource()
    return Screen(
        texts.screen("assign_abandoned"), ((Button(texts.label("assign_back"), onward),),)
    )


def _parts(texts: Texts, pending: Pending) -> Rows:
    """Return the buttons that correct a proposal, confirm it and drop it."""
    own = pending.proposal

    def part(one: Part) -> Button:
        return Button(texts.label(f"assign_part_{one.word}"), OpenPart(own.id, one))

    rows: list[tuple[Button, ...]] = [
        (part(Part.LEAD), part(Part.SUPPORT)),
        (part(Part.PEOPLE), part(Part.DUE)),
        (part(Part.FORM), part(Part.REVIEWER)),
        (
            part(Part.TITLE),
            Button(texts.label("assign_urgent", urgent=own.priority > 0), TurnPriority(own.id)),
        ),
    ]
    if own.support:
        turn = texts.label("assign_support_rule", rule=own.support_rule.value)
        rows.append((Button(turn, TurnSupport(own.id)),))
    if own.origin is not None:
        clause = OpenClause(document_id(own.origin.file), clause_id(own.origin.clause), 0, 1)
        rows.append((Button(texts.label("task_clause"), clause),))
    confirm = Button(texts.label("assign_confirm"), Confirm(own.id, 0))
    return (*rows, (confirm,), (_abandon(texts, pending),))


def _choosing(
    known: Known, pending: Pending, names: Sequence[str], *, misread: bool = False
) -> str:
    at = known.reach.at(pending)
    of_units = pending.part in {part.word for part in UNIT_PARTS}
    return known.texts.screen(
        "assign_choose",
        part=pending.part,
        title=pending.proposal.title,
        at=known.reach.tree.name(at) if at is not None and of_units else None,
        names=list(names[:NAMES_SHOWN]),
        more=max(0, len(names) - NAMES_SHOWN),
        found=bool(pending.found),
        misread=misread,
    )


def _levels(known: Known, pending: Pending, part: Part) -> Rows:
    """Return the buttons that take a whole level below the unit shown."""
    at, tree = known.reach.at(pending), known.reach.tree
    return tuple(
        (
            Button(
                known.texts.label("assign_level", kinds=kinds, n=len(level(tree, kinds, at))),
                ChooseLevel(pending.proposal.id, part, place),
            ),
        )
        for place, kinds in enumerate(levels(tree, at)[:MOST_LEVELS])
        if at is not None
    )


def _done(texts: Texts, pending: Pending, part: Part) -> tuple[Button, ...]:
    clear = Button(texts.label("assign_clear"), ClearPart(pending.proposal.id, part))
    return (clear, _show(texts, pending))


def _show(texts: Texts, pending: Pending) -> Button:
    return Button(texts.label("assign_show"), ShowProposal(pending.proposal.id))


def _abandon(texts: Texts, pending: Pending) -> Button:
    return Button(texts.label("assign_abandon"), Abandon(pending.proposal.id))
