"""The port through which records are kept: transactions over records of a few kinds.

Two stores stand behind it, `storage.embedded` (TinyDB with a journal, one process) and
`storage.postgres` (several processes). One suite of tests states what both must do.
"""

from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from records.kinds import Record
from records.model import OutboxMessage

R = TypeVar("R", bound=Record)
Value = str | int | bool | None
Entry = tuple[str, str, bytes]
"""A record as it is kept: the name of its kind, its key, its JSON."""


class Transaction(Protocol):
    """Reads and writes that take effect together, or not at all. Reads see its own writes."""

    async def get(self, kind: type[R], key: str) -> R | None:
        """Return the record of that kind and key."""
        ...

    async def find(self, kind: type[R], where: Mapping[str, Value] | None = None) -> list[R]:
        """Return the records that equal all of `where`, in the order they were first written.

        Names in `where` are the kind's indexed fields or many-valued lookups; None as `where` gives
        all. Raises NotIndexed for any other name.
        """
        ...

    async def count(self, kind: type[Record], where: Mapping[str, Value] | None = None) -> int:
        """Return how many records `find` would give."""
        ...

    async def add(self, record: Record) -> None:
        """Write a new record; raises AlreadyThere if its key or a unique field is taken."""
        ...

    async def put(self, record: Record) -> None:
        """Write a record, in the place of the one with its key if there is one.

        Raises AlreadyThere if another record has a unique field's value.
        """
        ...

    async def remove(self, kind: type[Record], key: str) -> None:
        """Delete the record if it is there."""
        ...

    async def claim(
        self, channel: str, *, now: datetime, until: datetime, most: int
    ) -> list[OutboxMessage]:
        """Take up to `most` owed messages of a channel that may go at `now`; hold them to `until`.

        Owed, `not_before` None or past, and no lease that runs beyond `now`; highest priority
        first, then the oldest `created`, then the key. Each is written back with `lease=until`, so
        that no other sender, in any process, takes it before; messages that another transaction is
        taking at the moment are passed over, not waited for.
        """
        ...


class Store(Protocol):
    """Keeps records so that what was written is there after a power cut."""

    def begin(self, *locks: str) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving the block commits and returns when durable.

        An exception rolls back. `locks` are names (such as `draft:ID`), taken in sorted order and
        held to the end of the block: whoever names the same lock waits, in any process.
        """
        ...

    async def lead(self, name: str) -> bool:
        """Try to be, or to stay, the one process that does `name`; a dead leader's place is free.

        An embedded store has one process, which always leads.
        """
        ...

    def dump(self) -> AsyncGenerator[Entry, None]:
        """Yield all that is committed at one moment, kind by kind, in order of first writing."""
        ...

    async def load(self, entries: AsyncIterable[Entry]) -> int:
        """Take over what `dump` of a store gave, all or nothing; return how many records.

        Nothing else may be under way. Raises NotEmpty, UnreadableRecord.
        """
        ...

    async def close(self) -> None:
        """Release the folder or the connections, and any lead."""
        ...
