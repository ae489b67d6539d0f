"""The last day in time of one period of a task, an extension counted."""

from datetime import date

from records.ids import PeriodKey, TaskId
from records.model import CalendarOverride, Task, TaskState
from records.store import Store, Transaction
from scheduler.periods import period_named
from scheduler.planning import extensions
from scheduler.refusals import TaskNotOpen
from scheduler.working_days import Calendar, calendar_of


async def due_day(store: Store, task: TaskId, period: PeriodKey | None) -> date:
    """Return the due day as a transaction of its own; raises TaskNotOpen."""
    async with store.begin() as tx:
        return await due_now(tx, task, period, calendar_of(await tx.find(CalendarOverride)))


async def due_now(
    tx: Transaction, task: TaskId, period: PeriodKey | None, calendar: Calendar
) -> date:
    """Return the due day; raises TaskNotOpen for a task that is over or has none."""
    held = await tx.get(Task, task)
    if held is None or held.state is not TaskState.OPEN:
        raise TaskNotOpen
    granted = (await extensions(tx)).get((task, period))
    if granted is not None:
        return granted
    if period is not None:
        return period_named(held, calendar, period).due
    if held.due is None:
        raise TaskNotOpen
    return held.due
