"""One report that is owed: of which unit, for which period, by when, by whom; how it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records.ids import PeriodKey, PersonId, UnitId
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
    next_period,
    period_named,
    periods,
)
from records.obligations.refusals import NotOfTask
from records.obligations.responsible import (
    Reporter,
    Reviewers,
    Taker,
    asked_units,
    is_reached,
    reporters,
    reports_for,
    reviewers,
    takers,
    told_late,
)
from records.obligations.standing import came_on, continues, returned_by, standing
from records.obligations.states import ANSWERED, SOON, WANTED, State
from records.obligations.windows import asked_from
from records.obligations.working_days import Calendar
from vietnamese.zone import day_of


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
    returned_by: PersonId | None = None
    """Who returned a version of it: he reviews the next one too."""
    waiver: Waiver | None = None
    office: Office = field(repr=False, compare=False)

    @property
    def key(self) -> PeriodKey | None:
        """The period's name; None for a task reported once or on events."""
        return None if self.period is None else self.period.key

    @property
    def unit_name(self) -> str:
        """The name of the unit that owes it."""
        return self.office.tree.name(self.unit)

    @property
    def wanted(self) -> bool:
        """Tell whether a report is wanted."""
        return self.state in WANTED

    @property
    def owed(self) -> bool:
        """Tell whether a report is wanted now: it is asked for."""
        return self.wanted and self.state is not State.NOT_YET

    @property
    def early(self) -> bool:
        """Tell whether the period is still to come: nobody asks for its report yet."""
        return self.period is not None and self.state is State.NOT_YET

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

    def as_of(self, person: PersonId) -> Taker | None:
        """Return how a person reports it: by himself or for another; None if he does not."""
        return reports_for(self.office, self.task, person).get(self.unit)

    @property
    def reviewers(self) -> Reviewers:
        """Who has the report that stands, or will have the one to come."""
        but = () if self.report is None else (self.report.author,)
        return reviewers(self.office, self.task, self.unit, but, self.returned_by)

    @property
    def unreached(self) -> bool:
        """Tell whether a report is wanted of people whom the channel does not reach."""
        return self.wanted and not any(is_reached(one.person) for one in self.takers)

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
    """Yield what is owed on a task: every period asked for by now, and those due up to `until`.

    However old: an arrear ends by a report, by closing, or by a waiver. Where nothing is wanted
    the period to come is told, so that a task never vanishes from a list. Of a task that is closed
    only what was reported remains; where nothing was, or it was withdrawn, one says so.
    """
    told = versions(reports)
    over = task.state is not TaskState.OPEN
    for unit in asked_units(task):
        every = list(_every(task, unit, told, office, until))
        found = [one for one in every if not one.early or (one.due or date.max) <= until]
        if not any(one.wanted for one in found):
            found += [one for one in every if one.early][:1]
        yield from found
        if over and not found:
            yield _over(task, unit, office)


def _every(
    task: Task, unit: UnitId, told: Versions, office: Office, until: date
) -> Iterator[Obligation]:
    """Yield a unit's periods in order, the next to come among them."""
    for period in _asked(task, office, until):
        key = None if period is None else period.key
        one = obligation(task, unit, period, told.get((unit, key), ()), office)
        if one is not None:
            yield one


def _over(task: Task, unit: UnitId, office: Office) -> Obligation:
    """Return what stands for all that a task would have asked of a unit."""
    return Obligation(
        task=task,
        unit=unit,
        period=None,
        due=None,
        state=State.WITHDRAWN,
        days_late=0,
        office=office,
    )


def obligation(
    task: Task, unit: UnitId, period: Period | None, told: Sequence[Report], office: Office
) -> Obligation | None:
    """Return one; None where a closed task asks for nothing that was not sent.

    `told` are all versions of the unit's report on the period.
    """
    place = (task.id, unit, None if period is None else period.key)
    held = standing(task, told) if told else None
    waiver = office.waived.get(place) if office.waived else None
    due = None if period is None else due_of(office, task, unit, period)
    state = _state(task, held, waiver, period, due, office)
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
        returned_by=None if held is None else returned_by(held, told),
        waiver=waiver,
        office=office,
    )


def period_of_key(task: Task, calendar: Calendar, key: PeriodKey | None) -> Period | None:
    """Return the period of that name; None for a report on an event, or one without a due day.

    Raises NotAPeriod, NotOfTask and EndedBeforeTask.
    """
    if key is not None:
        return period_named(task, calendar, key)
    if not _returns(task):
        return None
    if task.cadence is Cadence.ONCE:
        return next(begun_periods(task, calendar, date.max, date.min))
    raise NotOfTask(key=PeriodKey(""))


def pressing(one: Obligation) -> tuple[bool, bool, int, date, str]:
    """Order what is wanted: arrears first, the newest first; then the soonest."""
    due = one.due or date.max
    if one.overdue:
        return False, False, -one.task.priority, date.min + (date.max - due), one.task.id
    return True, not one.owed, -one.task.priority, due, one.task.id


def _asked(task: Task, office: Office, until: date) -> Iterator[Period | None]:
    """Yield the periods whose figures are open, the next, and those due up to `until`, in order.

    None for what has no periods.
    """
    if task.state is TaskState.WITHDRAWN:
        return
    if not _returns(task):
        yield None
        return
    begun = list(begun_periods(task, office.calendar, office.day, date.min))
    coming = next_period(task, office.calendar, office.day)
    begun += [] if coming is None else [coming]
    yield from begun
    if until > office.day:
        known = {one.key for one in begun}
        ahead = periods(task, office.calendar, began_on(task), until)
        yield from (one for one in ahead if one.key not in known)


def _returns(task: Task) -> bool:
    """Tell whether a task has periods with due days, or one due day."""
    if task.cadence is Cadence.ONCE:
        return task.due is not None
    if task.cadence is Cadence.PERIODIC:
        return task.rule is not None
    return task.cadence is not Cadence.ON_EVENT


def due_of(office: Office, task: Task, unit: UnitId, period: Period) -> date:
    """Return the last day in time; an extension never makes it earlier."""
    if not office.extended:
        return period.due
    return max(period.due, office.extended.get((task.id, unit, period.key), period.due))


def _state(
    task: Task,
    held: Report | None,
    waiver: Waiver | None,
    period: Period | None,
    due: date | None,
    office: Office,
) -> State | None:
    """Return how it stands, a result taken to be in time; None for what is asked no more."""
    if task.state is TaskState.WITHDRAWN:
        return State.WITHDRAWN
    open_ = continues(held, task)
    if open_ and (waiver is not None or (task.state is TaskState.DONE and held is not None)):
        return State.WITHDRAWN
    if held is None:
        return _unsent(task, period, due, office)
    if held.state is ReportState.RETURNED:
        return State.RETURNED
    if open_:
        return State.HINDERED if held.outcome is Outcome.OBSTACLE else State.UNDERWAY
    return State.DONE_IN_TIME if held.state is ReportState.ACCEPTED else State.WAITING


def _unsent(task: Task, period: Period | None, due: date | None, office: Office) -> State | None:
    """Return how it stands where nothing was sent."""
    if task.state is TaskState.DONE:
        return None
    if task.cadence is Cadence.ON_EVENT:
        return State.NOT_YET
    if period is None or due is None:
        return State.UNREPORTED
    day = office.day
    if asked_from(task, period, office.calendar) > day:
        return State.NOT_YET
    if day > due:
        return State.OVERDUE
    return State.DUE_SOON if (due - day).days <= SOON else State.UNREPORTED


def _days_late(held: Report | None, told: Sequence[Report], due: date, day: date) -> int:
    """Count from the due day to the day the result came, or to today while there is none."""
    came = came_on(told) if told else None
    if came is None and held is not None and held.state is ReportState.ACCEPTED:
        came = day_of(held.submitted)
    return max(0, ((came or day) - due).days)
