"""Whom a channel does not reach: noticed, told to those who rely on it, made good on return."""

from datetime import datetime, timedelta
from typing import Final

from records.ids import PersonId
from records.model import Delivery, OutboxMessage, Person
from records.obligations.ledger import office_around
from records.obligations.responsible import reviewers
from records.reach import away_since, found, lost
from records.store import Store, Transaction

GATHERED: Final = timedelta(minutes=5)
"""For so long it is gathered who cannot be reached, by the clock: 07:00, 07:05, …"""


async def tell_those_who_rely(tx: Transaction, person: Person, now: datetime) -> None:
    """Owe the supervisors of an unreachable person, or else the admins, one message about it.

    It waits for those of others: sixty people who never opened the assistant are one list.
    """
    office = await office_around(tx, now, (person.unit,))
    for one in reviewers(office, None, person.unit, (person.id,)).people:
        await _owe(
            tx,
            OutboxMessage(
                key=f"unreachable:{person.id}:{now:%Y%m%d}:{one.id}",
                person=one.id,
                template="unreachable",
                facts={"name": person.name, "unit": office.tree.name(person.unit)},
                created=now,
                not_before=_gathered(now),
            ),
        )


def _gathered(now: datetime) -> datetime:
    """Return when what is found out now is told, together with what else was."""
    return now + GATHERED - timedelta(seconds=now.timestamp() % GATHERED.total_seconds())


async def went_away(store: Store, person: PersonId, channel: str, now: datetime) -> None:
    """Record that the person has blocked a channel; where no way is left, tell who relies on it."""
    async with store.begin(f"person:{person}") as tx:
        held = await tx.get(Person, person)
        if held is None or away_since(held, channel) is not None:
            return
        marked = lost(held, channel, now)
        await tx.put(marked)
        if held.unreachable is None and marked.unreachable is not None:
            await tell_those_who_rely(tx, held, now)


async def came_back(store: Store, person: PersonId, channel: str, now: datetime) -> bool:
    """Record that a channel reaches the person again; owe one catch-up instead of the backlog.

    Returns whether he was away.
    """
    async with store.begin(f"person:{person}") as tx:
        held = await tx.get(Person, person)
        since = None if held is None else away_since(held, channel)
        if held is None or since is None:
            return False
        await tx.put(found(held, channel))
        where = {"person": person, "state": Delivery.UNREACHABLE}
        missed = [
            row
            for row in await tx.find(OutboxMessage, where)
            if row.channel == channel and row.settled is not None and row.settled >= since
        ]
        if missed:
            await _owe(
                tx,
                OutboxMessage(
                    key=f"catch-up:{person}:{since:%Y%m%d%H%M%S}",
                    person=person,
                    template="catch_up",
                    facts={"missed": len(missed), "first": await _never_reached(tx, person)},
                    created=now,
                ),
            )
        return True


async def _never_reached(tx: Transaction, person: PersonId) -> bool:
    """Tell whether no message ever came to a person: he comes in, and is not back."""
    return not await tx.find(OutboxMessage, {"person": person, "state": Delivery.SENT})


async def _owe(tx: Transaction, row: OutboxMessage) -> None:
    if await tx.get(OutboxMessage, row.key) is None:
        await tx.add(row)
