"""What an admin types is read as an office means it."""

from datetime import date

import pytest

from handlers.units.handlers import kind_and_name, name_and_day
from records.ids import UnitId
from records.model import Unit, UnitName
from records.units import UnitTree
from services.units.tree import search

TODAY = date(2026, 11, 2)
TREE = UnitTree.of(
    (
        Unit(id=UnitId("a"), kind="đảng ủy", names=(UnitName(text="Đảng ủy xã Một"),)),
        Unit(id=UnitId("b"), kind="xã", names=(UnitName(text="Xã Một", short="XM"),)),
        Unit(id=UnitId("c"), kind="xã", names=(UnitName(text="Xã Cũ"),), ended=date(2025, 6, 30)),
    ),
    TODAY,
)


@pytest.mark.parametrize(
    ("said", "name", "since"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", None),
        ("Sở Nội vụ từ ngày 01/3/2026", "Sở Nội vụ", date(2026, 3, 1)),
        ("Sở Nội vụ, kể từ 01/3/2026.", "Sở Nội vụ", date(2026, 3, 1)),
        ("Sở Nội vụ (từ ngày 01/3/2026)", "Sở Nội vụ", date(2026, 3, 1)),
        ("Ban chỉ đạo 30/4", "Ban chỉ đạo 30/4", None),
        ("Đoàn 05/11 tỉnh", "Đoàn 05/11 tỉnh", None),
    ],
)
def test_a_name_and_the_day_it_holds_from(said: str, name: str, since: date | None) -> None:
    """A day is one only behind "từ", at the end; others belong to the name."""
    assert name_and_day(said, TODAY) == (name, since)


@pytest.mark.parametrize(
    ("said", "kind", "name"),
    [
        ("phòng: Văn phòng HĐND", "phòng", "Văn phòng HĐND"),
        ("Đảng ủy xã Hai", "đảng ủy", "Đảng ủy xã Hai"),
        ("xa Hai", "xã", "xa Hai"),
        ("Hội Nông dân", "Hội", "Hội Nông dân"),
        ("", "", ""),
    ],
)
def test_a_kind_stands_in_the_name(said: str, kind: str, name: str) -> None:
    """The longest known kind that it begins with, or its first word."""
    assert kind_and_name(said, TREE) == (kind, name)


def test_units_are_searched_without_accents() -> None:
    """By all words, short names too; what ended is not found, and no words find nothing."""
    assert search(TREE, "mot xa") == ("a", "b")
    assert search(TREE, "XM") == ("b",)
    assert search(TREE, "cũ") == ()
    assert search(TREE, "  ") == ()
