"""Obligations from the records: what one transaction reads, and no more than it has to."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import date, datetime

from records.actor import tree_of
from records.ids import PeriodKey, PersonId, UnitId
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
from records.obligations.obligation import Obligation, obligation, obligations, period_of_key
from records.obligations.office import Office, granted, waivers
from records.obligations.responsible import asked_units
from records.obligations.working_days import calendar_of
from records.store import Transaction
from records.units import UnitTree
from vietnamese.zone import day_of


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
    reports = await tx.find(Report, {"task": task.id})
    return list(obligations(task, reports, await _with_reviewers(tx, office, reports), until))


async def owed_in(
    tx: Transaction,
    tasks: Iterable[Task],
    units: frozenset[UnitId],
    office: Office,
    until: date = date.min,
) -> AsyncIterator[Obligation]:
    """Yield what some units owe on tasks, from `obligations`."""
    for task in tasks:
        if units.isdisjoint(asked_units(task)):
            continue
        for one in await owed_on(tx, task, office, until):
            if one.unit in units:
                yield one


async def obligation_on(
    tx: Transaction, task: Task, unit: UnitId, key: PeriodKey | None, office: Office
) -> Obligation | None:
    """Return one of a task's obligations, one that has not begun included.

    None where a closed task asks for it no more. Raises NotAPeriod or NotOfTask for a period that
    the task does not have, EndedBeforeTask for one that it never asked for.
    """
    period = period_of_key(task, office.calendar, key)
    where = {"task": task.id, "unit": unit, "period": key}
    reports = await tx.find(Report, where)
    return obligation(task, unit, period, reports, await _with_reviewers(tx, office, reports))


async def _with_reviewers(tx: Transaction, office: Office, reports: Iterable[Report]) -> Office:
    """Return the office with those who returned a report, wherever they are."""
    known = office.people
    keys = {one.reviewed_by for one in reports if one.reviewed_by is not None} - known.keys()
    if not keys:
        return office
    people = dict(known)
    await _add(tx, people, keys)
    return replace(office, people=people)


async def office_around(
    tx: Transaction, now: datetime, units: Iterable[UnitId], people: Iterable[PersonId] = ()
) -> Office:
    """Return the people of some units, of those above them, and some more, without any task."""
    tree = await tree_of(tx, now)
    return Office(
        day=day_of(now),
        calendar=calendar_of(await tx.find(CalendarOverride)),
        tree=tree,
        people=await _people(tx, units, people, tree),
    )


async def _people_around(
    tx: Transaction, tasks: Iterable[Task], tree: UnitTree
) -> dict[PersonId, Person]:
    """Return all who could report on these tasks, review them or be told, with their deputies."""
    own = list(tasks)
    named = [key for task in own for key in (*task.assignees, task.reviewer) if key is not None]
    return await _people(tx, (unit for task in own for unit in asked_units(task)), named, tree)


async def _people(
    tx: Transaction, units: Iterable[UnitId], keys: Iterable[PersonId], tree: UnitTree
) -> dict[PersonId, Person]:
    places: dict[UnitId, None] = {}
    for unit in units:
        if unit not in places:
            places |= dict.fromkeys((unit, *tree.above(unit)))
    found = [one for unit in places for one in await tx.find(Person, {"unit": unit})]
    found += await tx.find(Person, {"role": Role.ADMIN})
    people = {one.id: one for one in found}
    await _add(tx, people, keys)
    await _add(tx, people, [each.deputy for one in people.values() for each in one.stand_ins])
    return people


async def _add(tx: Transaction, people: dict[PersonId, Person], keys: Iterable[PersonId]) -> None:
    for key in keys:
        held = None if key in people else await tx.get(Person, key)
        if held is not None:
            people[key] = held
