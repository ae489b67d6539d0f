"""The buttons of the registry of documents, under letters that begin with f."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData, StaleButton
from knowledge.library.corrections import Field


@dataclass(frozen=True, slots=True)
class OpenRegistry(CallbackData):
    """Show what can be done, and wait for files."""

    letters: ClassVar = "fa"


@dataclass(frozen=True, slots=True)
class TakeLoose(CallbackData):
    """Take files that came unasked, kept under a mark, into the library; `message` brought them."""

    letters: ClassVar = "ft"
    mark: str
    message: str


@dataclass(frozen=True, slots=True)
class ListHeld(CallbackData):
    """Show a page of the documents that are the office's own."""

    letters: ClassVar = "fl"
    page: int


@dataclass(frozen=True, slots=True)
class OpenHeld(CallbackData):
    """Show what can be done with a document."""

    letters: ClassVar = "fo"
    document: str


@dataclass(frozen=True, slots=True)
class OpenArrival(CallbackData):
    """Show a file that waits."""

    letters: ClassVar = "fp"
    arrival: str


@dataclass(frozen=True, slots=True)
class ListDuties(CallbackData):
    """Show a page of the duties that were read."""

    letters: ClassVar = "fd"
    arrival: str
    page: int


@dataclass(frozen=True, slots=True)
class CorrectField(CallbackData):
    """Ask for another value of a field; `field` is its place."""

    letters: ClassVar = "fc"
    arrival: str
    field: int


@dataclass(frozen=True, slots=True)
class ClearField(CallbackData):
    """Say that the document does not state this."""

    letters: ClassVar = "fe"
    arrival: str
    field: int


@dataclass(frozen=True, slots=True)
class Publish(CallbackData):
    """Publish a file that waits, in the place of a document or (`-`) beside the others."""

    letters: ClassVar = "fb"
    arrival: str
    document: str


@dataclass(frozen=True, slots=True)
class Drop(CallbackData):
    """Forget a file that waits."""

    letters: ClassVar = "fx"
    arrival: str


@dataclass(frozen=True, slots=True)
class GetOriginal(CallbackData):
    """Send the file of a document as it came."""

    letters: ClassVar = "fg"
    document: str


@dataclass(frozen=True, slots=True)
class EditHeader(CallbackData):
    """Begin to correct what a published document's header says."""

    letters: ClassVar = "fh"
    document: str


@dataclass(frozen=True, slots=True)
class Withdraw(CallbackData):
    """Take a document out of the library; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "fw"
    document: str
    sure: int


@dataclass(frozen=True, slots=True)
class ListVersions(CallbackData):
    """Show what stood in the place of a document before."""

    letters: ClassVar = "fv"
    document: str


@dataclass(frozen=True, slots=True)
class Compare(CallbackData):
    """Show a page of the clauses in which a version differs from what stands now."""

    letters: ClassVar = "fk"
    document: str
    version: str
    page: int


@dataclass(frozen=True, slots=True)
class Restore(CallbackData):
    """Publish a version again, in the place of a document or (`-`) beside the others."""

    letters: ClassVar = "fr"
    version: str
    document: str


@dataclass(frozen=True, slots=True)
class ListWithdrawn(CallbackData):
    """Show what was withdrawn."""

    letters: ClassVar = "fy"


FIELDS: Final = tuple(Field)
"""In the order of their places in buttons: a new one comes last."""


def field_at(number: int) -> Field:
    """Return the field of that place; raises StaleButton if there is none."""
    if number >= len(FIELDS):
        raise StaleButton
    return FIELDS[number]
