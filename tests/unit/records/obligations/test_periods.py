"""Periods follow one another without gap or overlap; their reports are due after they close."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from records.ids import PeriodKey
from records.model import Cadence, DayKind, DueRule, Shift, Task
from records.obligations.periods import (
    begun_periods,
    due_working,
    period_named,
    periods,
)
from records.obligations.refusals import EndedBeforeTask, NotOfTask, PeriodsRefused
from records.obligations.working_days import Calendar
from scheduler.task_checks import check_task
from tests.unit.scheduler.tasks import task_of
from vietnamese.zone import ZONE

PLAIN = Calendar()
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DECADE = (date(2025, 1, 1), date(2034, 12, 31))


def rows(task: Task, first: date, last: date) -> list[tuple[str | None, date, date, date]]:
    """Give the periods as rows: key, figures from and to, due."""
    return [
        (one.key, one.figures_from, one.figures_to, one.due)
        for one in periods(task, PLAIN, first, last)
    ]


@pytest.mark.parametrize(
    ("cadence", "rule", "expected"),
    [
        (
            Cadence.MONTHLY,
            DueRule(day_of_month=20),
            ("2026-11", date(2026, 10, 15), date(2026, 11, 14), date(2026, 11, 20)),
        ),
        (
            Cadence.MONTHLY,
            DueRule(day_of_month=4, months_after=1),
            ("2026-11", date(2026, 10, 15), date(2026, 11, 14), date(2026, 12, 4)),
        ),
        (
            Cadence.QUARTERLY,
            DueRule(day_of_month=15),
            ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14), date(2026, 12, 15)),
        ),
        (
            Cadence.HALF_YEARLY,
            DueRule(dates=((6, 15), (12, 15))),
            ("2026-H1", date(2025, 12, 15), date(2026, 6, 14), date(2026, 6, 15)),
        ),
        (
            Cadence.HALF_YEARLY,
            DueRule(dates=((6, 15), (12, 15))),
            ("2026-H2", date(2026, 6, 15), date(2026, 12, 14), date(2026, 12, 15)),
        ),
        (
            Cadence.NINE_MONTHS,
            DueRule(working_days=2),
            ("2026-9M", date(2025, 12, 15), date(2026, 9, 14), date(2026, 9, 16)),
        ),
        (
            Cadence.YEARLY,
            DueRule(dates=((12, 20),)),
            ("2026", date(2025, 12, 15), date(2026, 12, 14), date(2026, 12, 20)),
        ),
        (
            Cadence.WEEKLY,
            DueRule(weekday=5),
            ("2026-W47", date(2026, 11, 13), date(2026, 11, 19), date(2026, 11, 20)),
        ),
    ],
)
def test_figures_open_and_close_by_decree_09_of_2019(
    cadence: Cadence, rule: DueRule, expected: tuple[str, date, date, date]
) -> None:
    """Each kind of period runs as Điều 12 has it, and its report is due by the task's rule."""
    task = task_of(cadence, rule)
    check_task(task)
    assert expected in rows(task, date(2026, 1, 1), date(2027, 1, 31))


def test_a_day_named_before_the_usual_close_closes_the_figures_earlier() -> None:
    """With "trước ngày 05/11 hằng năm" figures run to the 14th before, year by year."""
    task = task_of(Cadence.YEARLY, DueRule(dates=((11, 4),)))
    check_task(task)
    assert rows(task, *YEAR) == [
        ("2026", date(2025, 10, 15), date(2026, 10, 14), date(2026, 11, 4))
    ]


def test_figures_that_give_way_close_before_the_due_day_itself() -> None:
    """Due on a 14th, the report needs its figures from the 14th of the month before."""
    task = task_of(Cadence.YEARLY, DueRule(dates=((10, 14),)))
    assert period_named(task, PLAIN, PeriodKey("2026")).figures_to == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("cadence", "dates", "key", "due"),
    [
        (Cadence.YEARLY, ((1, 10),), "2026", date(2027, 1, 10)),
        (Cadence.YEARLY, ((3, 31),), "2027", date(2027, 3, 31)),
        (Cadence.HALF_YEARLY, ((7, 10), (1, 10)), "2026-H2", date(2027, 1, 10)),
        (Cadence.QUARTERLY, ((3, 20), (6, 20), (9, 20), (1, 5)), "2026-Q4", date(2027, 1, 5)),
        (Cadence.QUARTERLY, ((2, 10), (5, 10), (8, 10), (11, 10)), "2026-Q4", date(2026, 11, 10)),
    ],
)
def test_a_date_soon_after_the_close_is_about_what_has_just_closed(
    cadence: Cadence, dates: tuple[tuple[int, int], ...], key: str, due: date
) -> None:
    """A report due in January is the old year's; one due in March is not."""
    task = task_of(cadence, DueRule(dates=dates))
    check_task(task)
    assert period_named(task, PLAIN, PeriodKey(key)).due == due


def test_the_cut_off_day_is_the_tasks_own() -> None:
    """State statistics run by calendar months: 31 is the end of each, 28 or 29 in February.

    4 April 2028 is Giỗ Tổ and no working day.
    """
    task = task_of(Cadence.MONTHLY, DueRule(working_days=3), cutoff_day=31)
    check_task(task)
    assert rows(task, date(2028, 3, 1), date(2028, 4, 30)) == [
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 3)),
        ("2028-03", date(2028, 3, 1), date(2028, 3, 31), date(2028, 4, 6)),
    ]


def test_a_week_may_close_on_another_day() -> None:
    """The cut-off day of a weekly task is a day of the week; Sunday gives calendar weeks."""
    task = task_of(Cadence.WEEKLY, DueRule(weekday=1), cutoff_day=7)
    check_task(task)
    assert rows(task, date(2026, 12, 29), date(2027, 1, 4)) == [
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), date(2027, 1, 4))
    ]


def test_dates_named_for_dinh_ky_are_each_a_period() -> None:
    """Figures run from one date to the next, across the year's end and in leap years."""
    task = task_of(Cadence.PERIODIC, DueRule(dates=((2, 29), (10, 1))))
    check_task(task)
    assert rows(task, date(2027, 1, 1), date(2028, 12, 31)) == [
        ("2027-02-28", date(2026, 10, 2), date(2027, 2, 28), date(2027, 2, 28)),
        ("2027-10-01", date(2027, 3, 1), date(2027, 10, 1), date(2027, 10, 1)),
        ("2028-02-29", date(2027, 10, 2), date(2028, 2, 29), date(2028, 2, 29)),
        ("2028-10-01", date(2028, 3, 1), date(2028, 10, 1), date(2028, 10, 1)),
    ]


def test_a_task_reported_once_has_one_report_and_one_on_an_event_none() -> None:
    """The one report has no name; without a due day it is never called for."""
    once = task_of(Cadence.ONCE, due=date(2026, 11, 4))
    assert rows(once, *YEAR) == [(None, date(2020, 1, 1), date(2026, 11, 4), date(2026, 11, 4))]
    assert rows(once, date(2026, 11, 5), date(2027, 1, 1)) == []
    assert rows(task_of(Cadence.ONCE), *YEAR) == []
    assert rows(task_of(Cadence.ON_EVENT), *YEAR) == []


@pytest.mark.parametrize(
    ("shift", "due"),
    [
        (Shift.STAYS, date(2028, 11, 5)),
        (Shift.BEFORE, date(2028, 11, 3)),
        (Shift.AFTER, date(2028, 11, 6)),
    ],
)
def test_a_due_day_on_a_day_off_moves_only_by_the_tasks_rule(shift: Shift, due: date) -> None:
    """5 November 2028 is a Sunday; what moved says from where."""
    task = task_of(Cadence.YEARLY, DueRule(dates=((11, 5),), shift=shift))
    check_task(task)
    (period,) = periods(task, PLAIN, date(2028, 1, 1), date(2028, 12, 31))
    assert period.due == due
    assert period.moved_from == (None if shift is Shift.STAYS else date(2028, 11, 5))


def test_a_due_day_never_moves_to_before_its_figures_close() -> None:
    """In Tết the last working day lies before the close: the day stays."""
    rule = DueRule(day_of_month=18, shift=Shift.BEFORE)
    task = task_of(Cadence.MONTHLY, rule)
    (period,) = periods(task, PLAIN, date(2026, 2, 1), date(2026, 2, 28))
    assert (period.due, period.moved_from) == (date(2026, 2, 18), None)


def test_an_announcement_moves_what_is_due_in_working_days() -> None:
    """A Monday made free puts a deadline of two working days off by one."""
    task = task_of(Cadence.QUARTERLY, DueRule(working_days=2))
    announced = Calendar({date(2026, 12, 15): DayKind.OFF})
    assert period_named(task, PLAIN, PeriodKey("2026-Q4")).due == date(2026, 12, 16)
    assert period_named(task, announced, PeriodKey("2026-Q4")).due == date(2026, 12, 17)


def test_nothing_is_owed_from_before_the_task_began() -> None:
    """The day a task is made counts here: 17:30 in UTC is the next day."""
    task = task_of(
        Cadence.MONTHLY,
        DueRule(day_of_month=20),
        created=datetime(2026, 10, 20, 17, 30, tzinfo=UTC),
    )
    assert [one.key for one in periods(task, PLAIN, *YEAR)] == ["2026-11", "2026-12"]
    assert [
        one.key for one in begun_periods(task, PLAIN, date(2026, 11, 18), date(2026, 1, 1))
    ] == ["2026-11", "2026-12"]
    assert period_named(task, PLAIN, PeriodKey("2026-11")).due == date(2026, 11, 20)
    with pytest.raises(EndedBeforeTask) as refused:
        period_named(task, PLAIN, PeriodKey("2026-10"))
    assert (refused.value.due, refused.value.began) == (date(2026, 10, 20), date(2026, 10, 21))


def test_a_report_due_on_the_day_a_task_is_made_is_owed() -> None:
    """That day is not over yet."""
    created = datetime(2026, 10, 20, 9, tzinfo=ZONE)
    task = task_of(Cadence.MONTHLY, DueRule(day_of_month=20), created=created)
    assert period_named(task, PLAIN, PeriodKey("2026-10")).due == date(2026, 10, 20)
    assert next(periods(task, PLAIN, *YEAR)).key == "2026-10"


@pytest.mark.parametrize("key", ["2026", "2026-W10", "2026-11-05"])
def test_a_period_of_another_kind_is_not_the_tasks(key: str) -> None:
    """Neither a longer one nor a date that nobody named."""
    for task in (
        task_of(Cadence.MONTHLY, DueRule(day_of_month=20)),
        task_of(Cadence.PERIODIC, DueRule(dates=((11, 4),))),
    ):
        with pytest.raises(NotOfTask):
            period_named(task, PLAIN, PeriodKey(key))


def test_a_named_date_is_found_by_its_name() -> None:
    """The name of a period leads back to it."""
    task = task_of(Cadence.PERIODIC, DueRule(dates=((11, 4),)))
    assert period_named(task, PLAIN, PeriodKey("2026-11-04")).due == date(2026, 11, 4)


def test_a_due_day_shows_its_working() -> None:
    """The weekday, and how many working days are left, today not counted."""
    task = task_of(Cadence.YEARLY, DueRule(dates=((11, 4),)))
    shown = due_working(task, date(2026, 11, 4), PLAIN, date(2026, 10, 27))
    assert (shown.weekday, shown.working_days_left, shown.moved_from) == (3, 6, None)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Kiritimati"])
def zone_of_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the process into another time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("zone_of_process")
def test_the_zone_of_the_process_changes_nothing() -> None:
    """A server in another country counts the days of this one."""
    created = datetime.fromtimestamp(datetime(2026, 11, 20, 23, tzinfo=ZONE).timestamp(), tz=UTC)
    task = task_of(Cadence.MONTHLY, DueRule(day_of_month=20), created=created)
    assert next(periods(task, PLAIN, *YEAR)).due == date(2026, 11, 20)
    later = task_of(Cadence.MONTHLY, DueRule(day_of_month=20), created=created + timedelta(hours=2))
    assert next(periods(later, PLAIN, *YEAR)).due == date(2026, 12, 20)


# --- over ten years --------------------------------------------------------------------------

SHIFTS = st.sampled_from(Shift)
OF_MONTHS = st.sampled_from(
    [
        Cadence.MONTHLY,
        Cadence.QUARTERLY,
        Cadence.HALF_YEARLY,
        Cadence.NINE_MONTHS,
        Cadence.YEARLY,
    ]
)
CUTOFFS = st.none() | st.integers(1, 31)
MONTH_DAYS = st.builds(
    DueRule, day_of_month=st.integers(1, 31), months_after=st.integers(0, 3), shift=SHIFTS
)
WORKING_DAYS = st.builds(DueRule, working_days=st.integers(1, 30), shift=SHIFTS)
DATES = st.tuples(st.integers(1, 12), st.integers(1, 31))


@st.composite
def returning(draw: st.DrawFn) -> Task:
    """Draw a task that returns and that passes the check."""
    rules: st.SearchStrategy[DueRule]
    cadence = draw(OF_MONTHS | st.sampled_from([Cadence.WEEKLY, Cadence.PERIODIC]))
    cutoffs = CUTOFFS
    if cadence is Cadence.WEEKLY:
        rules = st.builds(DueRule, weekday=st.integers(1, 7), shift=SHIFTS) | WORKING_DAYS
        cutoffs = st.none() | st.integers(1, 7)
    elif cadence is Cadence.PERIODIC:
        many = st.lists(DATES, min_size=1, max_size=5, unique=True).map(tuple)
        rules = st.builds(DueRule, dates=many, shift=SHIFTS)
    elif cadence in (Cadence.YEARLY, Cadence.NINE_MONTHS):
        rules = MONTH_DAYS | WORKING_DAYS | st.builds(DueRule, dates=st.tuples(DATES), shift=SHIFTS)
    else:
        rules = MONTH_DAYS | WORKING_DAYS
    task = task_of(cadence, draw(rules), cutoff_day=draw(cutoffs))
    try:
        check_task(task)
    except PeriodsRefused:
        assume(False)
    return task


@given(returning())
def test_figures_have_no_gap_and_no_overlap(task: Task) -> None:
    """Each period opens on the day after the one before closed; nine months open with the year."""
    for earlier, later in pairwise(periods(task, PLAIN, *DECADE)):
        if task.cadence is Cadence.NINE_MONTHS:
            assert later.figures_from > earlier.figures_to
        else:
            assert later.figures_from == earlier.figures_to + timedelta(days=1)


@given(returning())
def test_a_report_is_due_when_its_figures_have_closed(task: Task) -> None:
    """Only a date that an admin named himself may move to before its own day."""
    for one in periods(task, PLAIN, *DECADE):
        assert one.figures_from <= one.figures_to
        if task.cadence is not Cadence.PERIODIC:
            assert one.figures_to <= one.due


@given(returning())
def test_periods_are_in_order_and_named_once(task: Task) -> None:
    """Over ten years due days never fall back, and no name is given twice."""
    found = list(periods(task, PLAIN, *DECADE))
    assert found
    assert all(a.due <= b.due for a, b in pairwise(found))
    assert len({one.key for one in found}) == len(found)
    assert all(one.key and period_named(task, PLAIN, one.key) == one for one in found)


@given(returning(), st.dates(*DECADE), st.integers(0, 400))
def test_a_window_holds_what_is_due_in_it_and_nothing_else(
    task: Task, first: date, length: int
) -> None:
    """A part of the ten years is cut out of the whole without loss at its edges."""
    last = min(first + timedelta(days=length), DECADE[1])
    whole = [one for one in periods(task, PLAIN, *DECADE) if first <= one.due <= last]
    assert list(periods(task, PLAIN, first, last)) == whole


@given(returning(), st.dates(date(2026, 1, 1), date(2033, 12, 31)))
def test_every_day_is_of_one_period(task: Task, day: date) -> None:
    """Whatever the day, its figures go into one report, which has begun by then."""
    begun = list(begun_periods(task, PLAIN, day, day - timedelta(days=62)))
    holding = [one for one in begun if one.figures_from <= day <= one.figures_to]
    if task.cadence is Cadence.NINE_MONTHS and not holding:
        later = periods(task, PLAIN, day, day + timedelta(days=800))
        assert next(one for one in later if one.figures_to >= day).figures_from > day
        return
    assert len({one.key for one in holding}) == len(holding) >= 1
