"""The buttons of tasks: one's own lists, a task, and a proposal on its way."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class OpenTasks(CallbackData):
    """Show a page of a list of tasks; `view` is the place of a View."""

    letters: ClassVar = "tm"
    view: int
    page: int


@dataclass(frozen=True, slots=True)
class OpenTaskCard(CallbackData):
    """Show one period of a task, `-` for its first to be answered; `anew` 1: in a new message."""

    letters: ClassVar = "to"
    task: str
    period: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class EditTask(CallbackData):
    """Ask for another wording of one term of a task; `term` is the place of a Term."""

    letters: ClassVar = "te"
    task: str
    term: int


@dataclass(frozen=True, slots=True)
class EndTask(CallbackData):
    """Withdraw (`how` 0) or close (1) a task; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "tz"
    task: str
    how: int
    sure: int


@dataclass(frozen=True, slots=True)
class ChooseSource(CallbackData):
    """Show where duties to assign come from."""

    letters: ClassVar = "ts"


@dataclass(frozen=True, slots=True)
class BeginFree(CallbackData):
    """Begin a task that no directive asks for."""

    letters: ClassVar = "tb"


@dataclass(frozen=True, slots=True)
class ListSources(CallbackData):
    """Show a page of the documents that charge units."""

    letters: ClassVar = "td"
    page: int


@dataclass(frozen=True, slots=True)
class ListDuties(CallbackData):
    """Show a page of a document's duties."""

    letters: ClassVar = "tl"
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class BeginDuty(CallbackData):
    """Begin to assign a duty of a document."""

    letters: ClassVar = "ty"
    document: str
    duty: str


@dataclass(frozen=True, slots=True)
class ShowProposal(CallbackData):
    """Show the whole proposal."""

    letters: ClassVar = "tp"
    proposal: str


@dataclass(frozen=True, slots=True)
class OpenPart(CallbackData):
    """Show what one part of a proposal can be; `part` is the place of a Part."""

    letters: ClassVar = "ta"
    proposal: str
    part: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class EnterUnit(CallbackData):
    """Show the units below one, while choosing; `part` as in OpenPart."""

    letters: ClassVar = "tn"
    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ToggleUnit(CallbackData):
    """Take a unit into a part of a proposal, or out of it."""

    letters: ClassVar = "tu"
    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ChooseLevel(CallbackData):
    """Charge all units of a kind below the unit that is shown; `kind` is its place in the list."""

    letters: ClassVar = "tv"
    proposal: str
    part: int
    kind: int


@dataclass(frozen=True, slots=True)
class TogglePerson(CallbackData):
    """Take a person into a part of a proposal, or out of it."""

    letters: ClassVar = "tg"
    proposal: str
    part: int
    person: str


@dataclass(frozen=True, slots=True)
class ClearPart(CallbackData):
    """Empty a part of a proposal."""

    letters: ClassVar = "tc"
    proposal: str
    part: int


@dataclass(frozen=True, slots=True)
class ChooseForm(CallbackData):
    """Take a form for the reports."""

    letters: ClassVar = "tf"
    proposal: str
    form: str


@dataclass(frozen=True, slots=True)
class ChooseTerm(CallbackData):
    """Take one of the usual deadlines, by its place."""

    letters: ClassVar = "tr"
    proposal: str
    term: int


@dataclass(frozen=True, slots=True)
class TurnPriority(CallbackData):
    """Make a task urgent, or ordinary again."""

    letters: ClassVar = "ti"
    proposal: str


@dataclass(frozen=True, slots=True)
class TurnSupport(CallbackData):
    """Ask the supporting units for reports, or only tell them of the task."""

    letters: ClassVar = "tt"
    proposal: str


@dataclass(frozen=True, slots=True)
class Confirm(CallbackData):
    """Assign; `again` 1: although a unit has the duty already."""

    letters: ClassVar = "tk"
    proposal: str
    again: int


@dataclass(frozen=True, slots=True)
class Abandon(CallbackData):
    """Forget a proposal."""

    letters: ClassVar = "tx"
    proposal: str


@dataclass(frozen=True, slots=True)
class ListWaivable(CallbackData):
    """Show a page of what a unit owes and could be freed from."""

    letters: ClassVar = "tw"
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskWaiver(CallbackData):
    """Ask why a period's report of a unit is asked for no more; `period` is `-` for none."""

    letters: ClassVar = "tq"
    task: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class NoWaiver(CallbackData):
    """Go on asking for the report: back to the task."""

    letters: ClassVar = "tj"
    task: str
    period: str


@dataclass(frozen=True, slots=True)
class WantAgain(CallbackData):
    """Take a waiver back."""

    letters: ClassVar = "th"
    task: str
    unit: str
    period: str
