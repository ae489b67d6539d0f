"""Tasks for tests of the scheduler: only what bears on periods is said."""

from datetime import date, datetime

from records.ids import PersonId, TaskId, UnitId
from records.model import Cadence, DueRule, Task
from vietnamese.zone import ZONE


def task_of(
    cadence: Cadence,
    rule: DueRule | None = None,
    *,
    cutoff_day: int | None = None,
    due: date | None = None,
    ladder: tuple[int, ...] | None = None,
    created: datetime = datetime(2020, 1, 1, 8, tzinfo=ZONE),
) -> Task:
    """Give a task of that cadence and rule, made long ago unless told otherwise."""
    return Task(
        id=TaskId("task"),
        title="Báo cáo công tác dân vận",
        lead=UnitId("unit"),
        form="khac",
        cadence=cadence,
        created=created,
        created_by=PersonId("admin"),
        rule=rule,
        cutoff_day=cutoff_day,
        due=due,
        ladder=ladder,
    )
