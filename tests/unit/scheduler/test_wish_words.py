"""A wish for more time is read with the day that is asked for, and its reason whole."""

from datetime import date

import pytest

from records.obligations.working_days import Calendar
from scheduler.extensions import ReadWish, read_wish
from vietnamese.running_days import DoubtKind

TODAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("said", "until", "reason"),
    [
        ("15/11 vì mưa lũ", date(2026, 11, 15), "vì mưa lũ"),
        ("mưa lũ, xin đến hết 20/11", date(2026, 11, 20), "mưa lũ, xin"),
        ("10 ngày làm việc nữa vì mưa", date(2026, 11, 17), "vì mưa"),
        ("15/11 vì đồng chí Lò Thị Mai ốm", date(2026, 11, 15), "vì đồng chí Lò Thị Mai ốm"),
    ],
)
def test_one_plain_day_is_taken_at_once(said: str, until: date, reason: str) -> None:
    """The rest is the reason."""
    worked = Calendar().add_working_days
    assert read_wish(said, TODAY, worked) == ReadWish(until=until, reason=reason)


@pytest.mark.parametrize(
    ("said", "until", "kind"),
    [
        ("vì từ ngày 02/11 mưa lũ nên xin đến 20/11", date(2026, 11, 20), DoubtKind.SEVERAL),
        ("xin đến 20/11 vì họp ngày 05/11", date(2026, 11, 20), DoubtKind.SEVERAL),
        ("vì từ ngày 10/11 mưa lũ", date(2026, 11, 10), DoubtKind.LOOSE),
        ("đến rằm tháng chạp vì mưa", date(2027, 1, 22), DoubtKind.LUNAR),
        ("cuối tháng vì mưa", date(2026, 11, 30), DoubtKind.LOOSE),
        ("15/11 hoặc sau tết", date(2026, 11, 15), DoubtKind.LEFT),
    ],
)
def test_what_could_be_another_day_is_read_back_with_all_words(
    said: str, until: date, kind: DoubtKind
) -> None:
    """The day after "đến" is the one that is asked for."""
    wish = read_wish(said, TODAY)
    assert (wish.until, wish.reason) == (until, said)
    assert kind in {one.kind for one in wish.doubts}


@pytest.mark.parametrize("said", ["vì mưa lũ", "đến 31/11 vì mưa", "", "ba ngày"])
def test_without_a_day_nothing_is_offered(said: str) -> None:
    """A length is no day, and an impossible one is none."""
    assert read_wish(said, TODAY).until is None
