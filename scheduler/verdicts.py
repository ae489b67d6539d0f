"""What can become of one try to deliver a message, as a channel tells it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


class Verdict:
    """What became of one try."""


@dataclass(frozen=True, slots=True)
class Sent(Verdict):
    """The channel took it; `reference` is how it names the message."""

    reference: str


@dataclass(frozen=True, slots=True)
class Flooded(Verdict):
    """The channel asks to wait, for this person alone."""

    pause: timedelta


@dataclass(frozen=True, slots=True)
class Held(Verdict):
    """Not tried: it waits until a better hour."""

    until: datetime


class NotTaken(Verdict):
    """It surely did not arrive: a server's error, no connection."""


class NoAnswer(Verdict):
    """It may have arrived."""


class Gone(Verdict):
    """The person blocked the bot or left the channel."""


@dataclass(frozen=True, slots=True)
class Moved(Verdict):
    """The person's (a group's) address is another one now."""

    address: str


class NotWanted(Verdict):
    """Its reason has gone: nothing to send."""


@dataclass(frozen=True, slots=True)
class Refused(Verdict):
    """The channel refuses it for what it is; `reason` in the channel's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere(Verdict):
    """Not tried: the person's way is another one; the sender of `channel` has it from now on."""

    channel: str
