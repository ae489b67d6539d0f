"""Whether a task can be scheduled: its rule fits its cadence, its days exist, its ladder falls."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from records.model import Cadence, DueRule, Task
from records.obligations.due_rules import CUTOFF_DAY, Terms, day_in, placed, terms_of
from records.obligations.periods import began_on, periods
from records.obligations.refusals import (
    DueBeforeFigures,
    EndedBeforeTask,
    ImpossibleDay,
    ImpossibleLag,
    RuleDoesNotFit,
    RuleMissing,
    RuleUnclear,
    WrongDates,
    WrongLadder,
)
from records.obligations.working_days import Calendar
from records.period_keys import MONTHS

MOST_MONTHS_AFTER: Final = 12
"""Months between a period and its report; more would be the next year's."""

MOST_WORKING_DAYS: Final = 60
"""Working days after the figures close; a quarter of a year."""

_LEAP_YEAR: Final = 2024
_YEARS_TRIED: Final = 5
"""Years over which a rule is tried out; they hold a leap year."""

_OF_MONTHS: Final = ("day_of_month", "working_days")
_WAYS: Final[Mapping[Cadence, tuple[str, ...]]] = {
    Cadence.WEEKLY: ("weekday", "working_days"),
    Cadence.MONTHLY: _OF_MONTHS,
    Cadence.QUARTERLY: (*_OF_MONTHS, "dates"),
    Cadence.HALF_YEARLY: (*_OF_MONTHS, "dates"),
    Cadence.NINE_MONTHS: (*_OF_MONTHS, "dates"),
    Cadence.YEARLY: (*_OF_MONTHS, "dates"),
    Cadence.PERIODIC: ("dates",),
    Cadence.ONCE: (),
    Cadence.ON_EVENT: (),
}
"""The ways in which a rule may name the due day, by cadence."""


def check_task(task: Task) -> None:
    """Raise a PeriodsRefused where the periods and reminders of a task cannot be told."""
    check_ladder(task.ladder)
    if task.cadence is Cadence.ONCE and task.due is not None and task.due < began_on(task):
        raise EndedBeforeTask(due=task.due, began=began_on(task))
    if task.rule is None:
        if _WAYS[task.cadence]:
            raise RuleMissing(cadence=task.cadence)
        return
    _check_way(task.cadence, task.rule)
    _check_days(task.rule)
    _check_cutoff(task)
    if task.cadence is Cadence.PERIODIC:
        _check_own_dates(task.rule)
    terms = terms_of(task)
    if terms is not None:
        _check_placed(terms)
        _try_out(task)


def check_ladder(ladder: tuple[int, ...] | None) -> None:
    """Raise WrongLadder unless the days before the due day fall from step to step."""
    if ladder is not None and any(later >= earlier for earlier, later in pairwise(ladder)):
        raise WrongLadder(ladder=ladder)


def ways_of(rule: DueRule) -> tuple[str, ...]:
    """Return the ways in which a rule names the due day; a sound rule has one."""
    told = {
        "dates": bool(rule.dates),
        "day_of_month": rule.day_of_month is not None,
        "weekday": rule.weekday is not None,
        "working_days": rule.working_days is not None,
    }
    return tuple(way for way, used in told.items() if used)


def _check_way(cadence: Cadence, rule: DueRule) -> None:
    ways = ways_of(rule)
    if len(ways) != 1:
        raise RuleUnclear(ways=ways)
    if ways[0] not in _WAYS[cadence]:
        raise RuleDoesNotFit(cadence=cadence, way=ways[0])


def _check_days(rule: DueRule) -> None:
    """Refuse days that do not exist; 29 February does, and is the 28th in other years."""
    for month, day in rule.dates:
        if not 1 <= month <= 12 or not 1 <= day <= day_in(_LEAP_YEAR, month, 31).day:
            raise ImpossibleDay(day=day, month=month)
    for number, most in ((rule.day_of_month, 31), (rule.weekday, 7)):
        if number is not None and not 1 <= number <= most:
            raise ImpossibleDay(day=number)
    if not 0 <= rule.months_after <= MOST_MONTHS_AFTER:
        raise ImpossibleLag(lag=rule.months_after, most=MOST_MONTHS_AFTER)
    if rule.working_days is not None and not 1 <= rule.working_days <= MOST_WORKING_DAYS:
        raise ImpossibleLag(lag=rule.working_days, most=MOST_WORKING_DAYS)


def _check_cutoff(task: Task) -> None:
    most = 7 if task.cadence is Cadence.WEEKLY else 31
    if task.cutoff_day is not None and not 1 <= task.cutoff_day <= most:
        raise ImpossibleDay(day=task.cutoff_day)


def _check_own_dates(rule: DueRule) -> None:
    """Refuse dates that are one and the same, in any year."""
    distinct = {day_in(_LEAP_YEAR + 1, month, day) for month, day in rule.dates}
    if len(distinct) < len(rule.dates):
        raise WrongDates(expected=len(distinct), given=len(rule.dates))


def _check_placed(terms: Terms) -> None:
    """Refuse dates unless there is one for each period of a year."""
    if not terms.rule.dates:
        return
    expected = 12 // MONTHS[terms.kind]
    ordinals = {ordinal for ordinal, *_ in placed(terms)}
    if len(terms.rule.dates) != expected or len(ordinals) != expected:
        raise WrongDates(expected=expected, given=len(terms.rule.dates))


def _try_out(task: Task) -> None:
    """Refuse a rule by which a report would be due before its figures close."""
    began = began_on(task)
    until = date(began.year + _YEARS_TRIED, 12, 31)
    for period in periods(task, Calendar(), began, until):
        if not period.figures_from <= period.figures_to <= period.due:
            raise DueBeforeFigures(cutoff=task.cutoff_day or CUTOFF_DAY)
