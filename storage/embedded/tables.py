"""TinyDB over the rows in memory: a table a kind, which answers lookups by its indexes."""

from collections.abc import Mapping
from typing import Any, Final

from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from records.kinds import KINDS
from records.store import Value
from storage.embedded.frames import Change
from storage.embedded.rows import Contents, Lookup, Rows, Stored, Texts, no_rows, only_read


class Holds:
    """A TinyDB query for documents whose lookups hold all of `where`; {} is held by every one."""

    def __init__(self, lookups: Lookup, where: Mapping[str, Value]) -> None:
        self.where: Final = where
        self._lookups = lookups

    def __call__(self, value: Mapping[Any, Any]) -> bool:
        """Tell whether a document does; a table of ours answers by its indexes instead."""
        held = self._lookups.of(value)
        return all(one in held for one in self.where.items())

    def is_cacheable(self) -> bool:
        """Tell TinyDB to remember no answer."""
        return False


class LiveStorage(Storage):
    """Gives TinyDB the rows themselves: what one has, the other sees. Takes nothing back."""

    def __init__(self, rows: Contents) -> None:
        self.rows = rows

    def read(self) -> dict[str, Any]:
        """Return the tables by name."""
        return dict(self.rows)

    def write(self, data: dict[str, Any]) -> None:
        """Refuse; raises UnsupportedOperation."""
        del data
        raise only_read()


class KeptDocument(Document):
    """What TinyDB makes of a document for the store: nothing else, and no copy."""

    def __new__(cls, stored: Stored, _doc_id: int) -> Any:
        """Give the document as it is kept."""
        return stored


class RecordTable(Table):
    """The table of a kind; what changes in it went through the journal before.

    TinyDB's reading calls may be used freely.
    """

    document_class = KeptDocument  # type: ignore[assignment] # it makes none
    document_id_class = str  # type: ignore[assignment] # TinyDB's own hook; its type is narrower

    def __init__(self, storage: LiveStorage, name: str) -> None:
        super().__init__(storage, name)
        self._live = storage
        self.kind: Final = self.rows.kind
        self.described: Final = self.rows.described
        self.lookups: Final = self.rows.lookups

    @property
    def rows(self) -> Rows:
        """What the table holds."""
        return self._live.rows[self.name]

    def apply(self, change: Change) -> None:
        """Take over a change that is durable."""
        self.rows.apply(change)
        self.clear_cache()

    def document(self, key: str) -> Stored | None:
        """Return the document of that key."""
        found: object = self.get(doc_id=key)  # type: ignore[call-overload] # text, as above
        return found if isinstance(found, Stored) else None

    def search(self, cond: QueryLike) -> list[Any]:
        """Return the documents that a query wants, in order.

        What `Holds` asks for is found by the indexes, any other query by TinyDB's going through
        all. Raises NotIndexed.
        """
        if not isinstance(cond, Holds):
            return super().search(cond)
        rows = self.rows
        return [rows[key] for key in rows.holding(cond.where)]

    def count(self, cond: QueryLike) -> int:
        """Return how many documents a query wants; raises NotIndexed."""
        if not isinstance(cond, Holds):
            return super().count(cond)
        return len(self.rows.holding(cond.where))

    def _read_table(self) -> Mapping[str, Stored]:  # type: ignore[override] # TinyDB says a dictionary and only reads it
        return self.rows


class Tables:
    """One table for each kind of record."""

    def __init__(self, rows: Contents | None = None) -> None:
        self._live = LiveStorage(no_rows() if rows is None else rows)
        self.by_kind: Final[Mapping[type, RecordTable]] = {
            kind: RecordTable(self._live, described.name) for kind, described in KINDS.items()
        }
        self.by_name: Final = {table.name: table for table in self.by_kind.values()}

    def apply(self, changes: list[Change]) -> None:
        """Take over changes that are durable."""
        for change in changes:
            self.by_name[change.kind].apply(change)

    def adopt(self, rows: Contents) -> None:
        """Hold these instead."""
        self._live.rows = rows

    def __len__(self) -> int:
        return sum(map(len, self.by_kind.values()))

    def state(self) -> dict[str, Texts]:
        """Return the records of every kind as they are now; later changes do not show."""
        return {name: table.rows.texts.copy() for name, table in self.by_name.items()}
