"""One report that is owed: of which unit, for which period, by when, by whom; how it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records.ids import PeriodKey, UnitId
from records.model import (
    Cadence,
    Outcome,
    Person,
    Report,
    ReportState,
    Task,
    TaskState,
    Waiver,
)
from records.obligations.office import Office
from records.obligations.periods import (
    DueWorking,
    Period,
    began_on,
    begun_periods,
    due_working,
    periods,
)
from records.obligations.responsible import (
    Reporter,
    Reviewers,
    Taker,
    asked_units,
    reporters,
    reviewers,
    takers,
    told_late,
)
from records.obligations.standing import came_on, continues, day_of, standing
from records.obligations.states import ANSWERED, SOON, WANTED, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One period of one task, for one of the units that report on it."""

    task: Task
    unit: UnitId
    period: Period | None
    """None for a report on an event, or one without a due day."""
    due: date | None
    """The last day in time, an extension counted."""
    state: State
    days_late: int
    """Whole days by which the result came, or still is, after the due day; 0 in time."""
    report: Report | None = None
    """The version that stands."""
    waiver: Waiver | None = None
    office: Office = field(repr=False, compare=False)

    @property
    def key(self) -> PeriodKey | None:
        """The period's name; None for a task reported once or on events."""
        return None if self.period is None else self.period.key

    @property
    def wanted(self) -> bool:
        """Tell whether a report is wanted."""
        return self.state in WANTED

    @property
    def answered(self) -> bool:
        """Tell whether a result lies with the reviewer or is accepted."""
        return self.state in ANSWERED

    @property
    def late(self) -> bool:
        """Tell whether the result came after its day, or is wanted though its day has passed."""
        return self.days_late > 0

    @property
    def overdue(self) -> bool:
        """Tell whether a report is wanted and late: what an arrear is."""
        return self.wanted and self.late

    @property
    def days_left(self) -> int | None:
        """Days to the due day, negative once it has passed; None without one."""
        return None if self.due is None else (self.due - self.office.day).days

    @property
    def extended(self) -> bool:
        """Tell whether more time was granted."""
        return self.period is not None and self.due != self.period.due

    @property
    def returned_on(self) -> date | None:
        """The day on which its report was returned; None if it was not."""
        if self.state is not State.RETURNED or self.report is None or self.report.reviewed is None:
            return None
        return day_of(self.report.reviewed)

    @property
    def working(self) -> DueWorking | None:
        """How the due day comes about; None without one."""
        if self.due is None:
            return None
        moved = None if self.period is None or self.extended else self.period.moved_from
        return due_working(
            self.task, self.due, self.office.calendar, self.office.day, moved_from=moved
        )

    @property
    def reporters(self) -> tuple[Reporter, ...]:
        """Who reports."""
        return reporters(self.office, self.task, self.unit)

    @property
    def takers(self) -> tuple[Taker, ...]:
        """Who is reminded."""
        return takers(self.reporters)

    @property
    def reviewers(self) -> Reviewers:
        """Who has the report that stands, or will have the one to come."""
        held = self.report
        returned_by = held.reviewed_by if self.state is State.RETURNED and held else None
        author = None if held is None else held.author
        return reviewers(self.office, self.task, self.unit, author, returned_by)

    @property
    def told_late(self) -> tuple[tuple[Person, ...], ...]:
        """Who is told that it is late: the supervisors nearest above, then the next."""
        return told_late(self.office, self.unit, {one.person.id for one in self.takers})


Versions = Mapping[tuple[UnitId, PeriodKey | None], Sequence[Report]]
"""Every version of a task's reports, by unit and period."""


def versions(reports: Iterable[Report]) -> Versions:
    """Group a task's reports by unit and period."""
    found: dict[tuple[UnitId, PeriodKey | None], list[Report]] = {}
    for one in reports:
        found.setdefault((one.unit, one.period), []).append(one)
    return found


def obligations(
    task: Task, reports: Iterable[Report], office: Office, until: date = date.min
) -> Iterator[Obligation]:
    """Yield what is owed on a task: every period that has begun, and those due up to `until`.

    However old: an arrear ends by a report, by closing, or by a waiver. Of a task that is closed
    only what was reported remains; a withdrawn one has one obligation a unit, that says so.
    """
    told = versions(reports)
    for unit in asked_units(task):
        for period in _asked(task, office, until):
            key = None if period is None else period.key
            found = obligation(task, unit, period, told.get((unit, key), ()), office)
            if found is not None:
                yield found


def obligation(
    task: Task, unit: UnitId, period: Period | None, told: Sequence[Report], office: Office
) -> Obligation | None:
    """Return one; None where a closed task asks for nothing that was not sent.

    `told` are all versions of the unit's report on the period.
    """
    place = (task.id, unit, None if period is None else period.key)
    held, waiver = standing(task, told), office.waived.get(place)
    due = _due(period, office.extended.get(place))
    state = _state(task, held, waiver, period, due, office.day)
    if state is None:
        return None
    days = 0 if due is None or state is State.WITHDRAWN else _days_late(held, told, due, office.day)
    if state is State.DONE_IN_TIME and days:
        state = State.DONE_LATE
    return Obligation(
        task=task,
        unit=unit,
        period=period,
        due=due,
        state=state,
        days_late=days,
        report=held,
        waiver=waiver,
        office=office,
    )


def _asked(task: Task, office: Office, until: date) -> Iterator[Period | None]:
    """Yield the periods that have begun, and those due up to `until`; None for what has none."""
    if task.state is TaskState.WITHDRAWN or not _returns(task):
        yield None
        return
    begun = list(begun_periods(task, office.calendar, office.day, date.min))
    yield from begun
    if until > office.day:
        known = {one.key for one in begun}
        ahead = periods(task, office.calendar, began_on(task), until)
        yield from (one for one in ahead if one.key not in known)


def _returns(task: Task) -> bool:
    """Tell whether a task has periods with due days, or one due day."""
    if task.cadence is Cadence.ONCE:
        return task.due is not None
    return task.cadence is not Cadence.ON_EVENT and task.rule is not None


def _due(period: Period | None, later: date | None) -> date | None:
    """Return the last day in time; an extension never makes it earlier."""
    if period is None:
        return None
    return period.due if later is None else max(later, period.due)


def _state(
    task: Task,
    held: Report | None,
    waiver: Waiver | None,
    period: Period | None,
    due: date | None,
    day: date,
) -> State | None:
    """Return how it stands, a result taken to be in time; None for what is asked no more."""
    if task.state is TaskState.WITHDRAWN:
        return State.WITHDRAWN
    open_ = continues(held, task)
    if open_ and (waiver is not None or (task.state is TaskState.DONE and held is not None)):
        return State.WITHDRAWN
    if held is None:
        return _unsent(task, period, due, day)
    if held.state is ReportState.RETURNED:
        return State.RETURNED
    if open_:
        return State.HINDERED if held.outcome is Outcome.OBSTACLE else State.UNDERWAY
    return State.DONE_IN_TIME if held.state is ReportState.ACCEPTED else State.WAITING


def _unsent(task: Task, period: Period | None, due: date | None, day: date) -> State | None:
    """Return how it stands where nothing was sent."""
    if task.state is TaskState.DONE:
        return None
    if task.cadence is Cadence.ON_EVENT:
        return State.NOT_YET
    if period is None or due is None:
        return State.UNREPORTED
    if period.figures_from > day:
        return State.NOT_YET
    if day > due:
        return State.OVERDUE
    return State.DUE_SOON if (due - day).days <= SOON else State.UNREPORTED


def _days_late(held: Report | None, told: Sequence[Report], due: date, day: date) -> int:
    """Count from the due day to the day the result came, or to today while there is none."""
    came = came_on(told)
    if came is None and held is not None and held.state is ReportState.ACCEPTED:
        came = day_of(held.submitted)
    return max(0, ((came or day) - due).days)
