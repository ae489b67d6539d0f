"""Tables that are not taken.

SheetRefused
├── SheetTooLarge
├── SheetTooLong
├── SheetUnreadable     not the file that its name says
├── SheetKindUnknown    neither .xlsx nor .csv
├── SheetHeaderWrong    columns missing or twice
├── SheetEmpty
└── SheetFaulty         a row is wrong, so none was taken
"""

from dataclasses import dataclass
from typing import ClassVar

from records.refusals import RecordsRefused


class SheetRefused(RecordsRefused):
    """A table that is not taken; another may be sent at once."""

    again: ClassVar = True


@dataclass(eq=False, kw_only=True)
class SheetTooLarge(SheetRefused):
    """The file has more than `limit` bytes, packed or unpacked."""

    limit: int


@dataclass(eq=False, kw_only=True)
class SheetTooLong(SheetRefused):
    """The table has more than `limit` rows."""

    limit: int


class SheetUnreadable(SheetRefused):
    """The file is damaged, or is not what its name says."""


class SheetKindUnknown(SheetRefused):
    """The name ends in neither .xlsx nor .csv."""


@dataclass(eq=False, kw_only=True)
class SheetHeaderWrong(SheetRefused):
    """The first row lacks the columns `missing`, or has a column twice."""

    missing: tuple[str, ...]


class SheetEmpty(SheetRefused):
    """There is no row below the header."""


@dataclass(eq=False, kw_only=True)
class SheetFaulty(SheetRefused):
    """`rows` rows have mistakes; nothing was taken."""

    rows: int
