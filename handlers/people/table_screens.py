"""Screens of tables: what is asked for, what a table would do, what it did."""

from collections.abc import Sequence
from typing import Final, TypedDict

from handlers.core.dependencies import Texts
from handlers.core.screen import Button, Screen
from handlers.people.buttons import GetTemplate, LeaveTable, TakeTable
from services.people.roster import Imported
from services.people.roster import Plan as PeoplePlan
from services.sheets.faults import Fault, FaultKind
from services.sheets.rows import Aside
from services.units.table import Plan as UnitsPlan

FAULTS_SHOWN: Final = 20
"""Mistakes told at once; the rest are counted."""

NAMES_SHOWN: Final = 10
"""Names shown of what a table would do."""

ASIDE_SHOWN: Final = 6
"""Parts of a file shown that were not taken."""


def ask(texts: Texts, kind: int, titles: Sequence[str]) -> Screen:
    """Ask for a table with these columns."""
    html = texts.screen("join_table", units=kind == 1, titles=titles)
    rows = (
        (Button(texts.label("join_template"), GetTemplate(kind)),),
        (Button(texts.label("join_leave"), LeaveTable()),),
    )
    return Screen(html, rows)


def people_plan(texts: Texts, plan: PeoplePlan, aside: Sequence[Aside]) -> Screen:
    """Show what a roster would do, or its mistakes."""
    if plan.faults:
        return faults(texts, plan.faults, aside)
    phones = [one for one in (*plan.inviting, *(one for _, one in plan.changing)) if one.phone]
    html = texts.screen(
        "join_people_plan",
        entering=[one.name for _, one in plan.entering[:NAMES_SHOWN]],
        inviting=[one.name for one in plan.inviting[:NAMES_SHOWN]],
        changing=[one.name for _, one in plan.changing[:NAMES_SHOWN]],
        counts=[len(plan.entering), len(plan.inviting), len(plan.changing), plan.same],
        phones=[
            texts.label("table_phone", row=one.row, said=one.phone) for one in phones[:ASIDE_SHOWN]
        ],
        more_phones=max(0, len(phones) - ASIDE_SHOWN),
        groups=[
            texts.label("table_group", row=one.row, unit=one.unit, people=one.people)
            for one in plan.groups[:ASIDE_SHOWN]
        ],
        more_groups=max(0, len(plan.groups) - ASIDE_SHOWN),
        **_aside(texts, [one for one in aside if one.row not in _headings(plan)]),
    )
    nothing = not (plan.entering or plan.inviting or plan.changing)
    return Screen(html, () if nothing else (_decide(texts, 0),))


def _headings(plan: PeoplePlan) -> set[int]:
    return {one.row for one in plan.groups}


def units_plan(texts: Texts, plan: UnitsPlan, aside: Sequence[Aside]) -> Screen:
    """Show what a table of units would do, or its mistakes."""
    if plan.faults:
        return faults(texts, plan.faults, aside)
    html = texts.screen(
        "join_units_plan",
        entering=[one.cells["name"] for one in plan.entering[:NAMES_SHOWN]],
        changing=[one.cells["name"] for _, one in plan.changing[:NAMES_SHOWN]],
        counts=[len(plan.entering), len(plan.changing), plan.same],
        **_aside(texts, aside),
    )
    nothing = not (plan.entering or plan.changing)
    return Screen(html, () if nothing else (_decide(texts, 1),))


def faults(texts: Texts, found: Sequence[Fault], aside: Sequence[Aside]) -> Screen:
    """List the mistakes of a table, by row."""
    named = _aside(texts, aside)
    html = texts.screen(
        "join_faults",
        faults=[
            {
                "row": one.row,
                "why": texts.label(f"fault_{one.kind.value}", said=one.said, near=one.near),
            }
            for one in found[:FAULTS_SHOWN]
        ],
        rows=len({one.row for one in found}),
        more=max(0, len(found) - FAULTS_SHOWN),
        elsewhere=any(one.kind is FaultKind.PERSON_ELSEWHERE for one in found),
        aside=named["aside"],
        more_aside=named["more"],
    )
    return Screen(html)


class _Named(TypedDict):
    """The parts of a file that were not taken, in words; the rest is counted."""

    aside: list[str]
    more: int


def _aside(texts: Texts, found: Sequence[Aside]) -> _Named:
    named = [
        texts.label(f"aside_{one.kind.value}", said=one.said, row=one.row)
        for one in found[:ASIDE_SHOWN]
    ]
    return {"aside": named, "more": max(0, len(found) - ASIDE_SHOWN)}


def people_taken(texts: Texts, done: Imported) -> Screen:
    """Say what a roster did."""
    plan = done.plan
    counts = [len(plan.entering), len(plan.inviting), len(plan.changing)]
    return Screen(texts.screen("join_people_taken", counts=counts))


def units_taken(texts: Texts, plan: UnitsPlan) -> Screen:
    """Say what a table of units did."""
    counts = [len(plan.entering), len(plan.changing)]
    return Screen(texts.screen("join_units_taken", counts=counts))


def _decide(texts: Texts, kind: int) -> tuple[Button, ...]:
    return (
        Button(texts.label("join_table_take"), TakeTable(kind)),
        Button(texts.label("join_leave"), LeaveTable()),
    )
