"""Parsed directives on disk, one JSON line each, so that an unchanged file is not read again."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import TypeAdapter, ValidationError

from knowledge.edition import edition
from knowledge.model import Directive
from knowledge.refusals import IndexBroken
from knowledge.searching.corpus import starts_of
from knowledge.searching.generations import current, publish

_MAKERS: Final = ("deadline.py", "model.py", "parsing", "reading", "vocabulary")
"""Parts of this room whose change changes what a file is parsed to."""
_SHEET: Final = "sheet.json"
_LINES: Final = "directives.jsonl"


def _edition() -> str:
    return edition(*_MAKERS)


@cache
def _adapter() -> TypeAdapter[Directive]:
    return TypeAdapter(Directive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is known of a document without loading it."""

    file: str
    digest: str
    """Of the file's bytes."""
    parsed: str
    """Of what it was parsed to."""
    number: str | None
    issuer: str | None
    issued: date | None
    digest_of: str | None
    type: str | None
    signer: str | None
    cites: tuple[str, ...]
    """Numbers of the documents that it names, each once, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A parsed document as it is kept: its card and its JSON line."""

    card: Card
    line: bytes

    @classmethod
    def of(cls, directive: Directive, digest: str) -> "Entry":
        """Make the entry of a directive whose file has this digest."""
        header = directive.header
        line = _adapter().dump_json(directive) + b"\n"
        card = Card(
            file=directive.file,
            digest=digest,
            parsed=hashlib.blake2b(line, digest_size=16).hexdigest(),
            number=header.number,
            issuer=header.issuer,
            issued=header.date,
            digest_of=directive.digest_of,
            type=header.type,
            signer=header.signer,
            cites=tuple(dict.fromkeys(one.number for one in directive.citations)),
        )
        return cls(card=card, line=line)

    def directive(self) -> Directive:
        """Load the directive. Raises IndexBroken where the line is none."""
        try:
            return _adapter().validate_json(self.line)
        except ValidationError as fault:
            raise IndexBroken(folder=self.card.file) from fault


class Pack(Mapping[str, Entry]):
    """The entries of one generation by file name."""

    def __init__(
        self, cards: Sequence[Card], lines: bytes | memoryview, sizes: Sequence[int]
    ) -> None:
        self._lines = memoryview(lines)
        starts = starts_of(np.array(sizes, np.int64)).tolist()
        self._places = {
            card.file: (card, int(start), int(start) + size)
            for card, start, size in zip(cards, starts[:-1], sizes, strict=True)
        }

    def __getitem__(self, file: str) -> Entry:
        card, start, end = self._places[file]
        return Entry(card=card, line=bytes(self._lines[start:end]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def card(self, file: str) -> Card:
        """Return the card of a file without its line."""
        return self._places[file][0]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Pack":
        """Gather entries."""
        listed = list(entries)
        sizes = [len(entry.line) for entry in listed]
        return cls([entry.card for entry in listed], b"".join(e.line for e in listed), sizes)

    @classmethod
    def open(cls, root: Path) -> "Pack":
        """Map the current pack. Raises IndexMissing, or IndexBroken if damaged or of old make."""
        folder = current(root)
        try:
            sheet = json.loads((folder / _SHEET).read_text(encoding="utf-8"))
            cards = _cards().validate_python(sheet["cards"])
            sizes = [int(size) for size in sheet["sizes"]]
            lines = (folder / _LINES).read_bytes() if sum(sizes) < SMALL_BYTES else _mapped(folder)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise IndexBroken(folder=str(folder)) from fault
        if sheet["edition"] != _edition():
            raise IndexBroken(folder=str(folder))
        return cls(cards, lines, sizes)

    def publish(self, root: Path) -> None:
        """Make this the current pack in `root`."""
        publish(root, self._write)

    def _write(self, folder: Path) -> None:
        places = self._places.values()
        sheet = {
            "edition": _edition(),
            "cards": _cards().dump_python([card for card, _, _ in places], mode="json"),
            "sizes": [end - start for _, start, end in places],
        }
        text = json.dumps(sheet, ensure_ascii=False)
        (folder / _SHEET).write_text(text, encoding="utf-8")
        (folder / _LINES).write_bytes(self._lines)


SMALL_BYTES: Final = 1 << 24
"""A pack below this is read into memory; a larger one is mapped."""


def _mapped(folder: Path) -> memoryview:
    return memoryview(np.memmap(folder / _LINES, np.uint8, mode="r").data)


@cache
def _cards() -> TypeAdapter[list[Card]]:
    return TypeAdapter(list[Card])
