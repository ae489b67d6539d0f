"""Lunar days fall on the solar days that Vietnamese calendars print."""

from datetime import date

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.lunar import LunarDay, next_eve, next_solar, solar_of


@pytest.mark.parametrize(
    ("lunar", "day"),
    [
        (LunarDay(day=1, month=1, year=2026), date(2026, 2, 17)),
        (LunarDay(day=10, month=3, year=2027), date(2027, 4, 16)),
        (LunarDay(day=1, month=1, year=2007), date(2007, 2, 17)),
        (LunarDay(day=1, month=1, year=1985), date(1985, 1, 21)),
        (LunarDay(day=15, month=6, year=2025, leap=True), date(2025, 8, 8)),
        (LunarDay(day=1, month=11, year=2033, leap=True), date(2033, 12, 22)),
        (LunarDay(day=30, month=12, year=2024), None),
        (LunarDay(day=1, month=5, year=2025, leap=True), None),
        (LunarDay(day=31, month=1, year=2026), None),
    ],
)
def test_known_days(lunar: LunarDay, day: date | None) -> None:
    """By the meridian of Hà Nội: Tết 2007 and 1985 fell on other days in China."""
    assert solar_of(lunar) == day


@pytest.mark.parametrize("year", range(2007, 2100))
def test_holidays_of_the_lunar_calendar_agree_with_the_tables(year: int) -> None:
    """Tết and the day of the Hùng kings, as the package of holidays has them in its tables."""
    known = country_holidays("VN", years=year, language="en_US")
    new_year = solar_of(LunarDay(day=1, month=1, year=year))
    kings = solar_of(LunarDay(day=10, month=3, year=year))
    assert new_year is not None
    assert kings is not None
    assert "Lunar New Year" in known[new_year]
    assert "Hung Kings" in known[kings]


@given(st.integers(1, 29), st.integers(1, 12), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_the_next_day_lies_ahead_within_a_lunar_year(day: int, month: int, today: date) -> None:
    """A lunar year has 385 days at most, and each of its months 29 at least."""
    found = next_solar(day, month, today)
    assert found is not None
    assert 0 <= (found - today).days < 386


def test_the_eve_is_the_last_day_whatever_its_number() -> None:
    """The year before Tết 2025 ended on its 29th day."""
    assert next_eve(date(2025, 1, 1)) == date(2025, 1, 28)
    assert next_eve(date(2025, 1, 28)) == date(2025, 1, 28)
