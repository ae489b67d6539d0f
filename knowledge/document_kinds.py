"""The kinds of documents and the bodies that number them, as the vocabulary file lists them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, TypedDict

import yaml

from vietnamese.text import comparable, fold

_FILE: Final = "document_kinds.yaml"


class Series(StrEnum):
    """Which of the two numbering rules a document follows.

    State: `33/CT-TTg` (Nghị định 30/2020/NĐ-CP). Party: `33-CT/TU` (Hướng dẫn 36-HD/VPTW).
    """

    STATE = "state"
    PARTY = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A kind of document: its name, its symbols in printed numbers, what officers type for it."""

    name: str
    symbols: tuple[str, ...]
    typed: tuple[str, ...]
    series: frozenset[Series]


class _KindRow(TypedDict, total=False):
    name: str
    symbols: list[str]
    typed: list[str]
    series: list[str]


class _IssuerRow(TypedDict):
    symbols: list[str]
    names: list[str]


class _Table(TypedDict):
    kinds: list[_KindRow]
    unlettered: list[str]
    not_kinds: list[str]
    counted: list[str]
    few: list[str]
    places: list[str]
    issuers: list[_IssuerRow]


@cache
def _table() -> _Table:
    """Read the vocabulary file once."""
    text = (files("knowledge") / "vocabulary" / _FILE).read_text(encoding="utf-8")
    table: _Table = yaml.load(text, Loader=yaml.CSafeLoader)
    return table


@cache
def document_kinds() -> tuple[DocumentKind, ...]:
    """List every kind that the vocabulary names."""
    return tuple(
        DocumentKind(
            name=comparable(row["name"]),
            symbols=tuple(row["symbols"]),
            typed=tuple(row.get("typed", [])),
            series=frozenset(Series(name) for name in row["series"]),
        )
        for row in _table()["kinds"]
    )


@cache
def kind_symbols() -> dict[str, str]:
    """Map each kind's symbol in capitals to its printed form: "QĐI" to "QĐi"."""
    return {symbol.upper(): symbol for kind in document_kinds() for symbol in kind.symbols}


@cache
def unlettered_kinds() -> frozenset[str]:
    """Name the kinds, folded, whose numbers bear the issuer alone: 13/2008/QH12."""
    return frozenset(fold(name) for name in _table()["unlettered"])


@cache
def near_kinds() -> frozenset[str]:
    """Name the everyday phrases, folded, that look like a misspelt kind and are none."""
    return frozenset(fold(name) for name in _table()["not_kinds"])


@cache
def counted_things() -> frozenset[str]:
    """Name what follows a count, folded: a number before it numbers no document."""
    return frozenset(fold(name) for name in _table()["counted"])


@cache
def things_in_small_number() -> frozenset[str]:
    """Name what only a small number counts, folded."""
    return frozenset(fold(name) for name in _table()["few"])


@cache
def numbered_places() -> frozenset[str]:
    """Name what a document's own parts are called, folded: "mẫu số 2" is no document."""
    return frozenset(fold(name) for name in _table()["places"])


@cache
def issuer_names() -> dict[str, tuple[str, ...]]:
    """Map each name of an issuing body, folded, to the symbols it uses."""
    return {
        fold(name): tuple(row["symbols"]) for row in _table()["issuers"] for name in row["names"]
    }


@cache
def issuer_symbols() -> dict[str, str]:
    """Map each issuing body's symbol, folded, to its printed form: "ttg" to "TTg"."""
    return {fold(symbol): symbol for row in _table()["issuers"] for symbol in row["symbols"]}
