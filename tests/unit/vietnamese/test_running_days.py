"""Days within sentences, and the words that leave a doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.running_days import DoubtKind, read_days

TODAY = date(2026, 11, 28)
"""A Saturday."""


def days(typed: str) -> list[date]:
    """Return the days that words tell."""
    return [one.read.day for one in read_days(typed, TODAY).days]


def doubts(typed: str) -> set[DoubtKind]:
    """Return why words are doubtful."""
    return {one.kind for one in read_days(typed, TODAY).doubts}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Lò Thị Mai từ 05/12 đến 20/12", [date(2026, 12, 5), date(2026, 12, 20)]),
        ("Mai Văn Chính đến 20/12", [date(2026, 12, 20)]),
        ("gặp chú Ba ngày 5/12", [date(2026, 12, 5)]),
        ("gặp anh Năm vào 12/12", [date(2026, 12, 12)]),
        ("Gặp Lê Văn Tư thứ Tư", [date(2026, 12, 2)]),
        ("họp ở xã Mai Sơn", []),
        ("chấp hành, nửa buổi, mong muốn", []),
        ("họp giao ban ngày mai", [date(2026, 11, 29)]),
        ("Thứ Hai họp", [date(2026, 11, 30)]),
        ("CHỦ NHẬT HỌP", [date(2026, 11, 29)]),
        ("tập huấn 3 ngày từ 5/12", [date(2026, 12, 5)]),
        ("hai mươi mốt tháng 12", [date(2026, 12, 21)]),
        ("hăm ba tháng 12", [date(2026, 12, 23)]),
        ("ngày ba mốt tháng 12", [date(2026, 12, 31)]),
    ],
)
def test_days_are_read_without_names(typed: str, told: list[date]) -> None:
    """What is left is plain."""
    assert days(typed) == told
    assert doubts(typed) == set()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10/3 âm lịch", date(2027, 4, 16)),
        ("10-3 (ÂL)", date(2027, 4, 16)),
        ("ngày 10 tháng 3 âm", date(2027, 4, 16)),
        ("âm lịch ngày 10/3", date(2027, 4, 16)),
        ("10/3/2028 am lich", date(2028, 4, 4)),
        ("rằm tháng giêng", date(2027, 2, 20)),
        ("rằm", date(2026, 12, 23)),
        ("23 tháng chạp", date(2027, 1, 30)),
        ("mùng 3 tết", date(2027, 2, 8)),
        ("30 tết", date(2027, 2, 5)),
        ("giao thừa", date(2027, 2, 5)),
        ("trung thu", date(2027, 9, 15)),
    ],
)
def test_a_lunar_day_is_asked_with_its_solar_day(typed: str, day: date) -> None:
    """The next one, unless its year is told."""
    assert days(typed) == [day]
    assert DoubtKind.LUNAR in doubts(typed)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("họp 31/11", DoubtKind.NO_SUCH_DAY),
        ("ngày 30 tháng 2", DoubtKind.NO_SUCH_DAY),
        ("30/2/2027", DoubtKind.NO_SUCH_DAY),
        ("32 tháng chạp", DoubtKind.NO_SUCH_DAY),
        ("thứ hai tuần kia", DoubtKind.LEFT),
        ("hai mốt họp", DoubtKind.LEFT),
        ("5/12/2o26", DoubtKind.LEFT),
        ("trước tết", DoubtKind.LEFT),
        ("vài hôm nữa", DoubtKind.LEFT),
        ("10 ngày làm việc nữa", DoubtKind.LEFT),
        ("đồng chí mai", DoubtKind.LEFT),
        ("gặp bà chín ngày 5/12", DoubtKind.LEFT),
        ("họp quý IV", DoubtKind.LEFT),
        ("đầu tháng sau", DoubtKind.LOOSE),
        ("cuoi thang", DoubtKind.LOOSE),
        ("mùng 5 tháng 12", DoubtKind.LOOSE),
    ],
)
def test_words_that_could_belong_to_a_day_are_a_doubt(typed: str, kind: DoubtKind) -> None:
    """Each with its reason."""
    assert kind in doubts(typed)


@pytest.mark.parametrize(
    "typed",
    ["công văn 15/UBND", "báo cáo 45/BC-UBND", "tỷ lệ 15/20", "làm việc với xã", "một nửa", "tét"],
)
def test_look_alikes_are_no_doubt(typed: str) -> None:
    """Numbers of papers, shares, and words that differ by an accent."""
    assert (days(typed), doubts(typed)) == ([], set())


PHRASES = (
    "ngày tháng 2 31 11 / - . tuần sau nữa âm lịch al rằm tết mùng chạp giêng hai mốt Mai chị Ba "
    "Lò Thị từ đến thứ 30/2 10/3 năm 2027 kia làm việc giao thừa"
)


@given(st.lists(st.sampled_from(PHRASES.split()), max_size=8).map(" ".join) | st.text())
def test_no_pile_of_words_breaks_the_reading(typed: str) -> None:
    """Places lie within the text, in order, and none within another."""
    read = read_days(typed, TODAY)
    places = [place for one in read.days for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(typed) for place in places)
