"""The buttons of tasks: one's own lists, a task, and a proposal on its way."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.press import Press


@dataclass(frozen=True, slots=True)
class OpenTasks(Press):
    """Show a page of a list of tasks; `view` is the place of a View."""

    letters: ClassVar = "tm"
    view: int
    page: int


@dataclass(frozen=True, slots=True)
class OpenTaskCard(Press):
    """Show one period of a task, `-` for its first to be answered; `anew` 1: in a new message."""

    letters: ClassVar = "to"
    task: str
    period: str
    anew: int = 0


@dataclass(frozen=True, slots=True)
class EditTask(Press):
    """Ask for another wording of one term of a task; `term` is the place of a Term."""

    letters: ClassVar = "te"
    task: str
    term: int


@dataclass(frozen=True, slots=True)
class EndTask(Press):
    """Withdraw (`how` 0) or close (1) a task; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "tz"
    task: str
    how: int
    sure: int


@dataclass(frozen=True, slots=True)
class ChooseSource(Press):
    """Show where duties to assign come from."""

    letters: ClassVar = "ts"


@dataclass(frozen=True, slots=True)
class BeginFree(Press):
    """Begin a task that no directive asks for."""

    letters: ClassVar = "tb"


@dataclass(frozen=True, slots=True)
class ListSources(Press):
    """Show a page of the documents that charge units."""

    letters: ClassVar = "td"
    page: int


@dataclass(frozen=True, slots=True)
class ListDuties(Press):
    """Show a page of a document's duties."""

    letters: ClassVar = "tl"
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class BeginDuty(Press):
    """Begin to assign a duty of a document."""

    letters: ClassVar = "ty"
    document: str
    duty: str


@dataclass(frozen=True, slots=True)
class ShowProposal(Press):
    """Show the whole proposal."""

    letters: ClassVar = "tp"
    proposal: str


@dataclass(frozen=True, slots=True)
class OpenPart(Press):
    """Show what one part of a proposal can be; `part` is the place of a Part."""

    letters: ClassVar = "ta"
    proposal: str
    part: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class EnterUnit(Press):
    """Show the units below one, while choosing; `part` as in OpenPart."""

    letters: ClassVar = "tn"
    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ToggleUnit(Press):
    """Take a unit into a part of a proposal, or out of it."""

    letters: ClassVar = "tu"
    proposal: str
    part: int
    unit: str


@dataclass(frozen=True, slots=True)
class ChooseLevel(Press):
    """Charge all units of a kind below the unit that is shown; `kind` is its place in the list."""

    letters: ClassVar = "tv"
    proposal: str
    part: int
    kind: int


@dataclass(frozen=True, slots=True)
class TogglePerson(Press):
    """Take a person into a part of a proposal, or out of it."""

    letters: ClassVar = "tg"
    proposal: str
    part: int
    person: str


@dataclass(frozen=True, slots=True)
class ClearPart(Press):
    """Empty a part of a proposal."""

    letters: ClassVar = "tc"
    proposal: str
    part: int


@dataclass(frozen=True, slots=True)
class ChooseForm(Press):
    """Take a form for the reports."""

    letters: ClassVar = "tf"
    proposal: str
    form: str


@dataclass(frozen=True, slots=True)
class ChooseTerm(Press):
    """Take one of the usual deadlines, by its place."""

    letters: ClassVar = "tr"
    proposal: str
    term: int


@dataclass(frozen=True, slots=True)
class TurnPriority(Press):
    """Make a task urgent, or ordinary again."""

    letters: ClassVar = "ti"
    proposal: str


@dataclass(frozen=True, slots=True)
class TurnSupport(Press):
    """Ask the supporting units for reports, or only tell them of the task."""

    letters: ClassVar = "tt"
    proposal: str


@dataclass(frozen=True, slots=True)
class Confirm(Press):
    """Assign; `again` 1: although a unit has the duty already."""

    letters: ClassVar = "tk"
    proposal: str
    again: int


@dataclass(frozen=True, slots=True)
class Abandon(Press):
    """Forget a proposal."""

    letters: ClassVar = "tx"
    proposal: str


@dataclass(frozen=True, slots=True)
class ListWaivable(Press):
    """Show a page of what a unit owes and could be freed from."""

    letters: ClassVar = "tw"
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskWaiver(Press):
    """Ask why a period's report of a unit is asked for no more; `period` is `-` for none."""

    letters: ClassVar = "tq"
    task: str
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class NoWaiver(Press):
    """Go on asking for the report: back to the task."""

    letters: ClassVar = "tj"
    task: str
    period: str


@dataclass(frozen=True, slots=True)
class WantAgain(Press):
    """Take a waiver back."""

    letters: ClassVar = "th"
    task: str
    unit: str
    period: str
