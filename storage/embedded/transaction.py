"""A transaction of the embedded store: what is kept, with the transaction's own changes over it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nsmallest
from typing import Final, TypeVar

from records.codec import to_json
from records.kinds import Record, key_of
from records.model import Delivery, OutboxMessage
from records.refusals import AlreadyThere
from records.store import Value
from storage.embedded.decoder import Decoder
from storage.embedded.frames import Change
from storage.embedded.rows import Lookups
from storage.embedded.tables import Holds, RecordTable, Tables

R = TypeVar("R", bound=Record)

Unique = tuple[str, str, Value]
"""Kind, field and value that only one record may have; the field is empty for a key."""

AT_ONCE: Final = 256
"""Records decoded before others get their turn: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A record written in this transaction."""

    text: bytes
    lookups: Lookups
    fresh: bool
    """Comes after all that is kept: it is new, or was removed before in this transaction."""


class EmbeddedTransaction:
    """Reads what is committed and its own changes; keeps the changes for the commit."""

    def __init__(self, tables: Tables, decode: Decoder, claimed: set[str]) -> None:
        self.changes: list[Change] = []
        self._added: set[tuple[str, str]] = set()
        """Kind and key of those that must not be there yet when this is committed."""
        self._tables = tables
        self._decode = decode
        self._staged: dict[type, dict[str, Staged | None]] = {}
        self._own: dict[Unique, str] = {}
        """The key of the staged record that has a unique field's value."""
        self._claimed = claimed
        self._claims: set[str] = set()
        self._ended = False

    async def get(self, kind: type[R], key: str) -> R | None:
        """Return the record of that kind and key."""
        staged = self._staged.get(kind, {})
        if key in staged:
            own = staged[key]
            return None if own is None else self._decode(kind, own.text)
        kept = self._tables.by_kind[kind].document(key)
        return None if kept is None else self._decode(kind, kept.text)

    async def find(self, kind: type[R], where: Mapping[str, Value] | None = None) -> list[R]:
        """Return the records that equal all of `where`, in the order they were first written."""
        texts = self._texts(kind, where)
        found: list[R] = []
        for start in range(0, len(texts), AT_ONCE):
            if start:
                await asyncio.sleep(0)
            found += [self._decode(kind, text) for text in texts[start : start + AT_ONCE]]
        return found

    async def count(self, kind: type[Record], where: Mapping[str, Value] | None = None) -> int:
        """Return how many records `find` would give."""
        if self._staged.get(kind):
            return len(self._texts(kind, where))
        table = self._tables.by_kind[kind]
        return table.count(Holds(table.lookups, where or {}))

    async def add(self, record: Record) -> None:
        """Write a new record; raises AlreadyThere, here or, if another was faster, at the end."""
        kind, key = type(record), key_of(record)
        table = self._tables.by_kind[kind]
        staged = self._staged.get(kind, {})
        there = staged[key] is not None if key in staged else table.document(key) is not None
        if there:
            raise AlreadyThere(kind=table.name, field=table.described.key)
        self._stage(record, table)
        if table.document(key) is None:
            self._added.add((table.name, key))

    async def put(self, record: Record) -> None:
        """Write a record, in the place of the one with its key if there is one."""
        self._stage(record, self._tables.by_kind[type(record)])

    async def remove(self, kind: type[R], key: str) -> None:
        """Delete the record if it is there."""
        table = self._tables.by_kind[kind]
        staged = self._staged.setdefault(kind, {})
        if staged.get(key) is not None or table.document(key) is not None:
            self._write(Change(table.name, key, None))
            self._unstage(table, key)
            staged[key] = None

    async def claim(
        self, channel: str, *, now: datetime, until: datetime, most: int
    ) -> list[OutboxMessage]:
        """Take up to `most` owed messages of a channel that may go at `now`, until `until`."""
        owed = self._owed()
        held = self._claimed - self._claims
        turns = ((self._decode.turn(text), text) for text in owed)
        ours = (one for one in turns if one[0].channel == channel and one[0].key not in held)
        free = (one for one in ours if one[0].free <= now)
        first = nsmallest(most, free, key=lambda one: one[0].order)
        taken = [replace(self._decode(OutboxMessage, text), lease=until) for _, text in first]
        for one in taken:
            self._claims.add(one.key)
            self._claimed.add(one.key)
            await self.put(one)
        return taken

    def end(self) -> None:
        """Let go of what was claimed; nothing can be written any more."""
        self._claimed -= self._claims
        self._ended = True

    def check(self) -> None:
        """Raise AlreadyThere if what is committed by now leaves no room for the changes."""
        for name, key in self._added:
            table = self._tables.by_name[name]
            if table.document(key) is not None:
                raise AlreadyThere(kind=name, field=table.described.key)
        for kind, staged in self._staged.items():
            table = self._tables.by_kind[kind]
            for key, own in staged.items():
                if own is not None:
                    self._check_unique(table, key, own.lookups)

    def uniques(self) -> frozenset[Unique]:
        """Return what only one record may have and this transaction's would."""
        keys = {(name, "", key) for name, key in self._added}
        return frozenset({*keys, *self._own})

    def _owed(self) -> list[bytes]:
        """Return the texts of the owed messages, in any order.

        A broadcast owes tens of thousands, and is claimed bit by bit.
        """
        if self._staged.get(OutboxMessage):
            return self._texts(OutboxMessage, {"state": Delivery.OWED.value})
        rows = self._tables.by_kind[OutboxMessage].rows
        return [rows.texts[key] for key in rows.holders("state", Delivery.OWED.value)]

    def _texts(self, kind: type, where: Mapping[str, Value] | None) -> list[bytes]:
        table, staged = self._tables.by_kind[kind], self._staged.get(kind)
        kept = table.search(Holds(table.lookups, where or {}))
        if not staged:
            return [one.text for one in kept]
        texts = {one.doc_id: one.text for one in kept if one.doc_id not in staged}
        mine = {
            key: own
            for key, own in staged.items()
            if own is not None and _fits(own.lookups, where or {})
        }
        replaced = {key for key, own in mine.items() if not own.fresh and key in table.rows}
        texts.update({key: mine[key].text for key in replaced})
        ordered = [texts[key] for key in sorted(texts, key=table.rows.place)]
        return ordered + [own.text for key, own in mine.items() if key not in replaced]

    def _stage(self, record: Record, table: RecordTable) -> None:
        key, text = key_of(record), to_json(record)
        staged = self._staged.setdefault(type(record), {})
        lookups = table.lookups(text)
        self._check_unique(table, key, lookups)
        self._write(Change(table.name, key, text))
        before = staged.get(key)
        fresh = before.fresh if before else key in staged or table.document(key) is None
        self._unstage(table, key)
        staged[key] = Staged(text, lookups, fresh)
        self._own.update(dict.fromkeys(_uniques(table, lookups), key))

    def _unstage(self, table: RecordTable, key: str) -> None:
        """Forget what is staged under a key; a record removed and written anew comes last."""
        staged = self._staged[table.kind]
        before = staged.get(key)
        if before is not None:
            for unique in _uniques(table, before.lookups):
                del self._own[unique]
        else:
            staged.pop(key, None)

    def _write(self, change: Change) -> None:
        if self._ended:
            raise RuntimeError("the transaction has ended")
        self.changes.append(change)

    def _check_unique(self, table: RecordTable, key: str, lookups: Lookups) -> None:
        staged = self._staged[table.kind]
        for unique in _uniques(table, lookups):
            _, field, value = unique
            holder = table.rows.holder(field, value)
            kept_by_other = holder not in {None, key} and holder not in staged
            if kept_by_other or self._own.get(unique, key) != key:
                raise AlreadyThere(kind=table.name, field=field)


def _fits(lookups: Lookups, where: Mapping[str, Value]) -> bool:
    return all(one in lookups for one in where.items())


def _uniques(table: RecordTable, lookups: Lookups) -> list[Unique]:
    """Return what only one record of the kind may have, of those lookups."""
    unique = table.described.unique
    return [
        (table.name, name, value) for name, value in lookups if name in unique and value is not None
    ]
