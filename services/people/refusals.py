"""What joining declines; nothing of it is half done.

JoiningRefused
├── InvitationUnknown       no such link, or one that was taken back
├── InvitationUsed          somebody came in by it already
├── InvitationExpired
├── AlreadyInside           the address belongs to somebody active
├── NameMissing             a name of blanks, or longer than one
├── RequestWaiting          the asker has asked already, and nobody has decided
├── TooManyRequests         asked too often within a day
├── RequestGone             no such request
├── RequestDecided          another admin was faster
├── UnitNotStanding         the unit does not exist, or not any more
├── MemberUnknown           no such person
├── AccountWrong            no Telegram id, or a phone number
├── AccountTaken            somebody active has it
├── LastAdmin               nobody would be left to let people in
├── DeputyUnfit             nobody stands in for himself, and nobody inactive for anybody
└── StandInDays             days in the past, in the wrong order, or too many
"""

from dataclasses import dataclass
from typing import ClassVar

from records.refusals import RecordsRefused


class JoiningRefused(RecordsRefused):
    """Somebody is not let in, or a person not changed."""


class InvitationUnknown(JoiningRefused):
    """There is no such invitation."""


class InvitationUsed(JoiningRefused):
    """The invitation has let somebody in; each lets in one."""


class InvitationExpired(JoiningRefused):
    """The invitation's time is over."""


class AlreadyInside(JoiningRefused):
    """Somebody active has this address."""


@dataclass(eq=False, kw_only=True)
class NameMissing(JoiningRefused):
    """The name is empty or longer than `limit` characters."""

    again: ClassVar = True
    limit: int


class RequestWaiting(JoiningRefused):
    """A request of this address waits for a decision."""


@dataclass(eq=False, kw_only=True)
class TooManyRequests(JoiningRefused):
    """The address has asked `limit` times within a day."""

    limit: int


class RequestGone(JoiningRefused):
    """There is no such request."""


@dataclass(eq=False, kw_only=True)
class RequestDecided(JoiningRefused):
    """The request has been decided; `approved` tells how."""

    approved: bool


class UnitNotStanding(JoiningRefused):
    """The unit is not there, or has ended."""


class MemberUnknown(JoiningRefused):
    """There is no such person."""


@dataclass(eq=False, kw_only=True)
class AccountWrong(JoiningRefused):
    """What was typed is no Telegram id; a phone number is none."""

    again: ClassVar = True
    said: str


@dataclass(eq=False, kw_only=True)
class AccountTaken(JoiningRefused):
    """Somebody active, `name`, has this account."""

    again: ClassVar = True
    name: str


class LastAdmin(JoiningRefused):
    """It would leave the office without an admin."""


class DeputyUnfit(JoiningRefused):
    """Who is named cannot stand in."""

    again: ClassVar = True


@dataclass(eq=False, kw_only=True)
class StandInDays(JoiningRefused):
    """The days are past, the last is before the first, or there are more than `limit`."""

    again: ClassVar = True
    limit: int
