"""What is taken from what was spoken of before, for which intent, and how it is called."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeGuard

from records.model import Scope
from records.period_words import Span
from services.intents.values import Around, Intent, Known, Meaning, Meant, Named

WORK: Final = frozenset({"tasks", "span", "past"})
UNITS: Final = frozenset({"units", "tasks", "span", "past", "kinds"})
FIGURES: Final = frozenset({"units", "figures", "span", "past", "kinds"})
ABOUT_A_DOCUMENT: Final = frozenset({Intent.MINE, Intent.UNREAD})
"""Intents about a document: the one quoted last, where none is named."""
NOTHING: Final = frozenset[str]()

RELEVANT: Final[Mapping[Intent, frozenset[str]]] = dict.fromkeys(Intent, NOTHING) | {
    Intent.OWED: WORK,
    Intent.LATE: WORK,
    Intent.DUE: frozenset({"tasks"}),
    Intent.SENT: WORK,
    Intent.REVIEW: WORK,
    Intent.RETURNED: WORK,
    Intent.EXTEND: frozenset({"tasks"}),
    Intent.UNREPORTED: UNITS,
    Intent.SLOWEST: UNITS,
    Intent.UNIT: UNITS,
    Intent.TOTAL: FIGURES,
    Intent.MOST: FIGURES,
    Intent.OBSTACLES: frozenset({"units"}),
    Intent.MODELS: frozenset({"units"}),
    Intent.PEOPLE: frozenset({"units", "people"}),
    Intent.UNREAD: frozenset({"documents"}),
    Intent.MINE: frozenset({"documents"}),
}
"""The parts of what was named that an intent looks at."""


LISTING: Final = frozenset({Intent.UNREPORTED, Intent.SLOWEST, Intent.TOTAL, Intent.MOST})
"""Intents that list units: what follows may speak of those."""

OF_ONESELF: Final = frozenset(
    {
        Intent.OWED,
        Intent.LATE,
        Intent.DUE,
        Intent.SENT,
        Intent.REVIEW,
        Intent.RETURNED,
        Intent.EXTEND,
    }
)
"""Intents of one's own reports: what follows need not say whose."""


def before_of(held: Scope) -> Named:
    """Return what was named before."""
    span = None
    if held.first is not None and held.last is not None:
        span = Span(first=held.first, last=held.last, key=held.period)
    return Named(
        units=held.units,
        people=held.people,
        tasks=held.tasks,
        figures=held.figures,
        documents=() if held.file is None else (held.file,),
        span=span,
        past=span,
    )


def after(said: Named, held: Scope, relevant: frozenset[str]) -> Named:
    """Return what is named, and of what was named before what the intent looks at.

    Another person is of another unit, and the other way round.
    """
    before = before_of(held)
    taken = {
        name: getattr(before, name)
        for name in relevant
        if not getattr(said, name)
        and not (name == "people" and said.units)
        and not (name == "units" and said.people)
    }
    return replace(said, **taken)


def names_of(named: Named, said: Named, known: Around) -> tuple[str, ...]:
    """Return how what was taken from before is called."""
    groups: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[Known, ...]], ...] = (
        (named.units, said.units, tuple(known.units)),
        (named.people, said.people, tuple(known.people)),
        (named.figures, said.figures, tuple(known.figures)),
        (named.tasks, said.tasks, tuple(known.tasks)),
    )
    found: list[str] = []
    for taken, own, every in groups:
        if taken and not own:
            found += [one.names[0] for one in every if one.id in taken]
    return tuple(dict.fromkeys(found))


def lacks_document(meaning: Meaning) -> TypeGuard[Meant]:
    """Tell whether a document is spoken of and none is named."""
    return (
        isinstance(meaning, Meant)
        and meaning.intent in ABOUT_A_DOCUMENT
        and not meaning.named.documents
    )
