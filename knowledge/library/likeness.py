"""Which documents of the library a new file may be, and in what two versions of one differ."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.library.official import same_day, same_issuer, same_number
from knowledge.model import Directive
from vietnamese.text import fold

ALIKE: Final = 0.6
"""Share of the smaller text's runs of words from which two texts are asked about as one."""

_RUN: Final = 5
"""Words of a run: two plans on one subject share hardly any run of five by chance."""

_WORD: Final = re.compile(r"\w+")


class Why(StrEnum):
    """Why a document of the library may be the one that came."""

    NUMBER = "number"
    """Number, issuer and date agree as far as they are known."""
    TEXT = "text"
    """The texts are nearly the same, whatever the headers say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A document of the library that may be the one that came."""

    directive: Directive
    why: Why
    share: float
    """Of the smaller text's runs of words that the other has."""


class Change(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A clause that differs between two versions; `old` or `new` is "" where there is none."""

    clause: str
    change: Change
    old: str
    new: str


def twins(
    directive: Directive, documents: Iterable[Directive], near: Collection[str]
) -> tuple[Twin, ...]:
    """Return the documents that may be this one, the likeliest first.

    Texts are compared with those of the files `near`, which a search found. A digest is no version
    of what it summarises: it steps back by itself.
    """
    runs, found = _runs(directive), list[Twin]()
    for one in documents:
        same = _same_number(directive, one)
        if one.digest_of is not None or not (same or one.file in near):
            continue
        share = _share(runs, _runs(one))
        if same:
            found.append(Twin(directive=one, why=Why.NUMBER, share=share))
        elif share >= ALIKE:
            found.append(Twin(directive=one, why=Why.TEXT, share=share))
    return tuple(sorted(found, key=lambda one: (one.why is not Why.NUMBER, -one.share)))


def differences(old: Directive, new: Directive) -> Iterator[Difference]:
    """Give the clauses that two versions do not share, in the order of the new one."""
    before, after = _own(old), _own(new)
    for path in _merged(list(before), list(after)):
        said, says = before.get(path), after.get(path)
        if said == says:
            continue
        change = (
            Change.ADDED if said is None else Change.REMOVED if says is None else Change.CHANGED
        )
        yield Difference(clause=path, change=change, old=said or "", new=says or "")


def _same_number(one: Directive, other: Directive) -> bool:
    first, second = one.header, other.header
    return (
        bool(first.number and second.number)
        and same_number(first.number, second.number)
        and same_day(first.date, second.date)
        and same_issuer(first.issuer, second.issuer)
    )


def _runs(directive: Directive) -> frozenset[int]:
    """Return the runs of words of the whole text, hashed."""
    whole = (one.text for one in directive.clauses if "." not in one.path)
    words = [word for text in whole for word in _WORD.findall(fold(text))]
    return frozenset(hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _own(directive: Directive) -> Mapping[str, str]:
    """Return the text of each clause without that of the clauses it contains, by path."""
    texts = {one.path: one.text for one in directive.clauses}
    found = {}
    for path, text in texts.items():
        own = text
        for inner, part in texts.items():
            if inner.startswith(f"{path}."):
                own = own.replace(part, "", 1)
        found[path] = " ".join(own.split())
    return {path: text for path, text in found.items() if text}


def _merged(old: list[str], new: list[str]) -> Iterator[str]:
    """Give the paths of both, those of the old one where they stood."""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from old[a:b] if tag == "equal" else dict.fromkeys((*old[a:b], *new[c:d]))
