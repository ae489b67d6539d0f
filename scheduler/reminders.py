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

from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import Person, Report, ReportState, Role, Task
from records.obligations.periods import Period, began_on, periods
from records.obligations.working_days import Calendar
from records.units import UnitTree
from vietnamese.clock_times import HANOI

LADDER: Final = (14, 7, 3, 1, 0, -1, -3)
"""Days before the due day, negative after it; a task may have its own."""

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

Extended = Mapping[tuple[TaskId, PeriodKey | None], date]
"""Later due days that were granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One period of one task, and where its report stands."""

    task: Task
    period: Period
    due: date
    """The last day in time, an extension counted."""
    report: Report | None = None
    """The live version, if one was sent."""

    @property
    def returned(self) -> date | None:
        """The day its report was returned for more work; None if it was not."""
        if self.report is None or self.report.state is not ReportState.RETURNED:
            return None
        return None if self.report.reviewed is None else _day(self.report.reviewed)

    @property
    def answered(self) -> bool:
        """Tell whether a report lies with the reviewer or is accepted."""
        return self.report is not None and self.report.state is not ReportState.RETURNED


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

    asked: tuple[Asked, ...]
    people: Mapping[PersonId, Person]
    tree: UnitTree
    calendar: Calendar
    snoozed: Mapping[tuple[PersonId, TaskId | None], datetime] = field(default_factory=dict)
    """Until when a person put off his reminders of a task, or of all (None)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a person's message."""

    person: PersonId
    """Who gets it."""
    instead_of: PersonId | None = None
    """For whom, where he stands in."""
    asked: Asked
    stage: str
    """`before_7`, `due`, `late_3`, `returned_1`."""


def candidates(
    tasks: Iterable[Task], extended: Extended, calendar: Calendar, window: Window
) -> Iterator[Asked]:
    """Yield the periods with a step or an escalation in the window; their reports are not known."""
    first = window.day - timedelta(days=LATE_DAYS + LONGEST_SHIFT)
    later = frozenset(task for task, _ in extended)
    alike: dict[Hashable, list[Period]] = {}
    """Periods with anything to say, for tasks of the same rule: a directive makes many of them."""
    for task in tasks:
        ladder = task.ladder or LADDER
        last = window.day + timedelta(days=max(ladder) + LONGEST_SHIFT)
        if task.id in later or task.rule is None:
            for period in periods(task, calendar, first, last):
                due = extended.get((task.id, period.key), period.due)
                if _speaks(due, ladder, calendar, window):
                    yield Asked(task=task, period=period, due=due)
            continue
        begins = max(first, began_on(task))
        rule = (task.cadence, task.rule, task.cutoff_day, ladder, begins)
        if rule not in alike:
            found = periods(task, calendar, first, last)
            alike[rule] = [one for one in found if _speaks(one.due, ladder, calendar, window)]
        for period in alike[rule]:
            yield Asked(task=task, period=period, due=period.due)


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
    officers = officers_of(snapshot.people.values())
    working = snapshot.calendar.is_working(window.day)
    for asked in snapshot.asked:
        stage = stage_in(asked, snapshot.calendar, window)
        if stage is None or not (working or stage == DUE):
            continue
        for person in reporters(asked.task, snapshot.people, officers):
            taker = stand_in(person, snapshot.people, window.day)
            if not _snoozed(snapshot, taker.id, asked.task.id, window.day):
                yield Entry(
                    person=taker.id,
                    instead_of=None if taker is person else person.id,
                    asked=asked,
                    stage=stage,
                )


def escalations(snapshot: Snapshot, window: Window) -> Iterator[Entry]:
    """Yield what supervisors are to be told is late: theirs first, then the unit above."""
    if not snapshot.calendar.is_working(window.day):
        return
    supervisors = supervisors_by_unit(snapshot.people.values())
    for asked in snapshot.asked:
        if asked.report is not None or not _escalated(asked.due, snapshot.calendar, window):
            continue
        for days, level in _LEVELS:
            on = send_day(asked.due, -days, snapshot.calendar)
            if window.holds(on) and on > began_on(asked.task):
                for person in _level(asked.task.lead, level, supervisors, snapshot.tree):
                    yield Entry(person=person, asked=asked, stage=stage_name(-days))


def stage_in(asked: Asked, calendar: Calendar, window: Window) -> str | None:
    """Return the stage of the last step in the window; None if none fell into it.

    The day a task was made on counts for nothing: its assignment was told then.
    """
    if asked.answered:
        return None
    if asked.returned is not None:
        steps = _returned_steps(asked.returned, calendar)
        return _last([one for one in steps if window.holds(one[1])], began_on(asked.task))
    passed = _passed(asked.due, asked.task.ladder or LADDER, calendar, window)
    return None if passed is None else _last([passed], began_on(asked.task))


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


def reporters(
    task: Task, people: Mapping[PersonId, Person], officers: Mapping[UnitId, tuple[Person, ...]]
) -> tuple[Person, ...]:
    """Return who is to report: the assignees still active, else the lead unit's officers."""
    named = tuple(people[one] for one in task.assignees if one in people and people[one].active)
    return named or officers.get(task.lead, ())


def stand_in(person: Person, people: Mapping[PersonId, Person], day: date) -> Person:
    """Return who takes the person's messages on `day`: the deputy while one stands in."""
    for one in person.stand_ins:
        deputy = people.get(one.deputy)
        if one.since <= day <= one.until and deputy is not None and deputy.active:
            return deputy
    return person


def officers_of(people: Iterable[Person]) -> Mapping[UnitId, tuple[Person, ...]]:
    """Group the active officers by unit; a unit without any is served by its other people."""
    officers: dict[UnitId, list[Person]] = {}
    others: dict[UnitId, list[Person]] = {}
    for person in people:
        if person.active:
            group = officers if person.role is Role.OFFICER else others
            group.setdefault(person.unit, []).append(person)
    return {unit: tuple(found) for unit, found in (others | officers).items()}


def supervisors_by_unit(people: Iterable[Person]) -> Mapping[UnitId, tuple[Person, ...]]:
    """Group the active supervisors by unit."""
    found: dict[UnitId, list[Person]] = {}
    for person in people:
        if person.active and person.role is Role.SUPERVISOR:
            found.setdefault(person.unit, []).append(person)
    return {unit: tuple(heads) for unit, heads in found.items()}


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


def _level(
    unit: UnitId, level: int, supervisors: Mapping[UnitId, tuple[Person, ...]], tree: UnitTree
) -> tuple[PersonId, ...]:
    """Return the supervisors of the nearest unit that has some, or of the next such unit above."""
    with_some = [one for one in (unit, *tree.above(unit)) if one in supervisors]
    if level >= len(with_some):
        return ()
    return tuple(person.id for person in supervisors[with_some[level]])


def _snoozed(snapshot: Snapshot, person: PersonId, task: TaskId, day: date) -> bool:
    """Tell whether the person put this off to `day` or beyond: the snooze itself reminds him."""
    if not snapshot.snoozed:
        return False
    until = (snapshot.snoozed.get((person, one)) for one in (task, None))
    return any(one is not None and _day(one) >= day for one in until)


def _day(at: datetime) -> date:
    return at.astimezone(HANOI).date()
