"""What a form is: fields in order, totals over them, bands that grade a total."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final


class FieldType(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"
    SCORE = "score"
    FILES = "files"


class Direction(StrEnum):
    """On which side of today a date must lie."""

    ANY = "any"
    PAST = "past"
    """Today or earlier."""
    FUTURE = "future"
    """Today or later."""


class Purpose(StrEnum):
    """What the assistant itself offers a form for; each has one form."""

    PROGRESS = "progress"
    """How a task goes on: the form of any task that has none of its own."""
    OBSTACLE = "obstacle"
    """What hinders, told at once; of a task, its first question alone is asked."""
    PAPER = "paper"
    """A report that went by paper: its field `paper` takes the number."""
    MODEL = "model"
    """A model of good work, listed under its field `name`."""


NEEDED_FIELD: Final = {Purpose.PAPER: "paper", Purpose.MODEL: "name"}
"""Key of the text that a form of this purpose must ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers offered: `key` is kept, `label` is shown."""

    key: str
    label: str


SOME: Final = "some"
NO_NUMBER: Final = "none"
"""What a condition says of a number: above 0, or 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A field is asked only if the earlier field `field` was answered with one of `values`."""

    field: str
    values: tuple[str, ...]
    """Keys of choices; `yes` and `no` for a yes/no field; `some` (above 0) and `none` (0) for a
    number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing asked."""

    key: str
    type: FieldType
    label: str
    """Short name for the summary: "Số đơn đã tiếp nhận"."""
    question: str
    """The sentence asked."""
    help: str | None = None
    required: bool = True
    unit: str | None = None
    """Of a number: người, đơn, hộ, cuộc, triệu đồng …"""
    whole: bool = False
    """A number without decimals."""
    least: Decimal | None = None
    most: Decimal | None = None
    """Bounds of a number, included; of a score, `most` is its points."""
    shortest: int = 1
    longest: int = 1000
    """Characters of a text."""
    choices: tuple[Choice, ...] = ()
    direction: Direction = Direction.ANY
    most_files: int = 10
    condition: Condition | None = None
    remembered: bool = False
    """Offer the answer of the last report ("như kỳ trước")."""
    fresh: Condition | None = None
    """Where it holds the answer is a new one, and the last report's is not offered."""
    cumulative: bool = False
    """Counts from the year's start: within a year it does not fall from period to period."""
    additive: bool = False
    """The figure of a longer period is the sum of those of its parts."""
    shared: str | None = None
    """Name of a figure that several forms ask for: given once in a period, it is offered later."""
    not_above: str | None = None
    """Key of an earlier field that this number may not exceed (resolved ≤ received)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A grade: from `at_least` points up, until the next band begins."""

    label: str
    at_least: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum over fields, shown in the summary, and graded where there are bands."""

    key: str
    label: str
    of: tuple[str, ...]
    unit: str | None = None
    out_of: Decimal | None = None
    bands: tuple[Band, ...] = ()
    """Highest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Where a form is offered; None is what its version before says."""

    task: bool | None = None
    """It means nothing without the task or period it is about; any other can be filled in whenever
    there is something to tell."""
    purpose: Purpose | None = None
    duties: tuple[str, ...] | None = None
    """Folded words of a duty that this form is made for."""

    def after(self, before: "Use") -> "Use":
        """Return this use, with what it leaves open as it was `before`."""
        return Use(
            task=before.task if self.task is None else self.task,
            purpose=before.purpose if self.purpose is None else self.purpose,
            duties=before.duties if self.duties is None else self.duties,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A report's questions. A field with the key `outcome` says what the report comes to."""

    id: str
    version: int
    title: str
    fields: tuple[Field, ...]
    totals: tuple[Total, ...] = ()
    basis: str | None = None
    """The text that asks for it, as cited."""
    use: Use = Use()

    def field(self, key: str) -> Field:
        """Return the field of that key; KeyError if there is none."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)
