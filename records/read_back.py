"""What was understood of somebody's words, kept until he says that it is right.

The focus stays what it was: what he types instead of tapping is read anew. A mark tells the offer
from an earlier one, whose buttons then mean nothing.
"""

from dataclasses import replace
from typing import Final

from records.focus import enter, kept, lock, text_of
from records.ids import PersonId, new_id
from records.model import Focus
from records.store import Store

MARK: Final = "read_back"
"""The fact of a focus that says which offer waits for an answer."""


async def offer(store: Store, focus: Focus) -> str:
    """Keep what was understood, in the focus's facts, and return the offer's mark."""
    mark = new_id()
    async with store.begin(lock(focus.id)) as tx:
        await enter(tx, replace(focus, facts={**focus.facts, MARK: mark}))
    return mark


async def offered(store: Store, holder: PersonId, mark: str) -> Focus | None:
    """Return what waits for an answer under this mark; None where it waits no more."""
    focus = await kept(store, holder)
    return focus if focus is not None and text_of(focus, MARK) == mark else None


async def say_again(store: Store, holder: PersonId, mark: str) -> bool:
    """Forget what was understood and wait for other words; tell whether anything waited."""
    focus = await offered(store, holder, mark)
    if focus is None:
        return False
    facts = {name: fact for name, fact in focus.facts.items() if name != MARK}
    async with store.begin(lock(holder)) as tx:
        await enter(tx, replace(focus, facts=facts, listens=True))
    return True
