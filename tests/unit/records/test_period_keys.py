"""A period has one name, and its name tells its parts, its neighbour and its place."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.ids import PeriodKey
from records.period_keys import (
    NotAPeriod,
    PeriodKind,
    PeriodName,
    before,
    calendar_days,
    earlier_this_year,
    moved,
    name_at,
    order,
    parse_period,
    parts_of,
    period_key,
)

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))
KINDS = st.sampled_from(PeriodKind)


def keys(*texts: str) -> tuple[PeriodKey, ...]:
    """Write several keys."""
    return tuple(PeriodKey(text) for text in texts)


@pytest.mark.parametrize(
    ("key", "kind", "ordinal", "first", "last"),
    [
        ("2026", PeriodKind.YEAR, 1, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", PeriodKind.HALF, 2, date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-9M", PeriodKind.NINE_MONTHS, 1, date(2026, 1, 1), date(2026, 9, 30)),
        ("2026-Q4", PeriodKind.QUARTER, 4, date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-02", PeriodKind.MONTH, 2, date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-W53", PeriodKind.WEEK, 53, date(2026, 12, 28), date(2027, 1, 3)),
        ("2028-02-29", PeriodKind.DAY, 60, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_key_names_a_period_of_the_calendar(
    key: str, kind: PeriodKind, ordinal: int, first: date, last: date
) -> None:
    """Each kind is written in its own way and covers its own days."""
    name = parse_period(key)
    assert (name.kind, name.ordinal) == (kind, ordinal)
    assert calendar_days(name) == (first, last)
    assert period_key(name) == key


@pytest.mark.parametrize(
    "key",
    [
        *("", "26", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-W00", "2025-W53"),
        *("2026-02-30", "2027-02-29", "2026-6M", "0000", "1899", "2200-Q1", " 2026", "2026-q1"),
    ],
)
def test_what_names_no_period_is_refused(key: str) -> None:
    """A key from an old button or a slip of the hand is told apart from a period."""
    with pytest.raises(NotAPeriod) as refused:
        parse_period(key)
    assert refused.value.key == key


@given(st.text(alphabet="0123456789-QHWM", max_size=11))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    """What is read is written back the same, and nothing else goes wrong."""
    try:
        name = parse_period(text)
    except NotAPeriod:
        return
    assert period_key(name) == text


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("2026", keys("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")),
        ("2026-H1", keys("2026-Q1", "2026-Q2")),
        ("2026-H2", keys("2026-Q3", "2026-Q4")),
        ("2026-9M", keys("2026-Q1", "2026-Q2", "2026-Q3")),
        ("2026-Q4", keys("2026-10", "2026-11", "2026-12")),
        ("2026-11", ()),
        ("2026-W47", ()),
        ("2026-11-04", ()),
    ],
)
def test_a_longer_period_is_the_sum_of_its_parts(key: str, parts: tuple[PeriodKey, ...]) -> None:
    """Months make a quarter, quarters make the half, the nine months and the year."""
    assert parts_of(PeriodKey(key)) == parts


@given(KINDS, DAYS)
def test_parts_cover_their_period_without_gap_or_overlap(kind: PeriodKind, day: date) -> None:
    """The first part begins and the last ends with the whole; each begins where one ended."""
    name = name_at(kind, day)
    parts = [calendar_days(parse_period(part)) for part in parts_of(period_key(name))]
    if parts:
        assert (parts[0][0], parts[-1][1]) == calendar_days(name)
        assert all((b[0] - a[1]).days == 1 for a, b in pairwise(parts))


@pytest.mark.parametrize(
    ("key", "earlier"),
    [
        ("2026", "2025"),
        ("2026-H1", "2025-H2"),
        ("2026-9M", "2025-9M"),
        ("2026-Q1", "2025-Q4"),
        ("2026-01", "2025-12"),
        ("2027-W01", "2026-W53"),
    ],
)
def test_the_period_before_is_of_the_same_kind(key: str, earlier: str) -> None:
    """It may lie in the year before."""
    assert before(PeriodKey(key)) == earlier


def test_nothing_is_known_before_a_single_day_or_the_first_year() -> None:
    """The dates of a rule are not in the name of one of them."""
    assert before(PeriodKey("2026-11-04")) is None
    assert before(PeriodKey("1900-Q1")) is None


@given(KINDS, DAYS, st.integers(-50, 50))
def test_steps_forth_and_back_lead_home(kind: PeriodKind, day: date, steps: int) -> None:
    """Moving is its own undoing, and one step leads to the next days of the calendar."""
    name = name_at(kind, day)
    assert moved(moved(name, steps), -steps) == name
    if kind is not PeriodKind.NINE_MONTHS:
        first, last = calendar_days(name)
        assert first <= day <= last
        assert (calendar_days(moved(name, 1))[0] - last).days == 1


def test_cumulative_figures_are_compared_within_their_year_in_order() -> None:
    """The quarter comes before the half that ends later; other years do not count."""
    given_keys = keys("2026-H1", "2025-Q4", "2026-Q1", "2026-9M", "2026-Q2", "2026-03", "2026")
    assert earlier_this_year(PeriodKey("2026-9M"), given_keys) == keys(
        "2026-03", "2026-Q1", "2026-Q2", "2026-H1"
    )
    assert order(PeriodKey("2026-Q2")) < order(PeriodKey("2026-H1"))


def test_a_name_is_a_value() -> None:
    """Two of the same name are the same."""
    assert parse_period("2026-Q4") == PeriodName(kind=PeriodKind.QUARTER, year=2026, ordinal=4)
