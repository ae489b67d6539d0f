"""Who stands in and when is read as it is said, a name never as a day."""

from datetime import date

import pytest

from records.ids import PersonId, UnitId
from records.model import Person, Role
from services.people.deputy_words import read_deputy
from services.people.members import Member
from vietnamese.running_days import DoubtKind

TODAY = date(2026, 11, 28)
NAMES = (
    "Lò Thị Mai",
    "Mai Văn Chính",
    "Phạm Văn Phong",
    "Lê Văn Tư",
    "Hà Văn Hòa",
    "Nguyễn Văn Hùng",
    "Nguyễn Văn Hưng",
    "Trần Văn Năm",
)
AROUND = tuple(
    Member(
        person=Person(id=PersonId(name), name=name, unit=UnitId("x"), role=Role.OFFICER), unit="Xã"
    )
    for name in NAMES
)


def dec(day: int) -> date:
    """Return a day of December 2026."""
    return date(2026, 12, day)


@pytest.mark.parametrize(
    ("said", "names", "since", "until"),
    [
        ("Lò Thị Mai từ 05/12 đến 20/12", ["Lò Thị Mai"], dec(5), dec(20)),
        ("lo thi mai tu 05/12 den 20/12", ["Lò Thị Mai"], dec(5), dec(20)),
        ("Mai từ 05/12 đến 20/12", ["Lò Thị Mai"], dec(5), dec(20)),
        ("cho đồng chí Mai đến hết 20/12", ["Lò Thị Mai"], TODAY, dec(20)),
        ("mai tu 5/12 den 20/12", ["Lò Thị Mai"], dec(5), dec(20)),
        ("Hòa từ mai đến 20/12", ["Hà Văn Hòa"], date(2026, 11, 29), dec(20)),
        ("Mai Văn Chính đến 20/12", ["Mai Văn Chính"], TODAY, dec(20)),
        ("Lê Văn Tư từ thứ Tư đến 20/12", ["Lê Văn Tư"], dec(2), dec(20)),
        ("Năm từ ngày 5 tháng 12 đến 7/12", ["Trần Văn Năm"], dec(5), dec(7)),
        ("Hà Văn Hoà, từ ngày 5/12 đến hết ngày 6/12", ["Hà Văn Hòa"], dec(5), dec(6)),
        ("cho Hòa ngày mai", ["Hà Văn Hòa"], TODAY, date(2026, 11, 29)),
        ("Hòa từ 20/11 đến 05/12", ["Hà Văn Hòa"], date(2026, 11, 20), dec(5)),
        ("Hòa từ 25/12 đến 05/01", ["Hà Văn Hòa"], dec(25), date(2027, 1, 5)),
        ("Hùng từ 5/12 đến 6/12", ["Nguyễn Văn Hùng"], dec(5), dec(6)),
        ("hung tu 5/12 den 6/12", ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng"], dec(5), dec(6)),
        ("Ai đó đến 20/12", [], TODAY, dec(20)),
        ("Phạm Văn Phong từ 05/12/2026", ["Phạm Văn Phong"], dec(5), None),
        ("Phạm Văn Phong", ["Phạm Văn Phong"], None, None),
        ("Phong 5/12, 6/12 và 8/12", ["Phạm Văn Phong"], None, None),
        ("Phong từ 5/12 đến 31/11", ["Phạm Văn Phong"], None, None),
    ],
)
def test_a_name_and_its_days(
    said: str, names: list[str], since: date | None, until: date | None
) -> None:
    """Names with and without accents; one day alone is the last, and no end is none."""
    read = read_deputy(said, AROUND, TODAY)
    assert [one.person.name for one in read.people] == names
    assert (read.since, read.until) == (since, until)


def test_what_is_doubtful_is_told() -> None:
    """A lunar day is offered as its solar one, and said to be so."""
    read = read_deputy("Hòa từ 5/12 đến 23 tháng chạp", AROUND, TODAY)
    assert (read.until, [one.kind for one in read.doubts]) == (
        date(2027, 1, 30),
        [DoubtKind.LUNAR],
    )
