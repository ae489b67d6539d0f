"""What a person's next words belong to: one way in and one way out, under one lock.

Whoever asks for words enters; whoever has taken them, or asks for nothing any more, leaves. Who
turns to something else meanwhile, by a command or another button, rests: his words are questions
again, and what the dialog has gathered waits for its own buttons.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zlib import crc32

from records.ids import PersonId, new_id
from records.model import Answer, Focus
from records.store import Store, Transaction


def lock(holder: PersonId) -> str:
    """Name the lock of a focus: a transaction that enters, rests or leaves holds it."""
    return f"focus:{holder}"


# --- inside a transaction that holds the lock ------------------------------------------------


async def enter(tx: Transaction, focus: Focus) -> Focus:
    """Let the holder's next words belong to this, whatever they belonged to before."""
    await tx.put(focus)
    return focus


async def leave(
    tx: Transaction, holder: PersonId, *topics: str, subject: str | None = None
) -> None:
    """Forget what the holder is at, if it is one of these topics (none: any), and of `subject`."""
    held = await at(tx, holder, *topics)
    if held is not None and subject in (None, held.subject):
        await tx.remove(Focus, holder)


async def at(tx: Transaction, holder: PersonId, *topics: str) -> Focus | None:
    """Return what the holder is at, listening or resting, if it is one of these topics (none: any).

    Reading needs no lock.
    """
    held = await tx.get(Focus, holder)
    return held if held is not None and (not topics or held.topic in topics) else None


# --- which it is -----------------------------------------------------------------------------


def same(one: Focus, other: Focus) -> bool:
    """Tell whether two are about the same thing."""
    return (one.topic, one.subject) == (other.topic, other.subject)


def mark(held: Focus) -> str:
    """Return by what a button knows it again: 8 hexadecimal digits of what it is about and when."""
    told = f"{held.topic} {held.subject} {held.since.isoformat()}"
    return f"{crc32(told.encode()):08x}"


# --- as a transaction of its own -------------------------------------------------------------


async def listen(store: Store, focus: Focus) -> Focus:
    """Enter."""
    async with store.begin(lock(focus.id)) as tx:
        return await enter(tx, focus)


async def stop(store: Store, holder: PersonId, *topics: str, subject: str | None = None) -> None:
    """Leave."""
    async with store.begin(lock(holder)) as tx:
        await leave(tx, holder, *topics, subject=subject)


async def rest(store: Store, holder: PersonId) -> Focus | None:
    """Let the holder's words belong to nothing, until something asks for them again.

    Returns what they belonged to; None where they belonged to nothing before.
    """
    if await heard(store, holder) is None:
        return None
    async with store.begin(lock(holder)) as tx:
        held = await at(tx, holder)
        if held is None or not held.listens:
            return None
        await tx.put(replace(held, listens=False))
        return held


async def take_up(store: Store, holder: PersonId, wanted: str) -> Focus | None:
    """Listen again for what rests under this mark; None where something else took its place."""
    async with store.begin(lock(holder)) as tx:
        held = await at(tx, holder)
        if held is None or mark(held) != wanted:
            return None
        return await enter(tx, replace(held, listens=True))


async def shown_late(store: Store, holder: PersonId, at: datetime) -> None:
    """Note that the question came late: what was written before `at` is no answer to it."""
    held = await heard(store, holder)
    if held is None or held.shown is not None:
        return
    async with store.begin(lock(holder)) as tx:
        if await tx.get(Focus, holder) == held:
            await tx.put(replace(held, shown=at))


async def heard(store: Store, holder: PersonId) -> Focus | None:
    """Return what the holder's next words belong to; None: they are a question."""
    held = await kept(store, holder)
    return held if held is not None and held.listens else None


async def kept(store: Store, holder: PersonId, *topics: str) -> Focus | None:
    """Return what the holder is at, listening or resting, if it is one of these topics."""
    async with store.begin() as tx:
        return await at(tx, holder, *topics)


# --- words that may not be meant for it ------------------------------------------------------

_DOUBTED: Final = "doubted"
"""The fact that keeps such words: a mark, the number of their message, the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """Words that came while something waited for words, and may have been meant otherwise."""

    held: Focus
    """What waited."""
    order: int
    """Number of the message that brought them."""
    text: str


async def doubt(store: Store, held: Focus, order: int, text: str) -> str:
    """Keep words until their holder says what they are; return the mark of his choice.

    Other words that come instead are taken as ever, and the choice lapses. The same message taken
    again after a restart keeps its mark, so that either question about it can be answered.
    """
    told = texts_of(held, _DOUBTED)
    chosen = told[0] if told[1:] == (str(order), text) else new_id()
    facts = {**held.facts, _DOUBTED: (chosen, str(order), text)}
    await listen(store, replace(held, facts=facts))
    return chosen


def doubted_in(held: Focus | None) -> int | None:
    """Return the number of the message whose words are in doubt; None where none are."""
    told = () if held is None else texts_of(held, _DOUBTED)
    return int(told[1]) if len(told) == 3 else None


async def settle(store: Store, holder: PersonId, chosen: str) -> Doubted | None:
    """Forget the doubt of this mark and return its words; None where it has lapsed."""
    async with store.begin(lock(holder)) as tx:
        held = await at(tx, holder)
        told = () if held is None else texts_of(held, _DOUBTED)
        if held is None or len(told) != 3 or told[0] != chosen:
            return None
        facts = {name: fact for name, fact in held.facts.items() if name != _DOUBTED}
        plain = await enter(tx, replace(held, facts=facts))
        return Doubted(held=plain, order=int(told[1]), text=told[2])


# --- what was gathered -----------------------------------------------------------------------


def text_of(focus: Focus, name: str) -> str:
    """Return a fact that is a text; "" where it is none."""
    told = focus.facts.get(name)
    return told if isinstance(told, str) else ""


def texts_of(focus: Focus, name: str) -> tuple[str, ...]:
    """Return a fact that is a list of texts."""
    told: Answer | list[str] = focus.facts.get(name)
    return tuple(told) if isinstance(told, tuple | list) else ()


def number_of(focus: Focus, name: str) -> int:
    """Return a fact that is a number; 0 where it is none."""
    told = focus.facts.get(name)
    return told if isinstance(told, int) else 0
