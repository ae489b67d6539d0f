"""The plan of a day: one message a person that groups all he is to be told, as rows of the outbox.

What is due comes from the records each time. A mark says up to which day it was planned; rows have
keys of person and day, so that a plan that was cut short is simply made again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from records.ids import PersonId, TaskId
from records.model import (
    OutboxMessage,
    Preference,
    ReminderEntry,
    Report,
    ReportState,
    Snooze,
    Task,
    TaskState,
)
from records.obligations.ledger import office_of, owed_on
from records.obligations.obligation import Obligation, obligation
from records.obligations.office import Office, Place
from records.obligations.states import State
from records.store import Store, Transaction
from scheduler.planned_days import (
    REMINDERS,
    REMINDERS_DUE,
    note_planned,
    planned_up_to,
    put_right,
)
from scheduler.reminders import (
    DUE,
    Entry,
    Snapshot,
    Wanted,
    Window,
    candidates,
    entries,
    escalations,
)
from vietnamese.zone import ZONE, day_of

REMINDER: Final = "reminder"
ESCALATION: Final = "escalation"
"""The messages of a plan."""

DUE_TODAY: Final = 10
"""Priority of a message that holds something due that very day."""

LEADING: Final = "plan"
"""What the leader of several processes does."""

CHUNK: Final = 500
"""Rows written in one transaction: a store is not held up for long."""


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

    A clock that went back plans nothing twice, and leaves nothing out afterwards.
    """
    await put_right(store, now)
    today = day_of(now)
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
    working = snapshot.office.calendar.is_working(today)
    async with store.begin("plan") as tx:
        if working:
            await note_planned(tx, REMINDERS, today)
        await note_planned(tx, REMINDERS_DUE, today)
    return written


async def plan_if_leading(store: Store, now: datetime) -> int:
    """Plan, if this process leads: several on one database do not do the same work."""
    return await plan(store, now) if await store.lead(LEADING) else 0


async def load(tx: Transaction, now: datetime, window: Window) -> Snapshot:
    """Read what the window's messages follow from."""
    office = replace(await office_of(tx, now), day=window.day)
    tasks = await tx.find(Task, {"state": TaskState.OPEN})
    wanted = list(candidates(tasks, office, window))
    told = await _reports(tx, wanted)
    found: dict[Place, Obligation] = {}
    for task, unit, period in wanted:
        place = (task.id, unit, period.key)
        one = obligation(task, unit, period, told.get(place, ()), office)
        if one is not None:
            found[place] = one
    for one in await _returned(tx, office):
        found.setdefault((one.task.id, one.unit, one.key), one)
    return Snapshot(owed=tuple(found.values()), office=office, snoozed=await _snoozes(tx, now))


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
            at = datetime.combine(window.day, time(hour), ZONE)
            yield Planned(template=template, at=at, person=person, entries=own)


USUAL_HOUR: Final = 7
"""The hour of the morning message where a person set none."""


async def _reports(tx: Transaction, wanted: Iterable[Wanted]) -> dict[Place, list[Report]]:
    """Return all versions of what was reported, by place: read by period, for periods are few."""
    found: dict[Place, list[Report]] = {}
    read: list[Report] = []
    for key in {period.key for _, _, period in wanted if period.key is not None}:
        read += await tx.find(Report, {"period": key})
    for task in {task.id for task, _, period in wanted if period.key is None}:
        read += await tx.find(Report, {"task": task, "period": None})
    for one in read:
        if one.task is not None:
            found.setdefault((one.task, one.unit, one.period), []).append(one)
    return found


def kept(entry: Entry) -> ReminderEntry:
    """Return an entry as a row keeps it."""
    owed = entry.owed
    return ReminderEntry(
        task=owed.task.id,
        period=owed.key,
        stage=entry.stage,
        unit=owed.unit,
        instead_of=entry.instead_of,
    )


def row(planned: Planned, now: datetime) -> OutboxMessage:
    """Return the outbox row of a planned message."""
    due = any(one.stage == DUE for one in planned.entries)
    return OutboxMessage(
        key=planned.key,
        person=planned.person,
        template=planned.template,
        facts={},
        entries=tuple(kept(one) for one in planned.entries),
        created=now,
        not_before=planned.at,
        priority=DUE_TODAY if due else 0,
        quiet=True,
    )


async def _window(tx: Transaction, today: date) -> Window | None:
    """Return what is still to be planned; None if today is done."""
    planned = await planned_up_to(tx, REMINDERS)
    due = await planned_up_to(tx, REMINDERS_DUE)
    if due is not None and due >= today:
        return None
    since = planned or today - timedelta(days=1)
    return Window(since=since, day=today, due_given=due or date.min)


async def _returned(tx: Transaction, office: Office) -> list[Obligation]:
    """Return what was returned and is wanted again: it has a ladder of its own."""
    found = []
    reports = await tx.find(Report, {"state": ReportState.RETURNED})
    for key in dict.fromkeys(one.task for one in reports):
        task = None if key is None else await tx.get(Task, key)
        if task is not None and task.state is TaskState.OPEN:
            owed = await owed_on(tx, task, office)
            found += [one for one in owed if one.state is State.RETURNED]
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
    return {person: tuple(sorted(own, key=_by_day)) for person, own in by_person.items()}


def _by_day(entry: Entry) -> tuple[date, str]:
    return entry.owed.due or date.max, entry.owed.task.title


def _chunks(all_of_them: Iterable[Planned], most: int) -> Iterator[list[Planned]]:
    rest = iter(all_of_them)
    while chunk := list(islice(rest, most)):
        yield chunk
