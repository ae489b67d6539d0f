"""The buttons of units, under letters that begin with g: chosen, changed, taken over."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class BrowseUnits(CallbackData):
    """Show the units below one, to choose from; `purpose` is what the choice is for."""

    letters: ClassVar = "gb"
    purpose: str
    ref: str
    unit: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class TakeUnit(CallbackData):
    """Choose a unit."""

    letters: ClassVar = "gu"
    purpose: str
    ref: str
    unit: str


@dataclass(frozen=True, slots=True)
class OpenUnit(CallbackData):
    """Show a unit and a page of those below it."""

    letters: ClassVar = "go"
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskUnit(CallbackData):
    """Ask for words about a unit; `what` is the place of a UnitWord."""

    letters: ClassVar = "gow"
    unit: str
    what: int


@dataclass(frozen=True, slots=True)
class EndUnit(CallbackData):
    """End a unit; `sure` as in GiveRole."""

    letters: ClassVar = "goe"
    unit: str
    sure: int


@dataclass(frozen=True, slots=True)
class BeginTakeover(CallbackData):
    """Begin to say who takes over from a unit, or from bodies without a record."""

    letters: ClassVar = "gk"
    unit: str


@dataclass(frozen=True, slots=True)
class ShowTakeover(CallbackData):
    """Show what was said so far of a takeover."""

    letters: ClassVar = "gks"


@dataclass(frozen=True, slots=True)
class AskTakeover(CallbackData):
    """Ask for words of a takeover; `what` 0: former names, 1: basis and day."""

    letters: ClassVar = "gkw"
    what: int


@dataclass(frozen=True, slots=True)
class ConfirmTakeover(CallbackData):
    """Let the takeover be."""

    letters: ClassVar = "gky"


@dataclass(frozen=True, slots=True)
class LeaveTakeover(CallbackData):
    """Forget the takeover that was begun."""

    letters: ClassVar = "gkx"


@dataclass(frozen=True, slots=True)
class OpenSuccessions(CallbackData):
    """Show a page of who took over from whom."""

    letters: ClassVar = "gc"
    page: int


@dataclass(frozen=True, slots=True)
class OpenSuccession(CallbackData):
    """Show one succession."""

    letters: ClassVar = "gco"
    succession: str


@dataclass(frozen=True, slots=True)
class ConfirmSuccession(CallbackData):
    """Confirm a stated succession."""

    letters: ClassVar = "gcy"
    succession: str


@dataclass(frozen=True, slots=True)
class DropSuccession(CallbackData):
    """Take a succession back."""

    letters: ClassVar = "gcx"
    succession: str
