"""What answers on one's own work say: facts, to be worded elsewhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.ids import UnitId
from records.model import Person, Report
from records.obligations.obligation import Obligation
from records.period_words import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Reports that are wanted of the asker, or of the units he sees where he has none himself."""

    items: tuple[Obligation, ...]
    span: Span | None
    of_units: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report that was sent, the unit's name, what it is about, and who has it."""

    report: Report
    title: str
    unit: str
    author: str
    reviewers: tuple[str, ...] = ()
    """Who has it while it waits; who decided once that is done."""
    figures: tuple[tuple[str, Decimal, str | None], ...] = ()
    """Label, value and what is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Reports that were sent, the last first."""

    items: tuple[Told, ...]
    span: Span | None
    missing: tuple[Obligation, ...] = ()
    """Of the period asked for: what has not been sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCount:
    """How a unit stands: what is wanted of it, what is late, by how many days."""

    unit: UnitId
    name: str
    missing: tuple[Obligation, ...]
    late: int
    days: int
    """The most days by which one is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Units of which reports are wanted, of how many that were asked."""

    root: str
    span: Span | None
    counts: tuple[UnitCount, ...]
    missing: int
    """Reports that are wanted."""
    asked: int
    """Reports that were asked for, answered or not."""
    titles: tuple[str, ...] = ()
    """The tasks that were named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneUnit:
    """How one unit stands."""

    unit: UnitId
    name: str
    span: Span | None
    items: tuple[Obligation, ...]
    """What is wanted, the most pressing first."""
    answered: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A unit's part of a figure."""

    unit: UnitId
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure over units and a period; `told` reports of `asked` say it."""

    label: str
    counted: str | None
    root: str
    span: Span | None
    total: Decimal
    shares: tuple[Share, ...]
    """By value, the most first."""
    told: int
    asked: int
    latest: bool = False
    """It does not add up over periods: of each unit its latest counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """Who stands in for whom, from which day to which."""

    person: Person
    deputy: Person
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The people of a unit."""

    unit: UnitId
    name: str
    heads: tuple[Person, ...]
    officers: tuple[Person, ...]
    deputies: tuple[Deputy, ...]
    above: tuple[Person, ...] = ()
    """Who is asked where it has nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Who has not acknowledged a directive that was sent out, within what the asker sees."""

    citation: str
    broadcast: str
    people: tuple[tuple[str, str], ...]
    """Name and unit."""
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadOnes:
    """What was sent out, the last first: the one named, else all."""

    items: tuple[Unread, ...]
    named: bool
    manages: bool
    """Whether the asker may look into each and remind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What was asked lies outside of what the asker sees."""

    unit: str
