"""What a person is asked to report on, and the reports of his unit that stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from records.acting import acting
from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import Report, Task, TaskState
from records.reporting.rights import required_unit, task_of, unit_for
from records.reporting.standing import newest
from records.store import Store
from records.tasks.mine import tasks_of
from records.tasks.refusals import UnknownTask


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """An open task that somebody reports on."""

    task: Task
    unit: UnitId
    unit_name: str
    standing: Mapping[PeriodKey | None, Report]
    """The unit's report of each period, the latest that was sent."""


async def asked_of(store: Store, person: PersonId, now: datetime) -> list[AskedOf]:
    """Return the open tasks a person reports on, for himself or as a deputy."""
    async with acting(store, person, now) as act:
        found = []
        for mine in await tasks_of(act.tx, person, now):
            unit = unit_for(act, mine.task)
            if unit is not None and mine.task.state is TaskState.OPEN:
                told = [one for one in mine.reports if one.unit == unit]
                found.append(_asked(mine.task, unit, act.tree.name(unit), told))
        return found


async def asked_on(store: Store, person: PersonId, task: TaskId, now: datetime) -> AskedOf:
    """Return one task that a person reports on; raises UnknownTask, and NotAllowed."""
    async with acting(store, person, now) as act:
        held = await task_of(act, task)
        if held is None:
            raise UnknownTask
        unit = required_unit(act, held)
        told = await act.tx.find(Report, {"task": task, "unit": unit})
        return _asked(held, unit, act.tree.name(unit), told)


def _asked(task: Task, unit: UnitId, name: str, told: list[Report]) -> AskedOf:
    standing = [one for one in told if one.state.stands]
    periods = {one.period for one in standing}
    by_period = {
        period: found
        for period in periods
        if (found := newest(one for one in standing if one.period == period)) is not None
    }
    return AskedOf(task=task, unit=unit, unit_name=name, standing=by_period)
