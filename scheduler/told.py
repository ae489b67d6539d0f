"""What a reminder says when it is sent: its entries as they are true then, each explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import OutboxMessage, Person, ReminderEntry, Task
from records.obligations.ledger import obligation_on, office_of
from records.obligations.obligation import Obligation
from records.obligations.office import Office
from records.obligations.periods import DueWorking
from records.obligations.refusals import PeriodsRefused
from records.obligations.responsible import Why
from records.obligations.states import State
from records.store import Store, Transaction


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
    why: Why | None
    """Why the reader reports; None for one who is told that others are late."""
    instead_of: str | None
    """The name of whom the reader stands in for."""
    remark: str | None
    """What the reviewer asked for, where the report was returned."""


async def told(
    store: Store, row: OutboxMessage, now: datetime, *, above: bool = False
) -> list[ToldEntry]:
    """Return the entries of a planned row that still hold at `now`: wanted of the reader.

    To one `above` those that are still late.
    """
    async with store.begin() as tx:
        entries, found = entries_of(row), list[ToldEntry]()
        held = [await tx.get(Task, one) for one in dict.fromkeys(each.task for each in entries)]
        tasks = {one.id: one for one in held if one is not None}
        office = await office_of(tx, now, tasks.values())
        for kept in entries:
            owed = await _owed(tx, kept, tasks.get(kept.task), office)
            if owed is None or not (owed.overdue if above else owed.owed):
                continue
            taker = None if above else owed.as_of(row.person)
            if above or taker is not None:
                found += _entry(
                    owed, kept, None if taker is None else taker.why, await _name(tx, kept)
                )
    return found


async def _owed(
    tx: Transaction, kept: ReminderEntry, task: Task | None, office: Office
) -> Obligation | None:
    """Return what an entry is about as it stands now; None if nobody asks for it any more."""
    if task is None:
        return None
    unit = kept.unit or task.lead
    try:
        return await obligation_on(tx, task, unit, kept.period, office)
    except PeriodsRefused:
        return None


def _entry(
    owed: Obligation, kept: ReminderEntry, why: Why | None, instead_of: str | None
) -> Iterator[ToldEntry]:
    """Yield the line; none where the due day is gone."""
    working, left, report = owed.working, owed.days_left, owed.report
    if owed.due is None or working is None or left is None:
        return
    returned = report is not None and owed.state is State.RETURNED
    yield ToldEntry(
        task=owed.task,
        period=owed.key,
        stage=kept.stage,
        due=owed.due,
        working=working,
        days_left=left,
        unit=owed.unit_name,
        why=why,
        instead_of=instead_of,
        remark=report.remark if returned and report is not None else None,
    )


def entries_of(row: OutboxMessage) -> tuple[ReminderEntry, ...]:
    """Return what a planned row speaks of."""
    lines = row.facts.get("entries")
    return tuple(map(_read_old, lines)) if isinstance(lines, tuple) else row.entries


def _read_old(line: str) -> ReminderEntry:
    """Take apart an entry of before it had fields; its unit followed where it was not the lead."""
    task, period, stage, _due, instead, *unit = line.split("|")
    return ReminderEntry(
        task=TaskId(task),
        period=PeriodKey(period) if period else None,
        stage=stage,
        unit=UnitId(unit[0]) if unit else None,
        instead_of=PersonId(instead) if instead else None,
    )


async def _name(tx: Transaction, kept: ReminderEntry) -> str | None:
    held = None if kept.instead_of is None else await tx.get(Person, kept.instead_of)
    return None if held is None else held.name
