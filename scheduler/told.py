"""What a reminder says when it is sent: its entries as they are true then, each explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from records.acting import ZONE, tree_of
from records.ids import PeriodKey, PersonId, TaskId
from records.model import (
    CalendarOverride,
    OutboxMessage,
    Person,
    ReportState,
    Task,
    TaskState,
)
from records.obligations.periods import DueWorking, due_working
from records.obligations.working_days import calendar_of
from records.store import Store, Transaction
from scheduler.planning import extensions, live_report


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """One line of a message, with what it takes to explain itself."""

    task: Task
    period: PeriodKey | None
    stage: str
    due: date
    working: DueWorking
    days_left: int
    """To the due day; negative once it has passed."""
    unit: str
    assigned: bool
    """Whether the reader himself is named, or stands for his unit."""
    instead_of: str | None
    """The name of whom the reader stands in for."""
    remark: str | None
    """What the reviewer asked for, where the report was returned."""


async def told(store: Store, row: OutboxMessage, now: datetime) -> list[ToldEntry]:
    """Return the entries of a planned row that still hold at `now`: open and not reported."""
    kept = row.facts.get("entries")
    today = now.astimezone(ZONE).date()
    async with store.begin() as tx:
        calendar = calendar_of(await tx.find(CalendarOverride))
        extended = await extensions(tx)
        tree = await tree_of(tx, now)
        found = []
        for task_id, period, stage, due, instead in _read(kept if isinstance(kept, tuple) else ()):
            task = await tx.get(Task, task_id)
            if task is None or task.state is not TaskState.OPEN:
                continue
            last = extended.get((task.id, period), due)
            remark, answered = await _standing(tx, task, period)
            if not answered:
                found.append(
                    ToldEntry(
                        task=task,
                        period=period,
                        stage=stage,
                        due=last,
                        working=due_working(task, last, calendar, today),
                        days_left=(last - today).days,
                        unit=tree.name(task.lead),
                        assigned=(instead or row.person) in task.assignees,
                        instead_of=await _name(tx, instead),
                        remark=remark,
                    )
                )
    return found


def _read(
    kept: tuple[str, ...],
) -> Iterator[tuple[TaskId, PeriodKey | None, str, date, PersonId | None]]:
    """Take entries apart as `scheduler.planning.written` wrote them."""
    for line in kept:
        task, period, stage, due, instead = line.split("|")
        yield (
            TaskId(task),
            PeriodKey(period) if period else None,
            stage,
            date.fromisoformat(due),
            PersonId(instead) if instead else None,
        )


async def _standing(
    tx: Transaction, task: Task, period: PeriodKey | None
) -> tuple[str | None, bool]:
    """Return the reviewer's remark of a returned report, and whether there is nothing to remind."""
    report = await live_report(tx, task, period)
    if report is None:
        return None, False
    if report.state is ReportState.RETURNED:
        return report.remark, False
    return None, True


async def _name(tx: Transaction, person: PersonId | None) -> str | None:
    held = None if person is None else await tx.get(Person, person)
    return None if held is None else held.name
