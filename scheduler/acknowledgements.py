"""Who has not acknowledged a directive is reminded some days after it was sent out, a few times."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from records.acknowledging.sending_out import complete, unacknowledged
from records.ids import PersonId
from records.model import Broadcast, CalendarOverride, Mark, OutboxMessage
from records.store import Store
from scheduler.planning import LEADING, USUAL_HOUR
from scheduler.reminders import send_day
from scheduler.working_days import Calendar, calendar_of
from vietnamese.clock_times import HANOI

STEPS: Final = (3, 7, 14)
"""Days after the sending; later only the digest speaks of it."""

REMINDED: Final = "ack_reminder"
"""The message: all that somebody has not acknowledged, in one."""

PLANNED: Final = "planned-acknowledgements"
"""The mark: up to which day they were planned."""


async def plan_acknowledgements(store: Store, now: datetime) -> int:
    """Owe the reminders of today and what a sending that was cut short still lacks.

    Returns the number of new rows; only the leader of several processes plans.
    """
    today = now.astimezone(HANOI).date()
    if not await store.lead(LEADING):
        return 0
    async with store.begin() as tx:
        mark = await tx.get(Mark, PLANNED)
        calendar = calendar_of(await tx.find(CalendarOverride))
        if (mark is not None and mark.day >= today) or not calendar.is_working(today):
            return 0
        since = today - timedelta(days=1) if mark is None else mark.day
        sent_out = [one for one in await tx.find(Broadcast) if _recent(one, today)]
    written = 0
    for broadcast in sent_out:
        written += await complete(store, broadcast, now)
    due = [one for one in sent_out if _has_step(one, calendar, since, today)]
    async with store.begin("plan-acknowledgements") as tx:
        told: dict[PersonId, list[str]] = {}
        for broadcast in due:
            for person in await unacknowledged(tx, broadcast):
                told.setdefault(person.id, []).append(broadcast.id)
        for row in _rows(told, today, now):
            if await tx.get(OutboxMessage, row.key) is None:
                await tx.add(row)
                written += 1
        await tx.put(Mark(id=PLANNED, day=today))
    return written


def _rows(told: Mapping[PersonId, list[str]], today: date, now: datetime) -> list[OutboxMessage]:
    hour = now.astimezone(HANOI).replace(hour=USUAL_HOUR, minute=0, second=0, microsecond=0)
    return [
        OutboxMessage(
            key=f"{REMINDED}:{person}:{today:%Y%m%d}",
            person=person,
            template=REMINDED,
            facts={"broadcasts": tuple(broadcasts)},
            created=now,
            not_before=hour,
            quiet=True,
        )
        for person, broadcasts in told.items()
    ]


def _recent(broadcast: Broadcast, today: date) -> bool:
    return _made(broadcast) >= today - timedelta(days=max(STEPS) + 31)


def _has_step(broadcast: Broadcast, calendar: Calendar, since: date, today: date) -> bool:
    days = (send_day(_made(broadcast), -step, calendar) for step in STEPS)
    return any(since < day <= today for day in days)


def _made(broadcast: Broadcast) -> date:
    return broadcast.made.astimezone(HANOI).date()
