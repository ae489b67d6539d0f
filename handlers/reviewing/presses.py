"""The buttons of reviewing, under letters that begin with v, and of models, with k."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class OpenWaiting(Press):
    """Show a page of the reports that wait."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenReport(Press):
    """Show a report; `anew` 1: in a new message."""

    report: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class Accept(Press):
    """Accept a report."""

    report: str


@dataclass(frozen=True, slots=True)
class GiveBack(Press):
    """Ask for the reason for which a report is returned."""

    report: str


@dataclass(frozen=True, slots=True)
class Comment(Press):
    """Ask for a word about a report."""

    report: str


@dataclass(frozen=True, slots=True)
class NoWords(Press):
    """Do without the words that were asked for."""

    report: str


@dataclass(frozen=True, slots=True)
class ShowFiles(Press):
    """Send the files of a report."""

    report: str


@dataclass(frozen=True, slots=True)
class OpenModels(Press):
    """Show a page of the models."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenModel(Press):
    """Show a model."""

    report: str


KINDS: Final[Mapping[str, type[Press]]] = {
    "vw": OpenWaiting,
    "vr": OpenReport,
    "va": Accept,
    "vb": GiveBack,
    "vc": Comment,
    "vn": NoWords,
    "vf": ShowFiles,
    "kl": OpenModels,
    "ko": OpenModel,
}
