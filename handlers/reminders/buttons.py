"""The buttons of reminding, under letters that begin with n."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData


@dataclass(frozen=True, slots=True)
class ChoosePutOff(CallbackData):
    """Offer times to be reminded again; `reminder` is the last part of the row's key."""

    letters: ClassVar = "nc"
    reminder: str


@dataclass(frozen=True, slots=True)
class PutOff(CallbackData):
    """Be reminded again at `until`, the letter of an Until."""

    letters: ClassVar = "np"
    reminder: str
    until: str


@dataclass(frozen=True, slots=True)
class AskTime(CallbackData):
    """Ask for the day and the reason of a wish for more time; `period` is `-` for none."""

    letters: ClassVar = "nt"
    task: str
    period: str


@dataclass(frozen=True, slots=True)
class NoTime(CallbackData):
    """Do without more time."""

    letters: ClassVar = "nx"
    task: str


@dataclass(frozen=True, slots=True)
class DecideTime(CallbackData):
    """Grant (1) or refuse (0) a wish for more time."""

    letters: ClassVar = "nd"
    extension: str
    granted: int


@dataclass(frozen=True, slots=True)
class ForgetReminder(CallbackData):
    """Drop a reminder of one's own."""

    letters: ClassVar = "nf"
    reminder: str
