"""A task whose due days cannot be told is refused when it is made, with what is wrong with it."""

from datetime import date, datetime

import pytest

from records.model import Cadence, DueRule, Task
from records.obligations.refusals import (
    DueBeforeFigures,
    EndedBeforeTask,
    ImpossibleDay,
    ImpossibleLag,
    PeriodsRefused,
    RuleDoesNotFit,
    RuleMissing,
    RuleUnclear,
    WrongDates,
    WrongLadder,
)
from scheduler.task_checks import check_task
from tests.unit.scheduler.tasks import task_of
from vietnamese.zone import ZONE

RETURNING = sorted(set(Cadence) - {Cadence.ONCE, Cadence.ON_EVENT})
MONTHLY = DueRule(day_of_month=20)


def refusal_of(task: Task) -> PeriodsRefused:
    """Give what a task is refused for."""
    with pytest.raises(PeriodsRefused) as refused:
        check_task(task)
    return refused.value


@pytest.mark.parametrize("cadence", RETURNING)
def test_a_returning_task_needs_a_rule(cadence: Cadence) -> None:
    """Nobody could be reminded of it."""
    assert isinstance(refusal_of(task_of(cadence)), RuleMissing)


@pytest.mark.parametrize(
    ("rule", "ways"),
    [
        (DueRule(), ()),
        (DueRule(day_of_month=20, working_days=2), ("day_of_month", "working_days")),
    ],
)
def test_a_rule_names_the_day_in_one_way(rule: DueRule, ways: tuple[str, ...]) -> None:
    """Two ways would be two due days."""
    refused = refusal_of(task_of(Cadence.MONTHLY, rule))
    assert isinstance(refused, RuleUnclear)
    assert refused.ways == ways


@pytest.mark.parametrize(
    ("cadence", "rule"),
    [
        (Cadence.MONTHLY, DueRule(weekday=5)),
        (Cadence.MONTHLY, DueRule(dates=((11, 4),))),
        (Cadence.WEEKLY, DueRule(day_of_month=5)),
        (Cadence.PERIODIC, DueRule(day_of_month=5)),
        (Cadence.ONCE, DueRule(day_of_month=5)),
        (Cadence.ON_EVENT, DueRule(working_days=5)),
    ],
)
def test_a_rule_fits_its_cadence(cadence: Cadence, rule: DueRule) -> None:
    """A month has no one Friday, and what comes once does not return."""
    assert isinstance(refusal_of(task_of(cadence, rule)), RuleDoesNotFit)


@pytest.mark.parametrize(
    ("cadence", "rule", "cutoff_day"),
    [
        (Cadence.YEARLY, DueRule(dates=((2, 31),)), None),
        (Cadence.YEARLY, DueRule(dates=((2, 30),)), None),
        (Cadence.YEARLY, DueRule(dates=((13, 1),)), None),
        (Cadence.PERIODIC, DueRule(dates=((4, 31),)), None),
        (Cadence.MONTHLY, DueRule(day_of_month=32), None),
        (Cadence.MONTHLY, DueRule(day_of_month=0), None),
        (Cadence.WEEKLY, DueRule(weekday=8), None),
        (Cadence.MONTHLY, MONTHLY, 32),
        (Cadence.MONTHLY, MONTHLY, 0),
        (Cadence.WEEKLY, DueRule(weekday=5), 8),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(
    cadence: Cadence, rule: DueRule, cutoff_day: int | None
) -> None:
    """31 February is a slip of the hand, in a date, a rule or a cut-off."""
    assert isinstance(refusal_of(task_of(cadence, rule, cutoff_day=cutoff_day)), ImpossibleDay)


@pytest.mark.parametrize(
    "rule",
    [
        DueRule(day_of_month=5, months_after=13),
        DueRule(day_of_month=5, months_after=-1),
        DueRule(working_days=0),
        DueRule(working_days=61),
    ],
)
def test_a_report_is_due_within_reason_of_its_period(rule: DueRule) -> None:
    """Neither before its month nor more than a year on."""
    assert isinstance(refusal_of(task_of(Cadence.MONTHLY, rule)), ImpossibleLag)


@pytest.mark.parametrize(
    ("cadence", "dates"),
    [
        (Cadence.YEARLY, ((6, 15), (12, 15))),
        (Cadence.HALF_YEARLY, ((6, 15),)),
        (Cadence.HALF_YEARLY, ((6, 15), (6, 20))),
        (Cadence.QUARTERLY, ((3, 20), (6, 20), (9, 20))),
        (Cadence.PERIODIC, ((6, 15), (6, 15))),
        (Cadence.PERIODIC, ((2, 28), (2, 29))),
    ],
)
def test_each_period_has_one_date(cadence: Cadence, dates: tuple[tuple[int, int], ...]) -> None:
    """Neither one too few nor two in one period."""
    assert isinstance(refusal_of(task_of(cadence, DueRule(dates=dates))), WrongDates)


@pytest.mark.parametrize(
    ("cadence", "rule", "cutoff_day"),
    [
        (Cadence.MONTHLY, DueRule(day_of_month=20), 25),
        (Cadence.MONTHLY, DueRule(day_of_month=30), 31),
        (Cadence.YEARLY, DueRule(dates=((11, 4),)), 14),
        (Cadence.NINE_MONTHS, DueRule(dates=((1, 10),)), None),
    ],
)
def test_a_report_is_not_due_before_the_cut_off_its_task_names(
    cadence: Cadence, rule: DueRule, cutoff_day: int | None
) -> None:
    """Only the usual cut-off gives way to the day that the directive names."""
    assert isinstance(refusal_of(task_of(cadence, rule, cutoff_day=cutoff_day)), DueBeforeFigures)


@pytest.mark.parametrize("ladder", [(1, 3, 7), (7, 7, 1), (7, 3, -1, 0)])
def test_a_ladder_goes_towards_the_due_day_and_on(ladder: tuple[int, ...]) -> None:
    """Days before fall, days late are counted below nought."""
    refused = refusal_of(task_of(Cadence.ONCE, due=date(2026, 11, 4), ladder=ladder))
    assert isinstance(refused, WrongLadder)
    assert refused.ladder == ladder


def test_what_was_due_before_the_task_began_cannot_be_asked_for() -> None:
    """The day of making it is still in time."""
    created = datetime(2026, 11, 4, 23, tzinfo=ZONE)
    refused = refusal_of(task_of(Cadence.ONCE, due=date(2026, 11, 3), created=created))
    assert isinstance(refused, EndedBeforeTask)
    check_task(task_of(Cadence.ONCE, due=date(2026, 11, 4), created=created))


@pytest.mark.parametrize(
    "task",
    [
        task_of(Cadence.ONCE),
        task_of(Cadence.ON_EVENT),
        task_of(Cadence.MONTHLY, MONTHLY, cutoff_day=20, ladder=(14, 7, 0, -1)),
        task_of(Cadence.MONTHLY, DueRule(day_of_month=10)),
        task_of(Cadence.MONTHLY, DueRule(day_of_month=31), cutoff_day=31, ladder=()),
        task_of(Cadence.HALF_YEARLY, DueRule(dates=((7, 10), (1, 10)))),
        task_of(Cadence.YEARLY, DueRule(dates=((2, 29),))),
        task_of(Cadence.PERIODIC, DueRule(dates=((3, 1), (3, 2)))),
        task_of(Cadence.WEEKLY, DueRule(weekday=5), cutoff_day=4),
    ],
    ids=lambda task: f"{task.cadence}",
)
def test_a_sound_task_passes(task: Task) -> None:
    """What a directive may reasonably ask for is not refused."""
    check_task(task)
