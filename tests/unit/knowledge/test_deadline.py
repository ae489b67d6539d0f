"""The last day in time of a deadline, and the form in which a deadline is kept."""

from datetime import date

import pytest
from pydantic import TypeAdapter

from knowledge.deadline import Day, Deadline, DeadlineKind, FullDate, MonthDay, Weekday

YEARLY, QUARTERLY, WEEKLY = DeadlineKind.YEARLY, DeadlineKind.QUARTERLY, DeadlineKind.WEEKLY


@pytest.mark.parametrize(
    ("kind", "limit", "day", "today", "last"),
    [
        (YEARLY, "before", MonthDay(11, 5), date(2026, 11, 4), date(2026, 11, 4)),
        (YEARLY, "before", MonthDay(11, 5), date(2026, 11, 5), date(2027, 11, 4)),
        (YEARLY, "by", MonthDay(11, 5), date(2026, 11, 5), date(2026, 11, 5)),
        (YEARLY, "before", MonthDay(1, 1), date(2026, 3, 1), date(2026, 12, 31)),
        (YEARLY, "by", MonthDay(2, 30), date(2026, 1, 1), date(2026, 2, 28)),
        (YEARLY, "by", MonthDay(13, 1), date(2026, 1, 1), None),
        (YEARLY, "by", None, date(2026, 1, 1), None),
        (DeadlineKind.DATED, "before", FullDate(2025, 6, 1), date(2026, 1, 1), date(2025, 5, 31)),
        (DeadlineKind.DATED, "by", FullDate(2027, 2, 29), date(2026, 1, 1), None),
        (QUARTERLY, "before", MonthDay(3, 15), date(2026, 11, 28), date(2026, 12, 14)),
        (QUARTERLY, "by", MonthDay(4, 5), date(2026, 11, 28), date(2027, 1, 5)),
        (DeadlineKind.HALF_YEARLY, "by", MonthDay(6, 15), date(2026, 11, 28), date(2026, 12, 15)),
        (DeadlineKind.MONTHLY, "before", MonthDay(1, 25), date(2026, 11, 25), date(2026, 12, 24)),
        (DeadlineKind.MONTHLY, "by", MonthDay(1, 31), date(2027, 2, 1), date(2027, 2, 28)),
        (WEEKLY, "before", Weekday.THURSDAY, date(2026, 11, 25), date(2026, 11, 25)),
        (WEEKLY, "before", Weekday.THURSDAY, date(2026, 11, 26), date(2026, 12, 2)),
        (WEEKLY, "before", Weekday.MONDAY, date(2026, 11, 30), date(2026, 12, 6)),
        (WEEKLY, "by", Weekday.SATURDAY, date(2026, 11, 28), date(2026, 11, 28)),
    ],
)
def test_the_last_day_in_time(
    kind: DeadlineKind, limit: str, day: Day | None, today: date, last: date | None
) -> None:
    """A day that has passed comes again in the next period; the first day too late is not in time.

    A day that no calendar has is none.
    """
    before, by = (day, None) if limit == "before" else (None, day)
    assert Deadline(kind=kind, text="…", before=before, by=by).last_day(today) == last


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (FullDate(2026, 6, 30), "2026-06-30"),
        (MonthDay(11, 5), "11-05"),
        (Weekday.THURSDAY, "thursday"),
    ],
)
def test_a_day_is_kept_by_its_type(day: Day, said: str) -> None:
    """What a published library holds comes back the same; other programs read it as words."""
    adapter = TypeAdapter(Deadline)
    one = Deadline(kind=YEARLY, text="…", before=day)
    again = adapter.validate_json(adapter.dump_json(one))
    assert (again, type(again.before)) == (one, type(day))
    assert str(day) == said
