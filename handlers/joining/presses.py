"""The buttons of joining, under letters that begin with g."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.press import Press, StaleButton
from records.model import Role

NONE: Final = "-"
"""Stands for no unit and no person: a field of a press is never empty."""

ROLES: Final = tuple(Role)
"""Buttons name a role by its place, so roles are only ever added at the end."""


def role_at(place: int) -> Role:
    """Return the role at a place; raises StaleButton."""
    if not 0 <= place < len(ROLES):
        raise StaleButton
    return ROLES[place]


# --- units to choose from --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BrowseUnits(Press):
    """Show the units below one, to choose from; `purpose` is what the choice is for."""

    letters: ClassVar = "gb"
    purpose: str
    ref: str
    unit: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class TakeUnit(Press):
    """Choose a unit."""

    letters: ClassVar = "gu"
    purpose: str
    ref: str
    unit: str


# --- coming in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Join(Press):
    """Come in by the invitation that was opened, under the name that is shown."""

    letters: ClassVar = "gj"


@dataclass(frozen=True, slots=True)
class UseName(Press):
    """Ask for access under the name that Telegram shows."""

    letters: ClassVar = "gn"


@dataclass(frozen=True, slots=True)
class LeaveAsking(Press):
    """Ask for nothing, and wait for no words."""

    letters: ClassVar = "gx"


@dataclass(frozen=True, slots=True)
class ShowRequest(Press):
    """Show a stranger's request for access."""

    letters: ClassVar = "gq"
    request: str


@dataclass(frozen=True, slots=True)
class LetIn(Press):
    """Let a stranger in, into a unit and role."""

    letters: ClassVar = "gl"
    request: str
    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class TurnDown(Press):
    """Decline a request."""

    letters: ClassVar = "gd"
    request: str


@dataclass(frozen=True, slots=True)
class ChooseLifetime(Press):
    """Ask how long an invitation shall hold."""

    letters: ClassVar = "gt"
    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class MakeInvitation(Press):
    """Make an invitation."""

    letters: ClassVar = "gm"
    unit: str
    role: int
    days: int


@dataclass(frozen=True, slots=True)
class OpenInvitations(Press):
    """Show a page of the invitations that hold."""

    letters: ClassVar = "gi"
    page: int


@dataclass(frozen=True, slots=True)
class TakeBack(Press):
    """Make an invitation void."""

    letters: ClassVar = "gv"
    invitation: str


# --- tables ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskTable(Press):
    """Wait for a table; `kind` 0: of people, 1: of units."""

    letters: ClassVar = "gs"
    kind: int


@dataclass(frozen=True, slots=True)
class GetTemplate(Press):
    """Hand out the template of a table."""

    letters: ClassVar = "gst"
    kind: int


@dataclass(frozen=True, slots=True)
class TakeTable(Press):
    """Take the table that was previewed."""

    letters: ClassVar = "gsy"
    kind: int


@dataclass(frozen=True, slots=True)
class LeaveTable(Press):
    """Wait for no table."""

    letters: ClassVar = "gsx"


# --- people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPeople(Press):
    """Show a page of the people found."""

    letters: ClassVar = "gp"
    page: int


@dataclass(frozen=True, slots=True)
class OpenPerson(Press):
    """Show a person."""

    letters: ClassVar = "gpo"
    person: str


@dataclass(frozen=True, slots=True)
class GiveRole(Press):
    """Give a person a role; `sure` 0 asks, 1 does it."""

    letters: ClassVar = "gpr"
    person: str
    role: int
    sure: int


@dataclass(frozen=True, slots=True)
class SetActive(Press):
    """End a person's access (`active` 0) or give it back; `sure` as in GiveRole."""

    letters: ClassVar = "gpa"
    person: str
    active: int
    sure: int


@dataclass(frozen=True, slots=True)
class AskPerson(Press):
    """Ask for words about a person; `what` is the place of a PersonWord."""

    letters: ClassVar = "gpw"
    person: str
    what: int


@dataclass(frozen=True, slots=True)
class TakeDeputy(Press):
    """Choose among the deputies that the typed name may mean."""

    letters: ClassVar = "gpd"
    person: str
    deputy: str


@dataclass(frozen=True, slots=True)
class EndDeputies(Press):
    """Let nobody stand in for a person any more."""

    letters: ClassVar = "gpe"
    person: str


# --- units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenUnit(Press):
    """Show a unit and a page of those below it."""

    letters: ClassVar = "go"
    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskUnit(Press):
    """Ask for words about a unit; `what` is the place of a UnitWord."""

    letters: ClassVar = "gow"
    unit: str
    what: int


@dataclass(frozen=True, slots=True)
class EndUnit(Press):
    """End a unit; `sure` as in GiveRole."""

    letters: ClassVar = "goe"
    unit: str
    sure: int


@dataclass(frozen=True, slots=True)
class BeginTakeover(Press):
    """Begin to say who takes over from a unit, or from bodies without a record."""

    letters: ClassVar = "gk"
    unit: str


@dataclass(frozen=True, slots=True)
class ShowTakeover(Press):
    """Show what was said so far of a takeover."""

    letters: ClassVar = "gks"


@dataclass(frozen=True, slots=True)
class AskTakeover(Press):
    """Ask for words of a takeover; `what` 0: former names, 1: basis and day."""

    letters: ClassVar = "gkw"
    what: int


@dataclass(frozen=True, slots=True)
class ConfirmTakeover(Press):
    """Let the takeover be."""

    letters: ClassVar = "gky"


@dataclass(frozen=True, slots=True)
class LeaveTakeover(Press):
    """Forget the takeover that was begun."""

    letters: ClassVar = "gkx"


@dataclass(frozen=True, slots=True)
class OpenSuccessions(Press):
    """Show a page of who took over from whom."""

    letters: ClassVar = "gc"
    page: int


@dataclass(frozen=True, slots=True)
class OpenSuccession(Press):
    """Show one succession."""

    letters: ClassVar = "gco"
    succession: str


@dataclass(frozen=True, slots=True)
class ConfirmSuccession(Press):
    """Confirm a stated succession."""

    letters: ClassVar = "gcy"
    succession: str


@dataclass(frozen=True, slots=True)
class DropSuccession(Press):
    """Take a succession back."""

    letters: ClassVar = "gcx"
    succession: str
