"""How a directive's deadline becomes a task's: cadence, rule for the due day, or the one day.

"Trước ngày 05/11" leaves the day out: the last day in time is the 4th.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from knowledge.model import Deadline, DeadlineKind
from records.model import Cadence, DueRule
from records.obligations.due_rules import CUTOFF_DAY, day_in
from records.obligations.refusals import ImpossibleDay

_LEAP_YEAR: Final = 2024
"""In which "trước ngày 01/3" ends on 29 February; the rule makes it the 28th in other years."""

_RETURNING: Final[Mapping[DeadlineKind, tuple[Cadence, int, int]]] = {
    DeadlineKind.MONTHLY: (Cadence.MONTHLY, 1, 1),
    DeadlineKind.QUARTERLY: (Cadence.QUARTERLY, 3, 3),
    DeadlineKind.HALF_YEARLY: (Cadence.HALF_YEARLY, 6, 3),
}
"""Cadence, months of a period, months after it up to which a month counts on from its first.

Beyond those the directive names a month of the year: "6 tháng … trước ngày 15/12"."""


class Proposed(NamedTuple):
    """What a task takes from a deadline; an admin adds the rule where the directive gives none."""

    cadence: Cadence
    rule: DueRule | None = None
    due: date | None = None


def rule_of(deadline: Deadline) -> Proposed:
    """Return cadence, rule and day of a deadline.

    A span of years is no day to report by. Raises ImpossibleDay for a day no calendar has.
    """
    if deadline.kind is DeadlineKind.ON_EVENT:
        return Proposed(Cadence.ON_EVENT)
    if deadline.kind is DeadlineKind.PERIODIC:
        return Proposed(Cadence.PERIODIC)
    if deadline.kind is DeadlineKind.DATED:
        return Proposed(Cadence.ONCE, due=_dated(deadline))
    if deadline.kind is DeadlineKind.YEARLY:
        return Proposed(Cadence.YEARLY, _yearly(deadline))
    if deadline.kind in _RETURNING:
        cadence, length, reach = _RETURNING[deadline.kind]
        told = _counted_day(deadline, length)
        return Proposed(cadence, None if told is None else _returning(*told, length, reach))
    return Proposed(Cadence.ONCE)


def _dated(deadline: Deadline) -> date | None:
    """Return the last day in time of a full date."""
    told = deadline.before or deadline.by
    if told is None:
        return None
    year, month, number = (int(part) for part in told.split("-"))
    return _last_day(deadline, year, month, number)


def _yearly(deadline: Deadline) -> DueRule | None:
    """Return the rule for a day of every year."""
    told = deadline.before or deadline.by
    if told is None:
        return None
    month, number = (int(part) for part in told.split("-"))
    last = _last_day(deadline, _LEAP_YEAR, month, number)
    return DueRule(dates=((last.month, last.day),))


def _last_day(deadline: Deadline, year: int, month: int, number: int) -> date:
    """Return the day, or the one before it where the directive leaves it out."""
    try:
        day = date(year, month, number)
    except ValueError as impossible:
        raise ImpossibleDay(day=number, month=month) from impossible
    return day - timedelta(days=deadline.before is not None)


def _counted_day(deadline: Deadline, length: int) -> tuple[int, int] | None:
    """Return the last day in time as month, counted from the period's first, and day."""
    told = deadline.before or deadline.by
    if told is None:
        return None
    month, number = (int(part) for part in told.split("-"))
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        raise ImpossibleDay(day=number, month=month)
    if deadline.before is None:
        return month, number
    if number > 1:
        return month, number - 1
    return (month - 1 if month > 1 else length), 31


def _returning(month: int, number: int, length: int, reach: int) -> DueRule:
    """Return the rule for a day of each month, quarter or half-year."""
    if length < month <= length + reach:
        return DueRule(day_of_month=number, months_after=month - length)
    place = (month - 1) % length + 1
    if length == 1 and number < CUTOFF_DAY:  # the figures of this month are not closed by then
        return DueRule(day_of_month=number, months_after=1)
    if place == length:
        return DueRule(day_of_month=number)
    months = range(place, 13, length)
    return DueRule(dates=tuple((one, day_in(_LEAP_YEAR, one, number).day) for one in months))
