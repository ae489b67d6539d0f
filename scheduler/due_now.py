"""The last day in time of one period of a task, an extension counted."""

from datetime import date

from records.ids import PeriodKey, TaskId
from records.model import Task, TaskState
from records.obligations.periods import period_named
from records.obligations.working_days import Calendar
from records.store import Transaction
from scheduler.planning import extensions
from scheduler.refusals import TaskNotOpen


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
