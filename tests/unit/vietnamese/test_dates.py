"""Days typed on a phone are read as an officer means them, or not at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.dates import Prefer, ReadDate, find_dates, read_date
from vietnamese.text import fold

TODAY = date(2026, 11, 18)
"""A Wednesday."""
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/11", date(2026, 11, 5)),
        ("05-11-2026", date(2026, 11, 5)),
        ("5.11", date(2026, 11, 5)),
        ("05112026", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("5 11 2026", date(2026, 11, 5)),
        ("5/11/26", date(2026, 11, 5)),
        ("5/11/85", date(1985, 11, 5)),
        ("ngày 5 tháng 11", date(2026, 11, 5)),
        ("ngày 5 tháng 11 năm 2027", date(2027, 11, 5)),
        ("ngày năm tháng mười một", date(2026, 11, 5)),
        ("mùng 5/11", date(2026, 11, 5)),
        ("thứ Năm, ngày 05/11/2026.", date(2026, 11, 5)),
        ("đến hết ngày 30/11", date(2026, 11, 30)),
        ("mai", date(2026, 11, 19)),
        ("ngày mai", date(2026, 11, 19)),
        ("hôm nay", date(2026, 11, 18)),
        ("hôm qua", date(2026, 11, 17)),
        ("ngày kia", date(2026, 11, 20)),
        ("6 tháng sau", date(2026, 12, 6)),
        ("hôm kia", date(2026, 11, 16)),
        ("thứ sáu tuần sau", date(2026, 11, 27)),
        ("thứ 2 tuần này", date(2026, 11, 16)),
        ("t6 tuần trước", date(2026, 11, 13)),
        ("cn tuần này", date(2026, 11, 22)),
        ("15 tháng này", date(2026, 11, 15)),
        ("ngày 5 tháng sau", date(2026, 12, 5)),
        ("hết tháng", date(2026, 11, 30)),
        ("hết quý", date(2026, 12, 31)),
        ("ngày cuối tháng 2", date(2027, 2, 28)),
        ("hết quý IV/2027", date(2027, 12, 31)),
        ("trong 3 ngày", date(2026, 11, 21)),
        ("3 ngày nữa", date(2026, 11, 21)),
        ("hai tuần nữa", date(2026, 12, 2)),
        ("3 tháng nữa", date(2027, 2, 18)),
        ("3 ngày trước", date(2026, 11, 15)),
        ("cách đây 1 tháng", date(2026, 10, 18)),
    ],
)
def test_a_day_told_plainly_is_certain_with_and_without_accents(typed: str, day: date) -> None:
    """What an officer types about a day near today has one meaning, whatever the keyboard."""
    assert read_date(typed, TODAY) == ReadDate(day)
    assert read_date(fold(typed), TODAY) == ReadDate(day, certain="tháng sau" not in typed)
    assert read_date(f"  {typed.upper()} ", TODAY) == ReadDate(day)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("cuối tháng", date(2026, 11, 30)),
        ("giữa tháng", date(2026, 11, 15)),
        ("đầu tháng sau", date(2026, 12, 1)),
        ("tháng sau", date(2026, 12, 1)),
        ("cuối quý", date(2026, 12, 31)),
        ("cuối quý 1", date(2027, 3, 31)),
        ("cuối năm", date(2026, 12, 31)),
        ("đầu năm sau", date(2027, 1, 1)),
        ("cuối năm 2027", date(2027, 12, 31)),
        ("tuần sau", date(2026, 11, 23)),
        ("cuối tuần", date(2026, 11, 20)),
        ("cuối tuần sau", date(2026, 11, 27)),
        ("thứ 6 tới", date(2026, 11, 20)),
        ("thứ 3 tới", date(2026, 11, 24)),
        ("nửa tháng nữa", date(2026, 12, 3)),
    ],
)
def test_a_day_told_loosely_is_read_and_marked(typed: str, day: date) -> None:
    """Words that could mean another day give the likeliest, to be read back."""
    assert read_date(typed, TODAY, Prefer.FUTURE) == ReadDate(day, certain=False)


@pytest.mark.parametrize(
    "typed",
    [
        *("31/2", "30/02/2026", "29/2/2027", "31 tháng 4", "0/5", "5/0", "5/13", "32/1"),
        *("rằm tháng Giêng", "mùng 5 tết", "5/11 âm lịch", "tháng chạp"),
        *("", "  ", "mai họp", "việc này", "5", "11/2026", "thứ 8", "0 tháng 5", "quý 5"),
        "5 ngày làm việc nữa",
    ],
)
def test_what_is_no_day_of_the_calendar_is_not_read(typed: str) -> None:
    """Impossible and lunar days, and whatever is no day, are declined rather than guessed."""
    assert read_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("prefer", "day", "certain"),
    [
        (Prefer.NEAREST, date(2026, 12, 31), True),
        (Prefer.FUTURE, date(2026, 12, 31), True),
        (Prefer.PAST, date(2025, 12, 31), False),
    ],
)
def test_a_missing_year_is_the_nearest_on_the_side_asked_for(
    prefer: Prefer, day: date, certain: bool
) -> None:
    """A day whose year lies far off is marked, because the other year may be meant."""
    assert read_date("31/12", TODAY, prefer) == ReadDate(day, certain)


@pytest.mark.parametrize(
    ("prefer", "day"),
    [
        (Prefer.FUTURE, date(2026, 11, 23)),
        (Prefer.PAST, date(2026, 11, 16)),
        (Prefer.NEAREST, date(2026, 11, 16)),
    ],
)
def test_a_bare_weekday_is_the_next_or_the_last(prefer: Prefer, day: date) -> None:
    """Which "thứ Hai" is meant depends on the side of today that is asked for."""
    found = read_date("thứ hai", TODAY, prefer)
    assert found == ReadDate(day, certain=prefer is not Prefer.NEAREST)


def test_a_weekday_that_disagrees_with_the_day_is_marked() -> None:
    """5 November 2026 is a Thursday."""
    assert read_date("thứ tư 5/11/2026", TODAY) == ReadDate(date(2026, 11, 5), certain=False)


def test_the_end_of_the_month_in_the_past_is_the_last_one_over() -> None:
    """Asked for something past, "cuối tháng" cannot be a day to come."""
    assert read_date("hết tháng", TODAY, Prefer.PAST) == ReadDate(date(2026, 10, 31))
    assert read_date("hết tháng", date(2026, 11, 30), Prefer.PAST) == ReadDate(date(2026, 11, 30))


def test_29_february_is_looked_for_where_it_exists() -> None:
    """The year of a leap day is the nearest that has one, across 2100 too."""
    assert read_date("29/2", TODAY, Prefer.FUTURE) == ReadDate(date(2028, 2, 29), certain=False)
    assert read_date("29/2", date(2098, 1, 1), Prefer.FUTURE) == ReadDate(
        date(2104, 2, 29), certain=False
    )


@given(st.text(), DAYS, st.sampled_from(Prefer))
def test_no_text_breaks_the_reading(typed: str, today: date, prefer: Prefer) -> None:
    """Whatever is typed, a day comes out or nothing."""
    assert isinstance(read_date(typed, today, prefer), ReadDate | None)
    assert all(found.start < found.end for found in find_dates(typed, today))


PHRASES = (
    "ngày tháng năm thứ 2 31 11 / - . tuần sau trước này cuối đầu quý 2026 nữa trong t6 cn mùng iv "
    "mười một 99 0 hết 999 9999 giữa mai"
)


@given(
    st.lists(st.sampled_from(PHRASES.split()), max_size=6).map(" ".join),
    DAYS,
    st.sampled_from(Prefer),
)
def test_no_pile_of_day_words_breaks_the_reading(typed: str, today: date, prefer: Prefer) -> None:
    """Half-finished and contradictory days are read or declined, never an error."""
    read_date(typed, today, prefer)


@given(DAYS, DAYS, st.sampled_from(Prefer))
def test_a_full_date_is_itself_whatever_today_is(day: date, today: date, prefer: Prefer) -> None:
    """Writing a date out and reading it gives it back."""
    for form in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat()):
        assert read_date(form, today, prefer) == ReadDate(day)


@given(DAYS, DAYS)
def test_a_preference_is_kept(day: date, today: date) -> None:
    """Without a year, the day found lies on the side asked for."""
    typed = f"{day.day}/{day.month}"
    past, future = read_date(typed, today, Prefer.PAST), read_date(typed, today, Prefer.FUTURE)
    nearest = read_date(typed, today)
    assert past is not None
    assert future is not None
    assert nearest is not None
    assert past.day <= today <= future.day
    assert abs(nearest.day - today) == min(today - past.day, future.day - today)


@given(DAYS, st.integers(0, 999))
def test_counted_days_are_counted(today: date, count: int) -> None:
    """With "nữa" it is so many days on, "N ngày trước" so many back."""
    assert read_date(f"{count} ngày nữa", today) == ReadDate(today + timedelta(days=count))
    assert read_date(f"{count} ngày trước", today) == ReadDate(today - timedelta(days=count))


def test_an_accent_that_makes_another_day_is_heeded() -> None:
    """June is not next month, and the day after tomorrow is not the first."""
    assert read_date("5 tháng sáu", TODAY, Prefer.FUTURE) == ReadDate(
        date(2027, 6, 5), certain=False
    )
    assert read_date("5 tháng sau", TODAY) == ReadDate(date(2026, 12, 5))
    assert read_date("5 thang sau", TODAY) == ReadDate(date(2026, 12, 5), certain=False)
    assert read_date("ngày mốt", TODAY) == ReadDate(date(2026, 11, 20))
    assert read_date("ngày một", TODAY) == ReadDate(date(2026, 12, 1), certain=False)


def test_days_are_found_inside_a_sentence() -> None:
    """Each day is found at its place, the longest wording first; look-alikes are not days."""
    text = "Họp thứ sáu tuần sau, gửi trước 05/12/2026; xúc tiến thương mại, việc này để mai"
    found = [(text[one.start : one.end], one.read.day) for one in find_dates(text, TODAY)]
    assert found == [
        ("thứ sáu tuần sau", date(2026, 11, 27)),
        ("05/12/2026", date(2026, 12, 5)),
        ("mai", date(2026, 11, 19)),
    ]
