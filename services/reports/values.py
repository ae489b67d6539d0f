"""What goes into reporting and what comes out, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.dialog.values import Given, Objection, Prompt
from records.forms.model import Form, Purpose
from records.ids import DraftId, PeriodKey, TaskId
from records.model import Draft, FileKind, Outcome, Report, Task

OUTCOME_FOR: Final = {Purpose.OBSTACLE: Outcome.OBSTACLE, Purpose.PAPER: Outcome.ON_PAPER}
"""What a report comes to where its form does not ask for the outcome; elsewhere it is done."""


TOPIC: Final = "report"
"""`Focus.topic` of somebody who is at a draft; the subject is the draft's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a report is about: a task and period, or nothing but its form."""

    task: TaskId | None = None
    period: PeriodKey | None = None
    form: str | None = None
    """None: the form of the task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as its channel hands it over."""

    kind: FileKind
    reference: str
    """By which the channel finds it."""
    identity: str
    """The same for the same file sent again."""
    name: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input to a draft."""

    draft: DraftId
    given: Given | File
    revision: int | None = None
    """That of the tapped button; None for words and files, which belong to no certain message."""
    field: str | None = None
    """Key of the field that is meant, where that need not be the one asked: an edited answer."""
    order: int | None = None
    """Number of the message that brought words or a file: one that comes again changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A draft as it stands, with what it takes to show it."""

    draft: Draft
    form: Form
    prompt: Prompt
    unit: str
    """Name of the unit that reports."""
    task: Task | None = None
    objection: Objection | None = None
    stale: bool = False
    """The input was not meant for the draft as it is now, and changed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A report that stands; `again` if it had been sent before."""

    report: Report
    unit: str
    form: Form
    task: Task | None = None
    reviewers: tuple[str, ...] = ()
    """Names of those who have it."""
    passed_over: str | None = None
    """Name of the reviewer whom the task names, where he cannot be reached."""
    again: bool = False
    open_until: datetime | None = None
    """Until when the actor may take it back; None: not, or no more."""


Shown = Dialog | Sent
