"""Who reports on a task, and for which unit: as `records.obligations` has it."""

from records.access import Action
from records.actor import Acting, NotAllowed
from records.ids import PeriodKey, TaskId, UnitId
from records.model import Report, Task, TaskState
from records.obligations.ledger import obligation_on, office_of
from records.obligations.obligation import Obligation
from records.obligations.office import Office
from records.obligations.responsible import reports_for
from records.refusals import RecordsRefused
from services.reports.refusals import TaskClosed, TaskWithdrawn
from services.tasks.refusals import UnknownTask


async def unit_for(
    act: Acting, task: Task | None, period: PeriodKey | None = None
) -> UnitId | None:
    """Return the unit for which the actor, or one he stands in for, reports; None if for none.

    Of several the first that still owes the period. Without a task everybody reports for the own
    unit only.
    """
    if task is None:
        own = act.actor
        return own.unit if act.may(Action.REPORT, own.unit) else None
    office = await office_of(act.tx, act.now, (task,))
    units = tuple(reports_for(office, task, act.actor.id))
    if len(units) < 2:
        return next(iter(units), None)
    found = [(unit, await owed_for(act, task, unit, period, office)) for unit in units]
    asked = [unit for unit, owed in found if owed is not None and owed.owed]
    wanted = [unit for unit, owed in found if owed is not None and owed.wanted]
    return next(iter((*asked, *wanted, *units)))


async def owed_for(
    act: Acting, task: Task, unit: UnitId, period: PeriodKey | None, office: Office
) -> Obligation | None:
    """Return what a unit owes for a period; None too for one that the task's rule does not know."""
    try:
        return await obligation_on(act.tx, task, unit, period, office)
    except RecordsRefused:
        return None


async def required_unit(act: Acting, task: Task | None, period: PeriodKey | None = None) -> UnitId:
    """Return the unit for which the actor reports; raises NotAllowed where there is none."""
    unit = await unit_for(act, task, period)
    if unit is None:
        raise NotAllowed(action=Action.REPORT, subject=task.id if task else act.actor.unit)
    return unit


async def task_of(act: Acting, task: TaskId | None) -> Task | None:
    """Return the task, None for none; raises UnknownTask."""
    if task is None:
        return None
    held = await act.tx.get(Task, task)
    if held is None:
        raise UnknownTask
    return held


def require_open(task: Task | None) -> None:
    """Raise TaskWithdrawn or TaskClosed unless the task asks for reports."""
    if task is None or task.state is TaskState.OPEN:
        return
    if task.state is TaskState.WITHDRAWN:
        raise TaskWithdrawn(title=task.title)
    raise TaskClosed(title=task.title)


def may_see(act: Acting, report: Report) -> bool:
    """Tell whether the actor may see a report: his own, or one of a unit in his scope."""
    return report.author == act.actor.id or report.unit in act.scope
