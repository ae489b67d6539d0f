"""The due days that come to a person: for his calendar, his week ahead, and a file of his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import Acting
from records.ids import PeriodKey, TaskId, UnitId
from records.model import Task, TaskState
from records.obligations.ledger import office_of, owed_in
from records.obligations.obligation import Obligation
from records.obligations.periods import DueWorking
from records.obligations.states import State
from scheduler.digest import group_of
from services.tasks.own import tasks_of
from vietnamese.zone import ZONE, day_of

ALARMS: Final = (7, 1)
"""Days before the due day on which the calendar of a phone rings."""

RINGS: Final = timedelta(hours=8)
"""After the midnight at which a day begins: a phone that rings then wakes nobody."""

PRODUCT: Final = "-//Tro ly Dan van//danvan//VI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One due day to come, or one that has passed and still waits for its report."""

    owed: Obligation
    """For a supervisor's units the first of those due alike."""
    units: int = 0
    """How many of the supervisor's units owe it; 0: it is the reader's own."""

    @property
    def task(self) -> Task:
        """The task."""
        return self.owed.task

    @property
    def period(self) -> PeriodKey | None:
        """The period's name."""
        return self.owed.key

    @property
    def due(self) -> date:
        """The last day in time."""
        return self.owed.due or date.max

    @property
    def working(self) -> DueWorking | None:
        """How the due day comes about."""
        return self.owed.working

    @property
    def days_left(self) -> int:
        """Days to it, negative once it has passed."""
        return self.owed.days_left or 0

    @property
    def unit(self) -> str:
        """The name of the unit that reports."""
        return self.owed.unit_name

    @property
    def remark(self) -> str | None:
        """What the reviewer asked for, where the report was returned."""
        report = self.owed.report
        return report.remark if report and self.owed.state is State.RETURNED else None


async def coming(act: Acting, days: int) -> list[Coming]:
    """Return what the actor is to report within so many days, and for a supervisor his units too.

    For himself and whom he stands in for. What is late is among it, however old; units that owe
    the same by the same day are told as one.
    """
    last = day_of(act.now) + timedelta(days=days)
    mine = await tasks_of(act.tx, act.actor.id, act.now, last)
    own = [one for task in mine for one in task.owed if _is_told(one, last)]
    found = [Coming(owed=one) for one in own]
    if act.may(Action.URGE, None):
        found += await _of_units(act, last, frozenset((one.task.id, one.unit) for one in own))
    return sorted(found, key=lambda one: (one.due, one.units > 0, one.task.title))


async def _of_units(act: Acting, last: date, own: frozenset[tuple[TaskId, UnitId]]) -> list[Coming]:
    """Return what the units in the actor's scope owe but he does not report himself."""
    office, scope = await office_of(act.tx, act.now), act.scope
    alike: dict[tuple[str, PeriodKey | None, date | None, bool], list[Obligation]] = {}
    tasks = await act.tx.find(Task, {"state": TaskState.OPEN})
    async for one in owed_in(act.tx, tasks, scope, office, last):
        if (one.task.id, one.unit) not in own and _is_told(one, last):
            alike.setdefault((group_of(one.task), one.key, one.due, one.owed), []).append(one)
    return [Coming(owed=several[0], units=len(several)) for several in alike.values()]


def _is_told(one: Obligation, last: date) -> bool:
    return one.wanted and one.due is not None and one.due <= last


def as_ics(found: Sequence[Coming], summaries: Sequence[str], now: datetime) -> bytes:
    """Return the due days as a calendar file: a day each, with alarms, under ids that stay."""
    from icalendar import Alarm, Event
    from icalendar import Calendar as Ics

    calendar = Ics()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", str(ZONE))
    for one, summary in zip(found, summaries, strict=True):
        event = Event()
        event.add("uid", f"{_name(one)}.{one.period or 'once'}@danvan")
        event.add("dtstamp", now)
        event.add("dtstart", one.due)
        event.add("dtend", one.due + timedelta(days=1))
        event.add("summary", summary)
        event.add("description", "\n".join(filter(None, (one.unit, one.task.due_text))))
        event.add("transp", "TRANSPARENT")
        for days in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", summary)
            alarm.add("trigger", RINGS - timedelta(days=days))
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _name(one: Coming) -> str:
    """Name what an event is about, under the same name whenever the file is made."""
    if not one.units:
        return one.task.id if one.owed.unit == one.task.lead else f"{one.task.id}.{one.owed.unit}"
    return f"{group_of(one.task)}.units.{one.due:%Y%m%d}"
