"""What is wrong with a row of a table that an admin sent; `bot/texts/` words each kind."""

from dataclasses import dataclass
from enum import StrEnum

from services.sheets.rows import Row


class FaultKind(StrEnum):
    """How a row is wrong."""

    FORMULA = "formula"
    ERROR = "error"
    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    UNIT_MISSING = "unit_missing"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_SEVERAL = "unit_several"
    ROLE_UNKNOWN = "role_unknown"
    ADDRESS_WRONG = "address_wrong"
    DUPLICATE = "duplicate"
    PERSON_SEVERAL = "person_several"
    PERSON_BARE = "person_bare"
    """Written without accents; somebody there may be meant."""
    PERSON_ELSEWHERE = "person_elsewhere"
    """Somebody of that name is in the unit with another account."""
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
    near: str = ""
    """What was probably meant."""


def cell_faults(row: Row) -> tuple[Fault, ...]:
    """Return a fault for each cell of the row that holds a formula or an error."""
    unread = {FaultKind.FORMULA: row.formulas, FaultKind.ERROR: row.errors - row.formulas}
    return tuple(
        Fault(row=row.number, kind=kind, said=row.cells[key])
        for kind, keys in unread.items()
        for key in sorted(keys)
    )
