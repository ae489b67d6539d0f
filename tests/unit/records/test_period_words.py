"""Periods as officers word them, read to days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.filters import day as written_day
from bot.texts.filters import period as written
from records.period_keys import PeriodKind, PeriodName, calendar_days, moved, name_at, period_key
from records.period_words import Span, find_spans, read_span
from vietnamese.dates import Prefer
from vietnamese.text import fold

TODAY = date(2026, 11, 28)
DAYS = st.dates(date(2000, 1, 1), date(2150, 12, 31))
KINDS = st.sampled_from([one for one in PeriodKind if one is not PeriodKind.DAY])


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("hôm nay", "2026-11-28", "2026-11-28"),
        ("tuần này", "2026-11-23", "2026-11-29"),
        ("trong tuan", "2026-11-23", "2026-11-29"),
        ("tuần sau", "2026-11-30", "2026-12-06"),
        ("cuối tháng này", "2026-11-01", "2026-11-30"),
        ("quý trước", "2026-07-01", "2026-09-30"),
        ("quy 3 nam ngoai", "2025-07-01", "2025-09-30"),
        ("6 tháng đầu năm", "2026-01-01", "2026-06-30"),
        ("tổng số cuộc đối thoại 6 tháng", "2026-01-01", "2026-06-30"),
        ("sáu tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("nửa đầu năm", "2026-01-01", "2026-06-30"),
        ("9 tháng", "2026-01-01", "2026-09-30"),
        ("năm ngoái", "2025-01-01", "2025-12-31"),
        ("năm 2024", "2024-01-01", "2024-12-31"),
        ("từ đầu năm đến nay", "2026-01-01", "2026-11-28"),
        ("từ 01/3 đến 15/4", "2026-03-01", "2026-04-15"),
        ("từ tháng 1 đến tháng 6", "2026-01-01", "2026-06-30"),
        ("30 ngày qua", "2026-10-29", "2026-11-28"),
        ("2 tuần tới", "2026-11-28", "2026-12-12"),
        ("tháng sáu", "2026-06-01", "2026-06-30"),
        ("tháng sau", "2026-12-01", "2026-12-31"),
        ("thang sau", "2026-12-01", "2026-12-31"),
    ],
)
def test_words_of_a_period_are_its_days(said: str, first: str, last: str) -> None:
    """With and without accents; a year that is not said is the one that reports speak of."""
    found = read_span(said, TODAY)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("said", ["5 năm", "thứ 6", "quý vị", "năm mới", "tháng 13", "hai quý", ""])
def test_other_words_are_no_period(said: str) -> None:
    """A length of time, a weekday, an address."""
    assert read_span(said, TODAY) is None


@given(kind=KINDS, day=DAYS, today=DAYS)
def test_a_period_as_screens_write_it_is_read_back(
    kind: PeriodKind, day: date, today: date
) -> None:
    """Whatever today is, with accents and without."""
    name = name_at(kind, day)
    words = written(period_key(name))
    first, last = calendar_days(name)
    meant = Span(first=first, last=last, key=period_key(name))
    assert read_span(words, today) == meant
    assert read_span(fold(words), today) == meant


@given(kind=st.sampled_from(["tuần", "tháng", "quý", "năm"]), today=DAYS)
def test_the_last_this_and_next_follow_one_another(kind: str, today: date) -> None:
    """Without gap or overlap, and today is in this one."""
    spans = [read_span(f"{kind} {which}", today) for which in ("trước", "này", "sau")]
    before, this, after = (one for one in spans if one is not None)
    assert this.holds(today)
    assert before.last + timedelta(days=1) == this.first
    assert this.last + timedelta(days=1) == after.first


@given(month=st.integers(1, 12), today=DAYS)
def test_a_month_without_its_year_is_near_or_has_begun(month: int, today: date) -> None:
    """Within half a year of today; where the past is asked for, it has begun."""
    near = read_span(f"tháng {month}", today)
    past = read_span(f"tháng {month}", today, Prefer.PAST)
    assert near is not None
    assert past is not None
    assert abs((near.first - today).days) < 200
    assert past.first <= today < past.first + timedelta(days=366)


@given(first=DAYS, length=st.integers(0, 900), today=DAYS)
def test_two_days_bound_a_period(first: date, length: int, today: date) -> None:
    """Both included."""
    last = first + timedelta(days=length)
    found = read_span(f"từ {written_day(first)} đến {written_day(last)}", today)
    assert found == Span(first=first, last=last)


@given(text=st.text(alphabet="tuầnhágqýămđ 0123456789/iIvVrsc", max_size=40), today=DAYS)
def test_any_text_is_read_without_a_fault(text: str, today: date) -> None:
    """Places stand in order and within the text."""
    at = 0
    for one in find_spans(text, today):
        assert at <= one.start < one.end <= len(text)
        assert one.span.first <= one.span.last
        at = one.end


def test_a_longer_period_spans_the_shorter_ones() -> None:
    """A half year spans its quarters and not the next."""
    half = read_span("6 tháng đầu năm 2026", TODAY)
    assert half is not None
    quarters = [PeriodName(kind=PeriodKind.QUARTER, year=2026, ordinal=n) for n in range(1, 5)]
    assert [half.spans(period_key(one)) for one in quarters] == [True, True, False, False]
    assert half.spans(period_key(moved(quarters[0], 0)))
