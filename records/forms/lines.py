"""Read a form's file as values that know their line, so that a mistake is told with its place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypedDict

import yaml

from records.forms.refusals import (
    BadCharacter,
    BadName,
    FormTooLarge,
    FormUnreadable,
    KeyTwice,
    MissingKey,
    NestedTooDeep,
    NoSuchValue,
    NotYaml,
    OutOfBounds,
    RepeatsByReference,
    TextTooLong,
    TooMany,
    UnknownKey,
    WrongType,
)
from vietnamese.text import nfc

FILE_LIMIT: Final = 64 * 1024
"""Bytes: eight times the longest form shipped, and parsed in well under a second."""

DEPTH_LIMIT: Final = 10
"""Tables and lists within each other; a form needs 6, and the composer recurses by depth."""

_SCALARS: Final = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "timestamp")
)
"""What is text by its letters: "no" and "24" too, which YAML takes for something else."""

_TRUTH: Final = "tag:yaml.org,2002:bool"
_TRUE: Final = frozenset({"true", "yes", "on"})

_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_FORBIDDEN: Final = frozenset({"Cc", "Cs"})
"""Unicode categories: control characters and halves of a surrogate pair."""


class Place(TypedDict):
    """Where a mistake stands."""

    file: str
    line: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of a form's file: where it stands, and under which key."""

    file: str
    node: yaml.Node
    key: str = ""

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return self.node.start_mark.line + 1

    @property
    def place(self) -> Place:
        """File, line and key, for a mistake."""
        return {"file": self.file, "line": self.line, "key": self.key}

    def text(self, most: int) -> str:
        """Return a text of 1 to `most` characters in NFC; lines are kept, their ends trimmed."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag not in _SCALARS:
            raise self._not("text")
        lines = nfc(self.node.value).strip().split("\n")
        value = "\n".join(line.strip() for line in lines)
        if any(unicodedata.category(sign) in _FORBIDDEN for sign in value.replace("\n", "")):
            raise BadCharacter(**self.place)
        if not value:
            raise self._not("text")
        if len(value) > most:
            raise TextTooLong(**self.place, length=len(value), limit=most)
        return value

    def words(self, most: int) -> str:
        """Return a text of one line."""
        return " ".join(self.text(most).split())

    def name(self, most: int, *, digit_first: bool = False) -> str:
        """Return a name that fits a button: small Latin letters, digits and `_`."""
        given = self.words(FILE_LIMIT)
        first = "a-z0-9_" if digit_first else "a-z"
        if not re.fullmatch(rf"[{first}][a-z0-9_]{{0,{most - 1}}}", given):
            raise BadName(**self.place, given=given, limit=most)
        return given

    def one_of(self, known: tuple[str, ...]) -> str:
        """Return one of the words `known`."""
        given = self.words(FILE_LIMIT)
        if given not in known:
            raise NoSuchValue(**self.place, given=given, known=known)
        return given

    def number(self) -> Decimal:
        """Return a number: digits, a decimal point, a minus; at most 15 digits before it."""
        if not isinstance(self.node, yaml.ScalarNode) or not _NUMBER.fullmatch(self.node.value):
            raise self._not("number")
        return Decimal(self.node.value)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        given = self.number()
        if given != given.to_integral_value():
            raise self._not("whole number")
        if not low <= given <= high:
            raise OutOfBounds(**self.place, low=str(low), high=str(high))
        return int(given)

    def truth(self) -> bool:
        """Return true or false (yes or no)."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != _TRUTH:
            raise self._not("truth")
        return str(self.node.value).lower() in _TRUE

    def cells(self, most: int) -> list["Cell"]:
        """Return the members of a list of at most `most`."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self._not("list")
        if len(self.node.value) > most:
            raise TooMany(**self.place, limit=most)
        return [Cell(file=self.file, node=node, key=self.key) for node in self.node.value]

    def table(self, *, needed: tuple[str, ...], allowed: tuple[str, ...]) -> dict[str, "Cell"]:
        """Return a table that has all keys `needed`, and none beyond those and `allowed`."""
        known = needed + allowed
        table = dict(self.rows(known))
        for key in needed:
            if key not in table:
                raise MissingKey(file=self.file, line=self.line, key=key)
        return table

    def rows(self, known: tuple[str, ...] | None = None) -> Iterator[tuple[str, "Cell"]]:
        """Yield a table's keys and values; a key twice, or one not `known`, is a mistake."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self._not("table")
        seen: set[str] = set()
        for key_node, node in self.node.value:
            cell = Cell(file=self.file, node=key_node, key=self.key)
            key = cell.words(FILE_LIMIT)
            if key in seen:
                raise KeyTwice(file=self.file, line=cell.line, key=key)
            if known is not None and key not in known:
                raise UnknownKey(file=self.file, line=cell.line, key=key, known=known)
            seen.add(key)
            yield key, Cell(file=self.file, node=node, key=key)

    def _not(self, wanted: str) -> WrongType:
        return WrongType(**self.place, wanted=wanted)


def read_sheet(file: str, content: bytes) -> Cell:
    """Read a form's file into its outermost value; FormMistake if it is no YAML in UTF-8."""
    text = _decoded(file, content)
    try:
        node = _composed(file, text)
    except yaml.MarkedYAMLError as fault:
        raise NotYaml(file=file, line=_faulty(fault), reason=fault.problem or "syntax") from fault
    except yaml.reader.ReaderError as fault:
        line = text[: fault.position].count("\n") + 1
        raise NotYaml(file=file, line=line, reason=fault.reason) from fault
    except (ValueError, OverflowError) as fault:
        # PyYAML leaks these for a `\U` escape or a directive's number beyond what Python takes.
        raise NotYaml(file=file, line=1, reason="escape or directive") from fault
    if node is None:
        raise WrongType(file=file, line=1, wanted="table")
    return Cell(file=file, node=node)


def _composed(file: str, text: str) -> yaml.Node | None:
    """Compose with libyaml, ten times as fast; the other one says in which line a fault is."""
    try:
        _refuse_what_grows(file, text, yaml.CSafeLoader)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError):
        _refuse_what_grows(file, text, yaml.SafeLoader)
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _decoded(file: str, content: bytes) -> str:
    if len(content) > FILE_LIMIT:
        raise FormTooLarge(file=file, line=1, limit=FILE_LIMIT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FormUnreadable(file=file, line=line) from fault


def _refuse_what_grows(
    file: str, text: str, loader: type[yaml.SafeLoader | yaml.CSafeLoader]
) -> None:
    """Go through the parser's events, which do not recurse, before anything is composed."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise RepeatsByReference(file=file, line=_line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_LIMIT:
            raise NestedTooDeep(file=file, line=_line(event), limit=DEPTH_LIMIT)


def _faulty(fault: yaml.MarkedYAMLError) -> int:
    """Return the line to look at: of a quote that is never closed, where it was opened."""
    unclosed = fault.problem is not None and "end of stream" in fault.problem
    mark = fault.context_mark if unclosed else fault.problem_mark
    return mark.line + 1 if mark else 1


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


Table = Mapping[str, Cell]
"""The values of a table by key."""
