"""Whom a task concerns: who reports, who supports, who reviews."""

from collections.abc import Iterable

from records.access import Action, may
from records.acting import Acting
from records.ids import PersonId, UnitId
from records.model import Person, Role, Task
from records.store import Transaction


async def reporters(tx: Transaction, task: Task) -> tuple[Person, ...]:
    """Return the active people who report on a task: its assignees, else all of the lead unit."""
    if task.assignees:
        found = [await tx.get(Person, one) for one in task.assignees]
        return tuple(one for one in found if one is not None and one.active)
    return await _of_units(tx, (task.lead,))


async def concerned(tx: Transaction, task: Task) -> tuple[Person, ...]:
    """Return who reports on a task and who supports it, each once."""
    both = (*await reporters(tx, task), *await _of_units(tx, task.support))
    return tuple({one.id: one for one in both}.values())


async def reviewer_of(act: Acting, lead: UnitId, assignees: Iterable[PersonId]) -> PersonId | None:
    """Return the supervisor of the unit, or of the nearest one above; nobody reviews himself."""
    reporting = frozenset(assignees)
    for unit in (lead, *act.tree.above(lead)):
        for one in await act.tx.find(Person, {"unit": unit, "role": Role.SUPERVISOR}):
            if one.active and one.id not in reporting:
                return one.id
    return None


def may_review(act: Acting, person: Person, lead: UnitId) -> bool:
    """Tell whether a person may review the reports of a unit."""
    return may(person, Action.REVIEW, lead, act.tree)


async def _of_units(tx: Transaction, units: Iterable[UnitId]) -> tuple[Person, ...]:
    found = [one for unit in units for one in await tx.find(Person, {"unit": unit})]
    return tuple(one for one in found if one.active)
