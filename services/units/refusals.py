"""What changing the tree of units declines; the tree stays as it is.

StructureRefused
├── UnitUnknown             no such unit
├── UnitOver                the unit has ended
├── UnitNameWrong           a name of blanks, or too long
├── UnitNameTaken           a unit beside it bears the name
├── UnitRing                a unit would stand below itself
├── UnitNotEmpty            units or people are still in it
├── UnitDayWrong            a day before the unit began, or ahead where the change is at once
├── SuccessionUnknown
├── SuccessionIncomplete    nobody who ended, or nobody who took over, or no basis
└── SuccessionConfirmed     it holds already
"""

from dataclasses import dataclass
from typing import ClassVar

from records.refusals import RecordsRefused


class StructureRefused(RecordsRefused):
    """A change of the tree that is not made."""


class UnitUnknown(StructureRefused):
    """There is no unit with this id."""


@dataclass(eq=False, kw_only=True)
class UnitOver(StructureRefused):
    """`unit`, by name, has ended or has not begun."""

    unit: str


@dataclass(eq=False, kw_only=True)
class UnitNameWrong(StructureRefused):
    """The name or the kind is empty or longer than `limit` characters."""

    again: ClassVar = True
    limit: int


@dataclass(eq=False, kw_only=True)
class UnitNameTaken(StructureRefused):
    """A standing unit under the same parent bears `name`."""

    again: ClassVar = True
    name: str


class UnitRing(StructureRefused):
    """The unit would come to stand below itself."""


@dataclass(eq=False, kw_only=True)
class UnitNotEmpty(StructureRefused):
    """`units` units stand below it and `people` people are in it."""

    units: int
    people: int


class UnitDayWrong(StructureRefused):
    """The day lies before what it follows, or ahead where the change is made at once."""

    again: ClassVar = True


class SuccessionUnknown(StructureRefused):
    """There is no such succession."""


class SuccessionIncomplete(StructureRefused):
    """A succession names who ended, who took over, and the decision it rests on."""


class SuccessionConfirmed(StructureRefused):
    """An admin has confirmed it already."""
