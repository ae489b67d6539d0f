"""The buttons of the audit log, under a letter that begins with g."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.press import Press

EVERYBODY: Final = "-"
"""Stands for no person: the whole log."""


@dataclass(frozen=True, slots=True)
class OpenAudit(Press):
    """Show a page of the log: of what one person did, or of all."""

    person: str
    page: int


KINDS: Final[Mapping[str, type[Press]]] = {"ga": OpenAudit}
