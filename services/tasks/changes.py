"""What becomes of a task: changed, withdrawn, closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import leave, lock
from records.ids import PersonId, TaskId
from records.model import Draft, Task, TaskState
from records.store import Store
from services.tasks.assignment import ASSIGNED, tell_concerned
from services.tasks.concerned import concerned
from services.tasks.edits import EDITING
from services.tasks.proposal import Check, check_day, check_name
from services.tasks.refusals import TaskOver, UnitGone, UnknownTask
from vietnamese.zone import ZONE, day_of

CHANGED: Final = "task_changed"
WITHDRAWN: Final = "task_withdrawn"
"""The messages that tell of a change, and of a task that is off."""

Edit = Callable[[Task], Task]
"""Gives the task as it shall be; works on the task as it is when the change is made."""


async def change(
    store: Store, actor: PersonId, task: TaskId, edit: Edit, now: datetime, *, check: Check
) -> Task:
    """Change an open task, and tell those concerned; those new to it are told as of a new one.

    Its id, origin, makers and state stay; the actor is asked for its wording no more. Raises
    NotAllowed, UnknownTask, TaskOver, UnitGone, NoTitle, DueInThePast, and what `check` raises.
    """
    async with acting(store, actor, now, f"task:{task}", lock(actor)) as act:
        held = await _open(act, task)
        wanted = _kept(held, edit(held))
        if wanted != held:
            _check(act, held, wanted)
            check(wanted)
            await _put(act, held, wanted)
        await leave(act.tx, actor, EDITING, subject=task)
        return wanted


async def _put(act: Acting, held: Task, wanted: Task) -> None:
    before = {one.id for one in await concerned(act.tx, held, act.now)}
    after = {one.id for one in await concerned(act.tx, wanted, act.now)}
    await act.tx.put(wanted)
    stage = f"changed:{act.now.astimezone(ZONE):%Y%m%dT%H%M%S}"
    await tell_concerned(act, wanted, CHANGED, stage, but=after - before)
    await tell_concerned(act, wanted, ASSIGNED, "assigned", but=before)
    await act.note("change", wanted.id)


async def changeable(store: Store, actor: PersonId, task: TaskId, now: datetime) -> Task:
    """Return a task that the actor may change; raises NotAllowed, UnknownTask, TaskOver."""
    async with acting(store, actor, now) as act:
        return await _open(act, task)


async def withdraw(store: Store, actor: PersonId, task: TaskId, now: datetime) -> Task:
    """Take a task back, and tell those concerned and whoever is writing a report on it.

    Drafts stay where they are. Raises NotAllowed, UnknownTask, TaskOver.
    """
    async with acting(store, actor, now, f"task:{task}") as act:
        held = replace(await _open(act, task), state=TaskState.WITHDRAWN)
        await act.tx.put(held)
        await tell_concerned(act, held, WITHDRAWN, "withdrawn")
        for draft in await act.tx.find(Draft, {"task": task}):
            key = f"task:{task}:withdrawn:{draft.person}"
            await act.owe(draft.person, WITHDRAWN, key=key, facts={"task": task})
        await act.note("withdraw", task)
        return held


async def close(store: Store, actor: PersonId, task: TaskId, now: datetime) -> Task:
    """End a task that is done: nobody is asked for reports on it any more.

    Raises NotAllowed, UnknownTask, TaskOver.
    """
    async with acting(store, actor, now, f"task:{task}") as act:
        held = replace(await _open(act, task), state=TaskState.DONE)
        await act.tx.put(held)
        await act.note("close", task)
        return held


async def _open(act: Acting, task: TaskId) -> Task:
    held = await act.tx.get(Task, task)
    if held is None:
        raise UnknownTask
    act.require(Action.ASSIGN, held.lead, task)
    if held.state is not TaskState.OPEN:
        raise TaskOver(title=held.title)
    return held


def _kept(held: Task, wanted: Task) -> Task:
    """Return what is wanted with what a change cannot touch."""
    return replace(
        wanted,
        id=held.id,
        origin=held.origin,
        created=held.created,
        created_by=held.created_by,
        group=held.group,
        state=held.state,
    )


def _check(act: Acting, held: Task, wanted: Task) -> None:
    """Check what is new; what stood before may have gone past its day."""
    for unit in {wanted.lead, *wanted.support} - {held.lead, *held.support}:
        act.require(Action.ASSIGN, unit, held.id)
        if not act.tree.standing(unit):
            raise UnitGone(unit=act.tree.name(unit))
    check_name(wanted.title)
    check_day(wanted.due if wanted.due != held.due else None, day_of(act.now))
