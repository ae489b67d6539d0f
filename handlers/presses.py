"""The buttons of the library: documents, clauses, results, judgements."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class OpenDocuments(Press):
    """Show a page of the list of documents; `anew` 1: in a new message, 0: in place."""

    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenDocument(Press):
    """Show a document's head and a page of its clauses."""

    document: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenClause(Press):
    """Show a page of a clause's whole text."""

    document: str
    clause: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenRelated(Press):
    """Show what a document cites and what cites it."""

    document: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class MoreResults(Press):
    """Show a page of what else answers a question; page 0 is the answer itself."""

    question: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class AskOf(Press):
    """Ask a question again, of one document that the asker chose."""

    question: str
    document: str


@dataclass(frozen=True, slots=True)
class Judge(Press):
    """Say whether an answer was of use: 1 or 0."""

    question: str
    useful: int


KINDS: Final[Mapping[str, type[Press]]] = {
    "l": OpenDocuments,
    "d": OpenDocument,
    "c": OpenClause,
    "r": OpenRelated,
    "m": MoreResults,
    "a": AskOf,
    "j": Judge,
}


def document_id(file: str) -> str:
    """Return the short id of a library file; 48 bits, so that 10,000 files do not collide."""
    return hashlib.blake2s(file.encode(), digest_size=6).hexdigest()


def clause_id(path: str) -> str:
    """Return the short id of a clause within its document; 32 bits."""
    return hashlib.blake2s(path.encode(), digest_size=4).hexdigest()
