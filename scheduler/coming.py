"""The due days that come to a person: for his calendar, his week ahead, and a file of his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Event
from icalendar import Calendar as Ics

from records.acting import Acting
from records.ids import PeriodKey
from records.model import CalendarOverride, Person, Report, ReportState, Task, TaskState
from scheduler.periods import DueWorking, due_working, periods
from scheduler.planning import extensions
from scheduler.reminders import officers_of, reporters
from scheduler.working_days import calendar_of
from vietnamese.clock_times import HANOI

ALARMS: Final = (7, 1)
"""Days before the due day on which the calendar of a phone rings."""

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
    """Return what the actor is to report within so many days, what is late included."""
    today = act.now.astimezone(HANOI).date()
    calendar = calendar_of(await act.tx.find(CalendarOverride))
    extended = await extensions(act.tx)
    people = [one for one in await act.tx.find(Person) if one.active]
    by_id, officers = {one.id: one for one in people}, officers_of(people)
    found = []
    for task in await act.tx.find(Task, {"state": TaskState.OPEN}):
        if act.actor.id not in {one.id for one in reporters(task, by_id, officers)}:
            continue
        answered = await _answered(act, task)
        last = today + timedelta(days=days)
        for period in periods(task, calendar, today - timedelta(days=60), last):
            due = extended.get((task.id, period.key), period.due)
            if period.key not in answered:
                found.append(
                    Coming(
                        task=task,
                        period=period.key,
                        due=due,
                        working=due_working(
                            task, due, calendar, today, moved_from=period.moved_from
                        ),
                        days_left=(due - today).days,
                        unit=act.tree.name(task.lead),
                    )
                )
    return sorted(found, key=lambda one: (one.due, one.task.title))


def as_ics(found: Sequence[Coming], summaries: Sequence[str], now: datetime) -> bytes:
    """Return the due days as a calendar file: a day each, with alarms, under ids that stay."""
    calendar = Ics()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one, summary in zip(found, summaries, strict=True):
        event = Event()
        event.add("uid", f"{one.task.id}.{one.period or 'once'}@danvan")
        event.add("dtstamp", now)
        event.add("dtstart", one.due)
        event.add("dtend", one.due + timedelta(days=1))
        event.add("summary", summary)
        event.add("transp", "TRANSPARENT")
        for days in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", summary)
            alarm.add("trigger", -timedelta(days=days))
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


async def _answered(act: Acting, task: Task) -> set[PeriodKey | None]:
    reports = await act.tx.find(Report, {"task": task.id})
    return {
        one.period
        for one in reports
        if one.unit == task.lead and one.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)
    }
