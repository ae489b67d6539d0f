"""A deadline as a directive words it becomes the due days that an officer would name."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.deadline import Day, Deadline, DeadlineKind, FullDate, MonthDay
from knowledge.parsing.deadlines import deadlines
from records.model import Cadence, DueRule
from records.obligations.periods import periods
from records.obligations.refusals import ImpossibleDay
from records.obligations.working_days import Calendar
from scheduler.task_checks import check_task
from scheduler.worded_rules import rule_of
from services.tasks.proposal import Timing
from tests.unit.scheduler.tasks import task_of


def proposed(text: str) -> Timing:
    """Read the one deadline of a sentence and propose its task."""
    (found,) = deadlines(text)
    return rule_of(found)


def due_days(text: str, year: int) -> list[tuple[str | None, date]]:
    """Give the periods that a sentence asks for in a year, with their due days."""
    cadence, rule, due = proposed(text)
    task = task_of(cadence, rule, due=due)
    check_task(task)
    found = periods(task, Calendar(), date(year, 1, 1), date(year, 12, 31))
    return [(one.key, one.due) for one in found]


@pytest.mark.parametrize(
    ("text", "first", "many"),
    [
        ("hằng năm, trước ngày 05/11", ("2026", date(2026, 11, 4)), 1),
        ("chậm nhất ngày 05/11 hằng năm", ("2026", date(2026, 11, 5)), 1),
        ("hằng năm, trước ngày 01/3", ("2026", date(2026, 2, 28)), 1),
        ("hằng năm, trước ngày 10/01", ("2025", date(2026, 1, 9)), 1),
        ("trước ngày 15 tháng cuối quý", ("2026-Q1", date(2026, 3, 14)), 4),
        ("chậm nhất ngày 05 tháng đầu quý sau", ("2025-Q4", date(2026, 1, 5)), 4),
        ("trước ngày 10 tháng đầu quý", ("2025-Q4", date(2026, 1, 9)), 4),
        ("trước ngày 25 hằng tháng", ("2026-01", date(2026, 1, 24)), 12),
        ("trước ngày 05 hằng tháng", ("2025-12", date(2026, 1, 4)), 12),
        ("trước ngày 01 hằng tháng", ("2026-01", date(2026, 1, 31)), 12),
        ("trước ngày 05 của tháng sau", ("2025-12", date(2026, 1, 4)), 12),
        ("trước ngày 20 của tháng sau", ("2025-12", date(2026, 1, 19)), 12),
        ("trước ngày 01 tháng cuối quý", ("2026-Q1", date(2026, 2, 28)), 4),
        ("báo cáo 6 tháng (trước ngày 15/6)", ("2026-H1", date(2026, 6, 14)), 2),
        ("báo cáo 6 tháng (trước ngày 15/12)", ("2026-H1", date(2026, 6, 14)), 2),
        ("báo cáo 6 tháng (trước ngày 05/7)", ("2025-H2", date(2026, 1, 4)), 2),
        ("trước thứ Năm hằng tuần", ("2026-W01", date(2026, 1, 7)), 52),
        ("chậm nhất thứ Sáu hằng tuần", ("2026-W01", date(2026, 1, 2)), 52),
        ("trước thứ Hai hằng tuần", ("2026-W01", date(2026, 1, 4)), 52),
        ("xong trước ngày 30/6/2026", (None, date(2026, 6, 29)), 1),
        ("đến hết ngày 31/12/2026", (None, date(2026, 12, 31)), 1),
        ("trước tháng 9/2026", (None, date(2026, 8, 31)), 1),
    ],
)
def test_a_worded_deadline_gives_its_due_days(
    text: str, first: tuple[str | None, date], many: int
) -> None:
    """What falls due first in 2026, for which period, and how often a year."""
    found = due_days(text, 2026)
    assert (found[0], len(found)) == (first, many)


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("định kỳ báo cáo kết quả", Cadence.PERIODIC),
        ("định kỳ hằng quý báo cáo", Cadence.QUARTERLY),
        ("định kỳ hằng tuần báo cáo", Cadence.WEEKLY),
        ("tổng kết hằng năm", Cadence.YEARLY),
        ("nếu có khó khăn, vướng mắc, phản ánh về Sở", Cadence.ON_EVENT),
        ("giai đoạn 2021 - 2025", Cadence.ONCE),
    ],
)
def test_without_a_day_the_rule_is_left_to_an_admin(text: str, cadence: Cadence) -> None:
    """Only the cadence is known; no day is invented."""
    assert proposed(text) == Timing(cadence)


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline(kind=DeadlineKind.YEARLY, text="trước ngày 31/02", before=MonthDay(2, 31)),
        Deadline(kind=DeadlineKind.YEARLY, text="chậm nhất 31/4", by=MonthDay(4, 31)),
        Deadline(
            kind=DeadlineKind.DATED, text="trước ngày 29/2/2027", before=FullDate(2027, 2, 29)
        ),
        Deadline(kind=DeadlineKind.QUARTERLY, text="ngày 32 tháng cuối quý", by=MonthDay(3, 32)),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(deadline: Deadline) -> None:
    """A misprint in a directive is told to the admin, not scheduled."""
    with pytest.raises(ImpossibleDay):
        rule_of(deadline)


MONTH_DAYS = st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28))
KINDS = st.sampled_from(
    [DeadlineKind.MONTHLY, DeadlineKind.QUARTERLY, DeadlineKind.HALF_YEARLY, DeadlineKind.YEARLY]
)


@given(KINDS, MONTH_DAYS, st.booleans())
def test_every_day_that_can_be_worded_can_be_scheduled(
    kind: DeadlineKind, day: MonthDay, before: bool
) -> None:
    """Whatever month and day, the task passes its check and asks for its reports every year."""
    one = Deadline(kind=kind, text="…", before=day if before else None, by=None if before else day)
    cadence, rule, due = rule_of(one)
    task = task_of(cadence, rule, due=due)
    check_task(task)
    many = {Cadence.MONTHLY: 12, Cadence.QUARTERLY: 4, Cadence.HALF_YEARLY: 2, Cadence.YEARLY: 1}
    found = list(periods(task, Calendar(), date(2027, 1, 1), date(2027, 12, 31)))
    assert len(found) == many[cadence]


def read_day(told: str | None) -> Day | None:
    """Return a day as the hand-made truth writes it: MM-DD or YYYY-MM-DD."""
    if told is None:
        return None
    parts = [int(part) for part in told.split("-")]
    return MonthDay(*parts) if len(parts) == 2 else FullDate(*parts)


@pytest.mark.acceptance
def test_the_deadlines_of_real_directives_become_tasks(acceptance_data: Path) -> None:
    """Each hand-read deadline has its cadence; the day of "trước ngày …" is the one before."""
    documents = json.loads((acceptance_data / "gold" / "documents.json").read_text("utf-8"))
    told = [task["deadline"] for one in documents for task in one["tasks"] if task["deadline"]]
    assert told
    for raw in told:
        deadline = Deadline(
            kind=DeadlineKind(raw["kind"]),
            text=raw["text"],
            before=read_day(raw.get("before")),
            by=read_day(raw.get("by")),
        )
        cadence, rule, due = rule_of(deadline)
        if rule is not None or cadence in (Cadence.ONCE, Cadence.ON_EVENT):
            check_task(task_of(cadence, rule, due=due))
        if deadline.before == MonthDay(11, 5):
            assert rule == DueRule(dates=((11, 4),))
