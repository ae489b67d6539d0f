"""What reporting declines; the draft stays wherever one is meant.

ReportingRefused
├── NoSuchDraft        gone: cancelled, or never there
├── NotOfUnit          the person no longer reports for the unit
├── TaskWithdrawn      nobody asks for the report any more
├── TaskClosed         the task is done
├── AlreadyReported    another report for the same task and period stands
├── ReportAccepted     what was accepted is not changed any more
├── NoSuchReport
├── NotTakenBack       reviewed or replaced, so it can be taken back no more
└── TakenBackTooLate   the minutes for taking it back have passed
"""

from dataclasses import dataclass
from datetime import datetime

from records.refusals import RecordsRefused


class ReportingRefused(RecordsRefused):
    """A report that is not taken, or not yet."""


class NoSuchDraft(ReportingRefused):
    """The draft was cancelled or was never there."""


class NoSuchReport(ReportingRefused):
    """There is no report with this id."""


@dataclass(eq=False, kw_only=True)
class NotOfUnit(ReportingRefused):
    """The person does not report for `unit`, its name, any more."""

    unit: str


@dataclass(eq=False, kw_only=True)
class TaskWithdrawn(ReportingRefused):
    """The task of that `title` was withdrawn."""

    title: str


@dataclass(eq=False, kw_only=True)
class TaskClosed(ReportingRefused):
    """The task of that `title` is done and asks for no more reports."""

    title: str


@dataclass(eq=False, kw_only=True)
class AlreadyReported(ReportingRefused):
    """The unit's report for the period was sent by `author` (a name) at `submitted`."""

    author: str
    submitted: datetime


@dataclass(eq=False, kw_only=True)
class NotTakenBack(ReportingRefused):
    """The report was reviewed or replaced: `state` is where it stands, as kept."""

    state: str


@dataclass(eq=False, kw_only=True)
class TakenBackTooLate(ReportingRefused):
    """More than `minutes` have passed since the report was sent."""

    minutes: int


@dataclass(eq=False, kw_only=True)
class ReportAccepted(ReportingRefused):
    """The report was accepted and is not changed any more."""
