"""The hours of one's own: when to be reminded, when not, and which digests one takes."""

from dataclasses import replace
from typing import Final

from records.ids import PersonId
from records.model import Preference
from records.store import Store

HOURS: Final = (
    "reminder_hour",
    "quiet_from",
    "quiet_to",
    "digest_hour",
    "weekly_digest_day",
)
"""Fields of a Preference that are changed by one; buttons name one by its place."""

_FIRST_AND_MANY: Final = {"weekly_digest_day": (1, 7)}
"""The first value of a field and how many it has; of others hours from 0 to 23."""


async def preference_of(store: Store, person: PersonId) -> Preference:
    """Return what a person has set, or what is usual."""
    async with store.begin() as tx:
        return await tx.get(Preference, person) or Preference(id=person)


async def turn_hour(store: Store, person: PersonId, name: str, step: int) -> Preference:
    """Set a field of `HOURS` a step later or earlier; after the last comes the first."""
    first, many = _FIRST_AND_MANY.get(name, (0, 24))
    async with store.begin(f"person:{person}") as tx:
        own = await tx.get(Preference, person) or Preference(id=person)
        value = (getattr(own, name) - first + step) % many + first
        changed = replace(own, **{name: value})
        await tx.put(changed)
        return changed


async def take_daily(store: Store, person: PersonId, *, taken: bool) -> Preference:
    """Take the daily digest, or do without it."""
    async with store.begin(f"person:{person}") as tx:
        own = await tx.get(Preference, person) or Preference(id=person)
        changed = replace(own, daily_digest=taken)
        await tx.put(changed)
        return changed
