"""The buttons of reporting, under letters that begin with b."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData, StaleButton
from records.model import Outcome


@dataclass(frozen=True, slots=True)
class OpenReporting(CallbackData):
    """Show a page of what is to be reported, and the drafts; `anew` 1: in a new message."""

    letters: ClassVar = "bl"
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class OpenDue(CallbackData):
    """Show what can be reported on a task's period (NONE: it has none)."""

    letters: ClassVar = "bt"
    task: str
    period: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class SayAtOnce(CallbackData):
    """Report one word; `outcome` is its place among the outcomes, `draft` makes it count once."""

    letters: ClassVar = "bo"
    task: str
    period: str
    outcome: int
    draft: str


@dataclass(frozen=True, slots=True)
class Begin(CallbackData):
    """Open the dialog of a task's period, with its own form (NONE) or another."""

    letters: ClassVar = "bd"
    task: str
    period: str
    form: str


@dataclass(frozen=True, slots=True)
class BeginFree(CallbackData):
    """Open the dialog of a form that belongs to no task."""

    letters: ClassVar = "bf"
    form: str


@dataclass(frozen=True, slots=True)
class Revise(CallbackData):
    """Open a report that was sent, to send it anew."""

    letters: ClassVar = "be"
    report: str


@dataclass(frozen=True, slots=True)
class TakeBack(CallbackData):
    """Take back a report that was just sent by one tap."""

    letters: ClassVar = "bw"
    report: str


@dataclass(frozen=True, slots=True)
class Resume(CallbackData):
    """Go on with a draft."""

    letters: ClassVar = "br"
    draft: str


@dataclass(frozen=True, slots=True)
class Step(CallbackData):
    """A tap that is no answer, by the letter of its `records.dialog.values.Move`."""

    letters: ClassVar = "bm"
    draft: str
    revision: int
    move: str


@dataclass(frozen=True, slots=True)
class Pick(CallbackData):
    """Take a choice by its key; of several choices or files, take it or let it go."""

    letters: ClassVar = "bc"
    draft: str
    revision: int
    key: str


@dataclass(frozen=True, slots=True)
class Jump(CallbackData):
    """From the summary to a field, by its key."""

    letters: ClassVar = "bj"
    draft: str
    revision: int
    field: str


@dataclass(frozen=True, slots=True)
class TurnSummary(CallbackData):
    """Show another page of the summary's buttons."""

    letters: ClassVar = "bp"
    draft: str
    page: int


@dataclass(frozen=True, slots=True)
class Leave(CallbackData):
    """Keep a draft for later."""

    letters: ClassVar = "bs"
    draft: str


@dataclass(frozen=True, slots=True)
class Cancel(CallbackData):
    """Throw a draft away; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "bx"
    draft: str
    sure: int


@dataclass(frozen=True, slots=True)
class AttachTo(CallbackData):
    """Give files that were sent to a draft; `mark` tells which files."""

    letters: ClassVar = "ba"
    mark: str
    draft: str


@dataclass(frozen=True, slots=True)
class AttachDue(CallbackData):
    """Give files that were sent to a report that is due, which is opened."""

    letters: ClassVar = "bg"
    mark: str
    task: str
    period: str


@dataclass(frozen=True, slots=True)
class OpenSent(CallbackData):
    """Show a page of what was sent; `quarter` 1: in this quarter only."""

    letters: ClassVar = "bh"
    page: int
    quarter: int


@dataclass(frozen=True, slots=True)
class OpenOwn(CallbackData):
    """Show a report that was sent to its author."""

    letters: ClassVar = "bi"
    report: str


_OUTCOMES: Final = tuple(Outcome)


def outcome_number(outcome: Outcome) -> int:
    """Return the place of an outcome, as a button carries it."""
    return _OUTCOMES.index(outcome)


def outcome_at(number: int) -> Outcome:
    """Return the outcome of that place; raises StaleButton if there is none."""
    if number >= len(_OUTCOMES):
        raise StaleButton
    return _OUTCOMES[number]
