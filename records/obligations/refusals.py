"""What cannot be scheduled: rules, days and periods that a task cannot have.

RecordsRefused
└── PeriodsRefused
    ├── RuleMissing         a returning report without a rule for its due day
    ├── RuleUnclear         more ways than one, or none, in one rule
    ├── RuleDoesNotFit      a way that the cadence does not know
    ├── WrongDates          not one date a period
    ├── ImpossibleDay       a day that no month has
    ├── ImpossibleLag       months or working days beyond all use
    ├── DueBeforeFigures    due before the figures that were asked for are closed
    ├── WrongLadder         reminders out of order
    ├── EndedBeforeTask     a period that was over when the task began
    └── NotOfTask           a period of another cadence or date
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from records.ids import PeriodKey
from records.model import Cadence
from records.refusals import RecordsRefused


class PeriodsRefused(RecordsRefused):
    """A task or a period that cannot be scheduled."""

    again: ClassVar = True


@dataclass(eq=False, kw_only=True)
class RuleMissing(PeriodsRefused):
    """A task of this cadence returns, but nothing says when its reports are due."""

    cadence: Cadence


@dataclass(eq=False, kw_only=True)
class RuleUnclear(PeriodsRefused):
    """A rule names these `ways` at once, or none; exactly one is wanted."""

    ways: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class RuleDoesNotFit(PeriodsRefused):
    """A task of this cadence cannot be due by this way of a rule."""

    cadence: Cadence
    way: str


@dataclass(eq=False, kw_only=True)
class WrongDates(PeriodsRefused):
    """So many dates are `given`, or two fall in one period; `expected` are wanted, in order."""

    expected: int
    given: int


@dataclass(eq=False, kw_only=True)
class ImpossibleDay(PeriodsRefused):
    """No month, or not this one, ever has the day."""

    day: int
    month: int | None = None


@dataclass(eq=False, kw_only=True)
class ImpossibleLag(PeriodsRefused):
    """So many months or working days after the period; `most` is the bound."""

    lag: int
    most: int


@dataclass(eq=False, kw_only=True)
class DueBeforeFigures(PeriodsRefused):
    """The task's own cut-off day, `cutoff`, lies after the day its report is due."""

    cutoff: int


@dataclass(eq=False, kw_only=True)
class WrongLadder(PeriodsRefused):
    """The steps of a ladder do not fall."""

    ladder: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class EndedBeforeTask(PeriodsRefused):
    """The report was `due` before the task `began`."""

    due: date
    began: date


@dataclass(eq=False, kw_only=True)
class NotOfTask(PeriodsRefused):
    """The task has no period of this name."""

    key: PeriodKey
