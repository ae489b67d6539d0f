"""TinyDB tables that keep records as JSON text in memory, with the lookups of their kind."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final

from pydantic_core import from_json as parse
from tinydb.storages import Storage
from tinydb.table import Table

from records.codec import from_json
from records.embedded.frames import Change
from records.kinds import KINDS, Kind
from records.refusals import NotIndexed
from records.store import Value

Lookups = list[tuple[str, Value]]
"""Under what a record is found: names of lookups and values."""

Texts = dict[str, bytes]
"""Records as JSON by key, in the order they were first written."""


Keys = dict[str, None]
"""A set of keys."""


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
        document = parse(text)
        found: Lookups = [(name, document.get(name, absent)) for name, absent in self._absent]
        return found + self._several(text)

    def fill(self, indexes: Mapping[str, Index], keys: list[str], texts: list[bytes]) -> None:
        """Note the lookups of many records at once."""
        documents = [parse(text) for text in texts]
        for name, absent in self._absent:
            indexes[name].extend([one.get(name, absent) for one in documents], keys)
        if self._many:
            for key, text in zip(keys, texts, strict=True):
                for name, value in self._several(text):
                    indexes[name].add(value, key)

    def _several(self, text: bytes) -> Lookups:
        """Return the lookups under several texts, for which the record itself is needed."""
        if not self._many:
            return []
        record: object = from_json(self._kind, text)
        found: Lookups = []
        for name, values in self._many.items():
            found += [(name, value) for value in dict.fromkeys(values(record))]
        return found


class Rows(MutableMapping[str, dict[str, Any]]):
    """The documents of a table by key, in the order they were first written, each parsed on use."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.texts: Texts = {}
        self.indexes = {name: Index() for name in lookup.names}
        self._places: dict[str, int] = {}
        self._last = 0

    def put(self, key: str, text: bytes) -> None:
        """Keep a record, in the place of the one with its key if there is one."""
        old = self.texts.get(key)
        before: Lookups = []
        if old is None:
            self._last += 1
            self._places[key] = self._last
        else:
            before = self._lookup(old)
        self.texts[key] = text
        after = self._lookup(text)
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
        self._lookup.fill(self.indexes, keys, texts)

    def place(self, key: str) -> int:
        """Return what grows in the order records were first written."""
        return self._places[key]

    def _find_by(self, key: str, before: Lookups, after: Lookups) -> None:
        """Have a record found by other values than before."""
        for name, value in before:
            if (name, value) not in after:
                self.indexes[name].discard(value, key)
        for name, value in after:
            if (name, value) not in before:
                self.indexes[name].add(value, key)

    def __getitem__(self, key: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.texts[key])
        return document

    def __setitem__(self, key: str, document: dict[str, Any]) -> None:
        self.put(key, json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())

    def __delitem__(self, key: str) -> None:
        self._find_by(key, self._lookup(self.texts.pop(key)), [])
        del self._places[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class RecordTable(Table):
    """A TinyDB table that changes the documents an update touches, and copies no others.

    TinyDB's reading calls (`get`, `search`, `all`, `len`) may be used freely. Writing is the
    store's: what is not in the journal before is lost at the next start.
    """

    document_id_class = str  # type: ignore[assignment] # TinyDB's own hook; its type is narrower

    def __init__(self, storage: Storage, name: str, *, kind: type) -> None:
        super().__init__(storage, name)
        self.kind = kind
        self.described: Final = KINDS[kind]
        self.lookups: Final = Lookup(kind, self.described)
        self.rows: Final = Rows(self.lookups)

    def apply(self, change: Change) -> None:
        """Take over a change that is durable."""
        if change.record is not None:
            self.rows.put(change.key, change.record)
        elif change.key in self.rows.texts:
            del self.rows[change.key]

    def matching(self, where: Mapping[str, Value] | None) -> list[str]:
        """Return the keys of the records that hold all of `where`, in order; raises NotIndexed."""
        if not where:
            return list(self.rows.texts)
        self.check(where)
        keys = (self.rows.indexes[name].keys(value) for name, value in where.items())
        fewest, *others = sorted(keys, key=len)
        found = (key for key in fewest if all(key in other for other in others))
        return sorted(found, key=self.rows.place)

    def check(self, where: Mapping[str, Value]) -> None:
        """Raise NotIndexed for a name that is no lookup."""
        for name in where:
            if name not in self.lookups.names:
                raise NotIndexed(kind=self.name, field=name)

    def holder(self, field: str, value: Value) -> str | None:
        """Return the key of the record that has this value in a unique field."""
        return next(iter(self.rows.indexes[field].keys(value)), None)

    def _read_table(self) -> Mapping[str, dict[str, Any]]:  # type: ignore[override] # documents are parsed on use
        return self.rows

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        updater(self.rows)
        self.clear_cache()


class LiveStorage(Storage):
    """Gives TinyDB the rows themselves: what one has, the other sees."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        """Return the tables by name."""
        return self._tables

    def write(self, data: dict[str, Any]) -> None:
        """Take other tables in their place."""
        self._tables = data


class Tables:
    """One table for each kind of record."""

    def __init__(self) -> None:
        storage = LiveStorage()
        self.by_kind: dict[type, RecordTable] = {
            kind: RecordTable(storage, described.name, kind=kind)
            for kind, described in KINDS.items()
        }
        self.by_name = {table.name: table for table in self.by_kind.values()}
        storage.write({name: table.rows for name, table in self.by_name.items()})

    def apply(self, changes: list[Change]) -> None:
        """Take over changes that are durable; raises KeyError for a kind that is not known."""
        for change in changes:
            self.by_name[change.kind].apply(change)
        for name in {change.kind for change in changes}:
            self.by_name[name].clear_cache()

    def adopt(self, other: "Tables") -> None:
        """Hold what another one holds instead."""
        self.by_kind, self.by_name = other.by_kind, other.by_name

    def __len__(self) -> int:
        return sum(map(len, self.by_kind.values()))

    def state(self) -> dict[str, Texts]:
        """Return the records of every kind as they are now; later changes do not show."""
        return {name: table.rows.texts.copy() for name, table in self.by_name.items()}


def _plain(default: object) -> Value:
    """Return a field's default as JSON has it; a field without one is never absent."""
    value = default.value if isinstance(default, Enum) else default
    return value if isinstance(value, str | int | bool) else None
