"""Who has not acknowledged a directive is reminded some days after it was sent out, a few times."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from records.ids import PersonId
from records.model import Broadcast, CalendarOverride, OutboxMessage
from records.obligations.working_days import Calendar, calendar_of
from records.store import Store, Transaction
from scheduler.planned_days import (
    ACKNOWLEDGEMENTS,
    note_planned,
    planned_up_to,
    put_right,
)
from scheduler.planner import LEADING, USUAL_HOUR
from scheduler.reminders import send_day
from services.broadcasts.dispatch import complete, is_complete, unacknowledged
from vietnamese.zone import ZONE, day_of

STEPS: Final = (3, 7, 14)
"""Days after the sending; later only the digest speaks of it."""

REMINDED: Final = "ack_reminder"
"""The message: all that somebody has not acknowledged, in one."""

REMIND_KEY: Final = "ack_remind"
"""Its key, with the person and the day: one a person and morning."""

CHUNK: Final = 500
"""Reminders written in one transaction, so that others wait no longer."""

JOINING: Final = timedelta(days=45)
"""For so long after a sending its message still goes to who comes to a unit."""

Told = dict[PersonId, list[str]]
"""The sendings that each person is reminded of."""


async def plan_acknowledgements(store: Store, now: datetime) -> int:
    """Owe the reminders of today and what a sending that was cut short still lacks.

    On a working day, once, also the message to who came to a unit since; whoever gets that is not
    reminded the same day. Returns the number of new rows; only the leader of several processes
    plans.
    """
    if not await store.lead(LEADING):
        return 0
    await put_right(store, now)
    today = day_of(now)
    async with store.begin() as tx:
        last = await planned_up_to(tx, ACKNOWLEDGEMENTS)
        calendar = calendar_of(await tx.find(CalendarOverride))
        recent = [one for one in await tx.find(Broadcast) if today <= _made(one) + JOINING]
        cut_short = [one for one in recent if not await is_complete(tx, one)]
    planned = (last is not None and last >= today) or not calendar.is_working(today)
    joined = {one.id: await complete(store, one, now) for one in (cut_short if planned else recent)}
    written = sum(map(len, joined.values()))
    if planned:
        return written
    since = last or today - timedelta(days=1)
    due = [one for one in recent if _has_step(one, calendar, since, today)]
    async with store.begin() as tx:
        told = await _told(tx, recent, due, joined)
    written += await _remind(store, told, now)
    async with store.begin() as tx:
        await note_planned(tx, ACKNOWLEDGEMENTS, today)
    return written


async def _told(
    tx: Transaction,
    recent: Iterable[Broadcast],
    due: Collection[Broadcast],
    joined: Mapping[str, frozenset[PersonId]],
) -> Told:
    """Return who is reminded today, each of all that he has not acknowledged."""
    if not due:
        return {}
    told: Told = {}
    today: set[PersonId] = set()
    for broadcast in recent:
        for person in await unacknowledged(tx, broadcast):
            if person.id not in joined[broadcast.id]:
                told.setdefault(person.id, []).append(broadcast.id)
                today |= {person.id} if broadcast in due else set()
    return {person: sendings for person, sendings in told.items() if person in today}


async def _remind(store: Store, told: Told, now: datetime) -> int:
    """Write the reminders that are not there yet; return how many."""
    rows, written = _rows(told, now), 0
    for start in range(0, len(rows), CHUNK):
        async with store.begin(ACKNOWLEDGEMENTS) as tx:
            for row in rows[start : start + CHUNK]:
                if await tx.get(OutboxMessage, row.key) is None:
                    await tx.add(row)
                    written += 1
    return written


def _rows(told: Told, now: datetime) -> list[OutboxMessage]:
    today = now.astimezone(ZONE)
    hour = today.replace(hour=USUAL_HOUR, minute=0, second=0, microsecond=0)
    return [
        OutboxMessage(
            key=f"{REMIND_KEY}:{person}:{today:%Y%m%d}",
            person=person,
            template=REMINDED,
            facts={"broadcasts": tuple(broadcasts)},
            created=now,
            not_before=hour,
            quiet=True,
        )
        for person, broadcasts in told.items()
    ]


def _has_step(broadcast: Broadcast, calendar: Calendar, since: date, today: date) -> bool:
    days = (send_day(_made(broadcast), -step, calendar) for step in STEPS)
    return any(since < day <= today for day in days)


def _made(broadcast: Broadcast) -> date:
    return day_of(broadcast.made)
