"""What joining declines.

JoiningRefused
├── UnknownInvitation     no invitation has this code
├── InvitationExpired
├── InvitationUsed        one-time means one time
├── AlreadyIn             the address belongs to somebody already
├── NameMissing           a person needs a name
├── TooManyRequests       a stranger who asks again and again
├── UnknownRequest
├── RequestDecided
├── NoSuchUnit            the unit is not there, or no longer
├── NoSuchPerson
├── LastAdmin             somebody must be left who can let others in
└── NotADeputy            oneself, somebody inactive, or days upside down
"""

from dataclasses import dataclass
from datetime import datetime

from records.refusals import RecordsRefused


class JoiningRefused(RecordsRefused):
    """Somebody is not let in, or not changed."""


class UnknownInvitation(JoiningRefused):
    """There is no invitation with this code."""


@dataclass(eq=False, kw_only=True)
class InvitationExpired(JoiningRefused):
    """The invitation could be used until `expires`."""

    expires: datetime


class InvitationUsed(JoiningRefused):
    """Somebody came in by this invitation already."""


class AlreadyIn(JoiningRefused):
    """The address belongs to an active person."""


@dataclass(eq=False, kw_only=True)
class NameMissing(JoiningRefused):
    """The name is empty or longer than `limit` characters."""

    limit: int


@dataclass(eq=False, kw_only=True)
class TooManyRequests(JoiningRefused):
    """More than `limit` requests of one stranger in a day, or one that waits."""

    limit: int


class UnknownRequest(JoiningRefused):
    """There is no such request for access."""


class RequestDecided(JoiningRefused):
    """The request was answered already."""


class NoSuchUnit(JoiningRefused):
    """There is no such unit today."""


class NoSuchPerson(JoiningRefused):
    """There is nobody with this id."""


class LastAdmin(JoiningRefused):
    """The only admin may not be deactivated or made something less."""


class NotADeputy(JoiningRefused):
    """The person cannot stand in: himself, inactive, or for no day at all."""
