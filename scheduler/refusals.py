"""What the scheduler declines: reminders that cannot be kept, more time that cannot be given.

RecordsRefused
└── RemindingRefused
    ├── NothingToPutOff     no reminder of this person by that key
    ├── TaskNotOpen         more time is asked for what is over
    ├── NotLater            more time that is none
    ├── ReasonWanted        no reason, or one that is too long
    ├── AlreadyAsked        a wish for this period waits for its answer
    ├── NoSuchExtension
    ├── AlreadyDecided
    ├── TooManyReminders
    └── NoSuchReminder
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from records.refusals import RecordsRefused


class RemindingRefused(RecordsRefused):
    """A wish about reminders or due days that is not taken."""


class NothingToPutOff(RemindingRefused):
    """There is no such reminder of this person."""


class TaskNotOpen(RemindingRefused):
    """The task is done, withdrawn or gone."""


@dataclass(eq=False, kw_only=True)
class NotLater(RemindingRefused):
    """The wished day is not after `due`, the last day as it is."""

    again: ClassVar = True
    due: date


@dataclass(eq=False, kw_only=True)
class ReasonWanted(RemindingRefused):
    """The reason is empty or longer than `limit` characters."""

    again: ClassVar = True
    limit: int


class AlreadyAsked(RemindingRefused):
    """More time was asked for this period, and not answered yet."""


class NoSuchExtension(RemindingRefused):
    """There is no such wish for more time."""


@dataclass(eq=False, kw_only=True)
class AlreadyDecided(RemindingRefused):
    """The wish was answered: `state` is the answer, as kept."""

    state: str


@dataclass(eq=False, kw_only=True)
class TooManyReminders(RemindingRefused):
    """The person has `limit` open reminders already."""

    limit: int


class NoSuchReminder(RemindingRefused):
    """There is no such open reminder of this person."""
