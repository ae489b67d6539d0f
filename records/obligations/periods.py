"""The reporting periods of a task: their figures, their due days, and which are owed.

Days are of Asia/Ho_Chi_Minh. The figures of a cadence follow one another without gap or overlap,
but for nine months, which are always the first nine. A period is owed from the day the task
began: one whose report was due before that is not. Dates that an admin named for "định kỳ" are
each a period of their own, with figures from the date before to the date itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Final

from records.ids import PeriodKey
from records.model import Cadence, DueRule, Shift, Task
from records.obligations.due_rules import (
    LATE_BY,
    Terms,
    closes,
    day_in,
    nominal_due,
    opens,
    terms_of,
)
from records.obligations.refusals import EndedBeforeTask, NotOfTask
from records.obligations.working_days import Calendar
from records.period_keys import (
    FIRST_YEAR,
    LAST_YEAR,
    PeriodKind,
    PeriodName,
    calendar_days,
    moved,
    name_at,
    parse_period,
    period_key,
)
from vietnamese.zone import day_of

LONGEST_REST: Final = 31
"""Days; no run of days off is longer, so no due day moves further."""

LONGEST_MONTH: Final = 31
"""Days."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One report that a task asks for."""

    key: PeriodKey | None
    """None for a task reported once."""
    figures_from: date
    figures_to: date
    due: date
    """The last day in time."""
    moved_from: date | None = None
    """The day the rule names, where that is a day off and the task's rule moves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWorking:
    """How a due day comes about, as facts to be worded."""

    wording: str | None
    """The deadline as the directive words it."""
    last_day: date
    weekday: int
    """1 (Monday) to 7."""
    moved_from: date | None
    working_days_left: int
    """After today, the last day included; 0 once it has come."""


def periods(task: Task, calendar: Calendar, first: date, last: date) -> Iterator[Period]:
    """Yield the periods owed whose due day lies from `first` to `last`, in order.

    `task` is one that `check_task` has passed; a task on an event has none.
    """
    began = began_on(task)
    if task.cadence is Cadence.ONCE:
        once = _once(task)
        yield from [once] if once is not None and first <= once.due <= last else []
        return
    found = _due_between(terms_of(task), _dates_of(task), calendar, max(first, began), last)
    yield from found


def begun_periods(task: Task, calendar: Calendar, today: date, since: date) -> Iterator[Period]:
    """Yield the periods owed that have begun by `today` and were not due before `since`."""
    since = max(since, began_on(task))
    if task.cadence is Cadence.ONCE:
        once = _once(task)
        yield from [once] if once is not None and since <= once.due else []
        return
    yield from _begun(terms_of(task), _dates_of(task), calendar, since, today)


def next_period(task: Task, calendar: Calendar, today: date) -> Period | None:
    """Return the first period owed whose figures open after `today`; None where none comes."""
    if task.cadence is Cadence.ONCE:
        return None
    return _next(terms_of(task), _dates_of(task), calendar, began_on(task), today)


def period_named(task: Task, calendar: Calendar, key: PeriodKey) -> Period:
    """Return the period of that name.

    Raises NotAPeriod, NotOfTask, and EndedBeforeTask for one that was over before the task began.
    """
    name, terms, rule = parse_period(key), terms_of(task), _dates_of(task)
    if terms is not None and terms.kind is name.kind:
        period = _period(terms, name, calendar)
    elif rule is not None and _is_named(rule, name):
        period = _of_date(rule, calendar, calendar_days(name)[0])
    else:
        raise NotOfTask(key=key)
    if period.due < began_on(task):
        raise EndedBeforeTask(due=period.due, began=began_on(task))
    return period


def began_on(task: Task) -> date:
    """Return the day on which a task was made."""
    return day_of(task.created)


def due_working(
    task: Task, due: date, calendar: Calendar, today: date, *, moved_from: date | None = None
) -> DueWorking:
    """Return how a task's due day comes about, as seen on `today`."""
    return DueWorking(
        wording=task.due_text,
        last_day=due,
        weekday=due.isoweekday(),
        moved_from=moved_from,
        working_days_left=calendar.working_days_between(today, due),
    )


def shifted(day: date, shift: Shift, calendar: Calendar, floor: date) -> date:
    """Move a due day off its day off; it never moves to before `floor`, where it stays instead."""
    if shift is Shift.AFTER:
        return calendar.next_working(day)
    earlier = calendar.previous_working(day) if shift is Shift.BEFORE else day
    return earlier if earlier >= floor else day


# --- in order --------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _due_between(
    terms: Terms | None, dates: DueRule | None, calendar: Calendar, first: date, last: date
) -> tuple[Period, ...]:
    found = _since(terms, dates, calendar, first)
    return tuple(takewhile(lambda period: period.due <= last, found))


@lru_cache(maxsize=4096)
def _begun(
    terms: Terms | None, dates: DueRule | None, calendar: Calendar, since: date, today: date
) -> tuple[Period, ...]:
    found = _since(terms, dates, calendar, since)
    return tuple(takewhile(lambda period: period.figures_from <= today, found))


@lru_cache(maxsize=4096)
def _next(
    terms: Terms | None, dates: DueRule | None, calendar: Calendar, began: date, today: date
) -> Period | None:
    found = _since(terms, dates, calendar, max(began, today))
    return next((period for period in found if period.figures_from > today), None)


def _since(
    terms: Terms | None, dates: DueRule | None, calendar: Calendar, first: date
) -> Iterator[Period]:
    """Yield the periods due on `first` or later, in order."""
    every: Iterator[Period] = iter(())
    if terms is not None:
        every = _by_calendar(terms, calendar, first)
    elif dates is not None:
        every = _by_dates(dates, calendar, first)
    return (period for period in every if period.due >= first)


def _by_calendar(terms: Terms, calendar: Calendar, first: date) -> Iterator[Period]:
    """Yield periods from one that is surely due before `first`, or the first that can be named."""
    rule = terms.rule
    months = 1 + LATE_BY + rule.months_after
    lag = LONGEST_MONTH * months + LONGEST_REST + 3 * (rule.working_days or 0)
    name = name_at(terms.kind, max(first - lag * _DAY, date(FIRST_YEAR + 1, 1, 1)))
    while name.year <= LAST_YEAR:
        yield _period(terms, name, calendar)
        name = moved(name, 1)


def _by_dates(rule: DueRule, calendar: Calendar, first: date) -> Iterator[Period]:
    """Yield a period for each date of each year."""
    for year in range(max(first.year - 1, FIRST_YEAR + 1), LAST_YEAR + 1):
        for month, day in sorted(rule.dates):
            yield _of_date(rule, calendar, day_in(year, month, day))


# --- one period ------------------------------------------------------------------------------


def _period(terms: Terms, name: PeriodName, calendar: Calendar) -> Period:
    """Compute one period of a cadence."""
    close = closes(terms, name)
    nominal = nominal_due(terms, name, calendar)
    due = shifted(nominal, terms.rule.shift, calendar, close)
    return Period(
        key=period_key(name),
        figures_from=opens(terms, name),
        figures_to=close,
        due=due,
        moved_from=None if due == nominal else nominal,
    )


def _of_date(rule: DueRule, calendar: Calendar, day: date) -> Period:
    """Compute the period of one date; a due day moved earlier does not cut its figures short."""
    due = shifted(day, rule.shift, calendar, date.min)
    years = (day.year - 1, day.year)
    before = [day_in(year, month, number) for year in years for month, number in rule.dates]
    return Period(
        key=period_key(name_at(PeriodKind.DAY, day)),
        figures_from=max(one for one in before if one < day) + _DAY,
        figures_to=day,
        due=due,
        moved_from=None if due == day else day,
    )


def _once(task: Task) -> Period | None:
    """Return the one report of a task; None where it has no due day."""
    if task.due is None:
        return None
    began = min(began_on(task), task.due)
    return Period(key=None, figures_from=began, figures_to=task.due, due=task.due)


def _dates_of(task: Task) -> DueRule | None:
    return task.rule if task.cadence is Cadence.PERIODIC else None


def _is_named(rule: DueRule, name: PeriodName) -> bool:
    """Tell whether a period is one of the dates an admin named."""
    if name.kind is not PeriodKind.DAY:
        return False
    day = calendar_days(name)[0]
    return day in {day_in(day.year, month, number) for month, number in rule.dates}
