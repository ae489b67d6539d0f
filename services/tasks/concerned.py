"""Whom a task concerns: who reports, who supports, who reviews."""

from collections.abc import Iterable
from datetime import datetime

from records.access import Action, may
from records.actor import Acting
from records.ids import PersonId, UnitId
from records.model import Person, Role, Task
from records.obligations.ledger import office_around, office_of
from records.obligations.responsible import asked_units, reporters, reviewers
from records.store import Transaction


async def concerned(tx: Transaction, task: Task, now: datetime) -> tuple[Person, ...]:
    """Return who reports on a task and who supports it, each once.

    Where nobody is named, everybody of the lead unit; of a supporting one in any case.
    """
    office = await office_of(tx, now, (task,))
    found: dict[PersonId, Person] = {}
    for unit in asked_units(task):
        for one in reporters(office, task, unit):
            found |= {one.person.id: one.person}
            found |= {} if one.deputy is None else {one.deputy.id: one.deputy}
    units = task.support if task.assignees else (task.lead, *task.support)
    found |= {one.id: one for one in await _of_units(tx, units)}
    return tuple(found.values())


async def reviewer_of(act: Acting, lead: UnitId, assignees: Iterable[PersonId]) -> PersonId | None:
    """Return the supervisor who reviews the reports of a unit, none of those who report."""
    office = await office_around(act.tx, act.now, (lead,))
    found = reviewers(office, None, lead, frozenset(assignees)).people
    return next((one.id for one in found if one.role is Role.SUPERVISOR), None)


def may_review(act: Acting, person: Person, lead: UnitId) -> bool:
    """Tell whether a person may review the reports of a unit."""
    return may(person, Action.REVIEW, lead, act.tree)


async def _of_units(tx: Transaction, units: Iterable[UnitId]) -> tuple[Person, ...]:
    found = [one for unit in units for one in await tx.find(Person, {"unit": unit})]
    return tuple(one for one in found if one.active)
