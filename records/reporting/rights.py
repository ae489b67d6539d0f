"""Who reports on a task, and for which unit."""

from records.access import Action, may
from records.acting import Acting, NotAllowed
from records.ids import TaskId, UnitId
from records.model import Person, Report, Task, TaskState
from records.reporting.refusals import TaskClosed, TaskWithdrawn
from records.tasks.refusals import UnknownTask
from records.units import UnitTree


def unit_for(act: Acting, task: Task | None) -> UnitId | None:
    """Return the unit for which the actor, or one he stands in for, reports; None if for none.

    Without a task everybody reports for the own unit only.
    """
    if task is None:
        own = act.actor
        return own.unit if may(own, Action.REPORT, own.unit, act.tree) else None
    found = (
        _unit_of(one, task, act.tree)
        for one in (act.actor, *act.principals)
        if may(one, Action.REPORT, one.unit, act.tree)
    )
    return next((unit for unit in found if unit is not None), None)


def required_unit(act: Acting, task: Task | None) -> UnitId:
    """Return the unit for which the actor reports; raises NotAllowed where there is none."""
    unit = unit_for(act, task)
    if unit is None:
        raise NotAllowed(action=Action.REPORT, subject=task.id if task else act.actor.unit)
    return unit


def _unit_of(person: Person, task: Task, tree: UnitTree) -> UnitId | None:
    """Return the lead or supporting unit that a person reports for.

    An assignee reports for the unit he is of or below; where nobody is assigned, any officer of
    the lead unit does; a supporting unit reports by any of its officers.
    """
    if person.id in task.assignees:
        around = (person.unit, *tree.above(person.unit))
        return next((unit for unit in around if unit in (task.lead, *task.support)), None)
    open_to = task.support if task.assignees else (task.lead, *task.support)
    return person.unit if person.unit in open_to else None


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
