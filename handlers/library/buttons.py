"""The buttons of the library: documents, clauses, results, judgements."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class OpenDocuments(CallbackData):
    """Show a page of the list of documents; `anew` 1: in a new message, 0: in place."""

    letters: ClassVar = "l"
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenDocument(CallbackData):
    """Show a document's head and a page of its clauses."""

    letters: ClassVar = "d"
    document: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenClause(CallbackData):
    """Show a page of a clause's whole text."""

    letters: ClassVar = "c"
    document: str
    clause: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenRelated(CallbackData):
    """Show what a document cites and what cites it."""

    letters: ClassVar = "r"
    document: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class MoreResults(CallbackData):
    """Show a page of what else answers a question; page 0 is the answer itself."""

    letters: ClassVar = "m"
    question: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class AskOf(CallbackData):
    """Ask a question again, of one document that the asker chose."""

    letters: ClassVar = "a"
    question: str
    document: str


@dataclass(frozen=True, slots=True)
class Judge(CallbackData):
    """Say whether an answer was of use: 1 or 0."""

    letters: ClassVar = "j"
    question: str
    useful: int
