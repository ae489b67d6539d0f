"""What a person wants to be reminded of by himself: "15h mai họp giao ban"."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from records.actor import acting
from records.ids import PersonId, new_id
from records.model import Delivery, OutboxMessage, PersonalReminder
from records.store import Store
from scheduler.refusals import NoSuchReminder, TooManyReminders

MOST: Final = 50
"""Open reminders of one person."""

PERSONAL: Final = "personal"
_PRIORITY: Final = 5
"""Above what others owe him: he named the minute himself."""


async def remind(
    store: Store, person: PersonId, text: str, at: datetime, now: datetime
) -> PersonalReminder:
    """Keep a reminder and owe its message; raises TooManyReminders."""
    async with acting(store, person, now, f"reminders:{person}") as act:
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
