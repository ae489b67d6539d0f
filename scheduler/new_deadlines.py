"""A new deadline of a task that exists: read with the working calendar, shown, then set."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from records import focus, read_back
from records.ids import PersonId, TaskId
from records.model import CalendarOverride, Focus, Task
from records.obligations.periods import periods
from records.obligations.working_days import Calendar, calendar_of
from records.store import Store
from scheduler.task_checks import check_task
from scheduler.typed_deadlines import read_timing
from services.tasks import changes
from services.tasks.proposal import Timing
from vietnamese.zone import day_of

LONGEST: Final = timedelta(days=800)
"""Within so many days every cadence has a due day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeadline:
    """What was understood of the words."""

    task: Task
    """As it will be."""
    due: date | None
    """The first due day from today on; None where there is none."""
    mark: str
    """Of the offer that waits for an answer."""


async def understood(
    store: Store, person: PersonId, asked: Focus, words: str, now: datetime
) -> NewDeadline | None:
    """Read a deadline and keep it until it is confirmed; None where it is none.

    Raises what `changeable`, `read_timing` and `check_task` raise.
    """
    calendar, today = await _calendar(store), day_of(now)
    timing = read_timing(words, today, calendar.add_working_days)
    if timing is None:
        return None
    held = await changes.changeable(store, person, TaskId(asked.subject), now)
    task = _with(held, timing, words)
    check_task(task)
    facts = {**asked.facts, "words": words, "read": today.isoformat()}
    mark = await read_back.offer(store, replace(asked, facts=facts))
    coming = periods(task, calendar, today, today + LONGEST)
    due = next((one.due for one in coming), task.due)
    return NewDeadline(task=task, due=due, mark=mark)


async def confirm(store: Store, person: PersonId, asked: Focus, now: datetime) -> Task:
    """Set the deadline that was shown: the words as they were read on their day."""
    words, read = focus.text_of(asked, "words"), date.fromisoformat(focus.text_of(asked, "read"))
    calendar = await _calendar(store)
    timing = read_timing(words, read, calendar.add_working_days)

    def edit(task: Task) -> Task:
        return task if timing is None else _with(task, timing, words)

    return await changes.change(store, person, TaskId(asked.subject), edit, now, check=check_task)


async def _calendar(store: Store) -> Calendar:
    async with store.begin() as tx:
        return calendar_of(await tx.find(CalendarOverride))


def _with(task: Task, timing: Timing, words: str) -> Task:
    return replace(
        task,
        cadence=timing.cadence,
        rule=timing.rule,
        due=timing.due,
        due_text=" ".join(words.split()),
    )
