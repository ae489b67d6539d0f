"""When a period's figures open and close, and the day its report is due before any shift.

Without a cut-off day of its own a task closes its figures by Nghị định 09/2019/NĐ-CP, Điều 12: on
the 14th of the period's last month, and the next period opens on the 15th. Where the directive
names a day before that, the figures close on the last 14th before the day: what is asked for on
04/11 each year runs to 14/10.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from records.model import Cadence, DueRule, Task
from records.obligations.working_days import Calendar
from records.period_keys import MONTHS, PeriodKind, PeriodName, calendar_days, moved, name_at

CUTOFF_DAY: Final = 14
"""Nghị định 09/2019/NĐ-CP, Điều 12."""

WEEK_CLOSES: Final = 4
"""Thursday: offices mostly count from Friday to Thursday. No text rules it; a task's own cut-off
day, 1 to 7, wins."""

LATE_BY: Final = 2
"""Months after the figures close within which a date of the year belongs to the period just closed:
"trước ngày 10/01 hằng năm" is about the year before. Never more than half a period."""

KINDS: Final[Mapping[Cadence, PeriodKind]] = {
    Cadence.WEEKLY: PeriodKind.WEEK,
    Cadence.MONTHLY: PeriodKind.MONTH,
    Cadence.QUARTERLY: PeriodKind.QUARTER,
    Cadence.HALF_YEARLY: PeriodKind.HALF,
    Cadence.NINE_MONTHS: PeriodKind.NINE_MONTHS,
    Cadence.YEARLY: PeriodKind.YEAR,
}
"""The periods of each cadence that returns by the calendar."""

_PLAIN_YEAR: Final = 2023
"""A year without 29 February, to place dates of every year in."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All of a task that its periods depend on: tasks of the same terms share them."""

    kind: PeriodKind
    rule: DueRule
    cutoff: int | None


def terms_of(task: Task) -> Terms | None:
    """Return a task's terms; None where it does not return by the calendar or has no rule."""
    kind = KINDS.get(task.cadence)
    if kind is None or task.rule is None:
        return None
    return Terms(kind=kind, rule=task.rule, cutoff=task.cutoff_day)


def opens(terms: Terms, name: PeriodName) -> date:
    """Return the first day of a period's figures; those of nine months open with the year."""
    if name.kind is PeriodKind.NINE_MONTHS:
        return _cutoff(terms, name.year - 1, 12) + _DAY
    return closes(terms, moved(name, -1)) + _DAY


def closes(terms: Terms, name: PeriodName) -> date:
    """Return the last day of a period's figures."""
    usual = _usual_close(terms, name)
    if terms.cutoff is not None:
        return usual
    due = _fixed_due(terms, name)
    return usual if due is None or due >= usual else _cutoff_before(terms, due)


def nominal_due(terms: Terms, name: PeriodName, calendar: Calendar) -> date:
    """Return the last day in time as the rule words it, worked or not."""
    fixed = _fixed_due(terms, name)
    if fixed is not None:
        return fixed
    close, rule = closes(terms, name), terms.rule
    if rule.working_days is not None:
        return calendar.add_working_days(close, rule.working_days)
    ahead = ((rule.weekday or close.isoweekday()) - close.isoweekday()) % 7
    return close + ahead * _DAY


@lru_cache(maxsize=256)
def placed(terms: Terms) -> tuple[tuple[int, int, int, int], ...]:
    """Place the dates of a rule: ordinal of the period, month, day, years after the period's."""
    return tuple(_place(terms, month, day) for month, day in terms.rule.dates)


def day_in(year: int, month: int, day: int) -> date:
    """Return a day of a month, or the month's last where it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _fixed_due(terms: Terms, name: PeriodName) -> date | None:
    """Return the due day that does not depend on when the figures close; None if it does."""
    for ordinal, month, day, later in placed(terms):
        if ordinal == name.ordinal:
            return day_in(name.year + later, month, day)
    if terms.rule.day_of_month is None or name.kind is PeriodKind.WEEK:
        return None
    last = calendar_days(name)[1]
    months = last.year * 12 + last.month - 1 + terms.rule.months_after
    return day_in(months // 12, months % 12 + 1, terms.rule.day_of_month)


def _place(terms: Terms, month: int, day: int) -> tuple[int, int, int, int]:
    """Give a date to the period that has just closed before it, else to the one it lies in."""
    due = day_in(_PLAIN_YEAR, month, day)
    here = name_at(terms.kind, due)
    closed = here if _usual_close(terms, here) <= due else moved(here, -1)
    late_by = min(LATE_BY, MONTHS[terms.kind] // 2)
    last = calendar_days(closed)[1]
    months = last.year * 12 + last.month - 1 + late_by
    name = closed if due <= _cutoff(terms, months // 12, months % 12 + 1) else here
    return name.ordinal, month, day, _PLAIN_YEAR - name.year


def _usual_close(terms: Terms, name: PeriodName) -> date:
    """Return when a period's figures close, whatever its due day."""
    first, last = calendar_days(name)
    if name.kind is PeriodKind.WEEK:
        return first + ((terms.cutoff or WEEK_CLOSES) - 1) * _DAY
    return _cutoff(terms, last.year, last.month)


def _cutoff(terms: Terms, year: int, month: int) -> date:
    return day_in(year, month, terms.cutoff or CUTOFF_DAY)


def _cutoff_before(terms: Terms, due: date) -> date:
    """Return the last monthly cut-off before `due`."""
    close = _cutoff(terms, due.year, due.month)
    if close < due:
        return close
    last_month = due.replace(day=1) - _DAY
    return _cutoff(terms, last_month.year, last_month.month)
