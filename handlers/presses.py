"""What a button means, and its one encoding as callback data.

A keyboard stays tappable for months, so a press carries all it needs: documents, clauses and
questions are named by short ids that a restart does not change. What an older version wrote, what
somebody forged and what names a thing that is gone all end as `StaleButton`.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

VERSION: Final = "1"
"""Raised when the meaning of an action or its fields changes; older buttons are then stale."""

MAX_BYTES: Final = 64
"""Bot API, InlineKeyboardButton.callback_data."""

_ID: Final = re.compile(r"[a-z0-9-]{1,24}")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,5}")


class StaleButton(Exception):  # noqa: N818 - a normal case, not an error
    """A button that no longer means anything: old, foreign, or its subject is gone."""


@dataclass(frozen=True, slots=True)
class OpenDocuments:
    """Show a page of the list of documents; `anew` 1: in a new message, 0: in place."""

    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Show a document's head and a page of its clauses."""

    document: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenClause:
    """Show a page of a clause's whole text."""

    document: str
    clause: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenRelated:
    """Show what a document cites and what cites it."""

    document: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class MoreResults:
    """Show a page of what else answers a question; page 0 is the answer itself."""

    question: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class AskOf:
    """Ask a question again, of one document that the asker chose."""

    question: str
    document: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Say whether an answer was of use: 1 or 0."""

    question: str
    useful: int


Press = OpenDocuments | OpenDocument | OpenClause | OpenRelated | MoreResults | AskOf | Judge

_KINDS: Final[dict[str, type[Press]]] = {
    "l": OpenDocuments,
    "d": OpenDocument,
    "c": OpenClause,
    "r": OpenRelated,
    "m": MoreResults,
    "a": AskOf,
    "j": Judge,
}
_LETTERS: Final = {kind: letter for letter, kind in _KINDS.items()}


def encode(press: Press) -> str:
    """Return the callback data of `press`; ValueError if a value does not fit."""
    parts = [str(getattr(press, field.name)) for field in fields(press)]
    data = ":".join([VERSION, _LETTERS[type(press)], *parts])
    if _decode(data) != press:
        raise ValueError(f"not encodable: {press}")
    return data


def decode(data: str) -> Press:
    """Return what the button meant; StaleButton if it means nothing now."""
    press = _decode(data)
    if press is None:
        raise StaleButton
    return press


def _decode(data: str) -> Press | None:
    version, _, rest = data.partition(":")
    letter, _, tail = rest.partition(":")
    kind = _KINDS.get(letter)
    if version != VERSION or kind is None or len(data.encode("utf-8", "replace")) > MAX_BYTES:
        return None
    parts = tail.split(":")
    wanted = fields(kind)
    if len(parts) != len(wanted):
        return None
    values: list[str | int] = []
    for field, part in zip(wanted, parts, strict=True):
        shape = _COUNT if field.type is int else _ID
        if not shape.fullmatch(part) or not part.isascii():
            return None
        values.append(int(part) if field.type is int else part)
    build: Callable[..., Press] = kind
    return build(*values)


def document_id(file: str) -> str:
    """Return the short id of a library file; 48 bits, so that 10,000 files do not collide."""
    return hashlib.blake2s(file.encode(), digest_size=6).hexdigest()


def clause_id(path: str) -> str:
    """Return the short id of a clause within its document; 32 bits."""
    return hashlib.blake2s(path.encode(), digest_size=4).hexdigest()
