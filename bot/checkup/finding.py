"""What a look at one thing found."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a thing stands, as the line about it begins."""

    OK = "ok"
    NOTE = "note"
    """It runs; something is missing that one may want."""
    WRONG = "WRONG"
    """It does not run, or not safely; what to do is said."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands, and what to do where it is not in order."""

    mark: Mark
    thing: str
    said: str

    def __str__(self) -> str:
        """Return its line."""
        return f"{self.mark:<5}  {self.thing}: {self.said}"


def fine(thing: str, said: str) -> Finding:
    """Say that a thing is in order."""
    return Finding(Mark.OK, thing, said)


def remark(thing: str, said: str) -> Finding:
    """Say what one may want to change."""
    return Finding(Mark.NOTE, thing, said)


def wrong(thing: str, said: str) -> Finding:
    """Say what must be changed."""
    return Finding(Mark.WRONG, thing, said)
