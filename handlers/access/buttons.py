"""The buttons of letting people in, under letters that begin with g."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData, StaleButton
from records.model import Role

ROLES: Final = tuple(Role)
"""Buttons name a role by its place, so roles are only ever added at the end."""


def role_at(place: int) -> Role:
    """Return the role at a place; raises StaleButton."""
    if not 0 <= place < len(ROLES):
        raise StaleButton
    return ROLES[place]


@dataclass(frozen=True, slots=True)
class Join(CallbackData):
    """Come in by the invitation that was opened, under the name that is shown."""

    letters: ClassVar = "gj"


@dataclass(frozen=True, slots=True)
class UseName(CallbackData):
    """Ask for access under the name that Telegram shows."""

    letters: ClassVar = "gn"


@dataclass(frozen=True, slots=True)
class LeaveAsking(CallbackData):
    """Ask for nothing, and wait for no words."""

    letters: ClassVar = "gx"


@dataclass(frozen=True, slots=True)
class ShowRequest(CallbackData):
    """Show a stranger's request for access."""

    letters: ClassVar = "gq"
    request: str


@dataclass(frozen=True, slots=True)
class LetIn(CallbackData):
    """Let a stranger in, into a unit and role."""

    letters: ClassVar = "gl"
    request: str
    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class TurnDown(CallbackData):
    """Decline a request."""

    letters: ClassVar = "gd"
    request: str


@dataclass(frozen=True, slots=True)
class ChooseLifetime(CallbackData):
    """Ask how long an invitation shall hold."""

    letters: ClassVar = "gt"
    unit: str
    role: int


@dataclass(frozen=True, slots=True)
class MakeInvitation(CallbackData):
    """Make an invitation."""

    letters: ClassVar = "gm"
    unit: str
    role: int
    days: int


@dataclass(frozen=True, slots=True)
class OpenInvitations(CallbackData):
    """Show a page of the invitations that hold."""

    letters: ClassVar = "gi"
    page: int


@dataclass(frozen=True, slots=True)
class TakeBack(CallbackData):
    """Make an invitation void."""

    letters: ClassVar = "gv"
    invitation: str
