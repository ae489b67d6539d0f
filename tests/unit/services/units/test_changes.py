"""The tree changes with dates: what was true on a day stays true of that day."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from records.actor import NotAllowed, tree_of
from records.ids import PersonId, TaskId, UnitId
from records.model import Cadence, Person, Succession, Task, TaskState, Unit
from records.store import Store
from records.units import UnitTree
from services.people.members import Change, change
from services.units.changes import NewUnit, add_unit, end, move, rename
from services.units.mergers import Merger, carry_out, merge
from services.units.refusals import (
    SuccessionIncomplete,
    UnitDayWrong,
    UnitNameTaken,
    UnitNameWrong,
    UnitNotEmpty,
    UnitOver,
    UnitRing,
    UnitUnknown,
)
from tests.unit.services.people.asking import kept, log, person, told
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    BINH_AN,
    CHIEF,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    OFFICE,
    PROVINCE,
)

TODAY = NOW.date()
SPRING = date(2026, 3, 1)


async def tree(store: Store, day: date = TODAY) -> UnitTree:
    """Return the units as they stood on a day."""
    return UnitTree.of(await kept(store, Unit), day)


async def test_a_new_unit_stands_below_its_parent(office: Store) -> None:
    """With its kind in small letters, from its day on."""
    new = NewUnit(name=" Xã  Mường Mới ", kind="Xã", parent=PROVINCE, since=SPRING)
    unit = await add_unit(office, ADMIN, new, NOW)
    now, before = await tree(office), await tree(office, SPRING - timedelta(days=1))
    assert (now.name(unit.id), now.parent(unit.id), unit.kind) == ("Xã Mường Mới", PROVINCE, "xã")
    assert not before.standing(unit.id)
    assert await log(office) == [(ADMIN, "unit_add", True)]


async def test_two_beside_each_other_do_not_bear_one_name(office: Store) -> None:
    """Accents aside; under another parent they may."""
    with pytest.raises(UnitNameTaken):
        await add_unit(office, ADMIN, NewUnit(name="xa an hoa", kind="xã", parent=PROVINCE), NOW)
    with pytest.raises(UnitNameTaken):
        await rename(office, ADMIN, BINH_AN, "XÃ AN HÒA", None, NOW)
    await add_unit(office, ADMIN, NewUnit(name="Xã An Hòa", kind="phòng", parent=INTERIOR), NOW)


async def test_a_unit_keeps_its_former_name(office: Store) -> None:
    """Reports of before are of the name of before; both names find it."""
    await rename(office, ADMIN, INTERIOR, "Sở Nội vụ và Lao động", SPRING, NOW)
    now, before = await tree(office), await tree(office, date(2026, 2, 28))
    assert (now.name(INTERIOR), before.name(INTERIOR)) == ("Sở Nội vụ và Lao động", "Sở Nội vụ")
    assert now.called("so noi vu") == now.called("so noi vu va lao dong") == (INTERIOR,)
    with pytest.raises(UnitDayWrong):
        await rename(office, ADMIN, INTERIOR, "Sở", date(2026, 2, 1), NOW)


async def test_a_misspelt_name_leaves_no_trace(office: Store) -> None:
    """Without a day it is a correction."""
    await rename(office, ADMIN, INTERIOR, "Sở Nội Vụ", None, NOW)
    assert [one.text for one in (await tree(office)).units[INTERIOR].names] == ["Sở Nội Vụ"]


async def test_a_unit_moves_from_a_day_on(office: Store) -> None:
    """Before it, it stood where it stood; a second move on a later day keeps both."""
    await move(office, ADMIN, OFFICE, AN_HOA, SPRING, NOW)
    await move(office, ADMIN, OFFICE, BINH_AN, TODAY, NOW)
    days = (date(2026, 2, 28), SPRING, TODAY - timedelta(days=1), TODAY)
    parents = [(await tree(office, day)).parent(OFFICE) for day in days]
    assert parents == [INTERIOR, AN_HOA, AN_HOA, BINH_AN]
    with pytest.raises(UnitDayWrong):
        await move(office, ADMIN, OFFICE, PROVINCE, SPRING, NOW)


@pytest.mark.parametrize(("unit", "under"), [(INTERIOR, OFFICE), (OFFICE, OFFICE)])
async def test_no_unit_stands_below_itself(office: Store, unit: UnitId, under: UnitId) -> None:
    """Neither at once nor around a corner."""
    with pytest.raises(UnitRing):
        await move(office, ADMIN, unit, under, TODAY, NOW)


async def test_a_unit_ends_when_it_is_empty(office: Store) -> None:
    """Its last day is still its own; afterwards nothing changes it."""
    with pytest.raises(UnitNotEmpty) as refused:
        await end(office, ADMIN, INTERIOR, TODAY, NOW)
    assert (refused.value.units, refused.value.people) == (1, 2)
    await change(office, ADMIN, HUNG, Change(unit=PROVINCE), NOW)
    with pytest.raises(UnitDayWrong):
        await end(office, ADMIN, AN_HOA, TODAY + timedelta(days=1), NOW)
    await end(office, ADMIN, AN_HOA, TODAY - timedelta(days=1), NOW)
    assert not (await tree(office)).standing(AN_HOA)
    assert (await tree(office, TODAY - timedelta(days=1))).standing(AN_HOA)
    with pytest.raises(UnitOver):
        await rename(office, ADMIN, AN_HOA, "Xã khác", None, NOW)


async def test_a_merger_hands_everything_over(office: Store) -> None:
    """People, units below and open tasks; what is done stays with the unit that did it."""
    for key, state in (("open", TaskState.OPEN), ("done", TaskState.DONE)):
        task = Task(
            id=TaskId(key),
            title="Đối thoại",
            lead=INTERIOR,
            support=(AN_HOA, INTERIOR),
            form="tien_do",
            cadence=Cadence.ONCE,
            created=NOW,
            created_by=ADMIN,
            state=state,
        )
        async with office.begin() as tx:
            await tx.add(task)
    merger = Merger(
        predecessors=(INTERIOR, AN_HOA), successors=(BINH_AN,), since=TODAY, basis="NQ 12/NQ-HĐND"
    )
    await merge(office, ADMIN, merger, NOW)
    now = await tree(office)
    assert not now.standing(INTERIOR)
    assert not now.standing(AN_HOA)
    assert now.children(BINH_AN) == (OFFICE,)
    assert {(await person(office, one)).unit for one in (CHIEF, LAN, HUNG, MAI)} == {BINH_AN}
    assert set(await told(office, "join_changed")) == {CHIEF, LAN, HUNG}
    led = {one.id: (one.lead, one.support) for one in await kept(office, Task)}
    assert led == {"open": (BINH_AN, ()), "done": (INTERIOR, (AN_HOA, INTERIOR))}
    (held,) = await kept(office, Succession)
    assert (held.predecessors, held.confirmed_by) == ((INTERIOR, AN_HOA), ADMIN)


async def test_a_merger_ahead_takes_effect_on_its_day(office: Store) -> None:
    """Until then nobody moves; on it all do, once, as if it was entered that day."""
    since = TODAY + timedelta(days=3)
    merger = Merger(
        predecessors=(INTERIOR,), successors=(BINH_AN,), since=since, basis="NQ 12/NQ-HĐND"
    )
    held = await merge(office, ADMIN, merger, NOW)
    assert (held.ahead, held.confirmed_by) == (True, ADMIN)
    assert await carry_out(office, NOW + timedelta(days=2)) == 0
    assert (await tree(office, since)).standing(INTERIOR)
    assert await carry_out(office, NOW + timedelta(days=3)) == 1
    assert await carry_out(office, NOW + timedelta(days=3)) == 0
    assert (await tree(office, since - timedelta(days=1))).standing(INTERIOR)
    assert not (await tree(office, since)).standing(INTERIOR)
    assert {(await person(office, one)).unit for one in (CHIEF, LAN)} == {BINH_AN}
    (kept_now,) = await kept(office, Succession)
    assert not kept_now.ahead


async def test_a_merger_that_became_impossible_waits_for_an_admin(office: Store) -> None:
    """Its unit ended otherwise meanwhile: nothing moves, and it is not confirmed any more."""
    since = TODAY + timedelta(days=3)
    merger = Merger(predecessors=(AN_HOA,), successors=(BINH_AN,), since=since, basis="NQ")
    await merge(office, ADMIN, merger, NOW)
    at_once = Merger(predecessors=(BINH_AN,), successors=(INTERIOR,), since=TODAY, basis="NQ")
    await merge(office, ADMIN, at_once, NOW)
    assert await carry_out(office, NOW + timedelta(days=4)) == 0
    assert (await tree(office, since)).standing(AN_HOA)
    (left,) = [one for one in await kept(office, Succession) if one.since == since]
    assert (left.ahead, left.confirmed_by) == (False, None)


async def test_a_unit_may_be_taken_in_by_another_that_stands_in_it(office: Store) -> None:
    """Not so: the heir would end up below what ended."""
    merger = Merger(predecessors=(INTERIOR,), successors=(OFFICE,), since=TODAY, basis="NQ")
    with pytest.raises(UnitRing):
        await merge(office, ADMIN, merger, NOW)


async def test_a_merger_is_whole_and_has_begun(office: Store) -> None:
    """Who ends, who takes over, on what basis, and not tomorrow."""
    for one, why in (
        (
            Merger(predecessors=(), successors=(AN_HOA,), since=TODAY, basis="x"),
            SuccessionIncomplete,
        ),
        (
            Merger(predecessors=(AN_HOA,), successors=(), since=TODAY, basis="x"),
            SuccessionIncomplete,
        ),
        (
            Merger(predecessors=(AN_HOA,), successors=(BINH_AN,), since=TODAY, basis=" "),
            SuccessionIncomplete,
        ),
        (
            Merger(predecessors=(UnitId("x"),), successors=(AN_HOA,), since=TODAY, basis="x"),
            UnitUnknown,
        ),
    ):
        with pytest.raises(why):
            await merge(office, ADMIN, one, NOW)
    assert {one.unit for one in await kept(office, Person)} >= {AN_HOA, BINH_AN}


@pytest.mark.parametrize("name", ["", " ", "123", "x" * 151])
async def test_a_unit_has_a_name_of_letters(office: Store, name: str) -> None:
    """Of one line and bearable length."""
    with pytest.raises(UnitNameWrong):
        await add_unit(office, ADMIN, NewUnit(name=name, kind="xã"), NOW)
    with pytest.raises(UnitNameWrong):
        await rename(office, ADMIN, AN_HOA, name, None, NOW)


ATTEMPTS: dict[str, Callable[[Store, PersonId], Awaitable[object]]] = {
    "add": lambda store, who: add_unit(store, who, NewUnit(name="A", kind="xã"), NOW),
    "below": lambda store, who: add_unit(
        store, who, NewUnit(name="A", kind="xã", parent=INTERIOR), NOW
    ),
    "rename": lambda store, who: rename(store, who, INTERIOR, "A", None, NOW),
    "move": lambda store, who: move(store, who, OFFICE, AN_HOA, TODAY, NOW),
    "end": lambda store, who: end(store, who, OFFICE, TODAY, NOW),
    "merge": lambda store, who: merge(
        store,
        who,
        Merger(predecessors=(OFFICE,), successors=(AN_HOA,), since=TODAY, basis="x"),
        NOW,
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("actor", [CHIEF, LAN])
async def test_only_admins_change_the_tree(office: Store, attempt: str, actor: PersonId) -> None:
    """Not even in one's own subtree; the try is in the log, the tree as before."""
    before = await kept(office, Unit)
    with pytest.raises(NotAllowed):
        await ATTEMPTS[attempt](office, actor)
    assert await kept(office, Unit) == before
    assert await log(office) == [(actor, "manage_units", False)]


async def test_the_tree_of_today_is_read_from_the_store(office: Store) -> None:
    """As every use case sees it."""
    async with office.begin() as tx:
        assert (await tree_of(tx, NOW)).tops == (PROVINCE,)
