"""The buttons of tasks: one's own lists, a task, and a proposal on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class OpenTasks(Press):
    """Show a page of a list of tasks; `view` is the place of a View."""

    view: int
    page: int


@dataclass(frozen=True, slots=True)
class OpenTaskCard(Press):
    """Show one period of a task, `-` for its first to be answered; `anew` 1: in a new message."""

    task: str
    period: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class EditTask(Press):
    """Ask for another wording of one term of a task; `term` is the place of a Term."""

    task: str
    term: int


@dataclass(frozen=True, slots=True)
class EndTask(Press):
    """Withdraw (`how` 0) or close (1) a task; `sure` 0 asks, 1 does it."""

    task: str
    how: int
    sure: int


@dataclass(frozen=True, slots=True)
class ChooseSource(Press):
    """Show where duties to assign come from."""


@dataclass(frozen=True, slots=True)
class BeginFree(Press):
    """Begin a task that no directive asks for."""


@dataclass(frozen=True, slots=True)
class ListSources(Press):
    """Show a page of the documents that charge units."""

    page: int


@dataclass(frozen=True, slots=True)
class ListDuties(Press):
    """Show a page of a document's duties."""

    document: str
    page: int


@dataclass(frozen=True, slots=True)
class BeginDuty(Press):
    """Begin to assign a duty of a document."""

    document: str
    duty: str


@dataclass(frozen=True, slots=True)
class ShowProposal(Press):
    """Show the whole proposal."""

    proposal: str


@dataclass(frozen=True, slots=True)
class OpenPart(Press):
    """Show what one part of a proposal can be; `part` is the place of a Part."""

    proposal: str
    part: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class EnterUnit(Press):
    """Show the units below one, while choosing; `part` as in OpenPart."""

    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ToggleUnit(Press):
    """Take a unit into a part of a proposal, or out of it."""

    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ChooseLevel(Press):
    """Charge all units of a kind below the unit that is shown; `kind` is its place in the list."""

    proposal: str
    part: int
    kind: int


@dataclass(frozen=True, slots=True)
class TogglePerson(Press):
    """Take a person into a part of a proposal, or out of it."""

    proposal: str
    part: int
    person: str


@dataclass(frozen=True, slots=True)
class ClearPart(Press):
    """Empty a part of a proposal."""

    proposal: str
    part: int


@dataclass(frozen=True, slots=True)
class ChooseForm(Press):
    """Take a form for the reports."""

    proposal: str
    form: str


@dataclass(frozen=True, slots=True)
class ChooseTerm(Press):
    """Take one of the usual deadlines, by its place."""

    proposal: str
    term: int


@dataclass(frozen=True, slots=True)
class TurnPriority(Press):
    """Make a task urgent, or ordinary again."""

    proposal: str


@dataclass(frozen=True, slots=True)
class TurnSupport(Press):
    """Ask the supporting units for reports, or only tell them of the task."""

    proposal: str


@dataclass(frozen=True, slots=True)
class Confirm(Press):
    """Assign; `again` 1: although a unit has the duty already."""

    proposal: str
    again: int


@dataclass(frozen=True, slots=True)
class Abandon(Press):
    """Forget a proposal."""

    proposal: str


@dataclass(frozen=True, slots=True)
class ListWaivable(Press):
    """Show a page of what a unit owes and could be freed from."""

    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskWaiver(Press):
    """Ask why a period's report of a unit is asked for no more; `period` is `-` for none."""

    task: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class NoWaiver(Press):
    """Go on asking for the report: back to the task."""

    task: str
    period: str


@dataclass(frozen=True, slots=True)
class WantAgain(Press):
    """Take a waiver back."""

    task: str
    unit: str
    period: str


KINDS: Final[Mapping[str, type[Press]]] = {
    "tm": OpenTasks,
    "to": OpenTaskCard,
    "te": EditTask,
    "tz": EndTask,
    "ts": ChooseSource,
    "tb": BeginFree,
    "td": ListSources,
    "tl": ListDuties,
    "ty": BeginDuty,
    "tp": ShowProposal,
    "ta": OpenPart,
    "tn": EnterUnit,
    "tu": ToggleUnit,
    "tv": ChooseLevel,
    "tg": TogglePerson,
    "tc": ClearPart,
    "tf": ChooseForm,
    "tr": ChooseTerm,
    "ti": TurnPriority,
    "tt": TurnSupport,
    "tk": Confirm,
    "tx": Abandon,
    "tw": ListWaivable,
    "tq": AskWaiver,
    "tj": NoWaiver,
    "th": WantAgain,
}
