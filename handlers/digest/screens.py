"""Screens of digests: the whole, by unit, by task, what is to come, hours of one's own."""

from collections.abc import Iterable, Sequence
from typing import Final

from handlers.core.callback_data import NONE, HideHome, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.obligation_facts import facts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.digest.buttons import (
    ALL,
    DrawChart,
    OpenDigest,
    OpenGroup,
    OpenUnits,
    OpenWork,
    SetHour,
    TakeCalendar,
    TakeFile,
    TurnDaily,
    Urge,
)
from handlers.reports.buttons import OpenDue
from handlers.review.buttons import OpenReport, OpenWaiting
from handlers.tasks.buttons import ListWaivable
from records.ids import UnitId
from records.model import Preference
from records.obligations.obligation import Obligation, pressing
from scheduler.digest import Count, Digest, group_of
from scheduler.due_days import Coming
from scheduler.told import ToldEntry
from scheduler.urges import Urged
from services.preferences import HOURS

SHOWN: Final = 5
"""Lines of each part of a digest; more stands behind its buttons."""

WEEK_SHOWN: Final = 3
"""Lines of each part of a weekly digest: a caption has 1,024 characters."""

UNSURE_SHOWN: Final = 3
"""People named to whom something may not have come; all the rest of a digest stands above them."""

CELLS: Final = 12
"""Lines of a unit's or a task's own screen."""


def digest(texts: Texts, state: Digest, unit: str = ALL) -> Screen:
    """Show the state of a scope."""
    if state.silent:
        return Screen(texts.screen("digest_silent", root=state.root, day=state.day))
    html = texts.screen(
        "digest",
        root=state.root,
        day=state.day,
        total=state.total,
        late=[_unit(state, *one) for one in state.by_unit() if one[1].late][:SHOWN],
        sums=state.sums[:SHOWN],
        obstacles=state.obstacles[:SHOWN],
        models=state.models[:SHOWN],
        unread=state.unread[:SHOWN],
        unsure=state.unsure[:UNSURE_SHOWN],
        unsure_more=len(state.unsure[UNSURE_SHOWN:]),
        extensions=state.extensions,
        waiting=state.waiting,
    )
    return Screen(html, _digest_rows(texts, state, unit))


def _digest_rows(texts: Texts, state: Digest, unit: str) -> Rows:
    rows = _parts(texts, unit) if state.cells else ()
    if state.total.due or state.total.late:
        rows += ((Button(texts.label("digest_urge"), Urge(unit, 0)),),)
    if state.waiting:
        rows += ((Button(texts.label("digest_waiting", n=state.waiting), OpenWaiting(0)),),)
    return rows


def _parts(texts: Texts, unit: str) -> Rows:
    """Return what leads into the parts: those by unit and by task only from the whole."""
    parts = (
        Button(texts.label("digest_units"), OpenUnits(0)),
        Button(texts.label("digest_tasks"), OpenWork(0)),
    )
    files = (
        Button(texts.label("digest_chart"), DrawChart(unit)),
        Button(texts.label("digest_file"), TakeFile(unit)),
    )
    return (parts, files) if unit == ALL else (files,)


def units(texts: Texts, state: Digest, page: int) -> Screen:
    """Show the units with their counts."""
    lines = [_unit(state, *one) for one in state.by_unit()]
    listed = cut(state.by_unit(), page)
    if page and not listed:
        raise StaleButton
    html = texts.screen("digest_lines", lines=cut(lines, page), what="units")
    rows = tuple(
        (Button(texts.label("digest_open", name=state.tree.name(unit)), OpenDigest(unit)),)
        for unit, _ in listed
    )
    turns = page_turns(texts, page, count(len(lines)), OpenUnits)
    return Screen(html, rows + turns + _back(texts))


def tasks(texts: Texts, state: Digest, page: int) -> Screen:
    """Show the tasks with their counts."""
    titles = {group_of(one.task): one.task.title for one in state.cells}
    found = state.by_task()
    listed = cut(found, page)
    if page and not listed:
        raise StaleButton
    lines = [{"name": titles[group], "count": each} for group, each in listed]
    html = texts.screen("digest_lines", lines=lines, what="tasks")
    rows = tuple(
        (Button(texts.label("digest_open", name=titles[group]), OpenGroup(group, 0)),)
        for group, _ in listed
    )
    turns = page_turns(texts, page, count(len(found)), OpenWork)
    return Screen(html, rows + turns + _back(texts))


def group(texts: Texts, state: Digest, pressed: OpenGroup) -> Screen:
    """Show a page of how each unit stands with a task, what is late first."""
    cells = _ordered(one for one in state.cells if group_of(one.task) == pressed.group)
    listed = cut(cells, pressed.page, CELLS)
    if not listed:
        raise StaleButton
    first = pressed.page * CELLS + 1
    html = texts.screen(
        "digest_group",
        title=cells[0].task.title,
        cells=_cells(listed, first),
        more=0,
        older=_older(cells[pressed.page * CELLS + len(listed) :]),
    )
    pages = count(len(cells), CELLS)
    turns = page_turns(texts, pressed.page, pages, lambda page: OpenGroup(pressed.group, page))
    return Screen(html, _reports(texts, listed, first, by_unit=True) + turns + _back(texts))


def unit_cells(texts: Texts, state: Digest, unit: str) -> Screen:
    """Show a unit's tasks one by one, with the digest's own buttons for it."""
    ordered = _ordered(state.cells)
    html = texts.screen(
        "digest_unit",
        root=state.root,
        total=state.total,
        cells=_cells(ordered[:CELLS], 1),
        more=max(0, len(ordered) - CELLS),
        older=_older(ordered[CELLS:]),
    )
    waive: Rows = ()
    if state.total.due or state.total.late:
        waive = ((Button(texts.label("digest_waive"), ListWaivable(unit, 0)),),)
    reports = _reports(texts, ordered[:CELLS], 1, by_unit=False)
    return Screen(html, reports + _digest_rows(texts, state, unit) + waive + _back(texts))


def urge_sure(texts: Texts, state: Digest, unit: str) -> Screen:
    """Ask whether all are to be reminded."""
    html = texts.screen("urge_sure", root=state.root, total=state.total)
    return Screen(
        html,
        (
            (
                Button(texts.label("urge_yes"), Urge(unit, 1)),
                Button(texts.label("urge_no"), OpenDigest(unit)),
            ),
        ),
    )


def urged(texts: Texts, done: Urged, unit: str) -> Screen:
    """Say what an urge came to."""
    html = texts.screen(
        "urge_done",
        reminded=done.reminded,
        before=done.before,
        unreached=done.unreached,
        nobody=done.nobody,
    )
    return Screen(html, ((Button(texts.label("digest_back"), OpenDigest(unit)),),))


def urge(texts: Texts, by: str, told: Sequence[ToldEntry]) -> Screen:
    """Show an officer what his supervisor urges him to report."""
    html = texts.screen("urged", by=by, entries=told[:SHOWN], more=max(0, len(told) - SHOWN))
    rows = tuple(
        (
            Button(
                texts.label(
                    "reminder_report",
                    title=one.task.title,
                    period=one.period,
                    single=len(told) == 1,
                ),
                OpenDue(one.task.id, one.period or NONE, 1),
            ),
        )
        for one in told[:SHOWN]
    )
    return Screen(html, rows)


def week(texts: Texts, state: Digest) -> Screen:
    """Show the state of a scope in the words that fit under a picture."""
    html = texts.screen(
        "digest_week",
        root=state.root,
        day=state.day,
        total=state.total,
        late=[_unit(state, *one) for one in state.by_unit() if one[1].late][:WEEK_SHOWN],
        sums=state.sums[:WEEK_SHOWN],
        obstacles=len(state.obstacles),
        extensions=state.extensions,
        waiting=state.waiting,
    )
    return Screen(html, _digest_rows(texts, state, ALL))


def coming(texts: Texts, found: Sequence[Coming]) -> Screen:
    """Show the due days to come."""
    shown = found[:LIST_PAGE]
    late = sum(one.days_left < 0 for one in found[len(shown) :])
    more = max(0, len(found) - len(shown))
    html = texts.screen("calendar", entries=shown, more=more, late=late)
    if not found:
        return Screen(html)
    return Screen(html, ((Button(texts.label("take_calendar"), TakeCalendar()),),))


def ahead(texts: Texts, found: Sequence[Coming], days: int) -> Screen:
    """Show what is due within so many days in full, and what is due later in a line each."""
    soon = [one for one in found if one.days_left <= days]
    later = found[len(soon) :]
    shown = soon[:SHOWN], later[:SHOWN]
    more = len(found) - sum(len(part) for part in shown)
    html = texts.screen("week_ahead", entries=shown[0], later=shown[1], more=more)
    return Screen(html, ((Button(texts.label("take_calendar"), TakeCalendar()),),))


def hours(texts: Texts, own: Preference, *, digests: bool) -> Screen:
    """Show the hours of one's own, each with buttons to change it."""
    html = texts.screen("hours", own=own, digests=digests)
    rows = tuple(
        (
            Button(texts.label("hour_down", what=texts.label(f"hour_{name}")), SetHour(n, 0)),
            Button(texts.label("hour_up", what=texts.label(f"hour_{name}")), SetHour(n, 1)),
        )
        for n, name in enumerate(HOURS if digests else HOURS[:3])
    )
    hide = (Button(texts.label("hide_home"), HideHome()),)
    if not digests:
        return Screen(html, (*rows, hide))
    turn = "daily_off" if own.daily_digest else "daily_on"
    daily = (Button(texts.label(turn), TurnDaily(int(not own.daily_digest))),)
    return Screen(html, (*rows, hide, daily))


def _ordered(cells: Iterable[Obligation]) -> list[Obligation]:
    """Return what is wanted first: arrears, the newest first, then what is due soonest."""
    return sorted(cells, key=lambda one: (not one.wanted, pressing(one)))


def _unit(state: Digest, unit: UnitId, each: Count) -> dict[str, object]:
    return {"name": state.tree.name(unit), "count": each}


def _older(rest: Iterable[Obligation]) -> int:
    """Count the arrears that a screen has no room for: they are older than those it shows."""
    return sum(one.overdue for one in rest)


def _cells(listed: Sequence[Obligation], first: int) -> list[dict[str, object]]:
    """Return the lines of what is owed; one that was reported on bears the number of its button."""
    return [
        facts(one) | {"unreached": one.unreached, "n": None if one.report is None else n}
        for n, one in enumerate(listed, first)
    ]


def _reports(texts: Texts, listed: Sequence[Obligation], first: int, *, by_unit: bool) -> Rows:
    """Return what leads from the lines to their reports, two abreast."""
    found = [
        Button(
            texts.label("digest_report", n=n, name=one.unit_name if by_unit else one.task.title),
            OpenReport(one.report.id, 1),
        )
        for n, one in enumerate(listed, first)
        if one.report is not None
    ]
    return tuple(tuple(found[at : at + 2]) for at in range(0, len(found), 2))


def _back(texts: Texts) -> Rows:
    return ((Button(texts.label("digest_back"), OpenDigest(ALL)),),)
