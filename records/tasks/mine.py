"""Whose tasks are whose: what a person is to report on, and what he sees of his units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.access import scope
from records.acting import UnknownPerson, principals, tree_of
from records.ids import PersonId, TaskId
from records.model import Person, Report, Task
from records.store import Transaction


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
    """A task that concerns a person, and what was reported on it."""

    task: Task
    part: Part
    instead_of: Person | None = None
    """For whom he stands in; None: his own."""
    reports: tuple[Report, ...] = ()
    """The lead unit's, oldest first, every version."""


async def tasks_of(tx: Transaction, person: PersonId, now: datetime) -> tuple[Mine, ...]:
    """Return the tasks of a person and of those he stands in for today, each once.

    Raises UnknownPerson for somebody gone or inactive.
    """
    me = await tx.get(Person, person)
    if me is None or not me.active:
        raise UnknownPerson
    found: dict[TaskId, Mine] = {}
    for who in (me, *await principals(tx, me.id, now)):
        for task, part in await _of(tx, who):
            if task.id not in found:
                reports = await _reports(tx, task)
                away = None if who is me else who
                found[task.id] = Mine(task=task, part=part, instead_of=away, reports=reports)
    return tuple(found.values())


async def tasks_under(tx: Transaction, person: Person, now: datetime) -> tuple[Mine, ...]:
    """Return the tasks led by the units a person may see, whoever reports on them."""
    tree = await tree_of(tx, now)
    tasks = [task for unit in scope(person, tree) for task in await tx.find(Task, {"lead": unit})]
    tasks.sort(key=lambda task: (task.created, task.id))
    return tuple(
        [Mine(task=task, part=Part.SEEN, reports=await _reports(tx, task)) for task in tasks]
    )


async def seen_task(tx: Transaction, person: Person, task: TaskId, now: datetime) -> Mine | None:
    """Return a task as a person has or sees it; None for one that is not there for him."""
    own = [one for one in await tasks_of(tx, person.id, now) if one.task.id == task]
    if own:
        return own[0]
    held = await tx.get(Task, task)
    if held is None:
        return None
    visible = scope(person, await tree_of(tx, now)).intersection((held.lead, *held.support))
    return Mine(task=held, part=Part.SEEN, reports=await _reports(tx, held)) if visible else None


async def _of(tx: Transaction, who: Person) -> Iterable[tuple[Task, Part]]:
    named = await tx.find(Task, {"assignee": who.id})
    led = [task for task in await tx.find(Task, {"lead": who.unit}) if not task.assignees]
    supported = await tx.find(Task, {"support": who.unit})
    return (
        *((task, Part.ASSIGNED) for task in named),
        *((task, Part.LEAD) for task in led),
        *((task, Part.SUPPORT) for task in supported),
    )


async def _reports(tx: Transaction, task: Task) -> tuple[Report, ...]:
    return tuple(await tx.find(Report, {"task": task.id}))
