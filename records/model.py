"""Who reports what to whom: units, people, tasks, drafts, reports, and what the bot owes.

Records are immutable values; a change is a new value put in the place of the old one. All times are
aware; dates are days in Asia/Ho_Chi_Minh.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from records.ids import (
    DraftId,
    InvitationId,
    PeriodKey,
    PersonId,
    ReportId,
    TaskId,
    UnitId,
)

# --- units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A name a unit bears or bore; `until` is the last day, None while in use."""

    text: str
    since: date | None = None
    until: date | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Under which parent a unit stands or stood; `until` is the last day."""

    parent: UnitId
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A body of the Party, the State, the Front or a mass organisation.

    The tree has a province at the top, then departments, Party committees, communes and wards, then
    their offices. Since 1 July 2025 there is no district level. A unit that ended keeps its record:
    a report belongs to the unit as it was.
    """

    id: UnitId
    kind: str
    """tỉnh, sở, ban, đảng ủy, xã, phường, đặc khu, phòng, …: data, not code."""
    names: tuple[UnitName, ...]
    parents: tuple[Membership, ...] = ()
    founded: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Bodies that took over from others, n to m: a merger, a split or a renaming.

    `predecessors` may be names of bodies that never had a record here, as directives word them.
    It holds only once an admin has confirmed it.
    """

    id: str
    predecessors: tuple[str, ...]
    successors: tuple[UnitId, ...]
    since: date | None
    basis: str
    """The decision it rests on, as cited."""
    confirmed_by: PersonId | None = None


# --- people ----------------------------------------------------------------------------------


class Role(StrEnum):
    """What a person may do; each role holds the rights of those before it, in its own scope."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    """Sees and acts in the subtree of the own unit."""
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a channel reaches a person: `telegram` and the numeric id as text."""

    channel: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Who acts for a person, from the first to the last day, both included."""

    deputy: PersonId
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An officer, supervisor or admin."""

    id: PersonId
    name: str
    unit: UnitId
    role: Role
    position: str = ""
    addresses: tuple[Address, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time way in. `digest` is the SHA-256 of the code; the code itself is not kept."""

    id: InvitationId
    digest: str
    unit: UnitId
    role: Role
    made_by: PersonId
    expires: datetime
    used_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """A stranger who asks to be let in; `decided` is None until an admin decides."""

    id: str
    address: Address
    name: str
    asked: datetime
    decided: bool | None = None


# --- tasks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a duty was born: the directive, clause and wording it rests on."""

    file: str
    clause: str
    quote: str
    citation: str
    """Kind, number, date and issuer as one line."""
    version: str
    """SHA-256 of the file when the task was made: a changed clause can be told."""


class Cadence(StrEnum):
    """How often a task is reported on."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    NINE_MONTHS = "nine_months"
    YEARLY = "yearly"
    PERIODIC = "periodic"
    """"Định kỳ" without a date: an admin gives the rule."""
    ON_EVENT = "on_event"


class TaskState(StrEnum):
    """Whether a task asks for reports."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What units and people are to do and report on."""

    id: TaskId
    title: str
    lead: UnitId
    form: str
    cadence: Cadence
    created: datetime
    created_by: PersonId
    origin: Origin | None = None
    support: tuple[UnitId, ...] = ()
    assignees: tuple[PersonId, ...] = ()
    reviewer: PersonId | None = None
    due: date | None = None
    """Last day in time, for a task reported once."""
    due_text: str | None = None
    """The deadline as the directive words it."""
    priority: int = 0
    """Higher comes first; 0 is ordinary."""
    state: TaskState = TaskState.OPEN


# --- drafts and reports ----------------------------------------------------------------------

Answer = str | int | float | bool | tuple[str, ...] | None
"""The value of one field: text, whole or decimal number, yes/no, chosen keys, or skipped. Decimals
and dates are kept as text in their canonical form ("3.5", "2026-11-05")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report being written: stored after every step.

    `revision` grows by one a step; a button carries the revision it was drawn for, so that an old
    one is told from a new one.
    """

    id: DraftId
    person: PersonId
    form: str
    form_version: int
    started: datetime
    changed: datetime
    task: TaskId | None = None
    period: PeriodKey | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: str | None = None
    """Key of the field asked; None at the summary."""
    revision: int = 0
    replaces: ReportId | None = None
    """The returned or edited report that this draft will become a new version of."""
    message: str | None = None
    """Reference of the one message that shows the dialog, as its channel writes it."""


class ReportState(StrEnum):
    """Where a report stands in review."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"


class Outcome(StrEnum):
    """What a report says in one word; each is a full result."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    OBSTACLE = "obstacle"
    NOTHING = "nothing"
    """Không phát sinh."""
    ON_PAPER = "on_paper"
    """Sent as a numbered paper or by the e-office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One submitted version; later versions of the same report share `series`."""

    id: ReportId
    series: ReportId
    version: int
    author: PersonId
    unit: UnitId
    """The unit as it was when the report was sent."""
    form: str
    form_version: int
    outcome: Outcome
    submitted: datetime
    draft: DraftId
    """The draft it came from: at most one report a draft."""
    task: TaskId | None = None
    period: PeriodKey | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    paper_number: str | None = None
    state: ReportState = ReportState.SUBMITTED
    reviewed_by: PersonId | None = None
    reviewed: datetime | None = None
    remark: str | None = None


class Stance(StrEnum):
    """What a unit's lead says of a clause."""

    OURS = "ours"
    NOT_OURS = "not_ours"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A person has read ("đã quán triệt") a directive, or one clause of it."""

    id: str
    person: PersonId
    file: str
    at: datetime
    clause: str | None = None
    stance: Stance | None = None


# --- what is owed, and what was done ---------------------------------------------------------


class Delivery(StrEnum):
    """Whether a message reached its person."""

    OWED = "owed"
    SENT = "sent"
    UNKNOWN = "unknown"
    """Handed to the channel, no answer came: it may have arrived."""
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"
    POISON = "poison"
    """Refused for what it is; set aside for a person to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message the bot owes to a person, written in the transaction of its cause.

    `key` is person, subject and stage: the same message is never owed twice.
    """

    key: str
    person: PersonId
    template: str
    facts: Mapping[str, Answer]
    created: datetime
    priority: int = 0
    not_before: datetime | None = None
    state: Delivery = Delivery.OWED
    tries: int = 0
    settled: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """A change of rights, an act of review, or a denied try. Holds ids, no personal content."""

    id: str
    at: datetime
    actor: str
    """A person's id, or `telegram:ID` of a stranger."""
    action: str
    subject: str
    allowed: bool
    detail: str = ""
