"""What is declined about tasks.

TaskRefused
├── NobodyAddressed     no unit and nobody is charged
├── UnitGone            a unit that does not exist on the day is charged
├── AssigneeElsewhere   somebody is to report for a unit that he is not of
├── NoReviewer          the chosen reviewer may not review the lead unit
├── NoTitle             a task without a name
├── DueInThePast        a task that would be late at once
├── AlreadyAssigned     the same duty stands open at the same unit
├── NoProposal          the proposal was assigned, dropped, or another one was begun
├── UnknownTask         no task of this id
├── TaskOver            the task is done or withdrawn
├── NothingOwed         no report is wanted for the period
├── OwnDuty             nobody frees himself from a report
└── WaiverUnexplained   a period is waived for a reason
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from records.refusals import RecordsRefused


class TaskRefused(RecordsRefused):
    """Something about a task that is declined."""


class NobodyAddressed(TaskRefused):
    """No unit and nobody is charged."""


@dataclass(eq=False, kw_only=True)
class UnitGone(TaskRefused):
    """`unit` (its name) does not exist on the day."""

    unit: str


@dataclass(eq=False, kw_only=True)
class AssigneeElsewhere(TaskRefused):
    """`person` (the name) belongs to none of the units charged."""

    person: str


@dataclass(eq=False, kw_only=True)
class NoReviewer(TaskRefused):
    """`person` (the name) may not review `unit` (its name)."""

    person: str
    unit: str


class NoTitle(TaskRefused):
    """A task without a name."""

    again: ClassVar = True


@dataclass(eq=False, kw_only=True)
class DueInThePast(TaskRefused):
    """`due` lies before today."""

    again: ClassVar = True
    due: date


@dataclass(eq=False, kw_only=True)
class AlreadyAssigned(TaskRefused):
    """The same duty stands open at `units` (their names); nothing was assigned to anybody."""

    units: tuple[str, ...]


class NoProposal(TaskRefused):
    """The proposal was assigned, dropped, or gave way to another one."""


class UnknownTask(TaskRefused):
    """No task of this id."""


@dataclass(eq=False, kw_only=True)
class TaskOver(TaskRefused):
    """The task `title` is done or withdrawn."""

    title: str


class NothingOwed(TaskRefused):
    """No report is wanted of the unit for the period."""


class OwnDuty(TaskRefused):
    """Who is to report cannot free himself."""


@dataclass(eq=False, kw_only=True)
class WaiverUnexplained(TaskRefused):
    """The reason is empty or longer than `limit` characters."""

    again: ClassVar = True
    limit: int
