"""A table of units is taken as a whole: parents in any order, mistakes by row."""

import pytest

from records.actor import NotAllowed, tree_of
from records.model import Unit
from records.store import Store
from services.sheets.faults import FaultKind
from services.sheets.refusals import SheetFaulty
from services.sheets.rows import Row
from services.units.table import preview, take
from tests.unit.services.people.asking import kept
from tests.unit.services.tasks.office import ADMIN, CHIEF, INTERIOR, NOW, PROVINCE


def rows(*lines: tuple[str, str, str, str]) -> tuple[Row, ...]:
    """Return rows from the second on: name, kind, parent, short name."""
    keys = ("name", "kind", "parent", "short")
    return tuple(
        Row(number=number, cells=dict(zip(keys, line, strict=True)))
        for number, line in enumerate(lines, 2)
    )


async def test_parents_may_stand_further_down(office: Store) -> None:
    """A whole branch comes in at once, whatever its order."""
    plan = await take(
        office,
        ADMIN,
        rows(
            ("Văn phòng", "phòng", "Xã Mường Mới", "VP"),
            ("Xã Mường Mới", "Xã", "tinh thu", ""),
            ("Mặt trận tỉnh", "mặt trận", "", ""),
        ),
        NOW,
    )
    assert len(plan.entering) == 3
    async with office.begin() as tx:
        tree = await tree_of(tx, NOW)
    (commune,), (bureau,) = tree.called("xã mường mới"), tree.called("VP")
    assert (tree.parent(bureau), tree.parent(commune)) == (commune, PROVINCE)
    assert len(tree.tops) == 2


async def test_a_table_taken_twice_changes_nothing_more(office: Store) -> None:
    """Kind and short name are corrected, names and places stay."""
    table = rows(("Sở Nội vụ", "cơ quan", "Tỉnh Thử", "SNV"))
    assert len((await take(office, ADMIN, table, NOW)).changing) == 1
    assert (await take(office, ADMIN, table, NOW)).same == 1
    held = next(one for one in await kept(office, Unit) if one.id == INTERIOR)
    assert (held.kind, held.names[-1].text, held.names[-1].short) == ("cơ quan", "Sở Nội vụ", "SNV")


async def test_a_parent_may_be_called_by_its_short_name(office: Store) -> None:
    """As people write it in a table."""
    await take(office, ADMIN, rows(("Sở Nội vụ", "cơ quan", "Tỉnh Thử", "SNV")), NOW)
    await take(office, ADMIN, rows(("Phòng Một", "phòng", "snv", "")), NOW)
    async with office.begin() as tx:
        tree = await tree_of(tx, NOW)
    (bureau,) = tree.called("Phòng Một")
    assert tree.parent(bureau) == INTERIOR


async def test_every_mistake_is_told_with_its_row(office: Store) -> None:
    """And nothing is taken."""
    table = rows(
        ("", "xã", "", ""),
        ("Xã A", "", "Không Có", ""),
        ("Xã B", "xã", "Tỉnh Thử", ""),
        ("xa b", "xã", "tỉnh thử", ""),
        ("x" * 151, "xã", "", ""),
    )
    before = await kept(office, Unit)
    plan = await preview(office, ADMIN, table, NOW)
    assert [(one.row, one.kind) for one in plan.faults] == [
        (2, FaultKind.NAME_MISSING),
        (3, FaultKind.KIND_MISSING),
        (3, FaultKind.PARENT_UNKNOWN),
        (5, FaultKind.DUPLICATE),
        (6, FaultKind.NAME_LONG),
    ]
    with pytest.raises(SheetFaulty) as refused:
        await take(office, ADMIN, table, NOW)
    assert refused.value.rows == 4
    assert await kept(office, Unit) == before


async def test_a_ring_is_told(office: Store) -> None:
    """Two units that name each other as parents."""
    plan = await preview(office, ADMIN, rows(("A", "xã", "B", ""), ("B", "xã", "A", "")), NOW)
    assert [(one.row, one.kind) for one in plan.faults] == [
        (2, FaultKind.PARENT_RING),
        (3, FaultKind.PARENT_RING),
    ]


async def test_a_parent_of_several_names_is_asked_about(office: Store) -> None:
    """The way from above tells which is meant."""
    await take(
        office,
        ADMIN,
        rows(("Văn phòng", "phòng", "Xã An Hòa", ""), ("Văn phòng", "phòng", "Phường Bình An", "")),
        NOW,
    )
    plan = await preview(office, ADMIN, rows(("Tổ Một", "tổ", "Văn phòng", "")), NOW)
    assert [one.kind for one in plan.faults] == [FaultKind.PARENT_SEVERAL]
    plan = await preview(office, ADMIN, rows(("Tổ Một", "tổ", "Xã An Hòa > Văn phòng", "")), NOW)
    assert (plan.faults, len(plan.entering)) == ((), 1)


async def test_only_admins_take_units_from_a_table(office: Store) -> None:
    """Nor does anybody else see what it would do."""
    for attempt in (preview, take):
        with pytest.raises(NotAllowed):
            await attempt(office, CHIEF, rows(("A", "xã", "", "")), NOW)
