"""Vietnam has one time zone, and the day of a moment is the day there."""

from datetime import UTC, date, datetime

from vietnamese.zone import ZONE, day_of


def test_a_day_begins_at_midnight_in_hanoi() -> None:
    """Whatever zone the moment is told in."""
    assert day_of(datetime(2026, 11, 4, 16, 59, tzinfo=UTC)) == date(2026, 11, 4)
    assert day_of(datetime(2026, 11, 4, 17, 0, tzinfo=UTC)) == date(2026, 11, 5)
    assert day_of(datetime(2026, 11, 5, 0, 0, tzinfo=ZONE)) == date(2026, 11, 5)
    assert str(ZONE) == "Asia/Ho_Chi_Minh"
