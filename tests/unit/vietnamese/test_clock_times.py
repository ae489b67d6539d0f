"""A wish to be reminded is taken apart into a moment and what is to be done."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.obligations.working_days import Calendar
from vietnamese.clock_times import ReadReminder, read_reminder
from vietnamese.running_days import Doubt, DoubtKind
from vietnamese.text import fold
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 18, 14, 20, tzinfo=ZONE)
"""A Wednesday afternoon."""


def on(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Give a moment of autumn 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "at", "text"),
    [
        ("15h mai họp giao ban", on(19, 15), "họp giao ban"),
        ("họp giao ban 15h mai", on(19, 15), "họp giao ban"),
        ("họp giao ban lúc 15h mai tại hội trường", on(19, 15), "họp giao ban tại hội trường"),
        ("nhắc tôi 15h mai là họp", on(19, 15), "họp"),
        ("15:30 12/12 họp", on(12, 15, 30, month=12), "họp"),
        ("15h30 5/12 họp", on(5, 15, 30, month=12), "họp"),
        ("nhắc 15 giờ 30 phút họp", on(18, 15, 30), "họp"),
        ("9 giờ ngày 25/11 họp", on(25, 9), "họp"),
        ("8h30 thứ 2 nộp báo cáo", on(23, 8, 30), "nộp báo cáo"),
        ("8 giờ rưỡi sáng mai họp", on(19, 8, 30), "họp"),
        ("9 giờ kém 15 sáng mai họp", on(19, 8, 45), "họp"),
        ("chiều nay gọi chị Mai", on(18, 16), "gọi chị Mai"),
        ("sáng mai gửi báo cáo", on(19, 8), "gửi báo cáo"),
        ("tối nay xem lại", on(18, 19), "xem lại"),
        ("3h chiều mai họp", on(19, 15), "họp"),
        ("chiều mai 2h họp chi bộ", on(19, 14), "họp chi bộ"),
        ("sáng mai 5h đi cơ sở", on(19, 5), "đi cơ sở"),
        ("20h tối mai gặp dân", on(19, 20), "gặp dân"),
        ("12h đêm nay", on(19, 0), ""),
        ("sau 5 giờ chiều gọi", on(18, 17), "gọi"),
        ("30 phút nữa gọi lại", on(18, 14, 50), "gọi lại"),
        ("gọi lại sau 2 tiếng", on(18, 16, 20), "gọi lại"),
        ("nửa tiếng nữa họp", on(18, 14, 50), "họp"),
        ("một tiếng rưỡi nữa họp", on(18, 15, 50), "họp"),
        ("15h", on(18, 15), ""),
    ],
)
def test_a_moment_told_plainly_is_certain_with_and_without_accents(
    typed: str, at: datetime, text: str
) -> None:
    """Hours, parts of the day and lengths of time are taken out; the rest stays as typed."""
    assert read_reminder(typed, NOW) == ReadReminder(at=at, text=text, certain=True)
    bare = read_reminder(fold(typed), NOW)
    assert bare is not None
    assert (bare.at, fold(bare.text)) == (at, fold(text))


@pytest.mark.parametrize(
    ("typed", "at", "text"),
    [
        ("3h họp", on(18, 15), "họp"),
        ("7h họp", on(19, 7), "họp"),
        ("thứ sáu tuần sau nộp hồ sơ", on(27, 8), "nộp hồ sơ"),
        ("nộp hồ sơ 5/12", on(5, 8, month=12), "nộp hồ sơ"),
        ("Mai họp", on(19, 8), "họp"),
    ],
)
def test_a_guessed_hour_or_day_is_marked(typed: str, at: datetime, text: str) -> None:
    """Three o'clock alone is of the afternoon, an hour gone by is tomorrow's, a day begins at 8."""
    assert read_reminder(typed, NOW) == ReadReminder(at=at, text=text, certain=False)


@pytest.mark.parametrize(
    "typed",
    ["", "họp", "10 phút họp", "xúc tiến thương mại", "công văn 15/UBND", "họp với chị Mai"],
)
def test_without_a_moment_nothing_is_read(typed: str) -> None:
    """A length, a number, a name and a look-alike are no time."""
    assert read_reminder(typed, NOW) is None


def test_days_that_disagree_are_not_read() -> None:
    """Two days told side by side are a mistake to ask about."""
    read = read_reminder("15h mai 25/11 họp", NOW)
    assert read is not None
    assert read.at is None
    assert [one.said for one in read.doubts if one.kind is DoubtKind.SEVERAL] == ["mai", "25/11"]


def test_a_past_moment_that_was_told_is_given_as_told() -> None:
    """It is asked about, not moved to tomorrow."""
    read = read_reminder("8h sáng nay họp", NOW)
    past = (Doubt(kind=DoubtKind.PAST, said=""),)
    assert read == ReadReminder(at=on(18, 8), text="họp", certain=True, doubts=past)


SATURDAY = datetime(2026, 11, 28, 7, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "at", "text"),
    [
        ("8h sáng thứ 2 tuần sau nữa họp", on(7, 8, month=12), "họp"),
        ("8h ba hôm nữa họp", on(1, 8, month=12), "họp"),
        ("8h ngày hai mốt tháng 12 họp", on(21, 8, month=12), "họp"),
        ("8h hai mươi ngày nữa họp", on(18, 8, month=12), "họp"),
        ("8h 23 tháng 12 họp", on(23, 8, month=12), "họp"),
        ("8h30 5 tháng 12 họp", on(5, 8, 30, month=12), "họp"),
        ("8h ngày kìa họp", on(1, 8, month=12), "họp"),
        ("15h gặp Lò Thị Mai", on(28, 15), "gặp Lò Thị Mai"),
        ("8h thứ Tư gặp anh Năm", on(2, 8, month=12), "gặp anh Năm"),
        ("15h mai gặp chú Ba", on(29, 15), "gặp chú Ba"),
        ("15h mai tập huấn 3 ngày", on(29, 15), "tập huấn 3 ngày"),
        ("15h mai nộp báo cáo tháng 11", on(29, 15), "nộp báo cáo tháng 11"),
    ],
)
def test_days_in_many_words_are_read_and_names_are_none(
    typed: str, at: datetime, text: str
) -> None:
    """Nothing here is in doubt, so it is set at once."""
    assert read_reminder(typed, SATURDAY) == ReadReminder(at=at, text=text, certain=True)


def test_working_days_are_counted_by_the_calendar_that_is_given() -> None:
    """Without one they are a doubt."""
    typed = "10 ngày làm việc nữa nộp báo cáo"
    calendar = Calendar()
    read = read_reminder(typed, SATURDAY, calendar.add_working_days)
    assert read is not None
    assert (read.at, read.text, read.doubts) == (on(11, 8, month=12), "nộp báo cáo", ())
    assert read_reminder(typed, SATURDAY) is None


@pytest.mark.parametrize(
    ("typed", "at", "kind"),
    [
        ("8h 10/3 âm lịch giỗ tổ", datetime(2027, 4, 16, 8, tzinfo=ZONE), DoubtKind.LUNAR),
        ("mùng 5 tháng chạp cúng", datetime(2027, 1, 12, 8, tzinfo=ZONE), DoubtKind.LUNAR),
        ("8h 23 tháng chạp", datetime(2027, 1, 30, 8, tzinfo=ZONE), DoubtKind.LUNAR),
        ("8h 10 chạp họp", datetime(2027, 1, 17, 8, tzinfo=ZONE), DoubtKind.LUNAR),
        ("8h ram thang 7 le", datetime(2027, 8, 16, 8, tzinfo=ZONE), DoubtKind.LUNAR),
        ("8h mùng 5 tháng 12 họp", on(5, 8, month=12), DoubtKind.LOOSE),
        ("17h 31/11 nộp báo cáo", None, DoubtKind.NO_SUCH_DAY),
        ("8h ngày 30/2/2027 họp", None, DoubtKind.NO_SUCH_DAY),
        ("30/2 họp", None, DoubtKind.NO_SUCH_DAY),
        ("17h nộp báo cáo ngày 5/12", on(5, 17, month=12), DoubtKind.LOOSE),
        ("15h họp tuần sau", on(30, 15), DoubtKind.LOOSE),
        ("15h 5/12 nộp hồ sơ trước 20/12", on(5, 15, month=12), DoubtKind.SEVERAL),
        ("8h thứ hai tuần kia họp", on(30, 8), DoubtKind.LEFT),
        ("15h mai họp trước tết", on(29, 15), DoubtKind.LEFT),
        ("gọi chị mai lúc 15h", on(29, 15), DoubtKind.LEFT),
        ("8h hôm qua họp", on(27, 8), DoubtKind.PAST),
    ],
)
def test_what_could_be_meant_otherwise_is_doubted(
    typed: str, at: datetime | None, kind: DoubtKind
) -> None:
    """The moment that is offered, and why it is not taken unasked."""
    read = read_reminder(typed, SATURDAY)
    assert read is not None
    assert read.at == at
    assert kind in {one.kind for one in read.doubts}


def test_the_clock_is_that_of_the_country_whatever_zone_now_is_in() -> None:
    """Eleven at night in UTC is the next morning here."""
    read = read_reminder("9h họp", datetime(2026, 11, 18, 23, 0, tzinfo=UTC))
    assert read is not None
    assert read.at == on(19, 9)


@given(st.text())
def test_no_text_breaks_the_reading(typed: str) -> None:
    """Whatever is typed, a reminder comes out or nothing."""
    assert isinstance(read_reminder(typed, NOW), ReadReminder | None)


PHRASES = (
    "nhắc tôi 15h mai sáng chiều tối đêm nay nữa 30 phút 2 tiếng rưỡi giờ kém 24h 12 lúc vào sau "
    "trước thứ 6 tuần 5/12 : 8:30 họp"
)


@given(
    st.lists(st.sampled_from(PHRASES.split()), max_size=8).map(" ".join),
    st.integers(0, 60 * 24 * 366),
)
def test_no_pile_of_time_words_breaks_the_reading(typed: str, minutes: int) -> None:
    """What is not told of a day lies ahead, and within the two days that follow."""
    local = NOW + timedelta(minutes=minutes)
    read = read_reminder(typed, local)
    dated = re.search(r"\d+ \d+ \d+", typed) is not None
    if (
        read is not None
        and read.at is not None
        and not dated
        and not {"thứ", "5/12", "tuần", "trước", "nay", "mai"} & {*typed.split()}
    ):
        assert local < read.at <= local + timedelta(days=2)
