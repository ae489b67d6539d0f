"""Which reports a person still owes, from the tasks and the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.press import StaleButton
from records.ids import PeriodKey
from records.model import Cadence, Report, Task
from records.obligations.periods import Period, begun_periods, period_named
from records.obligations.working_days import Calendar
from records.reporting.asked import AskedOf
from records.reporting.standing import continues

LOOKED_BACK: Final = timedelta(days=400)
"""A report that has been late for longer is no longer offered; a year's own still is."""

LATEST: Final = 4
"""Periods of one task that are offered: beside the one under way the last three, or whoever missed
a year of weeks would leaf through fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """A report that somebody is to send."""

    task: Task
    unit: str
    """Name of the unit it is for."""
    period: PeriodKey | None
    due: date | None
    """The last day in time; None where none is set."""
    standing: Report | None
    """The report that was sent for it, if one was."""

    def late(self, today: date) -> bool:
        """Tell whether the last day in time has passed and nothing was sent."""
        return self.due is not None and self.due < today and self.standing is None

    @property
    def open(self) -> bool:
        """Tell whether a report is wanted: none was sent, or it was returned or is unfinished."""
        return continues(self.standing, self.task)


def due_reports(asked: Iterable[AskedOf], calendar: Calendar, today: date) -> list[DueReport]:
    """Return what is to be reported: the first due first, what has no due day last."""
    wanted: list[DueReport] = []
    for one in asked:
        every = [_due(one, key, own) for key, own in _periods(one.task, calendar, today)]
        wanted += [due for due in every if due.open][-LATEST:]
    return sorted(wanted, key=lambda one: (one.due or date.max, -one.task.priority, one.task.id))


def due_report(asked: AskedOf, period: PeriodKey | None, calendar: Calendar) -> DueReport:
    """Return one; raises NotAPeriod or NotOfTask for a period that the task does not have."""
    if period is not None:
        return _due(asked, period, period_named(asked.task, calendar, period))
    if asked.task.cadence not in (Cadence.ONCE, Cadence.ON_EVENT, Cadence.PERIODIC):
        raise StaleButton
    return _due(asked, None, None)


def _periods(
    task: Task, calendar: Calendar, today: date
) -> Iterable[tuple[PeriodKey | None, Period | None]]:
    """Yield the periods that have begun; a task without any is reported on once, or at any time."""
    whenever = task.cadence in (Cadence.ONCE, Cadence.ON_EVENT)
    if whenever or (task.cadence is Cadence.PERIODIC and task.rule is None):
        return ((None, None),)
    begun = begun_periods(task, calendar, today, today - LOOKED_BACK)
    return ((period.key, period) for period in begun)


def _due(asked: AskedOf, period: PeriodKey | None, named: Period | None) -> DueReport:
    task = asked.task
    standing = None if task.cadence is Cadence.ON_EVENT else asked.standing.get(period)
    return DueReport(
        task=task,
        unit=asked.unit_name,
        period=period,
        due=named.due if named is not None else task.due,
        standing=standing,
    )
