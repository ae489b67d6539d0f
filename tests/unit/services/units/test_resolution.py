"""Who answers today for a body that a directive names; what is not known is never guessed."""

from dataclasses import replace
from datetime import date

import pytest

from records.actor import NotAllowed
from records.ids import PersonId, UnitId
from records.model import Membership, Succession, Unit, UnitName
from records.store import Store
from records.units import UnitTree
from services.units.refusals import (
    SuccessionConfirmed,
    SuccessionIncomplete,
    SuccessionUnknown,
    UnitUnknown,
)
from services.units.resolution import Basis, resolve
from services.units.successions import Stated, confirm, state, successions, take_back
from tests.unit.services.people.asking import log
from tests.unit.services.tasks.office import ADMIN, AN_HOA, BINH_AN, CHIEF, NOW

DAY = date(2026, 11, 2)
TOP = UnitId("tinh")


def unit(key: str, kind: str, name: str, *more: UnitName, ended: date | None = None) -> Unit:
    """Return a unit below the province."""
    above = (Membership(parent=TOP),) if key != TOP else ()
    return Unit(
        id=UnitId(key), kind=kind, names=(*more, UnitName(text=name)), parents=above, ended=ended
    )


UNITS = (
    unit("tinh", "tỉnh", "Tỉnh Thử"),
    unit("btgdv", "ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    unit("noivu", "sở", "Sở Nội vụ", UnitName(text="Sở Lao động", until=date(2025, 2, 28))),
    unit("xaydung", "sở", "Sở Xây dựng"),
    unit("du1", "đảng ủy", "Đảng ủy xã Một"),
    unit("du2", "đảng ủy", "Đảng ủy xã Hai"),
    unit("vp1", "phòng", "Văn phòng"),
    unit("vp2", "phòng", "Văn phòng"),
    unit("huyencu", "huyện ủy", "Huyện ủy Bản Cũ", ended=date(2025, 6, 30)),
)
TREE = UnitTree.of(UNITS, DAY)


def succession(key: str, before: tuple[str, ...], after: tuple[str, ...]) -> Succession:
    """Return a confirmed succession of 1 July 2025."""
    return Succession(
        id=key,
        predecessors=before,
        successors=tuple(UnitId(one) for one in after),
        since=date(2025, 7, 1),
        basis=f"NQ {key}",
        confirmed_by=PersonId("admin"),
    )


HELD = (
    succession("1", ("Huyện ủy", "thành ủy"), ("du1", "du2")),
    succession("2", ("Ban Dân vận Tỉnh ủy",), ("btgdv",)),
    succession("3", ("huyencu",), ("du1",)),
)


def found(name: str, day: date = DAY) -> tuple[tuple[str, ...], set[Basis], bool]:
    """Return units, bases and certainty."""
    resolution = resolve(TREE, HELD, name, day)
    return (
        resolution.units,
        {one.basis for one in resolution.candidates},
        resolution.certain,
    )


def test_an_exact_name_comes_first() -> None:
    """Accents and case aside; a former name is one too."""
    assert found("so noi VU") == (("noivu",), {Basis.NAME}, True)
    assert found("Sở Lao động") == (("noivu",), {Basis.NAME}, True)


def test_a_name_of_several_is_nobodys() -> None:
    """All are candidates, none is certain."""
    assert found("Văn phòng") == (("vp1", "vp2"), {Basis.NAME}, False)


def test_successors_answer_for_bodies_that_are_no_more() -> None:
    """By the name as directives have it, in the plural too, with the decision."""
    assert found("các huyện ủy") == (("du1", "du2"), {Basis.SUCCESSION}, True)
    assert found("Ban Dân vận Tỉnh ủy") == (("btgdv",), {Basis.SUCCESSION}, True)
    (heir,) = resolve(TREE, HELD, "Ban Dân vận Tỉnh ủy", DAY).candidates
    assert heir.cited == "NQ 2"


def test_a_unit_that_ended_is_followed_by_its_record() -> None:
    """Its name leads to its id, the id to the successor."""
    assert found("Huyện ủy Bản Cũ") == (("du1",), {Basis.SUCCESSION}, True)


def test_successors_of_successors_are_followed_and_rings_end() -> None:
    """From body to body until one stands."""
    gone = unit("giua", "ban", "Ban Giữa", ended=date(2025, 12, 31))
    tree = UnitTree.of((*UNITS, gone), DAY)
    chain = (
        succession("a", ("Ban Xưa",), ("giua",)),
        succession("b", ("giua",), ("noivu", "giua")),
    )
    assert resolve(tree, chain, "ban xưa", DAY).units == ("noivu",)
    ring = (succession("a", ("Ban Xưa",), ("giua",)), succession("b", ("giua",), ("giua",)))
    assert resolve(tree, ring, "ban xưa", DAY).units == ()


def test_what_is_not_confirmed_resolves_nothing() -> None:
    """Nor what begins later."""
    waiting = tuple(replace(one, confirmed_by=None) for one in HELD)
    assert resolve(TREE, waiting, "huyện ủy", DAY).units == ()
    assert resolve(TREE, HELD, "thành ủy", date(2025, 6, 30)).units == ()


def test_kinds_stand_for_all_of_them() -> None:
    """The words "các sở" mean all that stand; a list counts only if every kind in it is known."""
    assert found("các sở") == (("noivu", "xaydung"), {Basis.KIND}, True)
    both = ("noivu", "xaydung", "btgdv")
    assert found("Các sở, ban") == (both, {Basis.KIND}, True)
    assert found("các sở và ban")[0] == both
    assert found("các sở, hội") == ((), set(), False)
    assert found("sở")[2] is False


def test_names_alike_are_suggestions() -> None:
    """All the words are in the name; an admin decides."""
    assert found("Ban Dân vận") == (("btgdv",), {Basis.ALIKE}, False)
    assert found("Hội Luật gia") == ((), set(), False)
    assert found(" ") == ((), set(), False)


async def test_a_succession_holds_once_an_admin_confirmed_it(office: Store) -> None:
    """Stated, then confirmed, then it cannot be confirmed again."""
    stated = await state(
        office,
        ADMIN,
        Stated(predecessors=("Huyện ủy",), successors=(AN_HOA, BINH_AN), basis=" NQ  1 "),
        NOW,
    )
    assert (stated.confirmed_by, stated.basis) == (None, "NQ 1")
    held = await confirm(office, ADMIN, stated.id, NOW)
    assert held == replace(stated, confirmed_by=ADMIN)
    with pytest.raises(SuccessionConfirmed):
        await confirm(office, ADMIN, stated.id, NOW)
    assert await successions(office, ADMIN, NOW) == [held]
    await take_back(office, ADMIN, stated.id, NOW)
    assert await successions(office, ADMIN, NOW) == []
    for act in (confirm, take_back):
        with pytest.raises(SuccessionUnknown):
            await act(office, ADMIN, stated.id, NOW)


async def test_a_succession_is_whole(office: Store) -> None:
    """Names, successors that stand, and a basis."""
    for stated, why in (
        (Stated(predecessors=(), successors=(AN_HOA,), basis="x"), SuccessionIncomplete),
        (Stated(predecessors=("A",), successors=(), basis="x"), SuccessionIncomplete),
        (Stated(predecessors=("A",), successors=(AN_HOA,), basis=""), SuccessionIncomplete),
        (Stated(predecessors=("A",), successors=(UnitId("x"),), basis="x"), UnitUnknown),
    ):
        with pytest.raises(why):
            await state(office, ADMIN, stated, NOW)


async def test_only_admins_say_who_took_over(office: Store) -> None:
    """That he tried is in the log."""
    stated = Stated(predecessors=("A",), successors=(AN_HOA,), basis="x")
    for attempt in (
        state(office, CHIEF, stated, NOW),
        confirm(office, CHIEF, "x", NOW),
        take_back(office, CHIEF, "x", NOW),
        successions(office, CHIEF, NOW),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert set(await log(office)) == {(CHIEF, "manage_units", False)}
