"""The plan of a day: one message a person that groups all he is to be told, as rows of the outbox.

What is due comes from the records each time. A mark says up to which day it was planned; rows have
keys of person and day, so that a plan that was cut short is simply made again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from records.acting import tree_of
from records.ids import PeriodKey, PersonId, TaskId
from records.model import (
    CalendarOverride,
    Extension,
    ExtensionState,
    Mark,
    OutboxMessage,
    Person,
    Preference,
    Report,
    ReportState,
    Snooze,
    Task,
    TaskState,
)
from records.obligations.periods import begun_periods
from records.obligations.working_days import Calendar, calendar_of
from records.store import Store, Transaction
from scheduler.reminders import (
    DUE,
    Asked,
    Entry,
    Extended,
    Snapshot,
    Window,
    candidates,
    entries,
    escalations,
)
from vietnamese.clock_times import HANOI

REMINDER: Final = "reminder"
ESCALATION: Final = "escalation"
"""The messages of a plan."""

DUE_TODAY: Final = 10
"""Priority of a message that holds something due that very day."""

LEADING: Final = "plan"
"""What the leader of several processes does."""

CHUNK: Final = 500
"""Rows written in one transaction: a store is not held up for long."""

PLANNED: Final = "planned"
DUE_PLANNED: Final = "planned-due"
"""Marks: up to which day all was planned, and what is due on days off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One message of the plan."""

    template: str
    at: datetime
    person: PersonId
    entries: tuple[Entry, ...]

    @property
    def key(self) -> str:
        """The row's key: person, kind of message and day."""
        return f"{self.template}:{self.person}:{self.at:%Y%m%d}"


async def plan(store: Store, now: datetime) -> int:
    """Owe what is due today and was not planned yet; return the number of new rows.

    A clock that went back plans nothing twice.
    """
    today = now.astimezone(HANOI).date()
    async with store.begin() as tx:
        window = await _window(tx, today)
        if window is None:
            return 0
        snapshot = await load(tx, now, window)
        hours = {one.id: one for one in await tx.find(Preference)}
    planned = list(messages(snapshot, window, hours))
    written = 0
    for chunk in _chunks(planned, CHUNK):
        written += await _owe(store, chunk, now)
    working = snapshot.calendar.is_working(today)
    async with store.begin("plan") as tx:
        if working:
            await tx.put(Mark(id=PLANNED, day=today))
        await tx.put(Mark(id=DUE_PLANNED, day=today))
    return written


async def plan_if_leading(store: Store, now: datetime) -> int:
    """Plan, if this process leads: several on one database do not do the same work."""
    return await plan(store, now) if await store.lead(LEADING) else 0


async def load(tx: Transaction, now: datetime, window: Window) -> Snapshot:
    """Read what the window's messages follow from."""
    calendar = calendar_of(await tx.find(CalendarOverride))
    tasks = await tx.find(Task, {"state": TaskState.OPEN})
    extended = await extensions(tx)
    asked = await _with_reports(tx, list(candidates(tasks, extended, calendar, window)))
    known = {(one.task.id, one.period.key) for one in asked}
    asked += [
        one
        for one in await _returned(tx, calendar, extended, window.day)
        if (one.task.id, one.period.key) not in known
    ]
    return Snapshot(
        asked=tuple(asked),
        people={one.id: one for one in await tx.find(Person)},
        tree=await tree_of(tx, now),
        calendar=calendar,
        snoozed=await _snoozes(tx, now),
    )


def messages(
    snapshot: Snapshot, window: Window, hours: "dict[PersonId, Preference]"
) -> Iterator[Planned]:
    """Yield the window's messages: what each person is told, all in one."""
    for template, found in (
        (REMINDER, entries(snapshot, window)),
        (ESCALATION, escalations(snapshot, window)),
    ):
        for person, own in _grouped(found).items():
            hour = hours[person].reminder_hour if person in hours else USUAL_HOUR
            at = datetime.combine(window.day, time(hour), HANOI)
            yield Planned(template=template, at=at, person=person, entries=own)


USUAL_HOUR: Final = 7
"""The hour of the morning message where a person set none."""


async def extensions(tx: Transaction) -> Extended:
    """Return the later due days that were granted."""
    granted = await tx.find(Extension, {"state": ExtensionState.GRANTED})
    latest: dict[tuple[TaskId, PeriodKey | None], date] = {}
    for one in sorted(granted, key=lambda each: each.decided or each.asked):
        latest[(one.task, one.period)] = one.until
    return latest


async def live_report(tx: Transaction, task: Task, period: PeriodKey | None) -> Report | None:
    """Return the lead unit's report that stands for a period; of several the newest."""
    where = {"task": task.id, "period": period, "unit": task.lead}
    standing = [one for one in await tx.find(Report, where) if one.state.stands]
    return max(standing, key=_age, default=None)


async def _with_reports(tx: Transaction, asked: list[Asked]) -> list[Asked]:
    """Return what is asked with the reports that stand: read by period, for periods are few."""
    standing: dict[tuple[TaskId, PeriodKey | None], Report] = {}
    for period in {one.period.key for one in asked if one.period.key is not None}:
        for report in await tx.find(Report, {"period": period}):
            if report.task is not None and report.state.stands:
                key = (report.task, period)
                standing[key] = max(standing.get(key, report), report, key=_age)
    found: list[Asked] = []
    for one in asked:
        own = standing.get((one.task.id, one.period.key))
        if one.period.key is None or (own is not None and own.unit != one.task.lead):
            own = await live_report(tx, one.task, one.period.key)
        found.append(one if own is None else replace(one, report=own))
    return found


def _age(report: Report) -> tuple[datetime, int]:
    return report.submitted, report.version


def written(entry: Entry) -> str:
    """Write an entry as a row keeps it: task, period, stage, due day, for whom."""
    asked = entry.asked
    return "|".join(
        (
            asked.task.id,
            asked.period.key or "",
            entry.stage,
            asked.due.isoformat(),
            entry.instead_of or "",
        )
    )


def row(planned: Planned, now: datetime) -> OutboxMessage:
    """Return the outbox row of a planned message."""
    due = any(one.stage == DUE for one in planned.entries)
    return OutboxMessage(
        key=planned.key,
        person=planned.person,
        template=planned.template,
        facts={"entries": tuple(written(one) for one in planned.entries)},
        created=now,
        not_before=planned.at,
        priority=DUE_TODAY if due else 0,
        quiet=True,
    )


async def _window(tx: Transaction, today: date) -> Window | None:
    """Return what is still to be planned; None if today is done, or lies before what is."""
    planned, due = await tx.get(Mark, PLANNED), await tx.get(Mark, DUE_PLANNED)
    if due is not None and due.day >= today:
        return None
    since = today - timedelta(days=1) if planned is None else planned.day
    return Window(since=since, day=today, due_given=date.min if due is None else due.day)


async def _returned(
    tx: Transaction, calendar: Calendar, extended: Extended, day: date
) -> list[Asked]:
    """Return the periods whose report was returned: they have a ladder of their own."""
    found = []
    for report in await tx.find(Report, {"state": ReportState.RETURNED}):
        task = None if report.task is None else await tx.get(Task, report.task)
        if task is None or task.state is not TaskState.OPEN:
            continue
        live = await live_report(tx, task, report.period)
        for period in begun_periods(task, calendar, day, date.min):
            if live is not None and live.id == report.id and period.key == report.period:
                due = extended.get((task.id, period.key), period.due)
                found.append(Asked(task=task, period=period, due=due, report=report))
    return found


async def _snoozes(
    tx: Transaction, now: datetime
) -> dict[tuple[PersonId, TaskId | None], datetime]:
    latest: dict[tuple[PersonId, TaskId | None], datetime] = {}
    for one in await tx.find(Snooze):
        key = (one.person, one.task)
        if one.until > now:
            latest[key] = max(one.until, latest.get(key, one.until))
    return latest


async def _owe(store: Store, planned: Iterable[Planned], now: datetime) -> int:
    count = 0
    async with store.begin() as tx:
        for one in planned:
            if await tx.get(OutboxMessage, one.key) is None:
                await tx.add(row(one, now))
                count += 1
    return count


def _grouped(found: Iterable[Entry]) -> dict[PersonId, tuple[Entry, ...]]:
    """Group entries by person, the earliest due day first."""
    by_person: dict[PersonId, list[Entry]] = {}
    for one in found:
        by_person.setdefault(one.person, []).append(one)
    return {
        person: tuple(sorted(own, key=lambda one: (one.asked.due, one.asked.task.title)))
        for person, own in by_person.items()
    }


def _chunks(all_of_them: Iterable[Planned], most: int) -> Iterator[list[Planned]]:
    rest = iter(all_of_them)
    while chunk := list(islice(rest, most)):
        yield chunk
