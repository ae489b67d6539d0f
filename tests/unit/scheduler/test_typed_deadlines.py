"""A typed deadline is read as a whole, or not at all."""

from datetime import date

import pytest

from records.model import Cadence, DueRule
from records.obligations.refusals import ImpossibleDay
from records.obligations.working_days import Calendar
from scheduler.typed_deadlines import read_timing
from services.tasks.proposal import Timing
from services.tasks.refusals import DueInThePast
from vietnamese.text import fold

TODAY = date(2026, 11, 28)
"""A Saturday."""


def once(month: int, day: int, year: int = 2026) -> Timing:
    """Return a deadline of one day."""
    return Timing(Cadence.ONCE, due=date(year, month, day))


@pytest.mark.parametrize(
    ("words", "timing"),
    [
        ("30/11", once(11, 30)),
        ("cuối tháng", once(11, 30)),
        ("thứ sáu tuần sau", once(12, 4)),
        ("trước ngày 05/11 hằng năm", Timing(Cadence.YEARLY, DueRule(dates=((11, 4),)))),
        ("chậm nhất ngày 20 tháng cuối quý", Timing(Cadence.QUARTERLY, DueRule(day_of_month=20))),
        ("trước thứ Năm hằng tuần", Timing(Cadence.WEEKLY, DueRule(weekday=3))),
        ("thứ Sáu hằng tuần", Timing(Cadence.WEEKLY, DueRule(weekday=5))),
        ("khi có vướng mắc", Timing(Cadence.ON_EVENT)),
        (
            "trước ngày 5 hằng tháng",
            Timing(Cadence.MONTHLY, DueRule(day_of_month=4, months_after=1)),
        ),
        (
            "trước ngày 15/6 và 15/12 hằng năm",
            Timing(Cadence.PERIODIC, DueRule(dates=((6, 14), (12, 14)))),
        ),
        (
            "trước ngày 15/6 và trước ngày 15/12 hằng năm",
            Timing(Cadence.PERIODIC, DueRule(dates=((6, 14), (12, 14)))),
        ),
        ("trước 17h ngày 20/12", once(12, 20)),
        ("trước 17 giờ 30 phút ngày 20/12/2026", once(12, 20)),
        ("trước ngày 20/12", once(12, 19)),
        ("trước thứ sáu tuần sau", once(12, 3)),
        ("chậm nhất 20/12", once(12, 20)),
        (
            "trước 17h ngày 05/11 hằng năm",
            Timing(Cadence.YEARLY, DueRule(dates=((11, 5),))),
        ),
        ("10/01", once(1, 10, 2027)),
    ],
)
def test_a_deadline_is_read_with_and_without_accents(words: str, timing: Timing) -> None:
    """A plain day is reported once; the words of a directive give their rule."""
    assert read_timing(words, TODAY) == timing
    assert read_timing(fold(words), TODAY) == timing


@pytest.mark.parametrize(
    "words",
    [
        *("bao giờ cũng được", "", "trước tết", "rằm tháng chạp", "trước ngày 10/3 âm lịch"),
        *("10 ngày làm việc nữa", "trong 10 ngày làm việc", "hằng năm 15/6, 15/9 rồi 20"),
        "trước ngày 5 hằng tháng và trước ngày 10 hằng quý",
    ],
)
def test_what_would_be_read_in_part_is_not_read(words: str) -> None:
    """It is asked for again."""
    assert read_timing(words, TODAY) is None


@pytest.mark.parametrize("words", ["20/12/2025", "trước ngày 20/12/2025", "hôm qua"])
def test_a_day_that_is_over_is_said_to_be(words: str) -> None:
    """It is neither moved to another year nor taken without a day."""
    with pytest.raises(DueInThePast):
        read_timing(words, TODAY)


@pytest.mark.parametrize("words", ["trước ngày 31/11 hằng năm", "trước ngày 30/2/2027"])
def test_a_day_that_no_calendar_has_is_refused(words: str) -> None:
    """Or at least not read as another."""
    try:
        assert read_timing(words, TODAY) is None
    except ImpossibleDay:
        return


def test_working_days_are_counted_by_a_calendar() -> None:
    """Where there is one."""
    timing = read_timing("10 ngày làm việc nữa", TODAY, Calendar().add_working_days)
    assert timing == once(12, 11)
