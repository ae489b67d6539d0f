"""Who reports what to whom: units, people, tasks, drafts, reports, and what the bot owes.

Records are immutable values; a change is a new value put in the place of the old one. All times are
aware; dates are days in Asia/Ho_Chi_Minh.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

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
    ahead: bool = False
    """Confirmed, and still to be carried out: its units merge on the day `since`."""


# --- people ----------------------------------------------------------------------------------


class Role(StrEnum):
    """What a person may do; each role holds the rights of those before it, in its own scope."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    """Sees and acts in the subtree of the own unit."""
    ADMIN = "admin"


TELEGRAM: Final = "telegram"
"""The channel of what was written before there were several, and where every message starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a channel reaches a person; what `value` means only the channel knows."""

    channel: str
    value: str
    unreachable: datetime | None = None
    """Since when the channel does not reach the person there, as far as was noticed."""


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
    """The preferred one first: see `records.reach`."""
    stand_ins: tuple[StandIn, ...] = ()
    active: bool = True
    unreachable: datetime | None = None
    """Since when no channel reaches the person, as far as was noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time way in. `digest` is the SHA-256 of the code; the code itself is not kept."""

    id: InvitationId
    digest: str
    unit: UnitId
    role: Role
    made_by: PersonId
    expires: datetime
    name: str = ""
    """For whom it was made, where that is known: the roster's spelling."""
    position: str = ""
    used_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """A stranger who asks to be let in; `decided` is None until an admin decides."""

    id: str
    address: Address
    name: str
    asked: datetime
    said: str = ""
    """Name, position and unit in the stranger's own words."""
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


class Shift(StrEnum):
    """Where a due day on a day off goes."""

    STAYS = "stays"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """The last day in time of each period's report. Exactly one of the four ways is set.

    "Trước ngày 05/11 hằng năm" is `dates=((11, 4),)`; "chậm nhất ngày 15 tháng cuối quý" is
    `day_of_month=15`; "trước ngày 05 tháng sau" is `day_of_month=4, months_after=1`; "thứ Sáu hằng
    tuần" is `weekday=5`; "trong 5 ngày làm việc" is `working_days=5`.
    """

    dates: tuple[tuple[int, int], ...] = ()
    """(month, day) of every year, the day included; one a period of the year, in order."""
    day_of_month: int | None = None
    """1 to 31 of the period's last month; a month that is shorter ends earlier."""
    months_after: int = 0
    """With `day_of_month`: so many months after the period's last one."""
    weekday: int | None = None
    """1 (Monday) to 7, for weeks."""
    working_days: int | None = None
    """So many working days after the figures close."""
    shift: Shift = Shift.STAYS


class SupportRule(StrEnum):
    """What is asked of the units that support a task."""

    ASKED = "asked"
    """Each reports for itself, and is reminded as the lead is."""
    TOLD = "told"
    """They are told of the task; the lead alone reports."""


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
    support_rule: SupportRule = SupportRule.ASKED
    assignees: tuple[PersonId, ...] = ()
    """Who reports; empty: any officer of the lead unit."""
    reviewer: PersonId | None = None
    due: date | None = None
    """Last day in time, for a task reported once."""
    due_text: str | None = None
    """The deadline as the directive words it."""
    rule: DueRule | None = None
    """When the report of each period is due; None for a task reported once or on an event."""
    cutoff_day: int | None = None
    """Day of the period's last month on which its figures close; None: 14, as Nghị định
    09/2019/NĐ-CP, Điều 12 has it; 31: the month's end. Of a weekly task: 1 (Monday) to 7."""
    ladder: tuple[int, ...] | None = None
    """Days before the due day (negative: after it) on which to remind; None: the usual ladder."""
    group: str | None = None
    """The same for the tasks of several units that were assigned together."""
    priority: int = 0
    """Higher comes first; 0 is ordinary."""
    state: TaskState = TaskState.OPEN


# --- drafts and reports ----------------------------------------------------------------------

Answer = str | int | bool | tuple[str, ...] | None
"""The value of one field: text, yes/no, chosen keys or ids of attachments, or None for skipped.
Numbers and dates are kept as text in their canonical form ("1250", "3.5", "2026-11-05"), so that
nothing is rounded on its way through a store."""


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
    pending: Answer = None
    """What was read from the officer's words and waits for his "đúng": see `records.dialog`."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """A word of reason beside a figure, by field."""
    typed_in: Mapping[str, int] = field(default_factory=dict)
    """By field: the number of the message that it was answered in, last of all."""
    visited: tuple[str, ...] = ()
    """Fields answered or skipped so far, in the order they were met; "back" follows it."""


class FileKind(StrEnum):
    """What was attached."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a report. It stays with the channel, which hands it out again."""

    id: str
    person: PersonId
    draft: DraftId
    kind: FileKind
    reference: str
    """By which the channel finds it: Telegram's `file_id`."""
    identity: str
    """The same for the same file sent again: Telegram's `file_unique_id`."""
    name: str
    size: int
    """Bytes."""
    at: datetime


class ReportState(StrEnum):
    """Where a report stands in review."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    TAKEN_BACK = "taken_back"
    """Withdrawn by its author just after it was sent: as if it had never been."""

    @property
    def stands(self) -> bool:
        """Tell whether the report speaks for its period: nothing took its place, nobody took it."""
        return self not in (ReportState.SUPERSEDED, ReportState.TAKEN_BACK)


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
    notes: Mapping[str, str] = field(default_factory=dict)
    """A word of reason beside a figure, by field."""
    paper_number: str | None = None
    at_once: bool = False
    """Sent by one tap or one answer, without a summary to confirm."""
    told: tuple[PersonId, ...] = ()
    """Who was told of it when it was sent: they review it."""
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


class ExtensionState(StrEnum):
    """Where a wish for a later due day stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A unit asks for a later due day ("xin gia hạn") of one period of a task."""

    id: str
    task: TaskId
    unit: UnitId
    asked_by: PersonId
    asked: datetime
    until: date
    reason: str
    period: PeriodKey | None = None
    state: ExtensionState = ExtensionState.ASKED
    decided_by: PersonId | None = None
    decided: datetime | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A supervisor asks for one period's report no more ("thôi không yêu cầu kỳ này")."""

    id: str
    task: TaskId
    unit: UnitId
    """Of whom it is asked no more: the lead, or one of the supporting units."""
    by: PersonId
    at: datetime
    reason: str
    period: PeriodKey | None = None


# --- what a person is at ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What a person's next typed words and files belong to; without one they are a question.

    The id is the person's. It is kept like everything else, so that any process, or the next one,
    takes the words where they belong.
    """

    id: PersonId
    topic: str
    """Which conversation listens: `report`, `return`, `assign`, …"""
    subject: str
    """What it is about: the id of a draft, a report, a task."""
    since: datetime
    message: str | None = None
    """Reference of the message that asked, as its channel writes it."""
    facts: Mapping[str, Answer] = field(default_factory=dict)
    """What the conversation has gathered so far."""
    listens: bool = True
    """Whether words go there; once somebody turned to something else, only its own buttons do."""
    shown: datetime | None = None
    """When the question came late: its time at the channel. What was written before is no answer
    to it. None: it came at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a conversation is about: the id is the person's and the chat's, see `records.scope`."""

    id: str
    at: datetime
    said: str
    """The question as it was understood, with what it took from before."""
    intent: str | None = None
    """Of own work; None: the library was asked."""
    file: str | None = None
    clause: str | None = None
    """The clause quoted last."""
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    """The period spoken of."""
    period: PeriodKey | None = None
    """Its name, where it is one of reporting."""


# --- reminding -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A person wants his reminders of one task (None: all) again at `until`, not before."""

    id: str
    person: PersonId
    until: datetime
    task: TaskId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalReminder:
    """What a person asked to be reminded of by himself."""

    id: str
    person: PersonId
    text: str
    at: datetime
    made: datetime
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A person's own hours; the id is the person's. Hours are of Asia/Ho_Chi_Minh."""

    id: PersonId
    reminder_hour: int = 7
    digest_hour: int = 7
    weekly_digest_day: int = 1
    """1 (Monday) to 7."""
    daily_digest: bool = True
    quiet_from: int = 20
    quiet_to: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far something that goes on for ever has come: the last day that is done."""

    id: str
    day: date


class DayKind(StrEnum):
    """What an announcement makes of a day."""

    OFF = "off"
    WORKED = "worked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOverride:
    """A day that an announcement made a day off or a working day; the id is its ISO date."""

    id: str
    day: date
    kind: DayKind
    basis: str
    """The announcement it rests on, as cited."""
    made_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A directive sent out to units for acknowledgement ("quán triệt"); one a file and sending."""

    id: str
    file: str
    citation: str
    units: tuple[UnitId, ...]
    made_by: PersonId
    made: datetime
    clauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The clauses that concern a unit, by unit."""


# --- what came in, what is owed, and what was done -------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An update as its channel gave it, kept before the channel is told so, until it is handled.

    The id is `channel:number`; it stays for a while after, so that a repetition is known.
    """

    id: str
    at: datetime
    """When it came."""
    content: str
    """As it came; empty once it is handled."""
    holder: str
    """The process that has it; another takes it over when that one has ended."""
    handled: bool = False
    tries: int = 1
    """How many processes had it."""


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
class ReminderEntry:
    """One report that a planned message speaks of; how it stands is looked up when it is sent."""

    task: TaskId
    period: PeriodKey | None
    stage: str
    """The step of the ladder that it was planned for."""
    unit: UnitId | None = None
    """Whose report it is; None: that of the task's lead."""
    instead_of: PersonId | None = None
    """Whom the reader stands in for."""


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
    """Higher goes first."""
    not_before: datetime | None = None
    """Earliest time to send or to try again; None: at once."""
    state: Delivery = Delivery.OWED
    tries: int = 0
    """How often a sender took it up."""
    failed: int = 0
    """How many of the tries surely did not arrive."""
    lease: datetime | None = None
    """Until when a sender holds it; past that another may take it."""
    settled: datetime | None = None
    """When its state became final."""
    reference: str | None = None
    """The message as its channel names it, once sent."""
    channel: str = TELEGRAM
    """Whose sender has it; that one hands it over where the person's way is another."""
    quiet: bool = False
    """Waits out the person's quiet hours: nobody wakes somebody by it."""
    entries: tuple[ReminderEntry, ...] = ()
    """What a reminder, an escalation or an urge speaks of."""


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
