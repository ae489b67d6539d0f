"""The kinds of records a store keeps: the key of each, what is looked up, what must be unique."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from records.model import (
    AccessRequest,
    Acknowledgement,
    AuditEntry,
    Draft,
    Invitation,
    OutboxMessage,
    Person,
    Report,
    Succession,
    Task,
    Unit,
)

Record = (
    Unit
    | Succession
    | Person
    | Invitation
    | AccessRequest
    | Task
    | Draft
    | Report
    | Acknowledgement
    | OutboxMessage
    | AuditEntry
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind is kept. `indexed` fields can be asked for; `unique` ones hold a value once."""

    name: str
    key: str = "id"
    indexed: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()


KINDS: Final[Mapping[type, Kind]] = {
    Unit: Kind(name="units"),
    Succession: Kind(name="successions"),
    Person: Kind(name="people", indexed=("unit", "role")),
    Invitation: Kind(name="invitations", unique=("digest",)),
    AccessRequest: Kind(name="access_requests"),
    Task: Kind(name="tasks", indexed=("lead", "state")),
    Draft: Kind(name="drafts", indexed=("person", "task")),
    Report: Kind(
        name="reports",
        indexed=("series", "task", "unit", "author", "period", "state"),
        unique=("draft",),
    ),
    Acknowledgement: Kind(name="acknowledgements", indexed=("person", "file")),
    OutboxMessage: Kind(name="outbox", key="key", indexed=("person", "state")),
    AuditEntry: Kind(name="audit", indexed=("actor", "subject")),
}


def key_of(record: Record) -> str:
    """Return the key under which a record is kept."""
    return record.key if isinstance(record, OutboxMessage) else record.id
