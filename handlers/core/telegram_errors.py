"""One classifier of what Telegram and the network refuse."""

from enum import Enum, auto
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class Fault(Enum):
    """What can be done about an error."""

    RETRY = auto()
    """The network or Telegram's servers: the same request may succeed shortly."""
    WAIT = auto()
    """Flood control: the same request succeeds after the stated time."""
    GONE = auto()
    """The person blocked the bot, or chat or message no longer exist: nothing to do."""
    HARMLESS = auto()
    """What was asked for is so already, or came too late to matter."""
    BUG = auto()
    """Ours: to be logged with an id and excused."""


_BY_CLASS: Final = (
    (RetryAfter, Fault.WAIT),
    (Forbidden, Fault.GONE),
    (ChatMigrated, Fault.GONE),
    (InvalidToken, Fault.BUG),
)

_BY_TEXT: Final = (
    ("message is not modified", Fault.HARMLESS),
    ("query is too old", Fault.HARMLESS),
    ("query id is invalid", Fault.HARMLESS),
    ("chat not found", Fault.GONE),
    ("message to edit not found", Fault.GONE),
    ("message can't be edited", Fault.GONE),
    ("not enough rights to send", Fault.GONE),
    ("user is deactivated", Fault.GONE),
)
"""Refusals that share one class, BadRequest; Telegram gives them no code, and its texts are all
there is to tell them apart."""


def classify(error: BaseException) -> Fault:
    """Tell what can be done about `error`.

    BadRequest is a NetworkError to the library; it is judged first, since repeating what Telegram
    refuses can never help.
    """
    for kind, fault in _BY_CLASS:
        if isinstance(error, kind):
            return fault
    said = str(error).lower()
    if isinstance(error, BadRequest):
        return next((fault for text, fault in _BY_TEXT if text in said), Fault.BUG)
    return Fault.RETRY if isinstance(error, NetworkError) else Fault.BUG
