"""The buttons of reviewing, under letters that begin with v, and of models, with k."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class OpenWaiting(Press):
    """Show a page of the reports that wait."""

    letters: ClassVar = "vw"
    page: int


@dataclass(frozen=True, slots=True)
class OpenReport(Press):
    """Show a report; `anew` 1: in a new message."""

    letters: ClassVar = "vr"
    report: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class Accept(Press):
    """Accept a report."""

    letters: ClassVar = "va"
    report: str


@dataclass(frozen=True, slots=True)
class GiveBack(Press):
    """Ask for the reason for which a report is returned."""

    letters: ClassVar = "vb"
    report: str


@dataclass(frozen=True, slots=True)
class Comment(Press):
    """Ask for a word about a report."""

    letters: ClassVar = "vc"
    report: str


@dataclass(frozen=True, slots=True)
class NoWords(Press):
    """Do without the words that were asked for."""

    letters: ClassVar = "vn"
    report: str


@dataclass(frozen=True, slots=True)
class ShowFiles(Press):
    """Send the files of a report."""

    letters: ClassVar = "vf"
    report: str


@dataclass(frozen=True, slots=True)
class OpenModels(Press):
    """Show a page of the models."""

    letters: ClassVar = "kl"
    page: int


@dataclass(frozen=True, slots=True)
class OpenModel(Press):
    """Show a model."""

    letters: ClassVar = "ko"
    report: str
