"""What a conversation is about, so that the next words may leave it unsaid: kept for half an hour.

One a person and chat. A new subject takes its place; the same person elsewhere knows nothing of it.
"""

from datetime import datetime, timedelta
from typing import Final

from records.ids import PersonId
from records.model import Scope
from records.store import Store

REMEMBERED: Final = timedelta(minutes=30)
"""How long what was said last is what the next words are about."""


def scope_id(person: PersonId, chat: int) -> str:
    """Return under what a scope is kept."""
    return f"{person}:{chat}"


async def spoken_of(store: Store, key: str, now: datetime) -> Scope | None:
    """Return what was spoken of last; None where that was too long ago."""
    async with store.begin() as tx:
        held = await tx.get(Scope, key)
    return held if held is not None and now - held.at <= REMEMBERED else None


async def remember(store: Store, scope: Scope) -> None:
    """Let this be what the next words are about."""
    async with store.begin(f"scope:{scope.id}") as tx:
        await tx.put(scope)
