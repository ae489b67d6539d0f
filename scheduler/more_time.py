"""A unit asks for a later due day ("xin gia hạn"); its supervisor grants or refuses it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from records.access import Action
from records.acting import Acting, acting
from records.chain import admins, supervisors_of
from records.ids import PeriodKey, PersonId, TaskId, new_id
from records.model import Extension, ExtensionState, Person, Task, TaskState
from records.store import Store
from scheduler.refusals import (
    AlreadyAsked,
    AlreadyDecided,
    NoSuchExtension,
    NotLater,
    ReasonWanted,
    TaskNotOpen,
)

LONGEST_REASON: Final = 500
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for."""

    task: TaskId
    period: PeriodKey | None
    until: date
    reason: str
    due: date
    """The last day in time as it is now."""


async def ask(store: Store, person: PersonId, wish: Wish, now: datetime) -> Extension:
    """Ask for more time; those who decide are told.

    One wish for a period is open at a time. Raises NotAllowed, TaskNotOpen, NotLater, ReasonWanted,
    AlreadyAsked.
    """
    reason = " ".join(wish.reason.split())
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise ReasonWanted(limit=LONGEST_REASON)
    async with acting(store, person, now, f"task:{wish.task}") as act:
        task = await act.tx.get(Task, wish.task)
        if task is None or task.state is not TaskState.OPEN:
            raise TaskNotOpen
        act.require(Action.REPORT, task.lead, task.id)
        if wish.until <= wish.due:
            raise NotLater(due=wish.due)
        if await _open(act, wish):
            raise AlreadyAsked
        extension = Extension(
            id=new_id(),
            task=task.id,
            unit=task.lead,
            asked_by=person,
            asked=now,
            until=wish.until,
            reason=reason,
            period=wish.period,
        )
        await act.tx.add(extension)
        await act.note("ask_extension", extension.id)
        await _tell_deciders(act, task, extension)
        return extension


async def decide(
    store: Store, person: PersonId, extension: str, now: datetime, *, granted: bool
) -> Extension:
    """Grant or refuse; who asked is told. Raises NotAllowed, NoSuchExtension, AlreadyDecided."""
    async with acting(store, person, now, f"extension:{extension}") as act:
        held = await act.tx.get(Extension, extension)
        if held is None:
            raise NoSuchExtension
        act.require(Action.REVIEW, held.unit, held.task)
        if held.state is not ExtensionState.ASKED:
            raise AlreadyDecided(state=held.state)
        state = ExtensionState.GRANTED if granted else ExtensionState.REFUSED
        decided = replace(held, state=state, decided_by=person, decided=now)
        await act.tx.put(decided)
        await act.note(f"extension_{state}", extension)
        task = await act.tx.get(Task, held.task)
        await act.owe(
            held.asked_by,
            "extension_decided",
            key=f"{held.asked_by}:{extension}:{state}",
            facts={
                "title": task.title if task is not None else "",
                "period": held.period,
                "until": held.until.isoformat(),
                "granted": granted,
                "by": act.actor.name,
            },
        )
        return decided


async def _open(act: Acting, wish: Wish) -> bool:
    asked = await act.tx.find(Extension, {"task": wish.task, "state": ExtensionState.ASKED})
    return any(one.period == wish.period for one in asked)


async def _tell_deciders(act: Acting, task: Task, extension: Extension) -> None:
    facts = {
        "extension": extension.id,
        "unit": act.tree.name(extension.unit),
        "author": act.actor.name,
        "title": task.title,
        "period": extension.period,
        "until": extension.until.isoformat(),
        "reason": extension.reason,
    }
    for one in await _deciders(act, task):
        key = f"{one.id}:{extension.id}:asked"
        await act.owe(one.id, "extension_asked", key=key, facts=facts)


async def _deciders(act: Acting, task: Task) -> list[Person]:
    """Return the task's reviewer, or else the unit's supervisors, or else the admins."""
    reviewer = None if task.reviewer is None else await act.tx.get(Person, task.reviewer)
    if reviewer is not None and reviewer.active and reviewer.id != act.actor.id:
        return [reviewer]
    above = await supervisors_of(act.tx, act.tree, task.lead, but=act.actor.id)
    return above or [one for one in await admins(act.tx) if one.id != act.actor.id]
