"""What the plan will say in days to come, as the records stand now: to whom, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.access import Action
from records.actor import acting
from records.ids import PeriodKey, PersonId, TaskId
from records.model import Preference
from records.store import Store
from scheduler.planner import Planned, load, messages
from scheduler.reminders import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One line of a message to come."""

    at: datetime
    person: PersonId
    name: str
    unit: str
    """Name of the unit that is to report."""
    task: TaskId
    title: str
    period: PeriodKey | None
    stage: str
    due: date
    template: str


async def preview_for(
    store: Store, person: PersonId, first: date, last: date, now: datetime
) -> list[PreviewRow]:
    """Return the same to somebody who may see it; raises NotAllowed."""
    async with acting(store, person, now) as act:
        act.require(Action.SEE_SCHEDULE, None)
    return await preview(store, first, last, now)


async def preview(store: Store, first: date, last: date, now: datetime) -> list[PreviewRow]:
    """Return the lines of all messages from `first` to `last`, if nothing is reported meanwhile."""
    found: list[PreviewRow] = []
    planned, due_planned = first - timedelta(days=1), date.min
    day = first
    while day <= last:
        window = Window(since=planned, day=day, due_given=due_planned)
        async with store.begin() as tx:
            snapshot = await load(tx, now, window)
            hours = {one.id: one for one in await tx.find(Preference)}
        for message in messages(snapshot, window, hours):
            found.extend(_rows(message, snapshot.office.people[message.person].name))
        if snapshot.office.calendar.is_working(day):
            planned = day
        due_planned = day
        day += timedelta(days=1)
    return found


def _rows(message: Planned, name: str) -> Iterator[PreviewRow]:
    for entry in message.entries:
        owed = entry.owed
        if owed.due is None:
            continue
        yield PreviewRow(
            at=message.at,
            person=message.person,
            name=name,
            unit=owed.unit_name,
            task=owed.task.id,
            title=owed.task.title,
            period=owed.key,
            stage=entry.stage,
            due=owed.due,
            template=message.template,
        )
