"""The buttons of digests, under letters that begin with s."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData

ALL: Final = "-"
"""Stands for the whole scope."""


@dataclass(frozen=True, slots=True)
class OpenDigest(CallbackData):
    """Show the state of the scope, or of a unit in it; `anew` 1: in a new message."""

    letters: ClassVar = "sd"
    unit: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenUnits(CallbackData):
    """Show a page of the units with their counts."""

    letters: ClassVar = "su"
    page: int


@dataclass(frozen=True, slots=True)
class OpenWork(CallbackData):
    """Show a page of the tasks with their counts."""

    letters: ClassVar = "sw"
    page: int


@dataclass(frozen=True, slots=True)
class OpenGroup(CallbackData):
    """Show a page of how each unit stands with a task, or the tasks assigned with it."""

    letters: ClassVar = "sg"
    group: str
    page: int


@dataclass(frozen=True, slots=True)
class Urge(CallbackData):
    """Remind all who have not reported; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "sr"
    unit: str
    sure: int


@dataclass(frozen=True, slots=True)
class DrawChart(CallbackData):
    """Send the chart."""

    letters: ClassVar = "sc"
    unit: str


@dataclass(frozen=True, slots=True)
class TakeFile(CallbackData):
    """Send the state as a file."""

    letters: ClassVar = "sf"
    unit: str


@dataclass(frozen=True, slots=True)
class TakeCalendar(CallbackData):
    """Send one's due days as a calendar file."""

    letters: ClassVar = "si"


@dataclass(frozen=True, slots=True)
class SetHour(CallbackData):
    """Change an hour of one's own by one; `what` is its place, `up` 1 or 0."""

    letters: ClassVar = "sh"
    what: int
    up: int


@dataclass(frozen=True, slots=True)
class TurnDaily(CallbackData):
    """Take the daily digest (1), or do without it (0)."""

    letters: ClassVar = "st"
    on: int
