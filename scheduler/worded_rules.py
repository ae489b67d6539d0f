"""The rule that the words of a directive give: cadence, rule for the due day, or the one day.

"Trước ngày 05/11" leaves the day out: the last day in time is the 4th.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from knowledge.deadline import MONTHS_OF, Deadline, DeadlineKind, FullDate, MonthDay, Weekday
from records.model import Cadence, DueRule
from records.obligations.due_rules import CUTOFF_DAY, day_in
from records.obligations.refusals import ImpossibleDay
from services.tasks.proposal import Timing

_LEAP_YEAR: Final = 2024
"""In which "trước ngày 01/3" ends on 29 February; the rule makes it the 28th in other years."""

_WORDED: Final[Mapping[DeadlineKind, tuple[Cadence, int]]] = {
    DeadlineKind.MONTHLY: (Cadence.MONTHLY, 1),
    DeadlineKind.QUARTERLY: (Cadence.QUARTERLY, 3),
    DeadlineKind.HALF_YEARLY: (Cadence.HALF_YEARLY, 3),
}
"""Cadence, and months after the period up to which a month counts on from its first.

Beyond those the directive names a month of the year: "6 tháng … trước ngày 15/12"."""


def rule_of(deadline: Deadline) -> Timing:
    """Return cadence, rule and day of a deadline.

    A span of years is no day to report by. Raises ImpossibleDay for a day no calendar has.
    """
    day = deadline.day
    match deadline.kind:
        case DeadlineKind.ON_EVENT:
            return Timing(Cadence.ON_EVENT)
        case DeadlineKind.PERIODIC:
            return Timing(Cadence.PERIODIC)
        case DeadlineKind.WEEKLY:
            return Timing(Cadence.WEEKLY, _weekly(deadline))
        case DeadlineKind.YEARLY:
            return Timing(Cadence.YEARLY, _yearly(deadline))
        case DeadlineKind.MONTHLY | DeadlineKind.QUARTERLY | DeadlineKind.HALF_YEARLY:
            cadence, reach = _WORDED[deadline.kind]
            length = MONTHS_OF[deadline.kind]
            told = _counted_day(deadline, length)
            return Timing(cadence, None if told is None else _returning(told, length, reach))
        case _:
            due = _last_day(deadline, day) if isinstance(day, FullDate) else None
            return Timing(Cadence.ONCE, due=due)


def _weekly(deadline: Deadline) -> DueRule | None:
    """Return the rule for a day of every week: before Monday is by Sunday."""
    day = deadline.day
    if not isinstance(day, Weekday):
        return None
    return DueRule(weekday=(day - 1 - deadline.out.days) % 7 + 1)


def _yearly(deadline: Deadline) -> DueRule | None:
    """Return the rule for a day of every year."""
    day = deadline.day
    if not isinstance(day, MonthDay):
        return None
    last = _last_day(deadline, FullDate(_LEAP_YEAR, day.month, day.day))
    return DueRule(dates=((last.month, last.day),))


def _last_day(deadline: Deadline, day: FullDate) -> date:
    """Return the day, or the one before it where the directive leaves it out."""
    try:
        return day.date() - deadline.out
    except ValueError as impossible:
        raise ImpossibleDay(day=day.day, month=day.month) from impossible


def _counted_day(deadline: Deadline, length: int) -> MonthDay | None:
    """Return the last day in time, its month counted from the period's first."""
    day = deadline.day
    if not isinstance(day, MonthDay):
        return None
    if not 1 <= day.month <= 12 or not 1 <= day.day <= 31:
        raise ImpossibleDay(day=day.day, month=day.month)
    if not deadline.out:
        return day
    if day.day > 1:
        return MonthDay(day.month, day.day - 1)
    return MonthDay(day.month - 1 if day.month > 1 else length, 31)


def _returning(day: MonthDay, length: int, reach: int) -> DueRule:
    """Return the rule for a day of each month, quarter or half-year."""
    if length < day.month <= length + reach:
        return DueRule(day_of_month=day.day, months_after=day.month - length)
    place = (day.month - 1) % length + 1
    if length == 1 and day.day < CUTOFF_DAY:  # the figures of this month are not closed by then
        return DueRule(day_of_month=day.day, months_after=1)
    if place == length:
        return DueRule(day_of_month=day.day)
    months = range(place, 13, length)
    return DueRule(dates=tuple((one, day_in(_LEAP_YEAR, one, day.day).day) for one in months))
