"""What is due to whom on a day: a function of tasks, periods, reports and days; no clock, no store.

A ladder of steps stands at each due day: so many days before it, the day itself, so many after it,
then every week. Steps fall on working days: those before the due day move to an earlier one, those
after it to a later one; the due day itself stays. Whoever was not reminded for a while, because the
bot was down, gets the last step that passed, not all of them.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from records.ids import PersonId, TaskId, UnitId
from records.model import Task
from records.obligations.obligation import Obligation, due_of
from records.obligations.office import Office
from records.obligations.periods import Period, began_on, periods
from records.obligations.responsible import Taker, asked_units
from records.obligations.states import State
from records.obligations.windows import ladder_of
from records.obligations.working_days import Calendar
from vietnamese.zone import day_of

WEEK: Final = 7
"""Days between reminders once the ladder has ended."""

LATE_DAYS: Final = 60
"""Days after the due day beyond which only the digest speaks of it."""

RETURNED_LADDER: Final = (1, 3, 7)
"""Days after a report was returned; the ordinary ladder rests meanwhile."""

ESCALATE_AFTER: Final = 3
"""Days late from which the supervisor is told."""

ESCALATE_ABOVE_AFTER: Final = 10
"""Days late from which the unit above is told too."""

DUE: Final = "due"
"""The stage of the due day itself: the only one for which a day off is no bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days whose steps are wanted: after `since`, up to `day`."""

    since: date
    day: date
    due_given: date = date.min
    """The last day for which what is due that very day was already said."""

    def holds(self, on: date) -> bool:
        """Tell whether a step's day lies in the window."""
        return self.since < on <= self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that reminders follow from, as it stood at one time."""

    owed: tuple[Obligation, ...]
    office: Office
    snoozed: Mapping[tuple[PersonId, TaskId | None], datetime] = field(default_factory=dict)
    """Until when a person put off his reminders of a task, or of all (None)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a person's message."""

    person: PersonId
    """Who gets it."""
    instead_of: PersonId | None = None
    """For whom, where he stands in."""
    owed: Obligation
    stage: str
    """`before_7`, `due`, `late_3`, `returned_1`."""


Wanted = tuple[Task, UnitId, Period]
"""A period of a task that a unit may owe."""


def candidates(tasks: Iterable[Task], office: Office, window: Window) -> Iterator[Wanted]:
    """Yield the periods with a step or an escalation in the window; their reports are not known."""
    calendar = office.calendar
    first = window.day - timedelta(days=LATE_DAYS + LONGEST_SHIFT)
    later = frozenset(task for task, _, _ in office.extended)
    alike: dict[Hashable, list[Period]] = {}
    """Periods with anything to say, for tasks of the same rule: a directive makes many of them."""
    for task in tasks:
        ladder = ladder_of(task)
        last = window.day + timedelta(days=max(ladder) + LONGEST_SHIFT)
        if task.id in later or task.rule is None:
            yield from _spoken(task, office, window)
            continue
        begins = max(first, began_on(task))
        rule = (task.cadence, task.rule, task.cutoff_day, ladder, begins)
        if rule not in alike:
            found = periods(task, calendar, first, last)
            alike[rule] = [one for one in found if _speaks(one.due, ladder, calendar, window)]
        units = asked_units(task) if task.support else (task.lead,)
        yield from ((task, unit, period) for period in alike[rule] for unit in units)


def _spoken(task: Task, office: Office, window: Window) -> Iterator[Wanted]:
    """Yield the same of a task reported once, or with more time for one of its periods."""
    ladder, calendar = ladder_of(task), office.calendar
    first = window.day - timedelta(days=LATE_DAYS + LONGEST_SHIFT + MOST_TIME)
    last = window.day + timedelta(days=max(ladder) + LONGEST_SHIFT)
    for period in periods(task, calendar, first, last):
        for unit in asked_units(task):
            due = due_of(office, task, unit, period)
            if _speaks(due, ladder, calendar, window):
                yield task, unit, period


MOST_TIME: Final = 366
"""Days by which an extension may move a due day and still be reminded of."""


def _speaks(due: date, ladder: tuple[int, ...], calendar: Calendar, window: Window) -> bool:
    """Tell whether a due day has a step or an escalation in the window."""
    told = _passed(due, ladder, calendar, window)
    return told is not None or _escalated(due, calendar, window)


LONGEST_SHIFT: Final = 31
"""Days by which days off may move a step."""


def entries(snapshot: Snapshot, window: Window) -> Iterator[Entry]:
    """Yield what each person is to be told in the window.

    On a day off only what is due that very day.
    """
    calendar = snapshot.office.calendar
    working = calendar.is_working(window.day)
    for owed in snapshot.owed:
        stage = stage_in(owed, calendar, window)
        if stage is None or not (working or stage == DUE):
            continue
        for taker in owed.takers:
            if not _snoozed(snapshot, taker.person.id, owed.task.id, window.day):
                yield entry_of(owed, taker, stage)


def entry_of(owed: Obligation, taker: Taker, stage: str) -> Entry:
    """Return the line that tells somebody of what he is to report."""
    instead = taker.instead_of
    return Entry(
        person=taker.person.id,
        instead_of=None if instead is None else instead.id,
        owed=owed,
        stage=stage,
    )


def escalations(snapshot: Snapshot, window: Window) -> Iterator[Entry]:
    """Yield what supervisors are to be told is late: the nearest first, then the next above.

    What was returned is not among it: who returned it waits for it.
    """
    calendar = snapshot.office.calendar
    if not calendar.is_working(window.day):
        return
    for owed in snapshot.owed:
        if owed.due is None or not owed.overdue or owed.state is State.RETURNED:
            continue
        if not _escalated(owed.due, calendar, window):
            continue
        told = owed.told_late
        for days, level in _LEVELS:
            on = send_day(owed.due, -days, calendar)
            if window.holds(on) and on > began_on(owed.task):
                for person in told[level] if level < len(told) else ():
                    yield Entry(person=person.id, owed=owed, stage=stage_name(-days))


def stage_in(owed: Obligation, calendar: Calendar, window: Window) -> str | None:
    """Return the stage of the last step in the window; None if none fell into it.

    The day a task was made on counts for nothing: its assignment was told then; nor does a step
    before the period is asked for.
    """
    if not owed.owed or owed.due is None:
        return None
    if owed.returned_on is not None:
        steps = _returned_steps(owed.returned_on, calendar)
        return _last([one for one in steps if window.holds(one[1])], began_on(owed.task))
    passed = _passed(owed.due, ladder_of(owed.task), calendar, window)
    return None if passed is None else _last([passed], began_on(owed.task))


def send_day(due: date, step: int, calendar: Calendar) -> date:
    """Return the day on which a step falls; only the due day itself may be a day off."""
    on = due - timedelta(days=step)
    if step == 0:
        return on
    return calendar.previous_working(on) if step > 0 else calendar.next_working(on)


def stage_name(step: int) -> str:
    """Name a step of the ladder."""
    if step == 0:
        return DUE
    return f"before_{step}" if step > 0 else f"late_{-step}"


_LEVELS: Final = ((ESCALATE_AFTER, 0), (ESCALATE_ABOVE_AFTER, 1))


@lru_cache(maxsize=8192)
def _passed(
    due: date, ladder: tuple[int, ...], calendar: Calendar, window: Window
) -> tuple[str, date] | None:
    """Return the last step of the ladder in the window; cached, for many tasks share a due day."""
    found = [
        (step, send_day(due, step, calendar))
        for step in _steps(due, ladder, window.day)
        if window.holds(send_day(due, step, calendar))
    ]
    told = [(step, on) for step, on in found if step != 0 or on > window.due_given]
    if not told:
        return None
    step, on = min(told)
    if step == 0 and on < window.day:
        return stage_name(-(window.day - due).days), on
    return stage_name(step), on


def _steps(due: date, ladder: tuple[int, ...], day: date) -> Iterator[int]:
    """Yield the ladder's steps, then one a week until it is left to the digest."""
    yield from ladder
    step = min(0, *ladder) - WEEK
    while due - timedelta(days=step) <= day and -step <= LATE_DAYS:
        yield step
        step -= WEEK


def _returned_steps(returned: date, calendar: Calendar) -> Iterator[tuple[str, date]]:
    for days in RETURNED_LADDER:
        yield f"returned_{days}", send_day(returned, -days, calendar)


def _last(steps: list[tuple[str, date]], began: date) -> str | None:
    told = [one for one in steps if one[1] > began]
    return told[-1][0] if told else None


@lru_cache(maxsize=8192)
def _escalated(due: date, calendar: Calendar, window: Window) -> bool:
    return any(window.holds(send_day(due, -days, calendar)) for days, _ in _LEVELS)


def _snoozed(snapshot: Snapshot, person: PersonId, task: TaskId, day: date) -> bool:
    """Tell whether the person put this off to `day` or beyond: the snooze itself reminds him."""
    if not snapshot.snoozed:
        return False
    until = (snapshot.snoozed.get((person, one)) for one in (task, None))
    return any(one is not None and day_of(one) >= day for one in until)
