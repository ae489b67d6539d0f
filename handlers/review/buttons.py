"""The buttons of reviewing, under letters that begin with v, and of models, with k."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class OpenWaiting(CallbackData):
    """Show a page of the reports that wait."""

    letters: ClassVar = "vw"
    page: int


@dataclass(frozen=True, slots=True)
class MarkWaiting(CallbackData):
    """Show a page of what waits with marks: bit n of `marks` is its n-th report.

    `key` tells which reports the page had; marks of another list mean nothing.
    """

    letters: ClassVar = "vm"
    page: int
    marks: int
    key: str


@dataclass(frozen=True, slots=True)
class AcceptMarked(CallbackData):
    """Accept the marked reports of a page."""

    letters: ClassVar = "vx"
    page: int
    marks: int
    key: str


@dataclass(frozen=True, slots=True)
class OpenReport(CallbackData):
    """Show a report; `anew` 1: in a new message."""

    letters: ClassVar = "vr"
    report: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class Accept(CallbackData):
    """Accept a report."""

    letters: ClassVar = "va"
    report: str


@dataclass(frozen=True, slots=True)
class GiveBack(CallbackData):
    """Ask for the reason for which a report is returned."""

    letters: ClassVar = "vb"
    report: str


@dataclass(frozen=True, slots=True)
class Comment(CallbackData):
    """Ask for a word about a report."""

    letters: ClassVar = "vc"
    report: str


@dataclass(frozen=True, slots=True)
class NoWords(CallbackData):
    """Do without the words that were asked for."""

    letters: ClassVar = "vn"
    report: str


@dataclass(frozen=True, slots=True)
class ShowFiles(CallbackData):
    """Send the files of a report."""

    letters: ClassVar = "vf"
    report: str


@dataclass(frozen=True, slots=True)
class OpenModels(CallbackData):
    """Show a page of the models."""

    letters: ClassVar = "kl"
    page: int


@dataclass(frozen=True, slots=True)
class OpenModel(CallbackData):
    """Show a model."""

    letters: ClassVar = "ko"
    report: str
