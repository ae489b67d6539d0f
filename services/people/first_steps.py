"""The first steps of an office, and which are done: units, people, documents, tasks."""

from dataclasses import dataclass
from datetime import datetime

from records.access import Action
from records.actor import acting
from records.ids import PersonId
from records.model import Person, Task, Unit
from records.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """How far an office is set up, in the order in which one step needs the one before."""

    units: int
    """Beside the first, which is made for the first admin."""
    people: int
    """Beside whoever looks."""
    documents: int
    """Of the office's own; the shipped digests are no work of its."""
    tasks: int

    @property
    def done(self) -> int:
        """How many steps are begun."""
        return sum(bool(one) for one in (self.units, self.people, self.documents, self.tasks))


async def first_steps(store: Store, actor: PersonId, documents: int, now: datetime) -> FirstSteps:
    """Return how far the office is set up; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.MANAGE_UNITS, None)
        units = await act.tx.find(Unit)
        people = [one for one in await act.tx.find(Person) if one.active]
        tasks = await act.tx.find(Task)
    return FirstSteps(
        units=max(len(units) - 1, 0),
        people=sum(one.id != actor for one in people),
        documents=documents,
        tasks=len(tasks),
    )
