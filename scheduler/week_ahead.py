"""An officer's week on its first working day, told by his reminder where he has one.

Both would name the same due days to the same person in the same minute.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import datetime
from typing import Final

from records.ids import PeriodKey, TaskId
from records.model import CalendarOverride, Delivery, OutboxMessage, Person, Role
from records.obligations.working_days import calendar_of
from records.store import Store
from scheduler.digest_plan import MONDAY, chosen_day
from scheduler.due_days import Coming
from scheduler.overview import days_of
from scheduler.planner import REMINDER
from scheduler.told import ToldEntry, told
from vietnamese.zone import day_of

DAYS: Final = 7
"""How far the week ahead looks in full; the rest of the month is told in a line each."""

_ON_ITS_WAY: Final = frozenset({Delivery.OWED, Delivery.SENT, Delivery.UNKNOWN})


async def week_of(store: Store, person: Person, now: datetime) -> list[Coming]:
    """Return what is due to somebody within a week and within the month."""
    today = day_of(now)
    month_left = monthrange(today.year, today.month)[1] - today.day
    return await days_of(store, person.id, max(DAYS, month_left), now)


async def beside_reminder(
    store: Store, row: OutboxMessage, person: Person, entries: Collection[ToldEntry], now: datetime
) -> list[Coming]:
    """Return what an officer's reminder says of his week besides its entries; mostly nothing."""
    if row.key != _key(person, now) or not await _begins_a_week(store, person, now):
        return []
    known: set[tuple[TaskId, PeriodKey | None]] = {(one.task.id, one.period) for one in entries}
    every = await week_of(store, person, now)
    return [one for one in every if (one.task.id, one.period) not in known]


async def is_told_by_reminder(store: Store, person: Person, now: datetime) -> bool:
    """Tell whether today's reminder tells an officer his week: it has something to remind of."""
    if person.role is not Role.OFFICER:
        return False
    async with store.begin() as tx:
        row = await tx.get(OutboxMessage, _key(person, now))
    if row is None or row.state not in _ON_ITS_WAY:
        return False
    return row.state is not Delivery.OWED or bool(await told(store, row, now))


async def _begins_a_week(store: Store, person: Person, now: datetime) -> bool:
    if person.role is not Role.OFFICER:
        return False
    async with store.begin() as tx:
        calendar = calendar_of(await tx.find(CalendarOverride))
    return chosen_day(MONDAY, day_of(now), calendar) is not None


def _key(person: Person, now: datetime) -> str:
    return f"{REMINDER}:{person.id}:{day_of(now):%Y%m%d}"
