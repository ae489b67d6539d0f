"""Tables that are not taken.

SheetRefused
├── SheetTooLarge
├── SheetTooLong
├── SheetUnreadable     not the file that its name says
├── SheetKindUnknown    neither .xlsx nor .csv
├── SheetHeaderWrong    columns missing
├── SheetHeaderTwice    a column twice
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
    """No row names all columns: the nearest, `row` (0: none is near), lacks `missing`.

    `found` are its titles that mean nothing here.
    """

    missing: tuple[str, ...]
    row: int = 0
    found: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class SheetHeaderTwice(SheetRefused):
    """Row `row` names a column twice, so which one is meant cannot be known."""

    column: str
    row: int


class SheetEmpty(SheetRefused):
    """There is no row below the header."""


@dataclass(eq=False, kw_only=True)
class SheetFaulty(SheetRefused):
    """`rows` rows have mistakes; nothing was taken."""

    rows: int
