"""The day from which a decision holds is the one it is said to hold from."""

from datetime import date

import pytest

from services.units.takeover import since_in

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("NQ 12/NQ-HĐND từ 01/7/2026", date(2026, 7, 1)),
        ("NQ 12/NQ-HĐND từ ngày 1/12", date(2026, 12, 1)),
        ("NQ 12/NQ-HĐND từ ngày 1/11", date(2026, 11, 1)),
        ("từ 01/7/2026 theo NQ 12/NQ-HĐND ngày 15/6/2026", date(2026, 7, 1)),
        ("NQ 12/NQ-HĐND, kể từ ngày 01 tháng 7 năm 2026", date(2026, 7, 1)),
        ("NQ 12/NQ-HĐND", None),
        ("từ 31/11/2026", None),
        ("từ rằm tháng giêng", None),
    ],
)
def test_the_day_from_which_it_holds(said: str, since: date | None) -> None:
    """It does not go back a year, and a decision's own date is another."""
    assert since_in(said, TODAY) == since
