"""The port through which records are kept: transactions over records of a few kinds.

Two stores stand behind it, `records.embedded` (TinyDB with a journal, one process) and
`records.postgres` (several processes). One suite of tests states what both must do.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from records.kinds import Record

R = TypeVar("R", bound=Record)
Value = str | int | bool | None


class Transaction(Protocol):
    """Reads and writes that take effect together, or not at all."""

    async def get(self, kind: type[R], key: str) -> R | None:
        """Return the record of that kind and key."""

    async def find(self, kind: type[R], where: Mapping[str, Value] | None = None) -> list[R]:
        """Return the records whose indexed fields equal all of `where`, oldest key order.

        Raises `NotIndexed` for a field that the kind does not index: no hidden full scans.
        """

    async def add(self, record: Record) -> None:
        """Write a new record; raises `AlreadyThere` if its key or a unique field is taken."""

    async def put(self, record: Record) -> None:
        """Write a record, in the place of the one with its key if there is one."""

    async def remove(self, kind: type[Record], key: str) -> None:
        """Delete the record if it is there."""


class Store(Protocol):
    """Keeps records so that what was written is there after a power cut."""

    def begin(self, *locks: str) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving the block commits and returns when durable.

        An exception rolls back. `locks` are names (such as `draft:ID`) held to the end of the
        block: whoever names the same lock waits, in any process.
        """

    async def close(self) -> None:
        """Release the folder or the connections."""
