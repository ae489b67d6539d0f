"""What words can mean, and what is known around the person who says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.period_words import Span


class Intent(StrEnum):
    """What somebody wants; buttons and phrases name it by its value, so that these stay."""

    OWED = "owed"
    """What he owes, by period."""
    LATE = "late"
    """What of it is late."""
    DUE = "due"
    """When a report is due, and why then."""
    SENT = "sent"
    """What he sent last, or for a period."""
    REVIEW = "review"
    """Who reviews what he sent, and where it stands."""
    RETURNED = "returned"
    """Why a report was returned."""
    UNREPORTED = "unreported"
    """Which units have not reported."""
    SLOWEST = "slowest"
    """Which unit is slowest."""
    UNIT = "unit"
    """How a unit stands."""
    TOTAL = "total"
    """What a figure comes to."""
    MOST = "most"
    """Which unit has most, or least, of a figure."""
    OBSTACLES = "obstacles"
    """Which obstacles are open."""
    MODELS = "models"
    """Which models of good work there are."""
    PEOPLE = "people"
    """Who is responsible for a unit, who stands in."""
    UNREAD = "unread"
    """Who has not acknowledged a directive."""
    MINE = "mine"
    """What of a directive is his unit's."""
    COMPLAINT = "complaint"
    """A citizen's complaint, which is taken elsewhere."""
    REMIND = "remind"
    """To be reminded of something."""
    EXTEND = "extend"
    """More time for a report."""
    REPORT = "report"
    WAITING = "waiting"
    """The reports that wait for his review."""
    ASSIGN = "assign"
    DIGEST = "digest"
    CALENDAR = "calendar"
    DOCUMENTS = "documents"
    SETTINGS = "settings"
    DEPUTY = "deputy"
    BROADCAST = "broadcast"
    INVITE = "invite"
    REMINDERS = "reminders"
    """The reminders he set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something with names: a unit, a person, a task, a figure, a document."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What can be named by whoever speaks."""

    units: Sequence[Known] = ()
    people: Sequence[Known] = ()
    tasks: Sequence[Known] = ()
    figures: Sequence[Known] = ()
    documents: Sequence[Known] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What words name; ids as `Around` has them, several where the words fit several."""

    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    span: Span | None = None
    """The period; of several years the nearest."""
    past: Span | None = None
    """The same, of several years the last that has begun."""
    kinds: tuple[str, ...] = ()
    """Kinds of units, folded: "xa", "phuong"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One intent is clear."""

    intent: Intent
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Two things may be meant; a None among them is a question to the library."""

    either: tuple[Intent, Intent | None]
    named: Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The library is asked."""

    named: Named


Meaning = Meant | Unsure | Question


class FollowKind(StrEnum):
    """What is asked about what was quoted last."""

    LEAD = "lead"
    SUPPORT = "support"
    WHEN = "when"
    TO_WHOM = "to_whom"
    """To whom is reported."""
    OVERSEE = "oversee"
    """Who urges, checks, watches."""
    SIGNER = "signer"
    ISSUED = "issued"
    """When, by whom and under which number the document was issued."""
    RECIPIENTS = "recipients"
    """Whom the document was sent to."""
    PLACE = "place"
    """At which article, clause, point it stands."""
    WHOLE = "whole"
    """The whole wording."""
    VALID = "valid"
    """Whether it is in force."""
    CITE = "cite"
    """How it is cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Words that need those before: a question about the last quotation, or only another name."""

    kind: FollowKind | None
    """None: the same as before, of what is named now."""
    named: Named
