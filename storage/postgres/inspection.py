"""Looks the database over row by row, and changes nothing in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping

from records.codec import from_json
from records.kinds import KINDS, Record, key_of
from records.refusals import UnreadableRecord
from storage.postgres.store import PostgresStore
from storage.postgres.tables import row_of

MOST_LISTED: Final = 100
"""Records named as damaged; there may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a database holds."""

    counts: Mapping[str, int]
    """Records by kind."""
    damage: tuple[str, ...] = ()
    """A line for each record that is not as it was written, up to a hundred."""


async def check(store: PostgresStore) -> Findings:
    """Read every record, and compare it with the columns by which it is found."""
    counts: Counter[str] = Counter()
    damage: list[str] = []
    async for kind, row in store.rows():
        counts[KINDS[kind].name] += 1
        if len(damage) < MOST_LISTED:
            damage += [f"{KINDS[kind].name} {row['key']}: {one}" for one in _faults(kind, row)]
    return Findings(counts=counts, damage=tuple(damage))


def _faults(kind: type[Record], row: RowMapping) -> Iterator[str]:
    try:
        record: Any = from_json(kind, row["document"])
        if key_of(record) != row["key"]:
            yield "kept under the key of another record"
            return
        should = row_of(record)
    except UnreadableRecord as refused:
        yield f"unreadable in {refused.field!r}"
        return
    for name, value in should.items():
        if name != "document" and row[name] != value:
            yield f"its column {name!r} is not what the record says"
