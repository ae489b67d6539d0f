"""What the use cases of documents decline to do."""

from dataclasses import dataclass
from typing import ClassVar

from vietnamese.refusals import Refusal


class DocumentRefused(Refusal):
    """A correction or a change of a document that cannot be taken."""


@dataclass(eq=False, kw_only=True)
class DayNotRead(DocumentRefused):
    """`said` is no day of the calendar with its year, or lies ahead."""

    again: ClassVar[bool] = True
    said: str


@dataclass(eq=False, kw_only=True)
class FieldTooLong(DocumentRefused):
    """More than `most` letters."""

    again: ClassVar[bool] = True
    most: int


class VersionChanged(DocumentRefused):
    """What was to be replaced is not in the library any more, or not the admin's to change."""
