"""Waiving ("thôi không yêu cầu kỳ này"): a supervisor ends what a unit owes for one period."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import enter, leave, lock
from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import AuditEntry, Cadence, Draft, Focus, Task, TaskState, Waiver
from records.obligations.ledger import office_of, owed_on
from records.obligations.obligation import Obligation
from records.obligations.responsible import Why
from records.obligations.states import State
from records.store import Store
from services.tasks.refusals import (
    NothingOwed,
    OwnDuty,
    UnknownTask,
    WaiverUnexplained,
)

WAITING: Final = "task.waive"
"""Topic of a focus that waits for the reason; its facts name `unit` and `period`."""

WAIVED: Final = "period_waived"
WANTED_AGAIN: Final = "period_wanted_again"
"""The messages that tell who owed a report that it is asked for no more, and that it is again."""

LONGEST_REASON: Final = 500
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which obligation: a task, the unit that reports on it, and the period."""

    task: TaskId
    unit: UnitId
    period: PeriodKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An obligation that is waived or could be, and whom that frees."""

    place: Place
    task: Task
    unit: str
    """Name of the unit."""
    due: date | None
    people: tuple[str, ...]
    """Names of those who owe the report."""
    waiver: Waiver | None
    """None while the report is asked for."""


async def ask_reason(store: Store, actor: PersonId, place: Place, now: datetime) -> Release:
    """Wait for the reason, and tell whom a waiver would free.

    Raises NotAllowed, UnknownTask, OwnDuty, NothingOwed.
    """
    async with acting(store, actor, now, lock(actor)) as act:
        owed = await _owed(act, place)
        _require_waivable(act, owed)
        facts = {"unit": place.unit, "period": place.period}
        focus = Focus(id=actor, topic=WAITING, subject=place.task, since=now, facts=facts)
        await enter(act.tx, focus)
        return _release(act, place, owed, owed.waiver)


async def waive(store: Store, actor: PersonId, place: Place, reason: str, now: datetime) -> Release:
    """Ask for a period's report no more; those who owed it, or are writing it, are told.

    A second try leaves the first one's reason. Raises NotAllowed, UnknownTask, OwnDuty,
    NothingOwed, WaiverUnexplained.
    """
    words = " ".join(reason.split())
    if not 1 <= len(words) <= LONGEST_REASON:
        raise WaiverUnexplained(limit=LONGEST_REASON)
    async with acting(store, actor, now, lock(actor), f"task:{place.task}") as act:
        owed = await _owed(act, place)
        if owed.waiver is None:
            _require_waivable(act, owed)
            waiver = _waiver(act, place, words)
            await act.tx.add(waiver)
            await act.note("waive", place.unit, _detail(place, words))
            await _tell(act, place, owed, waiver, WAIVED)
        else:
            waiver = owed.waiver
        await leave(act.tx, actor, WAITING)
        return _release(act, place, owed, waiver)


async def want_again(store: Store, actor: PersonId, place: Place, now: datetime) -> Release:
    """Take a waiver back: the report is asked for again, and those who owe it are told.

    Raises NotAllowed, UnknownTask.
    """
    async with acting(store, actor, now, f"task:{place.task}") as act:
        owed = await _owed(act, place)
        if owed.waiver is not None:
            await act.tx.remove(Waiver, owed.waiver.id)
            await act.note("want_again", place.unit, _detail(place, ""))
            await _tell(act, place, owed, owed.waiver, WANTED_AGAIN)
        return _release(act, place, owed, None)


async def owed_by(store: Store, actor: PersonId, unit: UnitId, now: datetime) -> list[Obligation]:
    """Return what a unit, and those below it, owe and could be freed from, the earliest due first.

    Raises NotAllowed.
    """
    async with acting(store, actor, now) as act:
        act.require(Action.REVIEW, unit)
        units = act.tree.subtree(unit) & act.scope
        tasks: dict[TaskId, Task] = {}
        for one in units:
            led, helped = {"lead": one, "state": TaskState.OPEN}, {"support": one}
            found = (*await act.tx.find(Task, led), *await act.tx.find(Task, helped))
            tasks |= {task.id: task for task in found if task.state is TaskState.OPEN}
        office = await office_of(act.tx, now, tasks.values())
        every = [owed for task in tasks.values() for owed in await owed_on(act.tx, task, office)]
    wanted = [one for one in every if one.unit in units and is_waivable(one)]
    return sorted(wanted, key=lambda one: (one.due or date.max, one.task.title, one.unit))


def is_waivable(owed: Obligation) -> bool:
    """Tell whether a period can be asked for no more: it has begun, and its report is wanted.

    What is asked for on events has no period to be freed from.
    """
    ends = owed.period is not None or owed.task.cadence is Cadence.ONCE
    return ends and owed.wanted and owed.state is not State.NOT_YET


async def _owed(act: Acting, place: Place) -> Obligation:
    """Return the obligation; raises UnknownTask, NotAllowed, NothingOwed."""
    task = await act.tx.get(Task, place.task)
    if task is None:
        raise UnknownTask
    act.require(Action.REVIEW, place.unit, place.task)
    every = await owed_on(act.tx, task, await office_of(act.tx, act.now, (task,)))
    for one in every:
        if (one.unit, one.key) == (place.unit, place.period):
            return one
    raise NothingOwed


def _require_waivable(act: Acting, owed: Obligation) -> None:
    """Raise NothingOwed, or OwnDuty: nobody frees himself from what he owes."""
    if not is_waivable(owed):
        raise NothingOwed
    for one in owed.reporters:
        own = one.person.id == act.actor.id and one.why is not Why.ABOVE
        if own or (one.deputy is not None and one.deputy.id == act.actor.id):
            raise OwnDuty


def _waiver(act: Acting, place: Place, words: str) -> Waiver:
    return Waiver(
        id=f"{place.task}:{place.unit}:{place.period or '-'}",
        task=place.task,
        unit=place.unit,
        by=act.actor.id,
        at=act.now,
        reason=words,
        period=place.period,
    )


def _detail(place: Place, reason: str) -> str:
    """Return what the audit log keeps beside the unit: task and period, and the reason given."""
    return f"{place.task} {place.period or '-'} {reason}".rstrip()


def noted_reason(entry: AuditEntry) -> str:
    """Return the reason of a waiver from the audit log; "" where the entry is of something else."""
    if entry.action != "waive" or not entry.allowed:
        return ""
    return "".join(entry.detail.split(" ", 2)[2:])


async def _tell(act: Acting, place: Place, owed: Obligation, waiver: Waiver, template: str) -> None:
    """Owe a message to who owes the report and to who is writing it; the actor knows already."""
    drafts = await act.tx.find(Draft, {"task": place.task})
    writing = [one.person for one in drafts if one.period == place.period]
    told = dict.fromkeys((*(one.person.id for one in owed.takers), *writing))
    facts = {
        "task": place.task,
        "title": owed.task.title,
        "period": place.period,
        "unit": act.tree.name(place.unit),
        "by": act.actor.name,
        "reason": waiver.reason,
    }
    for person in told:
        if person != act.actor.id:
            key = f"{template}:{waiver.id}:{act.now:%Y%m%dT%H%M%S}:{person}"
            await act.owe(person, template, key=key, facts=facts)


def _release(act: Acting, place: Place, owed: Obligation, waiver: Waiver | None) -> Release:
    return Release(
        place=place,
        task=owed.task,
        unit=act.tree.name(place.unit),
        due=owed.due,
        people=tuple(one.person.name for one in owed.takers),
        waiver=waiver,
    )
