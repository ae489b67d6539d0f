"""The state of a supervisor's units: who reported, what is due and late, what stands open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from records.actor import Acting
from records.forms.files import Forms
from records.forms.model import NEEDED_FIELD, Purpose
from records.ids import ReportId, UnitId
from records.model import (
    Broadcast,
    Extension,
    ExtensionState,
    Outcome,
    Report,
    ReportState,
    Task,
    TaskState,
)
from records.obligations.ledger import office_of, owed_in
from records.obligations.obligation import Obligation
from records.obligations.states import State
from records.units import UnitTree
from scheduler.undelivered import Unsure, unsure
from services.broadcasts.dispatch import unacknowledged
from services.figures import FigureSum, added_up
from services.review.models import told_of
from vietnamese.zone import day_of

ANSWERED_SHOWN: Final = timedelta(days=14)
"""How long after its due day, or after it came, a result is still counted."""

TREND_BACK: Final = timedelta(days=183)
"""How far the trend looks back: half a year."""

UNREAD_SHOWN: Final = timedelta(days=60)
"""How long after it was sent out a directive is missed in the digest."""

NEW_MODELS: Final = timedelta(days=30)
"""How long a "Dân vận khéo" model counts as new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many obligations stand how."""

    reported: int = 0
    due: int = 0
    """Wanted, and in time."""
    late: int = 0
    """Wanted, and late: progress reports, obstacles and what was returned among them."""
    came_late: int = 0
    """Of those reported: after their day."""
    unreached: int = 0

    @property
    def asked(self) -> int:
        """All of them; those not reached are due or late as well."""
        return self.reported + self.due + self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An obstacle, or a model: which report, whose, in a few words."""

    report: ReportId
    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How the reports that were due in a month came."""

    first: date
    """Its first day."""
    on_time: int = 0
    late: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A directive that was sent out: how many of the scope have not acknowledged it."""

    name: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a supervisor reads in the morning."""

    day: date
    root: str
    cells: tuple[Obligation, ...]
    """What is owed however old, and what was reported lately."""
    tree: UnitTree
    sums: tuple[FigureSum, ...] = ()
    obstacles: tuple[Note, ...] = ()
    models: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    """Whom the assistant wrote to lately without learning whether it arrived; not the reader."""
    trend: tuple[Month, ...] = ()
    """The last months with anything due, the earliest first."""
    extensions: int = 0
    waiting: int = 0
    total: Count = field(default_factory=Count)

    @property
    def silent(self) -> bool:
        """Tell whether there is nothing to say."""
        told = (self.cells, self.obstacles, self.extensions, self.waiting, self.unread, self.unsure)
        return not any(told)

    def by_unit(self) -> list[tuple[UnitId, Count]]:
        """Return the units, those with most that is late first."""
        return _counted((one.unit, one) for one in self.cells)

    def by_task(self) -> list[tuple[str, Count]]:
        """Return the tasks, those assigned together as one, most that is late first."""
        return _counted((group_of(one.task), one) for one in self.cells)


def group_of(task: Task) -> str:
    """Return what tasks that were assigned together share."""
    return task.group or task.id


async def digest(act: Acting, forms: Forms, root: UnitId | None = None) -> Digest:
    """Return the state of the actor's scope at the time he acts, or of a unit within it."""
    scope = act.scope if root is None else act.scope & act.tree.subtree(root)
    office = await office_of(act.tx, act.now)
    tasks = [one for one in await act.tx.find(Task) if one.state is not TaskState.WITHDRAWN]
    every = [one async for one in owed_in(act.tx, tasks, scope, office)]
    cells = [one for one in every if one.task.state is TaskState.OPEN and _is_shown(one)]
    submitted = await act.tx.find(Report, {"state": ReportState.SUBMITTED})
    own = [one for one in submitted if one.unit in scope]
    wishes = await act.tx.find(Extension, {"state": ExtensionState.ASKED})
    return Digest(
        day=office.day,
        root=act.tree.name(root) if root is not None else _named(act, scope),
        cells=tuple(cells),
        tree=act.tree,
        sums=tuple(added_up(_newest(cells), forms)),
        obstacles=tuple(_obstacles(own, cells, act.tree, forms)),
        models=tuple(await _models(act, scope, forms)),
        unread=tuple(await _unread(act, scope)),
        unsure=tuple(await unsure(act.tx, act.tree, act.now, scope, but=act.actor.id)),
        trend=tuple(_trend(every, office.day)),
        extensions=sum(one.unit in scope for one in wishes),
        waiting=sum(one.author != act.actor.id for one in own),
        total=count(cells),
    )


def _named(act: Acting, scope: frozenset[UnitId]) -> str:
    """Name a scope by the unit it hangs from; of several, by the actor's own."""
    tops = [one for one in scope if act.tree.standing(one) and act.tree.parent(one) not in scope]
    return act.tree.name(tops[0] if len(tops) == 1 else act.actor.unit)


def count(cells: Iterable[Obligation]) -> Count:
    """Count obligations by how they stand."""
    found = list(cells)
    late = sum(one.overdue for one in found)
    return Count(
        reported=sum(one.answered for one in found),
        due=sum(one.wanted for one in found) - late,
        late=late,
        came_late=sum(one.answered and one.late for one in found),
        unreached=sum(one.unreached for one in found),
    )


def _is_shown(one: Obligation) -> bool:
    """Tell whether a digest speaks of it: it is owed, or was answered not long ago."""
    if not one.answered:
        return one.owed
    came = one.due if one.report is None else day_of(one.report.submitted)
    last = max(day for day in (one.due, came, date.min) if day is not None)
    return last >= one.office.day - ANSWERED_SHOWN


def _newest(cells: Iterable[Obligation]) -> list[Report]:
    """Return each unit's report on a task of its latest period, so that none adds twice."""
    found: dict[tuple[str, UnitId], Report] = {}
    for one in sorted(cells, key=_figures_to):
        if one.report is not None and one.answered:
            found[(one.task.id, one.unit)] = one.report
    return list(found.values())


def _figures_to(one: Obligation) -> date:
    return date.min if one.period is None else one.period.figures_to


def _obstacles(
    submitted: Iterable[Report], cells: Iterable[Obligation], tree: UnitTree, forms: Forms
) -> Iterator[Note]:
    """Yield the obstacles that stand, the latest first.

    One is dealt with once its report was accepted; but that of a task stands while nothing later
    was reported for the period.
    """
    standing = [one.report for one in cells if one.state is not State.RETURNED]
    told = (one for one in (*submitted, *standing) if one is not None)
    found = {one.id: one for one in told if _hinders(one, forms)}
    for one in sorted(found.values(), key=lambda report: report.submitted, reverse=True):
        yield Note(report=one.id, unit=tree.name(one.unit), text=_words(one))


def _hinders(report: Report, forms: Forms) -> bool:
    """Tell an obstacle, one that a unit is clearing away by itself included."""
    if report.outcome is Outcome.IN_PROGRESS:
        return report.form in forms.ids(Purpose.OBSTACLE)
    return report.outcome is Outcome.OBSTACLE


async def _models(act: Acting, scope: frozenset[UnitId], forms: Forms) -> list[Note]:
    """Return the models told of lately, the latest first."""
    told = [
        one
        for one in await told_of(act, forms, Purpose.MODEL)
        if one.unit in scope
        and one.submitted >= act.now - NEW_MODELS
        and one.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)
    ]
    latest = sorted(told, key=lambda one: one.submitted, reverse=True)
    return [
        Note(
            report=one.id,
            unit=act.tree.name(one.unit),
            text=str(one.answers.get(NEEDED_FIELD[Purpose.MODEL]) or ""),
        )
        for one in latest
    ]


def _trend(every: Iterable[Obligation], today: date) -> list[Month]:
    """Count by month how the reports due in it came: what counts is when the result first came."""
    months: dict[date, Month] = {}
    for one in every:
        if one.due is None or not today - TREND_BACK <= one.due < today:
            continue
        if one.state is State.WITHDRAWN:
            continue
        first = one.due.replace(day=1)
        month = months.get(first, Month(first=first))
        if one.overdue:
            months[first] = replace(month, missing=month.missing + 1)
        elif one.late:
            months[first] = replace(month, late=month.late + 1)
        else:
            months[first] = replace(month, on_time=month.on_time + 1)
    return [months[first] for first in sorted(months)]


async def _unread(act: Acting, scope: frozenset[UnitId]) -> list[Unread]:
    """Return the directives sent out lately that people of the scope have not acknowledged."""
    found = []
    for one in await act.tx.find(Broadcast):
        if one.made < act.now - UNREAD_SHOWN or scope.isdisjoint(one.units):
            continue
        people = sum(person.unit in scope for person in await unacknowledged(act.tx, one))
        if people:
            found.append(Unread(name=one.citation, people=people))
    return found


def _words(report: Report) -> str:
    """Return the longest text of a report: what it says in words."""
    texts = [one for one in report.answers.values() if isinstance(one, str)]
    return max(texts, key=len, default="")


Counted = TypeVar("Counted", bound=str)


def _counted(keyed: Iterable[tuple[Counted, Obligation]]) -> list[tuple[Counted, Count]]:
    grouped: dict[Counted, list[Obligation]] = {}
    for key, cell in keyed:
        grouped.setdefault(key, []).append(cell)
    counted = [(key, count(cells)) for key, cells in grouped.items()]
    return sorted(counted, key=lambda one: (-one[1].late, -one[1].due))
