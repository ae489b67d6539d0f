"""Records as JSON text in memory, one set of rows a kind, with the lookups of the kind."""

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import fields
from enum import Enum
from io import UnsupportedOperation
from typing import Any, Final

from pydantic_core import from_json as parse

from records.codec import from_document, from_json
from records.kinds import KINDS, Kind
from records.refusals import NotIndexed
from records.store import Value
from storage.embedded.frames import Change

Lookups = list[tuple[str, Value]]
"""Under what a record is found: names of lookups and values."""

Texts = dict[str, bytes]
"""Records as JSON by key, in the order they were first written."""

Keys = dict[str, None]
"""A set of keys."""


def only_read() -> UnsupportedOperation:
    """Return what is raised where somebody would write past the journal."""
    return UnsupportedOperation(
        "These records are for reading: only the assistant writes them, into its journal."
    )


class Stored(MutableMapping[str, Any]):
    """A document as it is kept: its JSON, parsed when it is first looked into; never changed."""

    __slots__ = ("_document", "doc_id", "text")

    def __init__(self, text: bytes, doc_id: str) -> None:
        self.text = text
        self.doc_id = doc_id
        """By which TinyDB knows the document."""
        self._document: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self._parsed()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed())

    def __len__(self) -> int:
        return len(self._parsed())

    def __setitem__(self, name: str, value: object) -> None:
        raise only_read()

    def __delitem__(self, name: str) -> None:
        raise only_read()

    def _parsed(self) -> dict[str, Any]:
        if self._document is None:
            self._document = parse(self.text)
        return self._document


class Index:
    """Keys of the records that hold a value.

    Most values of most lookups belong to one record, and a lone key takes no dictionary of its own.
    Keys are in dictionaries, not in sets: one that holds plain values alone is left out of garbage
    collection, which else stopped everything for 0.1 s now and then at 300,000 records.
    """

    def __init__(self) -> None:
        self._held: dict[Value, str | Keys] = {}

    def add(self, value: Value, key: str) -> None:
        """Note that the record of that key holds the value."""
        self.extend([value], [key])

    def extend(self, values: Iterable[Value], keys: Iterable[str]) -> None:
        """Note it of many records; one loop is three times as fast as a call for each."""
        index = self._held
        get = index.get
        for value, key in zip(values, keys, strict=True):
            held = get(value)
            if held is None:
                index[value] = key
            elif not isinstance(held, str):
                held[key] = None
            elif held != key:
                index[value] = {held: None, key: None}

    def discard(self, value: Value, key: str) -> None:
        """Forget that it does."""
        held = self._held[value]
        if isinstance(held, str):
            del self._held[value]
            return
        del held[key]
        if len(held) == 1:
            (self._held[value],) = held

    def keys(self, value: Value) -> Keys:
        """Return the keys of the records that hold the value, in no order; not to be changed."""
        held = self._held.get(value)
        if isinstance(held, str):
            return {held: None}
        return held or {}

    def shared(self) -> Iterator[tuple[Value, Keys]]:
        """Yield the values that more than one record holds, with their keys."""
        for value, held in self._held.items():
            if not isinstance(held, str):
                yield value, held


class Lookup:
    """Tells the values under which records of one kind are found."""

    def __init__(self, kind: type, described: Kind) -> None:
        self._kind = kind
        self._many = described.many
        names = {*described.indexed, *described.unique}
        self._absent = [
            (one.name, _plain(one.default)) for one in fields(kind) if one.name in names
        ]
        self.names = frozenset({*names, *described.many})

    def __call__(self, text: bytes) -> Lookups:
        """Return the lookups of a record; a field that it was written without has its default."""
        found = self._single(parse(text))
        return found + self._several(from_json(self._kind, text)) if self._many else found

    def of(self, document: Mapping[str, Any]) -> Lookups:
        """Return the lookups of a document, wherever it comes from; raises UnreadableRecord."""
        found = self._single(document)
        if not self._many:
            return found
        return found + self._several(from_document(self._kind, dict(document)))

    def fill(self, indexes: Mapping[str, Index], keys: list[str], texts: list[bytes]) -> None:
        """Note the lookups of many records at once."""
        documents = [parse(text) for text in texts]
        for name, absent in self._absent:
            indexes[name].extend([one.get(name, absent) for one in documents], keys)
        if self._many:
            for key, text in zip(keys, texts, strict=True):
                for name, value in self._several(from_json(self._kind, text)):
                    indexes[name].add(value, key)

    def _single(self, document: Mapping[str, Any]) -> Lookups:
        return [(name, document.get(name, absent)) for name, absent in self._absent]

    def _several(self, record: object) -> Lookups:
        """Return the lookups under several texts, for which the record itself is needed."""
        found: Lookups = []
        for name, values in self._many.items():
            found += [(name, value) for value in dict.fromkeys(values(record))]
        return found


class Rows(Mapping[str, Stored]):
    """The documents of one kind by key, in the order they were first written."""

    def __init__(self, kind: type) -> None:
        self.kind: Final = kind
        self.described: Final = KINDS[kind]
        self.lookups: Final = Lookup(kind, self.described)
        self.indexes: Final = {name: Index() for name in self.lookups.names}
        self.texts: Texts = {}
        self._places: dict[str, int] = {}
        self._last = 0

    def apply(self, change: Change) -> None:
        """Take over a change."""
        if change.record is not None:
            self.put(change.key, change.record)
        elif change.key in self.texts:
            self._find_by(change.key, self.lookups(self.texts.pop(change.key)), [])
            del self._places[change.key]

    def put(self, key: str, text: bytes) -> None:
        """Keep a record, in the place of the one with its key if there is one."""
        old = self.texts.get(key)
        before: Lookups = []
        if old is None:
            self._last += 1
            self._places[key] = self._last
        else:
            before = self.lookups(old)
        self.texts[key] = text
        after = self.lookups(text)
        if before != after:
            self._find_by(key, before, after)

    def fill(self, keys: list[str], texts: list[bytes]) -> None:
        """Keep many records of which none is there; raises ValueError for one that is."""
        before = len(self.texts)
        self.texts.update(zip(keys, texts, strict=True))
        if len(self.texts) != before + len(keys):
            raise ValueError("a key stands twice")
        self._places.update(
            zip(keys, range(self._last + 1, self._last + len(keys) + 1), strict=True)
        )
        self._last += len(keys)
        self.lookups.fill(self.indexes, keys, texts)

    def place(self, key: str) -> int:
        """Return what grows in the order records were first written."""
        return self._places[key]

    def holding(self, where: Mapping[str, Value]) -> Collection[str]:
        """Return the keys of the records that hold all of `where`, in order; raises NotIndexed."""
        if not where:
            return self.texts
        for name in where:
            if name not in self.indexes:
                raise NotIndexed(kind=self.described.name, field=name)
        held = (self.indexes[name].keys(value) for name, value in where.items())
        fewest, *others = sorted(held, key=len)
        found = (key for key in fewest if all(key in other for other in others))
        return sorted(found, key=self.place)

    def holder(self, field: str, value: Value) -> str | None:
        """Return the key of the record that has this value in a unique field."""
        return next(iter(self.holders(field, value)), None)

    def holders(self, field: str, value: Value) -> Collection[str]:
        """Return the keys of the records that have this value in an indexed field, in any order."""
        return self.indexes[field].keys(value)

    def _find_by(self, key: str, before: Lookups, after: Lookups) -> None:
        """Have a record found by other values than before."""
        for name, value in before:
            if (name, value) not in after:
                self.indexes[name].discard(value, key)
        for name, value in after:
            if (name, value) not in before:
                self.indexes[name].add(value, key)

    def __getitem__(self, key: str) -> Stored:
        return Stored(self.texts[key], key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


Contents = Mapping[str, Rows]
"""The rows of every kind, by its name."""


def no_rows() -> dict[str, Rows]:
    """Return the rows of every kind, empty."""
    return {described.name: Rows(kind) for kind, described in KINDS.items()}


def _plain(default: object) -> Value:
    """Return a field's default as JSON has it; a field without one is never absent."""
    value = default.value if isinstance(default, Enum) else default
    return value if isinstance(value, str | int | bool) else None
