"""What an admin's or a stranger's next words are for: kept as a focus, forgotten when done."""

from collections.abc import Mapping
from datetime import datetime

from records.ids import PersonId
from records.model import Answer, Focus
from records.store import Store


async def listen(
    store: Store,
    holder: PersonId,
    topic: str,
    subject: str,
    now: datetime,
    facts: Mapping[str, Answer] | None = None,
) -> Focus:
    """Let the next words of `holder` belong to `topic`, and return that."""
    focus = Focus(id=holder, topic=topic, subject=subject, since=now, facts=facts or {})
    async with store.begin(f"focus:{holder}") as tx:
        await tx.put(focus)
    return focus


async def heard(store: Store, holder: PersonId, *topics: str) -> Focus | None:
    """Return what one of these topics waits for, if it is what `holder` is at."""
    async with store.begin() as tx:
        focus = await tx.get(Focus, holder)
    return focus if focus is not None and focus.topic in topics else None


async def leave(store: Store, holder: PersonId, *topics: str) -> None:
    """Wait for no words of these topics any more; others wait on."""
    async with store.begin(f"focus:{holder}") as tx:
        focus = await tx.get(Focus, holder)
        if focus is not None and focus.topic in topics:
            await tx.remove(Focus, holder)


def texts_of(focus: Focus, name: str) -> tuple[str, ...]:
    """Return a fact that is a list of texts."""
    held = focus.facts.get(name)
    return tuple(held) if isinstance(held, tuple | list) else ()


def text_of(focus: Focus, name: str) -> str:
    """Return a fact that is a text; "" where it is none."""
    held = focus.facts.get(name)
    return held if isinstance(held, str) else ""
