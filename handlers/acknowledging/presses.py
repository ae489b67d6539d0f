"""The buttons of acknowledging, under letters that begin with q."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.press import Press, StaleButton
from records.model import Stance


@dataclass(frozen=True, slots=True)
class OpenBroadcasts(Press):
    """Show a page of what was sent out."""

    page: int


@dataclass(frozen=True, slots=True)
class ChooseDocument(Press):
    """Show a page of the documents that can be sent out."""

    page: int


@dataclass(frozen=True, slots=True)
class ChooseScope(Press):
    """Show to whom a document can be sent."""

    document: str


@dataclass(frozen=True, slots=True)
class Preview(Press):
    """Show what would be sent to whom; `scope` is the place of the units' choice."""

    document: str
    scope: int


@dataclass(frozen=True, slots=True)
class SendOut(Press):
    """Send a document out."""

    document: str
    scope: int


@dataclass(frozen=True, slots=True)
class OpenBroadcast(Press):
    """Show how far a sending is."""

    broadcast: str


@dataclass(frozen=True, slots=True)
class UrgeReaders(Press):
    """Remind all who have not acknowledged."""

    broadcast: str


@dataclass(frozen=True, slots=True)
class Acknowledge(Press):
    """Say that one has read and understood it."""

    broadcast: str


@dataclass(frozen=True, slots=True)
class OpenOwn(Press):
    """Show one of the unit's clauses, to say whose it is."""

    broadcast: str
    number: int


@dataclass(frozen=True, slots=True)
class Say(Press):
    """Say whether a clause is one's unit's; `stance` is its place."""

    broadcast: str
    number: int
    stance: int


KINDS: Final[Mapping[str, type[Press]]] = {
    "ql": OpenBroadcasts,
    "qd": ChooseDocument,
    "qs": ChooseScope,
    "qp": Preview,
    "qo": SendOut,
    "qb": OpenBroadcast,
    "qu": UrgeReaders,
    "qa": Acknowledge,
    "qc": OpenOwn,
    "qt": Say,
}

_STANCES: Final = tuple(Stance)


def stance_number(stance: Stance) -> int:
    """Return the place of a stance, as a button carries it."""
    return _STANCES.index(stance)


def stance_at(number: int) -> Stance:
    """Return the stance of that place; raises StaleButton if there is none."""
    if number >= len(_STANCES):
        raise StaleButton
    return _STANCES[number]
