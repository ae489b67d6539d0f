"""What a person wants to be reminded of by himself: "15h mai họp giao ban"."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from records.actor import acting
from records.focus import leave, lock
from records.ids import PersonId, new_id
from records.model import CalendarOverride, Delivery, OutboxMessage, PersonalReminder
from records.obligations.working_days import calendar_of
from records.store import Store
from scheduler.refusals import NoSuchReminder, TooManyReminders
from vietnamese.clock_times import ReadReminder, read_reminder
from vietnamese.running_days import Doubt, DoubtKind

MOST: Final = 50
"""Open reminders of one person."""

TOPIC: Final = "remind_me"
"""`Focus.topic` of somebody whose wish was read back; its facts are `at` and `text`."""

PERSONAL: Final = "personal"
_PRIORITY: Final = 5
"""Above what others owe him: he named the minute himself."""


async def understood(
    store: Store, said: str, said_at: datetime, now: datetime
) -> ReadReminder | None:
    """Read a wish by the clock at which it was said; what has passed meanwhile is doubted."""
    async with store.begin() as tx:
        calendar = calendar_of(await tx.find(CalendarOverride))
    read = read_reminder(said, said_at, calendar.add_working_days)
    if read is None or read.at is None or read.at > now:
        return read
    others = tuple(one for one in read.doubts if one.kind is not DoubtKind.PAST)
    return replace(read, doubts=(*others, Doubt(kind=DoubtKind.PAST, said=said)))


async def remind(
    store: Store, person: PersonId, text: str, at: datetime, now: datetime
) -> PersonalReminder:
    """Keep a reminder and owe its message; raises TooManyReminders."""
    async with acting(store, person, now, f"reminders:{person}", lock(person)) as act:
        await leave(act.tx, person, TOPIC)
        kept_open = await act.tx.find(PersonalReminder, {"person": person, "done": False})
        if sum(one.at > now for one in kept_open) >= MOST:
            raise TooManyReminders(limit=MOST)
        kept = PersonalReminder(id=new_id(), person=person, text=text, at=at, made=now)
        await act.tx.add(kept)
        await act.tx.add(
            OutboxMessage(
                key=_key(kept.id),
                person=person,
                template=PERSONAL,
                facts={"text": text},
                created=now,
                not_before=at,
                priority=_PRIORITY,
            )
        )
        return kept


async def coming(store: Store, person: PersonId, now: datetime) -> list[PersonalReminder]:
    """Return the person's reminders that are still to come, the next first."""
    async with acting(store, person, now) as act:
        kept = await act.tx.find(PersonalReminder, {"person": person, "done": False})
        return sorted((one for one in kept if one.at > now), key=lambda one: one.at)


async def forget(store: Store, person: PersonId, reminder: str, now: datetime) -> PersonalReminder:
    """Drop a reminder and its message; raises NoSuchReminder, for one of somebody else too."""
    async with acting(store, person, now, f"outbox:{_key(reminder)}") as act:
        kept = await act.tx.get(PersonalReminder, reminder)
        if kept is None or kept.person != person or kept.done:
            raise NoSuchReminder
        await act.tx.put(replace(kept, done=True))
        row = await act.tx.get(OutboxMessage, _key(reminder))
        if row is not None and row.state is Delivery.OWED:
            await act.tx.put(replace(row, state=Delivery.DROPPED, settled=now))
        return kept


def _key(reminder: str) -> str:
    return f"{PERSONAL}:{reminder}"
