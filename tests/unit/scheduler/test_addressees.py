"""Which clauses of a directive concern which unit, and to whom it can be sent."""

from dataclasses import replace
from datetime import date

from knowledge.model import Directive, Duty
from records.ids import PersonId, UnitId
from records.model import Membership, Succession, Unit, UnitName
from records.units import UnitTree
from scheduler.addressees import charged, scopes
from services.units.resolution import by_name
from tests.unit.handlers.samples import directive

TODAY = date(2026, 11, 20)


def unit(key: str, kind: str, name: str) -> Unit:
    """Return a unit below the province."""
    parents = () if key == "tinh" else (Membership(parent=UnitId("tinh")),)
    return Unit(id=UnitId(key), kind=kind, names=(UnitName(text=name),), parents=parents)


TREE = UnitTree.of(
    [
        unit("tinh", "tỉnh", "Tỉnh Thử"),
        unit("snv", "sở", "Sở Nội vụ"),
        unit("stc", "sở", "Sở Tài chính"),
        unit("ha", "xã", "Xã Bản Hạ"),
        unit("thuong", "xã", "Xã Bản Thượng"),
    ],
    TODAY,
)


def charging(*duties: Duty) -> Directive:
    """Return a directive with these duties."""
    return directive(duties=duties)


def test_clauses_are_a_units_by_its_part_in_their_duties() -> None:
    """Leading or supporting, each clause once, in the text's order; unknown bodies are named."""
    text = charging(
        Duty(clause="II.1", what="Rà soát", lead=("Sở Nội vụ",), support=("Sở Tài chính",)),
        Duty(clause="II.1", what="Báo cáo", lead=("Sở Nội vụ",)),
        Duty(clause="II.2", what="Phối hợp", lead=("Hội đồng Lạ",), support=("Sở Nội vụ",)),
    )
    found = charged(text, by_name(TREE, ()))
    assert found.clauses == {"snv": ("II.1", "II.2"), "stc": ("II.1",)}
    assert found.unknown == ("Hội đồng Lạ",)


def test_a_kind_stands_for_all_its_units() -> None:
    """All communes are charged where the text says "các xã"."""
    found = charged(
        charging(Duty(clause="III", what="Rà soát", lead=("các xã",))), by_name(TREE, ())
    )
    assert found.clauses == {"ha": ("III",), "thuong": ("III",)}


def test_a_confirmed_successor_answers_for_a_body_that_is_gone() -> None:
    """A successor that nobody confirmed does not."""
    text = charging(Duty(clause="III", what="Rà soát", lead=("Sở Lao động",)))
    assert charged(text, by_name(TREE, ())).unknown == ("Sở Lao động",)
    taken_over = Succession(
        id="s",
        predecessors=("Sở Lao động",),
        successors=(UnitId("snv"),),
        since=None,
        basis="Nghị quyết số 1",
    )
    assert charged(text, by_name(TREE, (taken_over,))).unknown == ("Sở Lao động",)
    confirmed = replace(taken_over, confirmed_by=PersonId("admin"))
    assert charged(text, by_name(TREE, (confirmed,))).clauses == {"snv": ("III",)}


def test_scopes_are_the_named_ones_all_and_each_level() -> None:
    """A level is a kind of two units or more."""
    text = charging(Duty(clause="III", what="Rà soát", lead=("Sở Nội vụ",)))
    found = [(one.name, one.kinds, one.units) for one in scopes(text, TREE, by_name(TREE, ()))]
    assert found == [
        ("named", (), ("snv",)),
        ("all", (), ("tinh", "snv", "stc", "ha", "thuong")),
        ("level", ("sở",), ("snv", "stc")),
        ("level", ("xã",), ("ha", "thuong")),
    ]
