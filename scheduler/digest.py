"""The state of a supervisor's units: who reported, what is due and late, what stands open."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from records.acknowledging.sending_out import unacknowledged
from records.acting import Acting
from records.forms.model import NEEDED_FIELD, Purpose
from records.forms.reading import Forms
from records.ids import PeriodKey, ReportId, UnitId
from records.model import (
    Broadcast,
    CalendarOverride,
    Extension,
    ExtensionState,
    Outcome,
    Person,
    Report,
    ReportState,
    Task,
    TaskState,
)
from records.reviewing.models import told_of
from records.units import UnitTree
from scheduler.figures import FigureSum, added_up
from scheduler.periods import begun_periods, periods
from scheduler.planning import extensions
from scheduler.reminders import Asked, officers_of, reporters
from scheduler.working_days import calendar_of
from vietnamese.clock_times import HANOI

LOOKED_BACK: Final = timedelta(days=60)
"""A report that has been missing for longer stands in no digest any more."""

ANSWERED_SHOWN: Final = timedelta(days=14)
"""How long after its due day a period that was reported is still counted."""

TREND_BACK: Final = timedelta(days=183)
"""How far the trend looks back: half a year."""

UNREAD_SHOWN: Final = timedelta(days=60)
"""How long after it was sent out a directive is missed in the digest."""

NEW_MODELS: Final = timedelta(days=30)
"""How long a "Dân vận khéo" model counts as new."""


class Standing(StrEnum):
    """How a unit stands with one period of a task."""

    REPORTED = "reported"
    DUE = "due"
    LATE = "late"


def is_reached(person: Person) -> bool:
    """Tell whether the channel reaches a person, as far as is known: he came in, and stayed."""
    return bool(person.addresses) and person.unreachable is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One period of one task of one unit."""

    asked: Asked
    standing: Standing
    reporters: tuple[Person, ...]
    day: date
    """The day it is seen on."""

    @property
    def unreached(self) -> bool:
        """Whether nobody who could report is reached by the channel: apart from being late."""
        return self.standing is not Standing.REPORTED and all(
            not is_reached(one) for one in self.reporters
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many cells stand how."""

    reported: int = 0
    due: int = 0
    late: int = 0
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
    cells: tuple[Cell, ...]
    tree: UnitTree
    sums: tuple[FigureSum, ...] = ()
    obstacles: tuple[Note, ...] = ()
    models: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    trend: tuple[Month, ...] = ()
    """The last months with anything due, the earliest first."""
    extensions: int = 0
    waiting: int = 0
    total: Count = field(default_factory=Count)

    @property
    def silent(self) -> bool:
        """Tell whether there is nothing to say."""
        return not (self.cells or self.obstacles or self.extensions or self.waiting or self.unread)

    def by_unit(self) -> list[tuple[UnitId, Count]]:
        """Return the units, those with most that is late first."""
        return _counted((one.asked.task.lead, one) for one in self.cells)

    def by_task(self) -> list[tuple[str, Count]]:
        """Return the tasks, those assigned together as one, most that is late first."""
        return _counted((group_of(one.asked.task), one) for one in self.cells)


def group_of(task: Task) -> str:
    """Return what tasks that were assigned together share."""
    return task.group or task.id


async def digest(act: Acting, forms: Forms, root: UnitId | None = None) -> Digest:
    """Return the state of the actor's scope at the time he acts, or of a unit within it."""
    today = act.now.astimezone(HANOI).date()
    scope = act.scope if root is None else act.scope & act.tree.subtree(root)
    people = [one for one in await act.tx.find(Person) if one.active]
    cells = [cell async for cell in _cells(act, scope, people, today)]
    submitted = await act.tx.find(Report, {"state": ReportState.SUBMITTED})
    own = [one for one in submitted if one.unit in scope]
    wishes = await act.tx.find(Extension, {"state": ExtensionState.ASKED})
    return Digest(
        day=today,
        root=act.tree.name(root) if root is not None else _named(act, scope),
        cells=tuple(cells),
        tree=act.tree,
        sums=tuple(added_up(_newest(cells), forms)),
        obstacles=tuple(_obstacles(own, cells, act.tree, forms)),
        models=tuple(await _models(act, scope, forms)),
        unread=tuple(await _unread(act, scope)),
        trend=tuple(await _trend(act, scope, today)),
        extensions=sum(one.unit in scope for one in wishes),
        waiting=sum(one.author != act.actor.id for one in own),
        total=count(cells),
    )


def _named(act: Acting, scope: frozenset[UnitId]) -> str:
    """Name a scope by the unit it hangs from; of several, by the actor's own."""
    tops = [one for one in scope if act.tree.standing(one) and act.tree.parent(one) not in scope]
    return act.tree.name(tops[0] if len(tops) == 1 else act.actor.unit)


def count(cells: Iterable[Cell]) -> Count:
    """Count cells by how they stand."""
    found = list(cells)
    stood = [one.standing for one in found]
    return Count(
        reported=stood.count(Standing.REPORTED),
        due=stood.count(Standing.DUE),
        late=stood.count(Standing.LATE),
        unreached=sum(one.unreached for one in found),
    )


async def _cells(
    act: Acting, scope: frozenset[UnitId], people: list[Person], today: date
) -> AsyncIterator[Cell]:
    """Yield the periods of the scope's open tasks that have begun and are not long past."""
    calendar = calendar_of(await act.tx.find(CalendarOverride))
    extended = await extensions(act.tx)
    officers, by_id = officers_of(people), {one.id: one for one in people}
    for task in await act.tx.find(Task, {"state": TaskState.OPEN}):
        if task.lead not in scope:
            continue
        live = _live(await act.tx.find(Report, {"task": task.id}), task.lead)
        for period in begun_periods(task, calendar, today, today - LOOKED_BACK):
            due = extended.get((task.id, period.key), period.due)
            asked = Asked(task=task, period=period, due=due, report=live.get(period.key))
            if not asked.answered or due >= today - ANSWERED_SHOWN:
                yield Cell(
                    asked=asked,
                    standing=standing_of(asked, today),
                    reporters=reporters(task, by_id, officers),
                    day=today,
                )


def standing_of(asked: Asked, today: date) -> Standing:
    """Tell how a period stands on a day."""
    if asked.answered:
        return Standing.REPORTED
    return Standing.LATE if asked.due < today else Standing.DUE


def _live(reports: Iterable[Report], unit: UnitId) -> dict[PeriodKey | None, Report]:
    """Return the unit's report that stands for each period, the newest of several."""
    live: dict[PeriodKey | None, Report] = {}
    for one in sorted(reports, key=lambda report: (report.submitted, report.version)):
        if one.unit == unit and one.state is not ReportState.SUPERSEDED:
            live[one.period] = one
    return live


def _newest(cells: Iterable[Cell]) -> list[Report]:
    """Return of each task the report of its latest period that has one, so that none adds twice."""
    found: dict[str, Report] = {}
    for cell in sorted(cells, key=lambda one: one.asked.period.figures_to):
        if cell.asked.report is not None and cell.standing is Standing.REPORTED:
            found[cell.asked.task.id] = cell.asked.report
    return list(found.values())


def _obstacles(
    submitted: Iterable[Report], cells: Iterable[Cell], tree: UnitTree, forms: Forms
) -> Iterator[Note]:
    """Yield the obstacles that stand, the latest first.

    One is dealt with once its report was accepted; but that of a task stands while nothing later
    was reported for the period.
    """
    standing = [one.asked.report for one in cells if one.asked.answered]
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


async def _trend(act: Acting, scope: frozenset[UnitId], today: date) -> list[Month]:
    """Count by month how the reports due in it came: what counts is the first version."""
    calendar = calendar_of(await act.tx.find(CalendarOverride))
    months: dict[date, Month] = {}
    for task in await act.tx.find(Task):
        if task.lead not in scope or task.state is TaskState.WITHDRAWN:
            continue
        sent = _first_sent(await act.tx.find(Report, {"task": task.id}), task.lead)
        for period in periods(task, calendar, today - TREND_BACK, today - timedelta(days=1)):
            first = period.due.replace(day=1)
            month = months.get(first, Month(first=first))
            came = sent.get(period.key)
            if came is None:
                months[first] = replace(month, missing=month.missing + 1)
            elif came <= period.due:
                months[first] = replace(month, on_time=month.on_time + 1)
            else:
                months[first] = replace(month, late=month.late + 1)
    return [months[first] for first in sorted(months)]


def _first_sent(reports: Iterable[Report], unit: UnitId) -> dict[PeriodKey | None, date]:
    """Return the day on which a unit first reported each period."""
    sent: dict[PeriodKey | None, date] = {}
    for one in reports:
        day = one.submitted.astimezone(HANOI).date()
        if one.unit == unit:
            sent[one.period] = min(day, sent.get(one.period, day))
    return sent


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


def _counted(keyed: Iterable[tuple[Counted, Cell]]) -> list[tuple[Counted, Count]]:
    grouped: dict[Counted, list[Cell]] = {}
    for key, cell in keyed:
        grouped.setdefault(key, []).append(cell)
    counted = [(key, count(cells)) for key, cells in grouped.items()]
    return sorted(counted, key=lambda one: (-one[1].late, -one[1].due))
