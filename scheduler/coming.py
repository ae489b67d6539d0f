"""The due days that come to a person: for his calendar, his week ahead, and a file of his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from records.acting import ZONE, Acting
from records.ids import PeriodKey
from records.model import CalendarOverride, Person, ReportState, Task, TaskState
from records.tasks.mine import tasks_of
from scheduler.periods import DueWorking, Period, due_working, periods
from scheduler.planning import extensions
from scheduler.reminders import officers_of, reporters
from scheduler.working_days import Calendar, calendar_of
from vietnamese.clock_times import HANOI

ALARMS: Final = (7, 1)
"""Days before the due day on which the calendar of a phone rings."""

RINGS: Final = timedelta(hours=8)
"""After the midnight at which a day begins: a phone that rings then wakes nobody."""

LOOKED_BACK: Final = timedelta(days=60)
"""What has been late for longer is left to those who ask for it."""

_ANSWERS: Final = (ReportState.SUBMITTED, ReportState.ACCEPTED)

PRODUCT: Final = "-//Tro ly Dan van//danvan//VI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One due day to come."""

    task: Task
    period: PeriodKey | None
    due: date
    working: DueWorking
    days_left: int
    unit: str
    remark: str | None = None


async def coming(act: Acting, days: int) -> list[Coming]:
    """Return what the actor, or who he stands in for, is to report within so many days.

    What is late is among it.
    """
    today = act.now.astimezone(HANOI).date()
    calendar = calendar_of(await act.tx.find(CalendarOverride))
    extended = await extensions(act.tx)
    last = today + timedelta(days=days)
    found = []
    for one in await tasks_of(act.tx, act.actor.id, act.now):
        if one.task.state is not TaskState.OPEN or not await _reports(act, one.task):
            continue
        answered = {report.period for report in one.reports if report.state in _ANSWERS}
        for period in periods(one.task, calendar, today - LOOKED_BACK, last):
            if period.key not in answered:
                due = extended.get((one.task.id, period.key), period.due)
                found.append(_coming(act, one.task, period, due, calendar))
    return sorted(found, key=lambda one: (one.due, one.task.title))


async def _reports(act: Acting, task: Task) -> bool:
    """Tell whether the actor, or one he stands in for, is among those who report on a task."""
    people = {one.id: one for one in await act.tx.find(Person, {"unit": task.lead})}
    for key in task.assignees:
        named = await act.tx.get(Person, key)
        if named is not None:
            people[key] = named
    own = {act.actor.id, *(one.id for one in act.principals)}
    unit = officers_of(one for one in people.values() if one.unit == task.lead)
    return any(one.id in own for one in reporters(task, people, unit))


def _coming(act: Acting, task: Task, period: Period, due: date, calendar: Calendar) -> Coming:
    today = act.now.astimezone(HANOI).date()
    moved = period.moved_from if due == period.due else None
    return Coming(
        task=task,
        period=period.key,
        due=due,
        working=due_working(task, due, calendar, today, moved_from=moved),
        days_left=(due - today).days,
        unit=act.tree.name(task.lead),
    )


def as_ics(found: Sequence[Coming], summaries: Sequence[str], now: datetime) -> bytes:
    """Return the due days as a calendar file: a day each, with alarms, under ids that stay."""
    from icalendar import Alarm, Event
    from icalendar import Calendar as Ics

    calendar = Ics()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", ZONE.key)
    for one, summary in zip(found, summaries, strict=True):
        event = Event()
        event.add("uid", f"{one.task.id}.{one.period or 'once'}@danvan")
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
