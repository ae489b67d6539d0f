"""The buttons of own work, under letters that begin with h."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.core.callback_data import CallbackData

QUESTION = "question"
"""Stands for a question to the library."""


@dataclass(frozen=True, slots=True)
class Mean(CallbackData):
    """Take the words that were asked about as this intent, or as a question."""

    letters: ClassVar = "hm"
    intent: str


@dataclass(frozen=True, slots=True)
class Which(CallbackData):
    """Ask the intent of this unit: several were spoken of."""

    letters: ClassVar = "hw"
    intent: str
    unit: str
