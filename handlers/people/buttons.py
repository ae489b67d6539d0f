"""The buttons of people and of tables of them, under letters that begin with g."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class OpenPeople(CallbackData):
    """Show a page of the people found."""

    letters: ClassVar = "gp"
    page: int


@dataclass(frozen=True, slots=True)
class OpenPerson(CallbackData):
    """Show a person."""

    letters: ClassVar = "gpo"
    person: str


@dataclass(frozen=True, slots=True)
class GiveRole(CallbackData):
    """Give a person a role; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "gpr"
    person: str
    role: int
    sure: int


@dataclass(frozen=True, slots=True)
class SetActive(CallbackData):
    """End a person's access (`active` 0) or give it back; `sure` as in GiveRole."""

    letters: ClassVar = "gpa"
    person: str
    active: int
    sure: int


@dataclass(frozen=True, slots=True)
class AskPerson(CallbackData):
    """Ask for words about a person; `what` is the place of a PersonWord."""

    letters: ClassVar = "gpw"
    person: str
    what: int


@dataclass(frozen=True, slots=True)
class TakeDeputy(CallbackData):
    """Choose among the deputies that the typed name may mean."""

    letters: ClassVar = "gpd"
    person: str
    deputy: str


@dataclass(frozen=True, slots=True)
class EndDeputies(CallbackData):
    """Let nobody stand in for a person any more."""

    letters: ClassVar = "gpe"
    person: str


@dataclass(frozen=True, slots=True)
class AskTable(CallbackData):
    """Wait for a table; `kind` 0: of people, 1: of units."""

    letters: ClassVar = "gs"
    kind: int


@dataclass(frozen=True, slots=True)
class GetTemplate(CallbackData):
    """Hand out the template of a table."""

    letters: ClassVar = "gst"
    kind: int


@dataclass(frozen=True, slots=True)
class TakeTable(CallbackData):
    """Take the table that was previewed."""

    letters: ClassVar = "gsy"
    kind: int


@dataclass(frozen=True, slots=True)
class LeaveTable(CallbackData):
    """Wait for no table."""

    letters: ClassVar = "gsx"
