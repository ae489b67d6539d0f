"""What came in: kept before its channel is told so, handled once, and known again for two days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from records.model import Incoming
from records.refusals import AlreadyThere
from records.store import Store

KNOWN_DAYS: Final = 2
"""Days for which an update is known again: Telegram gives up repeating one after a day (Bot API,
"Getting updates")."""

LOCK: Final = "incoming"
"""Held by who takes updates: the same one may come to two at once."""

LOOKED_BACK: Final = 30
"""Days before those that are looked through for what can be forgotten: a process may be down."""


def seat(holder: str) -> str:
    """Name what a living process leads in: who can take it over finds the process gone."""
    return f"incoming:{holder}"


async def keep(store: Store, updates: Iterable[Incoming]) -> list[Incoming]:
    """Keep updates, all or none, and return those that nobody has had before."""
    fresh = []
    async with store.begin(LOCK) as tx:
        for one in sorted(updates, key=number):
            try:
                await tx.add(one)
            except AlreadyThere:
                continue
            fresh.append(one)
    return fresh


async def settle(store: Store, updates: Iterable[Incoming]) -> None:
    """Note that updates are handled; what they said is forgotten."""
    async with store.begin() as tx:
        for one in updates:
            await tx.put(replace(one, content="", handled=True))


async def take_over(store: Store, holder: str) -> list[Incoming]:
    """Take what a process had that is gone, in the order in which it came."""
    async with store.begin() as tx:
        left = await tx.find(Incoming, {"handled": False})
    gone = [one for one in {one.holder for one in left} - {holder} if await store.lead(seat(one))]
    taken = []
    async with store.begin(LOCK) as tx:
        for one in sorted(left, key=number):
            held = await tx.get(Incoming, one.id)
            if one.holder in gone and held == one:
                mine = replace(one, holder=holder, tries=one.tries + 1)
                await tx.put(mine)
                taken.append(mine)
    return taken


async def forget(store: Store, now: datetime) -> None:
    """Forget handled updates that nobody will repeat."""
    last = now.astimezone(UTC) - timedelta(days=KNOWN_DAYS + 1)
    days = [f"{last - timedelta(days=back):%Y-%m-%d}" for back in range(LOOKED_BACK)]
    async with store.begin() as tx:
        for day in days:
            for one in await tx.find(Incoming, {"day": day}):
                if one.handled:
                    await tx.remove(Incoming, one.id)


def number(update: Incoming) -> int:
    """Return the number that its channel gave an update."""
    return int(update.id.rpartition(":")[2])
