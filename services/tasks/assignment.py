"""Assigning: a proposal becomes a task for each lead unit, and those concerned are told."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId
from records.model import Origin, Person, Task, TaskState
from records.store import Store
from services.tasks.concerned import concerned, may_review, reviewer_of
from services.tasks.proposal import Check, Proposal, as_task, check_day, check_name
from services.tasks.refusals import (
    AlreadyAssigned,
    AssigneeElsewhere,
    NobodyAddressed,
    NoReviewer,
    UnitGone,
)
from vietnamese.text import comparable
from vietnamese.zone import day_of

ASSIGNED = "task_assigned"
"""The message that tells of a new task."""


async def assign(
    store: Store,
    actor: PersonId,
    proposal: Proposal,
    now: datetime,
    *,
    check: Check,
    again: bool = False,
) -> tuple[Task, ...]:
    """Assign a duty; return its tasks, one a lead unit, all with the proposal's id as `group`.

    A proposal that was assigned before gives the tasks it gave then. `again` allows what
    AlreadyAssigned asks about. Raises NotAllowed, TaskRefused, and what `check` raises.
    """
    async with acting(store, actor, now, "assigning") as act:
        given = await act.tx.find(Task, {"group": proposal.id})
        if given:
            return tuple(given)
        people = [one for one in await _people(act, proposal.assignees) if one.active]
        charged = _charged(act, proposal, people)
        _check(act, proposal, charged)
        await _check_reviewer(act, proposal, charged)
        if not again:
            await _check_fresh(act, proposal, charged)
        tasks = [await _task(act, proposal, unit, assignees) for unit, assignees in charged.items()]
        for task in tasks:
            check(task)
            await act.tx.add(task)
            await tell_concerned(act, task, ASSIGNED, "assigned")
            await act.note("assign", task.id, task.lead)
        return tuple(tasks)


async def tell_concerned(
    act: Acting, task: Task, template: str, stage: str, *, but: Iterable[PersonId] = ()
) -> None:
    """Owe each person whom a task concerns a message; the actor knows already."""
    spared = {act.actor.id, *but}
    for one in await concerned(act.tx, task, act.now):
        if one.id not in spared:
            key = f"task:{task.id}:{stage}:{one.id}"
            await act.owe(one.id, template, key=key, facts={"task": task.id})


def same_duty(task: Task, title: str, origin: Origin | None) -> bool:
    """Tell whether a task is of this duty: of the same wording, or of the same name if free."""
    if origin is None or task.origin is None:
        return origin is task.origin and comparable(task.title) == comparable(title)
    return (task.origin.file, task.origin.clause, comparable(task.origin.quote)) == (
        origin.file,
        origin.clause,
        comparable(origin.quote),
    )


async def _people(act: Acting, ids: Iterable[PersonId]) -> list[Person]:
    found = [await act.tx.get(Person, one) for one in ids]
    return [one for one in found if one is not None]


def _charged(
    act: Acting, proposal: Proposal, people: list[Person]
) -> Mapping[UnitId, tuple[PersonId, ...]]:
    """Return the lead units, and who of the assignees reports for each.

    An assignee reports for his own unit where it leads, else for the nearest leading unit above.
    Raises AssigneeElsewhere for one whose unit is in no leading unit's subtree.
    """
    leads = proposal.leads or tuple(one.unit for one in people)
    charged: dict[UnitId, tuple[PersonId, ...]] = dict.fromkeys(leads, ())
    for one in people:
        places = (one.unit, *act.tree.above(one.unit))
        unit = next((place for place in places if place in charged), None)
        if unit is None:
            raise AssigneeElsewhere(person=one.name)
        charged[unit] += (one.id,)
    return charged


def _check(act: Acting, proposal: Proposal, charged: Mapping[UnitId, object]) -> None:
    if not charged:
        raise NobodyAddressed
    for unit in (*charged, *proposal.support):
        act.require(Action.ASSIGN, unit)
        if not act.tree.standing(unit):
            raise UnitGone(unit=act.tree.name(unit))
    check_name(proposal.title)
    check_day(proposal.due, day_of(act.now))


async def _check_reviewer(
    act: Acting, proposal: Proposal, charged: Mapping[UnitId, object]
) -> None:
    for one in await _people(act, [proposal.reviewer] if proposal.reviewer else []):
        for unit in charged:
            if not may_review(act, one, unit):
                raise NoReviewer(person=one.name, unit=act.tree.name(unit))


async def _check_fresh(act: Acting, proposal: Proposal, charged: Mapping[UnitId, object]) -> None:
    """Refuse a duty that stands open at one of the units."""
    held = [
        unit
        for unit in charged
        if any(
            task.state is TaskState.OPEN and same_duty(task, proposal.title, proposal.origin)
            for task in await act.tx.find(Task, {"lead": unit})
        )
    ]
    if held:
        raise AlreadyAssigned(units=tuple(act.tree.name(unit) for unit in held))


async def _task(
    act: Acting, proposal: Proposal, lead: UnitId, assignees: tuple[PersonId, ...]
) -> Task:
    task = as_task(proposal, lead=lead, actor=act.actor.id, now=act.now)
    reviewer = proposal.reviewer or await reviewer_of(act, lead, assignees)
    return replace(task, assignees=assignees, reviewer=reviewer)
