"""Whom a channel does not reach: noticed, told to those who rely on it, made good on return."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from records.ids import PersonId
from records.model import Delivery, OutboxMessage, Person
from records.obligations.ledger import office_around
from records.obligations.responsible import reviewers
from records.reach import away_since, found, lost
from records.store import Store, Transaction

UNREACHABLE: Final = "unreachable"
"""The message to those who rely on reaching somebody."""

GATHERED: Final = timedelta(minutes=5)
"""Who is found out of reach in such a time of the clock (07:00, 07:05, …) stands in one list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfReach:
    """Somebody whom no channel reaches."""

    name: str
    unit: str


async def tell_those_who_rely(tx: Transaction, person: Person, now: datetime) -> None:
    """Owe the supervisors of an unreachable person, or else the admins, one list in five minutes.

    Whom it names is told when it is sent: `out_of_reach`.
    """
    since = now - timedelta(seconds=now.timestamp() % GATHERED.total_seconds())
    office = await office_around(tx, now, (person.unit,))
    for one in reviewers(office, None, person.unit, (person.id,)).people:
        await _owe(
            tx,
            OutboxMessage(
                key=f"{UNREACHABLE}:{one.id}:{since:%Y%m%d%H%M}",
                person=one.id,
                template=UNREACHABLE,
                facts={"since": since.isoformat()},
                created=now,
                not_before=since + GATHERED,
            ),
        )


async def out_of_reach(store: Store, row: OutboxMessage, now: datetime) -> list[OutOfReach]:
    """Return whom a list tells of: those who rely on its reader and are still out of reach.

    A row of before names its one person itself.
    """
    if "name" in row.facts:
        return [OutOfReach(name=str(row.facts["name"]), unit=str(row.facts["unit"]))]
    since = datetime.fromisoformat(str(row.facts["since"]))
    async with store.begin() as tx:
        lost_then = [
            one
            for one in await tx.find(Person)
            if one.unreachable is not None and since <= one.unreachable < since + GATHERED
        ]
        office = await office_around(tx, now, {one.unit for one in lost_then}, (row.person,))
    found = []
    for one in lost_then:
        told = reviewers(office, None, one.unit, (one.id,)).people
        if any(each.id == row.person for each in told):
            found.append(OutOfReach(name=one.name, unit=office.tree.name(one.unit)))
    return sorted(found, key=lambda one: (one.unit, one.name))


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

    Whom no message ever reached does not come back, he comes: his first `/start` tells him all.
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
        if missed and await _was_reached(tx, person):
            await _owe(
                tx,
                OutboxMessage(
                    key=f"catch-up:{person}:{since:%Y%m%d%H%M%S}",
                    person=person,
                    template="catch_up",
                    facts={"missed": len(missed)},
                    created=now,
                ),
            )
        return True


async def _was_reached(tx: Transaction, person: PersonId) -> bool:
    return bool(await tx.find(OutboxMessage, {"person": person, "state": Delivery.SENT}))


async def _owe(tx: Transaction, row: OutboxMessage) -> None:
    """Owe a row once; of two that find it missing at the same moment either may write it."""
    if await tx.get(OutboxMessage, row.key) is None:
        await tx.put(row)
