"""Obligations from the records: what one transaction reads, and no more than it has to."""

from collections.abc import Iterable
from datetime import date, datetime

from records.acting import tree_of
from records.ids import PersonId, UnitId
from records.model import (
    CalendarOverride,
    Extension,
    ExtensionState,
    Person,
    Report,
    Role,
    Task,
    Waiver,
)
from records.obligations.obligation import Obligation, obligations
from records.obligations.office import Office, granted, waivers
from records.obligations.responsible import asked_units
from records.obligations.standing import day_of
from records.obligations.working_days import calendar_of
from records.store import Transaction
from records.units import UnitTree


async def office_of(tx: Transaction, now: datetime, tasks: Iterable[Task] | None = None) -> Office:
    """Return what obligations follow from at `now`: all of it, or what bears on these tasks."""
    tree = await tree_of(tx, now)
    day, calendar = day_of(now), calendar_of(await tx.find(CalendarOverride))
    if tasks is None:
        later = await tx.find(Extension, {"state": ExtensionState.GRANTED})
        return Office(
            day=day,
            calendar=calendar,
            tree=tree,
            people={one.id: one for one in await tx.find(Person)},
            extended=granted(later),
            waived=waivers(await tx.find(Waiver)),
        )
    own = list(tasks)
    given = [
        one
        for task in own
        for one in await tx.find(Extension, {"task": task.id, "state": ExtensionState.GRANTED})
    ]
    released = [one for task in own for one in await tx.find(Waiver, {"task": task.id})]
    return Office(
        day=day,
        calendar=calendar,
        tree=tree,
        people=await _people_around(tx, own, tree),
        extended=granted(given),
        waived=waivers(released),
    )


async def owed_on(
    tx: Transaction, task: Task, office: Office, until: date = date.min
) -> list[Obligation]:
    """Return what is owed on a task, from `obligations`."""
    return list(obligations(task, await tx.find(Report, {"task": task.id}), office, until))


async def _people_around(
    tx: Transaction, tasks: Iterable[Task], tree: UnitTree
) -> dict[PersonId, Person]:
    """Return all who could report on these tasks, review them or be told, with their deputies."""
    units: dict[UnitId, None] = {}
    named: dict[PersonId, None] = {}
    for task in tasks:
        for unit in asked_units(task):
            units |= dict.fromkeys((unit, *tree.above(unit)))
        named |= dict.fromkeys(task.assignees)
        named |= {} if task.reviewer is None else {task.reviewer: None}
    found = [one for unit in units for one in await tx.find(Person, {"unit": unit})]
    found += await tx.find(Person, {"role": Role.ADMIN})
    people = {one.id: one for one in found}
    await _add(tx, people, named)
    deputies = [each.deputy for one in people.values() for each in one.stand_ins]
    await _add(tx, people, deputies)
    return people


async def _add(tx: Transaction, people: dict[PersonId, Person], keys: Iterable[PersonId]) -> None:
    for key in keys:
        held = None if key in people else await tx.get(Person, key)
        if held is not None:
            people[key] = held
