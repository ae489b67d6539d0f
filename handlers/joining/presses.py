"""The buttons of joining, under letters that begin with g."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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

    purpose: str
    ref: str
    unit: str
    page: int
    anew: int = 0


@dataclass(frozen=True, slots=True)
class TakeUnit(Press):
    """Choose a unit."""

    purpose: str
    ref: str
    unit: str


# --- coming in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Join(Press):
    """Come in by the invitation that was opened, under the name that is shown."""


@dataclass(frozen=True, slots=True)
class UseName(Press):
    """Ask for access under the name that Telegram shows."""


@dataclass(frozen=True, slots=True)
class LeaveAsking(Press):
    """Ask for nothing, and wait for no words."""


@dataclass(frozen=True, slots=True)
class ShowRequest(Press):
    """Show a stranger's request for access."""

    request: str


@dataclass(frozen=True, slots=True)
class LetIn(Press):
    """Let a stranger in, into a unit and role."""

    request: str
    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class TurnDown(Press):
    """Decline a request."""

    request: str


@dataclass(frozen=True, slots=True)
class ChooseLifetime(Press):
    """Ask how long an invitation shall hold."""

    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class MakeInvitation(Press):
    """Make an invitation."""

    unit: str
    role: int
    days: int


@dataclass(frozen=True, slots=True)
class OpenInvitations(Press):
    """Show a page of the invitations that hold."""

    page: int


@dataclass(frozen=True, slots=True)
class TakeBack(Press):
    """Make an invitation void."""

    invitation: str


# --- tables ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskTable(Press):
    """Wait for a table; `kind` 0: of people, 1: of units."""

    kind: int


@dataclass(frozen=True, slots=True)
class GetTemplate(Press):
    """Hand out the template of a table."""

    kind: int


@dataclass(frozen=True, slots=True)
class TakeTable(Press):
    """Take the table that was previewed."""

    kind: int


@dataclass(frozen=True, slots=True)
class LeaveTable(Press):
    """Wait for no table."""


# --- people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenPeople(Press):
    """Show a page of the people found."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenPerson(Press):
    """Show a person."""

    person: str


@dataclass(frozen=True, slots=True)
class GiveRole(Press):
    """Give a person a role; `sure` 0 asks, 1 does it."""

    person: str
    role: int
    sure: int


@dataclass(frozen=True, slots=True)
class SetActive(Press):
    """End a person's access (`active` 0) or give it back; `sure` as in GiveRole."""

    person: str
    active: int
    sure: int


@dataclass(frozen=True, slots=True)
class AskPerson(Press):
    """Ask for words about a person; `what` is the place of a PersonWord."""

    person: str
    what: int


@dataclass(frozen=True, slots=True)
class TakeDeputy(Press):
    """Choose among the deputies that the typed name may mean."""

    person: str
    deputy: str


@dataclass(frozen=True, slots=True)
class EndDeputies(Press):
    """Let nobody stand in for a person any more."""

    person: str


# --- units -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenUnit(Press):
    """Show a unit and a page of those below it."""

    unit: str
    page: int


@dataclass(frozen=True, slots=True)
class AskUnit(Press):
    """Ask for words about a unit; `what` is the place of a UnitWord."""

    unit: str
    what: int


@dataclass(frozen=True, slots=True)
class EndUnit(Press):
    """End a unit; `sure` as in GiveRole."""

    unit: str
    sure: int


@dataclass(frozen=True, slots=True)
class BeginTakeover(Press):
    """Begin to say who takes over from a unit, or from bodies without a record."""

    unit: str


@dataclass(frozen=True, slots=True)
class ShowTakeover(Press):
    """Show what was said so far of a takeover."""


@dataclass(frozen=True, slots=True)
class AskTakeover(Press):
    """Ask for words of a takeover; `what` 0: former names, 1: basis and day."""

    what: int


@dataclass(frozen=True, slots=True)
class ConfirmTakeover(Press):
    """Let the takeover be."""


@dataclass(frozen=True, slots=True)
class LeaveTakeover(Press):
    """Forget the takeover that was begun."""


@dataclass(frozen=True, slots=True)
class OpenSuccessions(Press):
    """Show a page of who took over from whom."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenSuccession(Press):
    """Show one succession."""

    succession: str


@dataclass(frozen=True, slots=True)
class ConfirmSuccession(Press):
    """Confirm a stated succession."""

    succession: str


@dataclass(frozen=True, slots=True)
class DropSuccession(Press):
    """Take a succession back."""

    succession: str


KINDS: Final[Mapping[str, type[Press]]] = {
    "gb": BrowseUnits,
    "gu": TakeUnit,
    "gj": Join,
    "gn": UseName,
    "gx": LeaveAsking,
    "gq": ShowRequest,
    "gl": LetIn,
    "gd": TurnDown,
    "gt": ChooseLifetime,
    "gm": MakeInvitation,
    "gi": OpenInvitations,
    "gv": TakeBack,
    "gs": AskTable,
    "gst": GetTemplate,
    "gsy": TakeTable,
    "gsx": LeaveTable,
    "gp": OpenPeople,
    "gpo": OpenPerson,
    "gpr": GiveRole,
    "gpa": SetActive,
    "gpw": AskPerson,
    "gpd": TakeDeputy,
    "gpe": EndDeputies,
    "go": OpenUnit,
    "gow": AskUnit,
    "goe": EndUnit,
    "gk": BeginTakeover,
    "gks": ShowTakeover,
    "gkw": AskTakeover,
    "gky": ConfirmTakeover,
    "gkx": LeaveTakeover,
    "gc": OpenSuccessions,
    "gco": OpenSuccession,
    "gcy": ConfirmSuccession,
    "gcx": DropSuccession,
}
