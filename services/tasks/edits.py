"""Waiting for another wording of one term of a task."""

from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import acting
from records.focus import enter, lock
from records.ids import PersonId, TaskId
from records.model import Focus, Task, TaskState
from records.store import Store
from services.tasks.refusals import TaskOver, UnknownTask

EDITING: Final = "task.edit"
"""Topic of a focus that waits for the wording; its facts name the `term`."""


async def ask_edit(store: Store, actor: PersonId, task: TaskId, term: str, now: datetime) -> Task:
    """Wait for the actor's words about `term`; raises NotAllowed, UnknownTask, TaskOver."""
    async with acting(store, actor, now, lock(actor)) as act:
        held = await act.tx.get(Task, task)
        if held is None:
            raise UnknownTask
        act.require(Action.ASSIGN, held.lead, task)
        if held.state is not TaskState.OPEN:
            raise TaskOver(title=held.title)
        await enter(
            act.tx, Focus(id=actor, topic=EDITING, subject=task, since=now, facts={"term": term})
        )
        return held
