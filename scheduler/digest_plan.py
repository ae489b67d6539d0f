"""Digests and weeks ahead as rows of the outbox: who gets one on a day, under keys that hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from records.model import (
    CalendarOverride,
    Mark,
    OutboxMessage,
    Person,
    Preference,
    Role,
)
from records.store import Store
from scheduler.planning import LEADING
from scheduler.working_days import Calendar, calendar_of
from vietnamese.clock_times import HANOI

DAILY: Final = "digest_day"
WEEKLY: Final = "digest_week"
AHEAD: Final = "week_ahead"
"""The messages of this plan."""

PRIORITY: Final = -10
"""Sent silently, after all else, and not a second time on suspicion."""

PLANNED: Final = "planned-digests"
"""The mark: up to which day digests were planned."""


async def plan_digests(store: Store, now: datetime) -> int:
    """Owe the digests of today, if this process leads; return the number of new rows.

    Digests of days on which the bot was down are not made up for: they would be out of date.
    """
    today = now.astimezone(HANOI).date()
    if not await store.lead(LEADING):
        return 0
    async with store.begin("plan-digests") as tx:
        mark = await tx.get(Mark, PLANNED)
        if mark is not None and mark.day >= today:
            return 0
        calendar = calendar_of(await tx.find(CalendarOverride))
        hours = {one.id: one for one in await tx.find(Preference)}
        written = 0
        for person in await tx.find(Person):
            own = hours.get(person.id, Preference(id=person.id))
            for row in rows(person, own, today, calendar, now):
                if await tx.get(OutboxMessage, row.key) is None:
                    await tx.add(row)
                    written += 1
        await tx.put(Mark(id=PLANNED, day=today))
    return written


def rows(
    person: Person, hours: Preference, day: date, calendar: Calendar, now: datetime
) -> Iterator[OutboxMessage]:
    """Yield what a person gets on a day: nothing on a day off.

    The weekly digest and the week ahead come on the first working day from their day on.
    """
    if not person.active or not calendar.is_working(day):
        return
    week = f"{day:%G-W%V}"
    if person.role is Role.OFFICER:
        if _first_since(1, day, calendar):
            yield _row(f"{AHEAD}:{person.id}:{week}", person, AHEAD, hours.reminder_hour, now)
        return
    if hours.daily_digest:
        yield _row(f"{DAILY}:{person.id}:{day:%Y%m%d}", person, DAILY, hours.digest_hour, now)
    if _first_since(hours.weekly_digest_day, day, calendar):
        yield _row(f"{WEEKLY}:{person.id}:{week}", person, WEEKLY, hours.digest_hour, now)


def _first_since(weekday: int, day: date, calendar: Calendar) -> bool:
    """Tell whether `day` is the first working day of its week from that weekday on."""
    monday = day - timedelta(days=day.weekday())
    return calendar.next_working(monday + timedelta(days=weekday - 1)) == day


def _row(key: str, person: Person, template: str, hour: int, now: datetime) -> OutboxMessage:
    at = datetime.combine(now.astimezone(HANOI).date(), time(hour), HANOI)
    return OutboxMessage(
        key=key,
        person=person.id,
        template=template,
        facts={},
        created=now,
        not_before=at,
        priority=PRIORITY,
        quiet=True,
    )
