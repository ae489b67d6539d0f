"""Offices work Monday to Friday, but for holidays, swaps, and what an admin announced."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.ids import PersonId
from records.model import CalendarOverride, DayKind
from records.obligations.working_days import Calendar, calendar_of

PLAIN = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 4, 25), date(2026, 4, 27)),
        (date(2026, 4, 30), date(2026, 5, 3)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_holidays_with_their_weekends_are_off(first: date, last: date) -> None:
    """In 2026: Tết, Giỗ Tổ moved to Monday, the end of April, and 31 August against a Saturday."""
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    assert not any(PLAIN.is_working(day) for day in days)
    assert PLAIN.is_working(first - timedelta(days=1))
    assert PLAIN.is_working(last + timedelta(days=1))


def test_a_swapped_saturday_is_worked() -> None:
    """22 August 2026 is worked for 31 August; the Saturdays beside it are not."""
    assert PLAIN.is_working(date(2026, 8, 22))
    assert not PLAIN.is_working(date(2026, 8, 15))


def test_tet_follows_the_vietnamese_reckoning() -> None:
    """In 2030 the Chinese new year is a day later than Tết, 2 February."""
    assert not PLAIN.is_working(date(2030, 2, 1))
    assert not PLAIN.is_working(date(2030, 2, 6))


def test_an_announcement_wins_over_everything() -> None:
    """An admin makes a Saturday worked, a Monday off and a holiday worked."""
    told = {
        date(2026, 11, 28): DayKind.WORKED,
        date(2026, 11, 23): DayKind.OFF,
        date(2026, 9, 2): DayKind.WORKED,
    }
    calendar = calendar_of(
        CalendarOverride(
            id=day.isoformat(), day=day, kind=kind, basis="TB 1/TB-UBND", made_by=PersonId("a")
        )
        for day, kind in told.items()
    )
    assert [calendar.is_working(day) for day in told] == [True, False, True]
    assert [PLAIN.is_working(day) for day in told] == [False, True, False]


def test_a_period_of_working_days_does_not_count_its_first_day() -> None:
    """Five working days from Thursday 12 February 2026 end after Tết."""
    assert PLAIN.add_working_days(date(2026, 2, 12), 1) == date(2026, 2, 13)
    assert PLAIN.add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert PLAIN.add_working_days(date(2026, 2, 26), -4) == date(2026, 2, 13)
    assert PLAIN.add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 15)


def test_working_days_left_count_the_last_day_and_not_today() -> None:
    """From Tuesday 27 October to Wednesday 4 November 2026 there are six."""
    assert PLAIN.working_days_between(date(2026, 10, 27), date(2026, 11, 4)) == 6
    assert PLAIN.working_days_between(date(2026, 11, 4), date(2026, 11, 4)) == 0
    assert PLAIN.working_days_between(date(2026, 11, 5), date(2026, 11, 4)) == 0


@given(DAYS)
def test_a_day_moved_is_worked_and_none_worked_lies_between(day: date) -> None:
    """Moving goes to the nearest working day on its side, and leaves a working day alone."""
    later, earlier = PLAIN.next_working(day), PLAIN.previous_working(day)
    assert earlier <= day <= later
    assert PLAIN.is_working(later)
    assert PLAIN.is_working(earlier)
    if PLAIN.is_working(day):
        assert earlier == day == later
    else:
        assert PLAIN.working_days_between(earlier, later) == 1


@given(DAYS, st.integers(0, 60))
def test_counting_on_and_counting_between_agree(day: date, count: int) -> None:
    """So many working days on, so many lie between."""
    assert PLAIN.working_days_between(day, PLAIN.add_working_days(day, count)) == count
