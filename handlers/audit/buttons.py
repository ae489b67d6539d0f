"""The buttons of the audit log, under a letter that begins with g."""

from dataclasses import dataclass
from typing import ClassVar, Final

from handlers.core.callback_data import CallbackData

EVERYBODY: Final = "-"
"""Stands for no person: the whole log."""


@dataclass(frozen=True, slots=True)
class OpenAudit(CallbackData):
    """Show a page of the log: of what one person did, or of all."""

    letters: ClassVar = "ga"
    person: str
    page: int
