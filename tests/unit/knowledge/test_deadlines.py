"""Deadlines: how a directive words a time, and what it means."""

import re
from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.deadline import DeadlineKind
from knowledge.parsing.data_items import stated_time
from knowledge.parsing.deadlines import deadlines, find_deadlines

Read = tuple[str, str | None, str | None]


def read(text: str) -> list[Read]:
    """Read the deadlines of a sentence: kind, first day too late, last day in time."""
    return [
        (
            d.kind.value,
            None if d.before is None else str(d.before),
            None if d.by is None else str(d.by),
        )
        for d in deadlines(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gửi báo cáo trước ngày 05/11", ("yearly", "11-05", None)),
        ("Hằng năm, trước ngày 20/11, các đơn vị báo cáo", ("yearly", "11-20", None)),
        ("Hàng năm, báo cáo kết quả gửi về Phòng A trước ngày 05/11.", ("yearly", "11-05", None)),
        ("chậm nhất là ngày 20 tháng 11 hằng năm", ("yearly", None, "11-20")),
        ("trước ngày 31 tháng 12 để tổng hợp", ("yearly", "12-31", None)),
        ("xong trước ngày 30/6/2026", ("dated", "2026-06-30", None)),
        ("chậm nhất ngày 05 tháng 9 năm 2026", ("dated", None, "2026-09-05")),
        ("trước 17 giờ 00 ngày 15/6/2026", ("dated", "2026-06-15", None)),
        ("đến hết ngày 31/12/2026", ("dated", None, "2026-12-31")),
        ("trước ngày 15/12 năm 2026", ("dated", "2026-12-15", None)),
        ("hoàn thành trong quý II/2026", ("dated", None, "2026-06-30")),
        ("trong tháng 2 năm 2028", ("dated", None, "2028-02-29")),
        ("trước tháng 9/2026", ("dated", "2026-09-01", None)),
        ("hoàn thành trong năm 2026", ("dated", None, "2026-12-31")),
        ("trước thứ Năm hằng tuần", ("weekly", "thursday", None)),
        ("Hằng tuần, chậm nhất 16 giờ thứ 6 gửi báo cáo", ("weekly", None, "friday")),
        ("báo cáo vào thứ Hai hàng tuần", ("weekly", None, "monday")),
        ("định kỳ hằng tuần báo cáo", ("weekly", None, None)),
        ("trước ngày 25 hằng tháng", ("monthly", "01-25", None)),
        ("hằng tháng (trước ngày 20) báo cáo", ("monthly", "01-20", None)),
        ("trước ngày 05 của tháng sau", ("monthly", "02-05", None)),
        ("trước ngày 15 tháng cuối quý", ("quarterly", "03-15", None)),
        ("chậm nhất ngày 05 tháng đầu quý sau", ("quarterly", None, "04-05")),
        ("báo cáo 6 tháng (trước ngày 15/6)", ("half_yearly", "06-15", None)),
        ("định kỳ hằng quý báo cáo", ("quarterly", None, None)),
        ("tiêu chí bình xét thi đua hằng năm", ("yearly", None, None)),
        ("định kỳ báo cáo kết quả", ("periodic", None, None)),
        ("kịp thời báo cáo khi có vấn đề phức tạp phát sinh", ("on_event", None, None)),
        ("nếu có khó khăn, vướng mắc, phản ánh về Sở", ("on_event", None, None)),
        ("trong thời hạn 10 ngày làm việc kể từ ngày nhận", ("on_event", None, None)),
    ],
)
def test_each_wording_gives_its_time(text: str, expected: Read) -> None:
    """With "trước" the day is out, with "chậm nhất" and "hết" in; no year means every year."""
    assert read(text) == [expected]


def test_several_periods_are_several_deadlines() -> None:
    """Quarter, half-year and year keep each its own day."""
    text = (
        "Định kỳ hằng quý (trước ngày 15 tháng cuối quý), 6 tháng (trước ngày 15/6), "
        "năm (trước ngày 15/12) gửi báo cáo"
    )
    assert read(text) == [
        ("quarterly", "03-15", None),
        ("half_yearly", "06-15", None),
        ("yearly", "12-15", None),
    ]


def test_a_period_may_stand_after_its_day() -> None:
    """The period in brackets behind a day belongs to that day."""
    text = "trước ngày 15/6 (đối với báo cáo 6 tháng) và trước ngày 15/12 (đối với báo cáo năm)"
    assert read(text) == [("half_yearly", "06-15", None), ("yearly", "12-15", None)]


def test_two_days_of_a_year_are_two_deadlines() -> None:
    """A second day joined by "và" shares the limit of the first."""
    assert read("trước ngày 15/6 và 15/12 hằng năm") == [
        ("yearly", "06-15", None),
        ("yearly", "12-15", None),
    ]


def test_a_period_of_years_is_a_span() -> None:
    """A "giai đoạn" gives its first and last year, however the dash is set."""
    for text in ("giai đoạn 2026 - 2030", "giai đoạn 2026-2030", "từ năm 2026 đến năm 2030"):
        [span] = deadlines(text)
        assert (span.kind, span.starts, span.ends) == (DeadlineKind.SPAN, "2026", "2030")


def test_reviews_beside_a_period_are_named() -> None:
    """Reviews listed behind a period are further reports of the same deadline."""
    [deadline] = deadlines("định kỳ báo cáo (hằng năm, sơ kết và tổng kết)")
    assert (deadline.kind, deadline.also) == (DeadlineKind.YEARLY, ("sơ kết", "tổng kết"))


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị số 5-CT/TU, ngày 27/02/2018 của Ban Thường vụ",
        "số liệu tính đến ngày 31/12/2025",
        "công tác thường xuyên nghiên cứu",
        "kế hoạch năm 2026",
        "tránh để phát sinh điểm nóng",
    ],
)
def test_other_dates_set_no_time(text: str) -> None:
    """The date of a document, of a count, or a year alone is no deadline."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("value", "kind", "by"),
    [
        ("Hằng năm.", DeadlineKind.YEARLY, None),
        ("Quý II/2026", DeadlineKind.DATED, "2026-06-30"),
        ("Tháng 6/2026.", DeadlineKind.DATED, "2026-06-30"),
        ("Năm 2026", DeadlineKind.DATED, "2026-12-31"),
        ("Thường xuyên", DeadlineKind.PERIODIC, None),
        ("2026 - 2030", DeadlineKind.SPAN, None),
    ],
)
def test_the_value_of_a_time_label_is_read(value: str, kind: DeadlineKind, by: str | None) -> None:
    """Behind "Thời gian:" a bare month, quarter or year is the time itself."""
    deadline = stated_time(value)
    assert deadline is not None
    told = None if deadline.by is None else str(deadline.by)
    assert (deadline.kind, told, deadline.text) == (kind, by, value.rstrip("."))


def test_a_time_label_may_say_nothing() -> None:
    """A value that words no time gives none."""
    assert stated_time("Theo kế hoạch") is None


@given(st.integers(1, 31), st.integers(1, 12), st.sampled_from(["trước", "chậm nhất"]))
def test_every_day_of_the_year_is_read(day: int, month: int, limit: str) -> None:
    """Both forms of a day give the same deadline; one that no year has is marked."""
    short, long = f"{limit} ngày {day:02d}/{month:02d}", f"{limit} ngày {day} tháng {month}"
    assert read(short) == read(long) != []
    if day <= monthrange(2024, month)[1]:
        assert f"{month:02d}-{day:02d}" in read(short)[0]
    else:
        assert all(one.impossible and one.day is None for one in deadlines(short))


@given(st.text(alphabet="trướcngày 0123456789/năm6tháng(),;.hằngquýđếnhết", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing fails, each deadline is verbatim in the text, and they stand in order."""
    found = find_deadlines(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(re.sub(r"\s", "", one.deadline.text) in re.sub(r"\s", "", text) for one in found)
