"""The kinds of records a store keeps: the key of each, what is looked up, what must be unique."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final

from records.model import (
    AccessRequest,
    Acknowledgement,
    Attachment,
    AuditEntry,
    Broadcast,
    CalendarOverride,
    Draft,
    Extension,
    Focus,
    Incoming,
    Invitation,
    Mark,
    OutboxMessage,
    Person,
    PersonalReminder,
    Preference,
    Report,
    Scope,
    Snooze,
    Succession,
    Task,
    Unit,
    Waiver,
)

Record = (
    Unit
    | Succession
    | Person
    | Invitation
    | AccessRequest
    | Task
    | Draft
    | Attachment
    | Report
    | Acknowledgement
    | Extension
    | Waiver
    | Focus
    | Scope
    | Snooze
    | PersonalReminder
    | Preference
    | CalendarOverride
    | Mark
    | Broadcast
    | Incoming
    | OutboxMessage
    | AuditEntry
)


def _addresses(person: Any) -> tuple[str, ...]:
    """Write each address as `channel:value`."""
    return tuple(f"{one.channel}:{one.value}" for one in person.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind is kept: under which name, by which key, and how it can be looked up."""

    name: str
    key: str = "id"
    indexed: tuple[str, ...] = ()
    """Fields of one value (text, whole number, yes/no, None) that `find` can ask for."""
    many: Mapping[str, Callable[[Any], tuple[str, ...]]] = field(default_factory=dict)
    """Lookups under several texts: `find` by a name gives the records that hold the text."""
    unique: tuple[str, ...] = ()
    """Fields whose value, unless None, only one record may have."""


KINDS: Final[Mapping[type, Kind]] = {
    Unit: Kind(name="units"),
    Succession: Kind(name="successions"),
    Person: Kind(
        name="people",
        indexed=("unit", "role"),
        many={
            "address": _addresses,
            "deputy": lambda person: tuple(one.deputy for one in person.stand_ins),
        },
    ),
    Invitation: Kind(name="invitations", indexed=("digest", "used_by"), unique=("digest",)),
    AccessRequest: Kind(
        name="access_requests",
        indexed=("decided",),
        many={"address": lambda asked: (f"{asked.address.channel}:{asked.address.value}",)},
    ),
    Task: Kind(
        name="tasks",
        indexed=("lead", "state", "group"),
        many={"assignee": lambda task: task.assignees, "support": lambda task: task.support},
    ),
    Draft: Kind(name="drafts", indexed=("person", "task")),
    Attachment: Kind(name="attachments", indexed=("draft",)),
    Report: Kind(
        name="reports",
        indexed=("series", "task", "unit", "author", "period", "state", "form", "draft"),
        unique=("draft",),
    ),
    Acknowledgement: Kind(name="acknowledgements", indexed=("person", "file")),
    Extension: Kind(name="extensions", indexed=("task", "unit", "state")),
    Waiver: Kind(name="waivers", indexed=("task", "unit")),
    Focus: Kind(name="focuses"),
    Scope: Kind(name="scopes"),
    Snooze: Kind(name="snoozes", indexed=("person",)),
    PersonalReminder: Kind(name="personal_reminders", indexed=("person", "done")),
    Preference: Kind(name="preferences"),
    Mark: Kind(name="marks"),
    CalendarOverride: Kind(name="calendar"),
    Broadcast: Kind(name="broadcasts", indexed=("file",)),
    Incoming: Kind(
        name="incoming",
        indexed=("handled",),
        many={"day": lambda update: (f"{update.at.astimezone(UTC):%Y-%m-%d}",)},
    ),
    OutboxMessage: Kind(name="outbox", key="key", indexed=("person", "state")),
    AuditEntry: Kind(
        name="audit",
        indexed=("actor", "subject", "action"),
        many={"month": lambda entry: (f"{entry.at.astimezone(UTC):%Y-%m}",)},
    ),
}


def key_of(record: Record) -> str:
    """Return the key under which a record is kept."""
    return record.key if isinstance(record, OutboxMessage) else record.id
