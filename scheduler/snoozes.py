"""A person puts his reminders off: "nhắc lại chiều nay, sáng mai, thứ Hai"."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from records.actor import acting
from records.ids import PersonId, new_id
from records.model import OutboxMessage, Snooze
from records.store import Store
from scheduler.planner import DUE_TODAY, REMINDER
from scheduler.refusals import NothingToPutOff
from scheduler.told import entries_of
from vietnamese.zone import ZONE


class Until(StrEnum):
    """When to be reminded again."""

    AFTERNOON = "a"
    TOMORROW = "t"
    MONDAY = "m"


AFTERNOON: Final = time(14)
MORNING: Final = time(7, 30)
_MONDAY: Final = 7


def moment(until: Until, now: datetime) -> datetime:
    """Return when that is; an afternoon that has begun is two hours from now."""
    local = now.astimezone(ZONE)
    match until:
        case Until.AFTERNOON:
            afternoon = datetime.combine(local.date(), AFTERNOON, ZONE)
            return max(afternoon, local + timedelta(hours=2))
        case Until.TOMORROW:
            return datetime.combine(local.date() + timedelta(days=1), MORNING, ZONE)
        case Until.MONDAY:
            days = _MONDAY - local.weekday()
            return datetime.combine(local.date() + timedelta(days=days), MORNING, ZONE)


async def put_off(
    store: Store, person: PersonId, reminder: str, until: Until, now: datetime
) -> datetime:
    """Put off all that the reminder with this key spoke of; return when it comes again.

    The same tap again changes nothing. Raises NothingToPutOff for a reminder that is not there or
    not the person's.
    """
    at = moment(until, now)
    async with acting(store, person, now, f"person:{person}") as act:
        row = await act.tx.get(OutboxMessage, reminder)
        if row is None or row.person != person or row.template != REMINDER:
            raise NothingToPutOff
        entries = entries_of(row)
        for task in {entry.task for entry in entries}:
            await act.tx.add(Snooze(id=new_id(), person=person, until=at, task=task))
        key = f"{REMINDER}:{person}:{at:%Y%m%dT%H%M}"
        if await act.tx.get(OutboxMessage, key) is None:
            await act.tx.add(
                OutboxMessage(
                    key=key,
                    person=person,
                    template=REMINDER,
                    facts={},
                    entries=entries,
                    created=now,
                    not_before=at,
                    priority=DUE_TODAY,
                )
            )
    return at
