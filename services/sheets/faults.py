"""What is wrong with a row of a table that an admin sent; `bot/texts/` words each kind."""

from dataclasses import dataclass
from enum import StrEnum

from services.sheets.rows import Row


class FaultKind(StrEnum):
    """How a row is wrong."""

    FORMULA = "formula"
    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    UNIT_MISSING = "unit_missing"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_SEVERAL = "unit_several"
    ROLE_UNKNOWN = "role_unknown"
    ADDRESS_WRONG = "address_wrong"
    DUPLICATE = "duplicate"
    PERSON_SEVERAL = "person_several"
    KIND_MISSING = "kind_missing"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_SEVERAL = "parent_several"
    PARENT_RING = "parent_ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One mistake: the row's number, its kind, and what stood there."""

    row: int
    kind: FaultKind
    said: str = ""


def formula_faults(row: Row) -> tuple[Fault, ...]:
    """Return a fault for each cell of the row that holds a formula."""
    return tuple(
        Fault(row=row.number, kind=FaultKind.FORMULA, said=row.cells[key])
        for key in sorted(row.formulas)
    )
