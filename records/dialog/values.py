"""What goes into a step of a dialog and what comes out: values only, no sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from records.forms.model import Band, Field, Total
from records.model import Answer, Draft, FileKind

# --- in --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """The officer typed something."""

    text: str


@dataclass(frozen=True, slots=True)
class Chose:
    """The officer tapped a choice; for several choices each tap adds it or takes it away."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The officer sent a file, kept as an attachment under `id`."""

    id: str
    kind: FileKind
    name: str
    size: int


class Move(StrEnum):
    """A tap that is no answer."""

    DONE_CHOOSING = "d"
    """Enough choices or files."""
    YES = "y"
    """"Đúng": what was read is what was meant."""
    NO = "n"
    """"Nhập lại": it is not."""
    BACK = "b"
    SKIP = "s"
    SAME = "l"
    """"Như kỳ trước": the answer of the last report."""
    TAKE = "t"
    """Take the figure already given in another report."""
    SUMMARY = "u"
    """To the summary, once all that is required is answered."""
    CONFIRM = "c"
    """Send."""


@dataclass(frozen=True, slots=True)
class JumpTo:
    """From the summary to one field, and back to the summary after it."""

    field: str


Given = Said | Chose | Attached | Move | JumpTo

# --- known beside ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFigure:
    """A figure somebody gave already: what, in which report's form, for which period."""

    value: Decimal
    form: str
    period: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the step may know beside form and draft. Answers are in their kept form."""

    today: date
    last: Mapping[str, Answer] = field(default_factory=dict)
    """Answers of the unit's last report on this task or form."""
    earlier: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    """The unit's figures of earlier periods by field, oldest first."""
    this_year: Mapping[str, Decimal] = field(default_factory=dict)
    """For cumulative fields: the last figure of an earlier period of the same year."""
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    """For additive fields: the sum over the period's parts, where all of them are reported."""
    shared: Mapping[str, KnownFigure] = field(default_factory=dict)
    """By field: the same figure for the same period from another report of the unit."""


# --- out -------------------------------------------------------------------------------------


class Complaint(StrEnum):
    """Why an input does not count; the draft stays as it was."""

    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_ABOVE = "not_above"
    NOT_A_DATE = "not_a_date"
    IN_THE_PAST = "in_the_past"
    IN_THE_FUTURE = "in_the_future"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_FILE = "not_a_file"
    NOT_TEXT = "not_text"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    TOO_MANY_FILES = "too_many_files"
    REQUIRED = "required"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_NOW = "not_now"
    """A tap that means nothing at this place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A complaint with its facts: the bound that was passed, as text; the field compared with.

    The bound of FILE_TOO_LARGE is in megabytes, that of FILE_KIND the ending of the file's name,
    that of NOT_WHOLE what an answer must be a multiple of. `other` of REQUIRED is the field missed.
    """

    complaint: Complaint
    bound: str | None = None
    other: str | None = None


class Doubt(StrEnum):
    """Why a figure asks for a word of reason."""

    FELL = "fell"
    """A cumulative figure below the one before it."""
    NOT_THE_SUM = "not_the_sum"
    """A longer period's figure that is not the sum of its parts."""
    OUT_OF_RANGE = "out_of_range"
    """Far from what the unit reported before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the summary: a field that applies, and its answer as kept."""

    field: Field
    answer: Answer
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total of the summary; `band` is its grade where the form has bands."""

    total: Total
    value: Decimal
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Ask one field. `position` of `count` counts the fields that apply so far."""

    field: Field
    position: int
    count: int
    current: Answer = None
    """The answer it has now, if it was answered before."""
    chosen: tuple[str, ...] = ()
    """For several choices or files: what is taken so far."""
    same: Answer = None
    """The last report's answer, where it may be taken over."""
    known: KnownFigure | None = None
    """A figure given elsewhere that may be taken over."""
    noted: Line | None = None
    """The answer just taken, read back above the next question."""
    may_go_back: bool = False
    may_skip: bool = False
    to_summary: bool = False
    """Everything required is answered: the summary is one tap away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """Ask whether `answer` is what was meant: it could be read in another way."""

    field: Field
    position: int
    count: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReason:
    """Ask for a word of reason beside a figure that stands out."""

    field: Field
    position: int
    count: int
    answer: Answer
    doubt: Doubt
    against: str
    """The figure it is held against, as kept, or the ends of a range with "–" between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything, before it is sent."""

    lines: tuple[Line, ...]
    sums: tuple[Sum, ...] = ()


Prompt = Ask | ReadBack | AskReason | Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step comes to: the draft to keep, what to show, and whether to send.

    With an `objection` the draft is the one that went in. `sent` is true only for a confirmed,
    complete draft.
    """

    draft: Draft
    prompt: Prompt
    objection: Objection | None = None
    sent: bool = False
