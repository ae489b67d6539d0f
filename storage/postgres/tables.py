"""The tables of the records as SQLAlchemy knows them, and a record as a row of its table."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Identity,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from records.codec import to_json
from records.kinds import KINDS, Record, key_of
from records.model import OutboxMessage
from records.refusals import NotIndexed
from records.store import Value

BOOLEANS: Final = frozenset(
    {("access_requests", "decided"), ("incoming", "handled"), ("personal_reminders", "done")}
)
"""Lookups by yes or no; all others are by text."""

ORDER: Final = ("created", "not_before", "lease", "priority", "channel")
"""Columns of the outbox by which messages are claimed."""


def _table(kind: type, metadata: MetaData) -> Table:
    described = KINDS[kind]
    columns: list[Column[Any]] = [
        Column(name, Boolean if (described.name, name) in BOOLEANS else Text)
        for name in dict.fromkeys((*described.indexed, *described.unique))
    ]
    columns += [Column(name, ARRAY(Text), nullable=False) for name in described.many]
    if kind is OutboxMessage:
        columns += [Column(name, DateTime(timezone=True)) for name in ORDER[:3]]
        columns += [Column(ORDER[3], Integer), Column(ORDER[4], Text, nullable=False)]
    return Table(
        described.name,
        metadata,
        Column("key", Text, primary_key=True),
        Column("written", BigInteger, Identity(always=True), nullable=False),
        Column("document", Text, nullable=False),
        *columns,
    )


def tables() -> Mapping[type, Table]:
    """Return the table of each kind."""
    metadata = MetaData()
    return {kind: _table(kind, metadata) for kind in KINDS}


def row_of(record: Record) -> dict[str, Any]:
    """Return a record as the values of its row, `written` left to the database."""
    kind = KINDS[type(record)]
    row: dict[str, Any] = {"key": key_of(record), "document": to_json(record).decode()}
    for name in dict.fromkeys((*kind.indexed, *kind.unique)):
        row[name] = _plain(getattr(record, name))
    row |= {name: list(gives(record)) for name, gives in kind.many.items()}
    if isinstance(record, OutboxMessage):
        row |= {name: getattr(record, name) for name in ORDER}
    return row


def condition(table: Table, kind: type, where: Mapping[str, Value]) -> list[ColumnElement[bool]]:
    """Return what a row must fulfil; raises NotIndexed for a name that is no lookup."""
    described = KINDS[kind]
    found: list[ColumnElement[bool]] = []
    for name, value in where.items():
        if name in described.many:
            found.append(table.c[name].contains([value]))
        elif name not in {*described.indexed, *described.unique}:
            raise NotIndexed(kind=described.name, field=name)
        else:
            plain = _plain(value)
            column = table.c[name]
            found.append(column.is_(None) if plain is None else column == plain)
    return found


def _plain(value: object) -> object:
    """Return a value as a driver takes it."""
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, bool | str | datetime) or value is None else str(value)
