"""Whose tasks are whose: what a person is to report on, and what he sees of his units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from records.access import scope
from records.actor import UnknownPerson, principals, tree_of
from records.ids import PersonId, TaskId, UnitId
from records.model import Person, Role, Task
from records.obligations.ledger import office_of, owed_on
from records.obligations.obligation import Obligation
from records.obligations.office import Office
from records.obligations.responsible import Taker, Why, asked_units, reports_for
from records.store import Transaction
from records.units import UnitTree


class Part(StrEnum):
    """What a person has to do with a task."""

    ASSIGNED = "assigned"
    LEAD = "lead"
    """His unit leads, and nobody in particular is named."""
    SUPPORT = "support"
    SEEN = "seen"
    """Others report on it; he may see their unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A task that concerns a person, for one of the units that report on it."""

    task: Task
    unit: UnitId
    """For which he reports, or whose report he sees."""
    part: Part
    why: Why | None = None
    """Why he reports; None where others do."""
    instead_of: Person | None = None
    """For whom he stands in; None: his own."""
    owed: tuple[Obligation, ...] = ()
    """What the unit owes on it, what was reported included."""


async def tasks_of(
    tx: Transaction, person: PersonId, now: datetime, until: date = date.min
) -> tuple[Mine, ...]:
    """Return what a person reports on, his own first, then for whom he stands in today.

    With what is due up to `until`. Raises UnknownPerson for somebody gone or inactive.
    """
    me = await tx.get(Person, person)
    if me is None or not me.active:
        raise UnknownPerson
    tree = await tree_of(tx, now)
    around: dict[TaskId, Task] = {}
    for who in (me, *await principals(tx, me.id, now)):
        around |= {one.id: one for one in await _around(tx, who, tree)}
    office = await office_of(tx, now, around.values())
    found = [
        await _mine(tx, task, unit, taker, office, until)
        for task in around.values()
        for unit, taker in reports_for(office, task, person).items()
    ]
    return tuple(sorted(found, key=lambda one: one.instead_of is not None))


async def tasks_under(tx: Transaction, person: Person, now: datetime) -> tuple[Mine, ...]:
    """Return the tasks that the units a person may see report on, whoever does so."""
    seen = scope(person, await tree_of(tx, now))
    found: dict[TaskId, Task] = {}
    for unit in seen:
        found |= {one.id: one for one in await _asked_of(tx, unit)}
    tasks = sorted(found.values(), key=lambda task: (task.created, task.id))
    return await _seen(tx, tasks, seen, now)


async def told_of(tx: Transaction, person: Person, now: datetime) -> tuple[Mine, ...]:
    """Return the tasks that a person's unit supports, and is told of without being asked."""
    supported = await tx.find(Task, {"support": person.unit})
    told = [one for one in supported if person.unit not in asked_units(one)]
    return await _seen(tx, told, frozenset(one.lead for one in told), now)


async def seen_task(
    tx: Transaction, person: Person, task: TaskId, now: datetime
) -> tuple[Mine, ...]:
    """Return a task as a person has or sees it; nothing for one that is not there for him."""
    held = await tx.get(Task, task)
    if held is None:
        return ()
    office = await office_of(tx, now, (held,))
    own = reports_for(office, held, person.id)
    if own:
        found = [
            await _mine(tx, held, unit, taker, office, date.min) for unit, taker in own.items()
        ]
        return tuple(sorted(found, key=lambda one: one.instead_of is not None))
    visible = scope(person, office.tree)
    if visible.isdisjoint((held.lead, *held.support)):
        return ()
    return await _seen(tx, [held], visible | {held.lead}, now)


_PARTS: Final = {True: Part.LEAD, False: Part.SUPPORT}


async def _mine(
    tx: Transaction, task: Task, unit: UnitId, taker: Taker, office: Office, until: date
) -> Mine:
    return Mine(
        task=task,
        unit=unit,
        part=Part.ASSIGNED if taker.why is Why.NAMED else _PARTS[unit == task.lead],
        why=taker.why,
        instead_of=taker.instead_of,
        owed=tuple(one for one in await owed_on(tx, task, office, until) if one.unit == unit),
    )


async def _seen(
    tx: Transaction, tasks: Iterable[Task], units: frozenset[UnitId], now: datetime
) -> tuple[Mine, ...]:
    """Return tasks as one sees them who does not report: a line for each of the units."""
    listed = list(tasks)
    office = await office_of(tx, now, listed)
    found = []
    for task in listed:
        owed = await owed_on(tx, task, office)
        for unit in (one for one in asked_units(task) if one in units):
            own = tuple(one for one in owed if one.unit == unit)
            found.append(Mine(task=task, unit=unit, part=Part.SEEN, owed=own))
    return tuple(found)


async def _around(tx: Transaction, who: Person, tree: UnitTree) -> list[Task]:
    """Return the tasks that somebody may have to report on: named, of his unit, or of nobody's."""
    found = [*await tx.find(Task, {"assignee": who.id}), *await _asked_of(tx, who.unit)]
    if who.role is not Role.OFFICER:
        for unit in scope(who, tree) - {who.unit}:
            if not any(one.active for one in await tx.find(Person, {"unit": unit})):
                found += await _asked_of(tx, unit)
    return found


async def _asked_of(tx: Transaction, unit: UnitId) -> list[Task]:
    """Return the tasks that a unit reports on."""
    led = await tx.find(Task, {"lead": unit})
    supported = await tx.find(Task, {"support": unit})
    return [*led, *(one for one in supported if unit in asked_units(one))]
