"""A file came: it is read, compared with the library and corrected before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from knowledge.catalogue import Cited, cited
from knowledge.library.arrivals import Arrival
from knowledge.library.corrections import Field
from knowledge.library.likeness import Twin, twins
from knowledge.library.official import same_number
from knowledge.model import Directive
from knowledge.refusals import NotInLibrary, SecretDocument
from records.access import Action
from records.actor import acting, require
from records.ids import PersonId, new_id
from services.documents.refusals import DayNotRead, FieldTooLong
from services.documents.registry import Registry
from vietnamese.dates import Prefer, read_date
from vietnamese.text import nfc

SEARCHED: Final = 5
"""Clauses of a new file, the longest, by which documents of the same text are looked for."""

SEARCHED_LETTERS: Final = 300
"""Of each of them: enough to tell a clause."""

FOUND: Final = 4
"""Documents taken from each of these searches."""

MOST_LETTERS: Final = 500
"""Of a corrected field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file that waits, as an admin looks it over."""

    arrival: Arrival
    twins: tuple[Twin, ...]
    """What of the library it may be; the likeliest first."""
    known: tuple[Cited, ...]
    """Documents that it names and the library has."""
    unknown: tuple[Cited, ...]


async def permit(registry: Registry, actor: PersonId, now: datetime) -> None:
    """Raise NotAllowed unless the actor may manage the library."""
    await require(registry.store, actor, Action.MANAGE_LIBRARY, "library", now)


async def permitted(registry: Registry, actor: PersonId, now: datetime) -> bool:
    """Tell whether the actor may manage the library."""
    async with acting(registry.store, actor, now) as act:
        return act.may(Action.MANAGE_LIBRARY, None)


async def receive(
    registry: Registry, actor: PersonId, name: str, content: bytes, now: datetime
) -> Look:
    """Take a file in; raises FileRefused, and keeps nothing of what is refused.

    That somebody sent what bears a secrecy stamp is noted, without name or content.
    """
    await permit(registry, actor, now)
    try:
        arrival = await registry.work(
            lambda: registry.arrivals.receive(new_id(), name, content, now)
        )
    except SecretDocument:
        async with acting(registry.store, actor, now) as act:
            await act.note("document_secret", "library")
        raise
    return await look_at(registry, arrival)


async def look(registry: Registry, actor: PersonId, arrival: str, now: datetime) -> Look:
    """Return a file that waits; raises ArrivalGone."""
    await permit(registry, actor, now)
    return await look_at(registry, await registry.work(lambda: registry.arrivals.get(arrival)))


async def edit(registry: Registry, actor: PersonId, file: str, now: datetime) -> Look:
    """Begin to correct the header of a published file; raises NotInLibrary."""
    await permit(registry, actor, now)
    shelf = registry.shelf
    if not shelf.holds(file):
        raise NotInLibrary(file=file)
    path = shelf.folder / file
    arrival = await registry.work(
        lambda: registry.arrivals.receive(
            new_id(),
            file,
            path.read_bytes(),
            now,
            corrections=shelf.corrections(file),
            edits=file,
        )
    )
    return await look_at(registry, arrival)


async def correct(
    registry: Registry,
    actor: PersonId,
    arrival: str,
    field: Field,
    words: str,
    now: datetime,
) -> Look:
    """Correct a field by words, "" for none; raises DayNotRead, FieldTooLong, ArrivalGone."""
    await permit(registry, actor, now)
    value = _value(field, words, now.date())
    held = await registry.work(lambda: registry.arrivals.correct(arrival, field, value))
    return await look_at(registry, held)


async def drop(registry: Registry, actor: PersonId, arrival: str, now: datetime) -> None:
    """Forget a file that waits."""
    await permit(registry, actor, now)
    await registry.work(lambda: registry.arrivals.drop(arrival))


async def look_at(registry: Registry, arrival: Arrival) -> Look:
    """Compare a file that waits with the library."""
    directive, catalogue = arrival.directive, registry.catalogue()
    near = await _near(registry, directive)
    others = [one for one in catalogue.documents if one.file != arrival.edits]
    found = await registry.work(lambda: twins(directive, others, near))
    numbers = {one.header.number for one in catalogue.documents if one.header.number}
    named = cited(directive)
    known = tuple(one for one in named if _held(one, numbers))
    unknown = tuple(one for one in named if one.number and one not in known)
    return Look(arrival=arrival, twins=found, known=known, unknown=unknown)


def _held(one: Cited, numbers: set[str]) -> bool:
    return one.number is not None and any(same_number(one.number, held) for held in numbers)


async def _near(registry: Registry, directive: Directive) -> frozenset[str]:
    """Return the files that a search finds by the longest clauses of a document."""
    files = set[str]()
    for text in _longest(directive):
        offered = await registry.search(text[:SEARCHED_LETTERS], FOUND)
        files.update(quote.file for quote in offered.quotes)
    return frozenset(files)


def _longest(directive: Directive) -> Sequence[str]:
    inner = [one for one in directive.clauses if "." in one.path] or directive.clauses
    return [one.text for one in sorted(inner, key=lambda one: -len(one.text))[:SEARCHED]]


def _value(field: Field, words: str, today: date) -> str:
    said = " ".join(nfc(words).split())
    if len(said) > MOST_LETTERS:
        raise FieldTooLong(most=MOST_LETTERS)
    if field is not Field.DATE or not said:
        return said
    day = read_date(said, today, Prefer.PAST)
    if day is None or not day.certain or day.day > today:
        raise DayNotRead(said=said)
    return day.day.isoformat()
