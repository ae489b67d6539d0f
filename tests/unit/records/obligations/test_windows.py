"""From when a period is asked for, by cadence: by tables of days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from records.ids import PersonId, TaskId, UnitId
from records.model import Cadence, DueRule, Task
from records.obligations.states import State
from tests.unit.records.obligations.owing import owed

YEARLY = Task(
    id=TaskId("t"),
    title="Báo cáo",
    lead=UnitId("xa"),
    form="tien_do",
    cadence=Cadence.YEARLY,
    rule=DueRule(dates=((11, 4),)),
    created=datetime(2026, 6, 1, tzinfo=UTC),
    created_by=PersonId("admin"),
)
WEEKLY = replace(YEARLY, cadence=Cadence.WEEKLY, rule=DueRule(weekday=5))
MONTHLY = replace(YEARLY, cadence=Cadence.MONTHLY, rule=DueRule(day_of_month=20))
NINE = replace(YEARLY, cadence=Cadence.NINE_MONTHS, rule=DueRule(working_days=5))


def asked(task: Task, day: date) -> list[str | None]:
    """Return the periods asked for on a day."""
    return [one.key for one in owed(task, day=day) if one.owed]


@pytest.mark.parametrize(
    ("task", "day", "keys"),
    [
        (YEARLY, date(2026, 10, 14), []),
        (YEARLY, date(2026, 10, 15), ["2026"]),  # the figures of 2026 are closed, 2027's open
        (YEARLY, date(2026, 11, 4), ["2026"]),
        (YEARLY, date(2027, 10, 14), ["2026"]),
        (YEARLY, date(2027, 10, 15), ["2026", "2027"]),
        (replace(YEARLY, ladder=(30, 7)), date(2026, 10, 5), ["2026"]),
        (MONTHLY, date(2026, 6, 11), []),
        (MONTHLY, date(2026, 6, 12), ["2026-06"]),  # seven days before is a Saturday
        (MONTHLY, date(2026, 6, 20), ["2026-06"]),
        (NINE, date(2026, 12, 1), ["2026-9M"]),
    ],
)
def test_a_period_is_asked_from_its_window_on(task: Task, day: date, keys: list[str]) -> None:
    """When its figures are closed or the first step of its ladder comes; never a year ahead."""
    assert asked(task, day) == keys


def test_a_week_is_asked_from_its_monday() -> None:
    """On the Friday on which one is due the next, whose figures are open, has not begun."""
    task = replace(WEEKLY, created=datetime(2026, 11, 19, tzinfo=UTC))
    assert asked(task, date(2026, 11, 20)) == ["2026-W47"]
    assert asked(task, date(2026, 11, 22)) == ["2026-W47"]
    assert asked(task, date(2026, 11, 23)) == ["2026-W47", "2026-W48"]
    mondays = replace(task, rule=DueRule(weekday=1))
    assert asked(mondays, date(2026, 11, 23)) == ["2026-W47"], "the week before is due that day"
    assert asked(mondays, date(2026, 11, 24)) == ["2026-W47", "2026-W48"]


def test_a_task_without_anything_asked_shows_what_is_to_come() -> None:
    """It stands in lists as not yet, and is counted nowhere."""
    (one,) = owed(
        replace(YEARLY, created=datetime(2026, 11, 28, tzinfo=UTC)), day=date(2026, 11, 28)
    )
    assert (one.key, one.state, one.early) == ("2027", State.NOT_YET, True)
    (nine,) = owed(replace(NINE, created=datetime(2026, 11, 1, tzinfo=UTC)), day=date(2026, 11, 28))
    assert (nine.key, nine.early) == ("2027-9M", True)
