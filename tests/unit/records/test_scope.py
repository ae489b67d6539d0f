"""What a conversation is about is kept per person and chat, and forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

from records.ids import PersonId
from records.model import Scope
from records.scope import REMEMBERED, remember, scope_id, spoken_of
from records.store import Store
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 28, 9, tzinfo=ZONE)


async def test_it_is_forgotten_after_half_an_hour(store: Store) -> None:
    """Up to then it is what the next words are about; elsewhere nothing is."""
    key = scope_id(PersonId("lan"), 7)
    held = Scope(id=key, at=NOW, said="hạn khi nào", intent="due", tasks=("t",))
    await remember(store, held)
    assert await spoken_of(store, key, NOW + REMEMBERED) == held
    assert await spoken_of(store, key, NOW + REMEMBERED + timedelta(seconds=1)) is None
    assert await spoken_of(store, scope_id(PersonId("lan"), 8), NOW) is None


async def test_a_new_subject_takes_its_place(store: Store) -> None:
    """Nothing of the old one is left."""
    held = Scope(id="lan:7", at=NOW, said="hạn khi nào", intent="due", tasks=("t",))
    await remember(store, held)
    await remember(store, replace(held, said="ai ký", intent=None, tasks=(), file="a.md"))
    found = await spoken_of(store, "lan:7", NOW)
    assert found is not None
    assert (found.tasks, found.file) == ((), "a.md")
