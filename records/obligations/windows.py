"""From which day a period's report is asked for, and on which days before and after it is due."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from records.model import Cadence, Task
from records.obligations.periods import Period
from records.obligations.working_days import Calendar

LADDER: Final = (14, 7, 3, 1, 0, -1, -3)
"""Days before the due day on which it is reminded of, negative after it; a task may have its own.
"""

SHORT_LADDERS: Final[Mapping[Cadence, tuple[int, ...]]] = {
    Cadence.WEEKLY: (1, 0, -1, -3),
    Cadence.MONTHLY: (7, 3, 1, 0, -1, -3),
}
"""Where the usual one would reach back into the period before."""

_DAY: Final = timedelta(days=1)
_BETWEEN_WEEKS: Final = timedelta(days=6)
"""From the day after one week's report is due to the day the next one's is."""


def ladder_of(task: Task) -> tuple[int, ...]:
    """Return a task's ladder: its own, or that of its cadence."""
    return task.ladder or SHORT_LADDERS.get(task.cadence, LADDER)


def asked_from(task: Task, period: Period, calendar: Calendar) -> date:
    """Return the first day on which a period's report is asked for.

    Its figures are closed by then, or the first step of its ladder has come. A week is asked for
    from its Monday on, and not before the report of the week before is due. What is reported once
    is asked for from its assignment on.
    """
    if task.cadence is Cadence.ONCE:
        return period.figures_from
    if task.cadence is Cadence.WEEKLY:
        monday = period.figures_to - (period.figures_to.isoweekday() - 1) * _DAY
        return max(period.figures_from, monday, period.due - _BETWEEN_WEEKS)
    first = period.due - timedelta(days=max(0, *ladder_of(task)))
    opens = min(period.figures_to + _DAY, calendar.previous_working(first))
    return max(period.figures_from, opens)
