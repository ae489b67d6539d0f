"""The buttons of acknowledging, under letters that begin with q."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData, StaleButton
from records.model import Stance


@dataclass(frozen=True, slots=True)
class OpenBroadcasts(CallbackData):
    """Show a page of what was sent out."""

    letters: ClassVar = "ql"
    page: int


@dataclass(frozen=True, slots=True)
class ChooseDocument(CallbackData):
    """Show a page of the documents that can be sent out."""

    letters: ClassVar = "qd"
    page: int


@dataclass(frozen=True, slots=True)
class BeginSending(CallbackData):
    """Begin to choose to whom a document goes."""

    letters: ClassVar = "qs"
    document: str


@dataclass(frozen=True, slots=True)
class ShowScopes(CallbackData):
    """Show again to whom a sending can go."""

    letters: ClassVar = "qh"
    sending: str


@dataclass(frozen=True, slots=True)
class TakeScope(CallbackData):
    """Choose a whole group of units; `scope` is its place among those offered."""

    letters: ClassVar = "qk"
    sending: str
    scope: int


@dataclass(frozen=True, slots=True)
class BrowseUnits(CallbackData):
    """Show the units below one, to choose them one by one; `unit` may be `TOP`, `FOUND`."""

    letters: ClassVar = "qi"
    sending: str
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class ToggleUnit(CallbackData):
    """Take a unit into a sending, or out of it."""

    letters: ClassVar = "qg"
    sending: str
    unit: str


@dataclass(frozen=True, slots=True)
class Preview(CallbackData):
    """Show what would be sent, and a page of which clauses concern whom."""

    letters: ClassVar = "qv"
    sending: str
    page: int


@dataclass(frozen=True, slots=True)
class SendOut(CallbackData):
    """Send a document out as it was previewed."""

    letters: ClassVar = "qw"
    sending: str


@dataclass(frozen=True, slots=True)
class OpenBroadcast(CallbackData):
    """Show how far a sending is, and a page of its units."""

    letters: ClassVar = "qb"
    broadcast: str
    page: int


@dataclass(frozen=True, slots=True)
class OpenMissing(CallbackData):
    """Show a page of who of a unit has not acknowledged."""

    letters: ClassVar = "qn"
    broadcast: str
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class OpenObjections(CallbackData):
    """Show a page of which clauses are said to be not theirs, or asked about."""

    letters: ClassVar = "qj"
    broadcast: str
    page: int


@dataclass(frozen=True, slots=True)
class UrgeReaders(CallbackData):
    """Remind all who have not acknowledged."""

    letters: ClassVar = "qu"
    broadcast: str


@dataclass(frozen=True, slots=True)
class OpenReceived(CallbackData):
    """Show a directive as one received it, with a page of one's own clauses."""

    letters: ClassVar = "qr"
    broadcast: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class Acknowledge(CallbackData):
    """Say that one has read and understood it."""

    letters: ClassVar = "qa"
    broadcast: str


@dataclass(frozen=True, slots=True)
class AcknowledgeListed(CallbackData):
    """Say so from the list of what one has not acknowledged."""

    letters: ClassVar = "qe"
    broadcast: str


@dataclass(frozen=True, slots=True)
class OpenOwn(CallbackData):
    """Show one of the unit's clauses, to say whose it is."""

    letters: ClassVar = "qc"
    broadcast: str
    number: int


@dataclass(frozen=True, slots=True)
class Say(CallbackData):
    """Say whether a clause is one's unit's; `stance` is its place."""

    letters: ClassVar = "qt"
    broadcast: str
    number: int
    stance: int


_STANCES: Final = tuple(Stance)


def stance_number(stance: Stance) -> int:
    """Return the place of a stance, as a button carries it."""
    return _STANCES.index(stance)


def stance_at(number: int) -> Stance:
    """Return the stance of that place; raises StaleButton if there is none."""
    if number >= len(_STANCES):
        raise StaleButton
    return _STANCES[number]
