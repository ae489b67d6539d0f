"""Where tasks stand: which of their periods are asked for, and which are late, sent or done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from records.ids import PeriodKey, UnitId
from records.model import Cadence, Person, Report, ReportState, Task, TaskState
from records.obligations.periods import Period, began_on, begun_periods
from records.obligations.working_days import Calendar
from records.reporting.standing import continues
from records.tasks.mine import Mine, Part
from records.units import UnitTree

SOON: Final = 7
"""Days before the due day from which a report is due soon: the ladder's last week."""

LOOK_BACK: Final = 366
"""Days for which periods that passed are still listed."""


class State(StrEnum):
    """Where one period of a task stands."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    SOON = "soon"
    OPEN = "open"
    UNDERWAY = "underway"
    """Reported as unfinished: a further report is wanted, but nobody is late."""
    REPORTED = "reported"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class View(StrEnum):
    """The lists of tasks; buttons name one by its place."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    UNITS = "units"
    """All of the units one may see."""


VIEWS: Final = tuple(View)

SHOWN: Final = {
    View.DUE: frozenset({State.SOON, State.OPEN, State.UNDERWAY, State.RETURNED}),
    View.OVERDUE: frozenset({State.OVERDUE}),
    View.DONE: frozenset({State.REPORTED, State.DONE}),
    View.UNITS: frozenset(State) - {State.WITHDRAWN},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One period of one task, for the unit that reports on it."""

    mine: Mine
    unit: UnitId
    state: State
    period: Period | None = None
    """None for a task on an event, or once without a due day."""
    report: Report | None = None

    @property
    def task(self) -> Task:
        """The task."""
        return self.mine.task

    @property
    def key(self) -> PeriodKey | None:
        """The period's name; None for a task reported once or on events."""
        return None if self.period is None else self.period.key

    @property
    def due(self) -> date | None:
        """The last day in time."""
        return None if self.period is None else self.period.due


def standings(
    found: Iterable[Mine], me: Person, tree: UnitTree, calendar: Calendar, today: date
) -> tuple[Standing, ...]:
    """Return every period asked for of these tasks: the most pressing first."""
    every = (each for one in found for each in _of(one, unit_of(one, me, tree), calendar, today))
    return tuple(sorted(every, key=_pressing))


def seen(every: Iterable[Standing], view: View) -> tuple[Standing, ...]:
    """Return those of a list; what is done, the latest first."""
    chosen = [one for one in every if one.state in SHOWN[view]]
    if view is View.DONE:
        chosen.sort(key=lambda one: one.due or date.min, reverse=True)
    return tuple(chosen)


def unit_of(one: Mine, me: Person, tree: UnitTree) -> UnitId:
    """Return the unit for which a task is reported on: one's own where that supports, or the lead.

    For somebody else it is the unit of whom one stands in for.
    """
    who = one.instead_of or me
    places = (who.unit, *tree.above(who.unit))
    if one.part in (Part.LEAD, Part.SEEN):
        return one.task.lead
    asked = (one.task.lead, *one.task.support)
    return next((unit for unit in places if unit in asked), one.task.lead)


def _of(one: Mine, unit: UnitId, calendar: Calendar, today: date) -> Iterator[Standing]:
    task = one.task
    if task.state is TaskState.WITHDRAWN:
        yield Standing(mine=one, unit=unit, state=State.WITHDRAWN)
        return
    sent = [report for report in one.reports if report.unit == unit and report.state.stands]
    since = today - timedelta(days=LOOK_BACK)
    begun = list(begun_periods(task, calendar, today, max(since, began_on(task))))
    for period in begun:
        report = _newest(report for report in sent if report.period == period.key)
        state = _state(task, period, report, today)
        if state is not None:
            yield Standing(mine=one, unit=unit, state=state, period=period, report=report)
    if not begun and (task.cadence in (Cadence.ONCE, Cadence.ON_EVENT) or sent):
        yield _without_period(one, unit, _newest(sent))


def _without_period(one: Mine, unit: UnitId, last: Report | None) -> Standing:
    """Take a task on events for open while it stands, one without a day until it is reported."""
    once = one.task.cadence is Cadence.ONCE
    state = _answered(one.task, last) if last is not None and once else None
    if one.task.state is TaskState.DONE:
        state = State.DONE
    return Standing(mine=one, unit=unit, state=state or State.OPEN, report=last)


def _state(task: Task, period: Period, report: Report | None, today: date) -> State | None:
    """Return where a period stands; None for one that a finished task asks for no more."""
    if report is not None:
        return _answered(task, report)
    if task.state is TaskState.DONE:
        return None
    if period.due < today:
        return State.OVERDUE
    return State.SOON if (period.due - today).days <= SOON else State.OPEN


def _answered(task: Task, report: Report) -> State:
    if report.state is ReportState.RETURNED:
        return State.RETURNED
    if task.state is TaskState.OPEN and continues(report, task):
        return State.UNDERWAY
    return State.DONE if report.state is ReportState.ACCEPTED else State.REPORTED


def _newest(reports: Iterable[Report]) -> Report | None:
    return max(reports, key=lambda one: (one.submitted, one.version), default=None)


_ORDER: Final = tuple(State)


def _pressing(one: Standing) -> tuple[int, int, date, str]:
    """Order by state, then urgency, then the due day; without one, last."""
    return (
        _ORDER.index(one.state),
        -one.task.priority,
        one.due or date.max,
        one.task.id,
    )
