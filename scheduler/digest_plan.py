"""Digests and weeks ahead as rows of the outbox: who gets one on a day, under keys that hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from records.model import (
    OutboxMessage,
    Person,
    Preference,
    Role,
)
from records.obligations.ledger import office_of
from records.obligations.responsible import deputy_of
from records.obligations.working_days import Calendar
from records.store import Store
from scheduler.planned_days import DIGESTS, note_planned, planned_up_to, put_right
from scheduler.planner import CHUNK, LEADING
from scheduler.quiet_hours import quiet_until
from vietnamese.zone import ZONE, day_of

DAILY: Final = "digest_day"
WEEKLY: Final = "digest_week"
AHEAD: Final = "week_ahead"
"""The messages of this plan."""

PRIORITY: Final = -10
"""Sent silently, after all else, and not a second time on suspicion."""

MONDAY: Final = 1


async def plan_digests(store: Store, now: datetime) -> int:
    """Owe the digests of today, if this process leads; return the number of new rows.

    Digests of days on which the bot was down are not made up for: they would be out of date.
    """
    today = day_of(now)
    if not await store.lead(LEADING):
        return 0
    await put_right(store, now)
    async with store.begin() as tx:
        planned = await planned_up_to(tx, DIGESTS)
        if planned is not None and planned >= today:
            return 0
        office = await office_of(tx, now)
        hours = {one.id: one for one in await tx.find(Preference)}
    wanted: dict[str, OutboxMessage] = {}
    for person in office.people.values():
        taker = deputy_of(office, person) or person
        own = hours.get(taker.id, Preference(id=taker.id))
        wanted |= {row.key: row for row in rows(person, own, office.calendar, now)}
    written = await _owe(store, list(wanted.values()))
    async with store.begin() as tx:
        await note_planned(tx, DIGESTS, today)
    return written


async def _owe(store: Store, wanted: list[OutboxMessage]) -> int:
    """Write the rows that are not there yet, a chunk in a transaction."""
    written = 0
    for start in range(0, len(wanted), CHUNK):
        async with store.begin() as tx:
            for row in wanted[start : start + CHUNK]:
                if await tx.get(OutboxMessage, row.key) is None:
                    await tx.add(row)
                    written += 1
    return written


def rows(
    person: Person, hours: Preference, calendar: Calendar, now: datetime
) -> Iterator[OutboxMessage]:
    """Yield what is said of a person's duties today: nothing on a day off.

    Whose hours they are gets it: the person himself, or who stands in for him. What two people
    would have told the same taker has one key. The week's digest says what the day's would.
    """
    taker = hours.id
    day = day_of(now)
    if not person.active or not calendar.is_working(day):
        return
    if person.role is Role.OFFICER:
        if monday := chosen_day(MONDAY, day, calendar):
            yield _row(f"{AHEAD}:{taker}:{monday:%G-W%V}", AHEAD, hours, hours.reminder_hour, now)
        return
    if chosen := chosen_day(hours.weekly_digest_day, day, calendar):
        yield _row(f"{WEEKLY}:{taker}:{chosen:%G-W%V}", WEEKLY, hours, hours.digest_hour, now)
    elif hours.daily_digest:
        yield _row(f"{DAILY}:{taker}:{day:%Y%m%d}", DAILY, hours, hours.digest_hour, now)


def chosen_day(weekday: int, day: date, calendar: Calendar) -> date | None:
    """Return the day of the week that `day` is the first working day from; None for other days.

    A day off hands its message on: that of a Sunday comes on Monday, with the Sunday's week.
    """
    chosen = day - timedelta(days=(day.isoweekday() - weekday) % 7)
    return chosen if calendar.next_working(chosen) == day else None


def _row(key: str, template: str, hours: Preference, hour: int, now: datetime) -> OutboxMessage:
    """Return a row for the person of the hours; who chose an hour of rest himself gets it then."""
    at = datetime.combine(day_of(now), time(hour), ZONE)
    return OutboxMessage(
        key=key,
        person=hours.id,
        template=template,
        facts={},
        created=now,
        not_before=at,
        priority=PRIORITY,
        quiet=quiet_until(hours, at) is None,
    )
