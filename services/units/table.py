"""A table of units, taken as a whole or not at all; rows may name parents that stand further down.

A row whose unit stands under that parent already changes its kind and short name; any other enters
a unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId
from records.model import Unit
from records.store import Store
from services.sheets.faults import Fault, FaultKind, cell_faults
from services.sheets.refusals import SheetFaulty
from services.sheets.rows import Column, Row
from services.units.changes import KIND_LENGTH, NAME_LENGTH, TREE, NewUnit, enter
from services.units.names import UnitNames, plain

COLUMNS: Final = (
    Column(key="name", titles=("Tên đơn vị", "Đơn vị", "Tên cơ quan", "Cơ quan")),
    Column(key="kind", titles=("Loại", "Loại đơn vị", "Loại hình")),
    Column(
        key="parent",
        titles=(
            "Trực thuộc",
            "Đơn vị cấp trên",
            "Cấp trên",
            "Cấp trên trực tiếp",
            "Cơ quan cấp trên",
            "Đơn vị chủ quản",
            "Cơ quan chủ quản",
        ),
        required=False,
    ),
    Column(key="short", titles=("Tên viết tắt", "Viết tắt"), required=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a table of units would do, by rows in the order in which it can be done."""

    faults: tuple[Fault, ...] = ()
    entering: tuple[Row, ...] = ()
    changing: tuple[tuple[Unit, Row], ...] = ()
    same: int = 0


async def preview(store: Store, actor: PersonId, rows: Sequence[Row], now: datetime) -> Plan:
    """Return what the rows would do, or their faults; nothing is written. Raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.MANAGE_UNITS, None, "units")
        return _plan(act, rows)


async def take(store: Store, actor: PersonId, rows: Sequence[Row], now: datetime) -> Plan:
    """Enter and change the units in one transaction; raises NotAllowed, SheetFaulty."""
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, None, "units")
        plan = _plan(act, rows)
        if plan.faults:
            raise SheetFaulty(rows=len({one.row for one in plan.faults}))
        for held, row in plan.changing:
            await act.tx.put(_as_asked(held, row))
            await act.note("unit_change", held.id)
        entered: dict[str, UnitId] = {}
        names = UnitNames(act.tree)
        for row in plan.entering:
            parent = _parent(row, names) or entered.get(plain(row.cells.get("parent", "")))
            unit = await enter(act, _new(row, parent))
            entered[plain(row.cells["name"])] = unit.id
        return plan


def _plan(act: Acting, rows: Sequence[Row]) -> Plan:
    names = UnitNames(act.tree)
    keys = [_key(row) for row in rows]
    faults = [fault for row in rows for fault in _faults(row, names, keys)]
    faults += [
        Fault(row=row.number, kind=FaultKind.DUPLICATE, said=row.cells["name"])
        for at, row in enumerate(rows)
        if keys.index(keys[at]) < at
    ]
    if faults:
        return Plan(faults=tuple(sorted(faults, key=lambda one: one.row)))
    plan, waiting = Plan(), []
    for row in rows:
        held = _held(act, row, names)
        if held is None:
            waiting.append(row)
        elif _as_asked(held, row) == held:
            plan = replace(plan, same=plan.same + 1)
        else:
            plan = replace(plan, changing=(*plan.changing, (held, row)))
    ordered = _ordered(waiting, names)
    late = {row.number for row in waiting} - {row.number for row in ordered}
    rings = tuple(Fault(row=one, kind=FaultKind.PARENT_RING) for one in sorted(late))
    return Plan(faults=rings) if rings else replace(plan, entering=ordered)


def _faults(row: Row, names: UnitNames, keys: Sequence[tuple[str, str]]) -> list[Fault]:
    """Return what is wrong with a row by itself, and with the parent it names."""
    name, kind, parent = row.cells["name"], row.cells["kind"], row.cells.get("parent", "")
    above = len(names.named(parent)) if parent else 0
    further = sum(one == plain(parent) for one, _ in keys) if parent else 0
    kinds = {
        FaultKind.NAME_MISSING: None if any(map(str.isalpha, name)) else name,
        FaultKind.NAME_LONG: name if len(name) > NAME_LENGTH else None,
        FaultKind.KIND_MISSING: None if 1 <= len(kind) <= KIND_LENGTH else kind,
        FaultKind.PARENT_UNKNOWN: parent if parent and not above and not further else None,
        FaultKind.PARENT_SEVERAL: parent if above > 1 or (not above and further > 1) else None,
    }
    own = [
        Fault(
            row=row.number,
            kind=fault,
            said=said,
            near=names.near(parent) if fault is FaultKind.PARENT_UNKNOWN else "",
        )
        for fault, said in kinds.items()
        if said is not None
    ]
    return [*cell_faults(row)] or own


def _held(act: Acting, row: Row, names: UnitNames) -> Unit | None:
    """Return the unit that a row means, if it stands under that parent."""
    parent = _parent(row, names)
    if parent is None and row.cells.get("parent"):
        return None
    found = [one for one in names.named(row.cells["name"]) if act.tree.parent(one) == parent]
    return act.tree.units[found[0]] if found else None


def _parent(row: Row, names: UnitNames) -> UnitId | None:
    """Return the parent that stands already; None for a top unit, or one of the table's own."""
    found = names.named(row.cells["parent"]) if row.cells.get("parent") else ()
    return found[0] if found else None


def _ordered(rows: Sequence[Row], names: UnitNames) -> tuple[Row, ...]:
    """Return the rows so that each comes after its parent; those in a ring are left out."""
    placed: list[Row] = []
    entered: set[str] = set()
    todo = list(rows)
    while todo:
        ready = [
            row
            for row in todo
            if not row.cells.get("parent")
            or _parent(row, names) is not None
            or plain(row.cells["parent"]) in entered
        ]
        if not ready:
            break
        placed += ready
        entered |= {plain(row.cells["name"]) for row in ready}
        todo = [row for row in todo if row not in ready]
    return tuple(placed)


def _as_asked(held: Unit, row: Row) -> Unit:
    last, short = held.names[-1], row.cells.get("short") or held.names[-1].short
    kind = row.cells["kind"].lower()
    return replace(held, kind=kind, names=(*held.names[:-1], replace(last, short=short)))


def _new(row: Row, parent: UnitId | None) -> NewUnit:
    short = row.cells.get("short") or None
    return NewUnit(name=row.cells["name"], kind=row.cells["kind"], parent=parent, short=short)


def _key(row: Row) -> tuple[str, str]:
    return plain(row.cells["name"]), plain(row.cells.get("parent", ""))
