"""A unit asks for a later due day ("xin gia hạn"); its supervisor grants or refuses it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import enter, leave, lock
from records.ids import PeriodKey, PersonId, TaskId, UnitId, new_id
from records.model import (
    CalendarOverride,
    Extension,
    ExtensionState,
    Focus,
    Task,
    TaskState,
)
from records.obligations.ledger import obligation_on, office_of
from records.obligations.obligation import Obligation
from records.obligations.responsible import reviewers
from records.obligations.working_days import calendar_of
from records.store import Store
from scheduler.refusals import (
    AlreadyAsked,
    AlreadyDecided,
    NoSuchExtension,
    NotLater,
    ReasonWanted,
    TaskNotOpen,
)
from services.reports.rights import required_unit
from vietnamese.dates import Prefer, Worked
from vietnamese.running_days import Doubt, DoubtKind, leads_to, read_days, starts_from
from vietnamese.text import nfc
from vietnamese.zone import day_of

TOPIC: Final = "more_time"
"""`Focus.topic` of somebody who was asked for a day and a reason; its facts name the `period`."""

LONGEST_REASON: Final = 500
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for."""

    task: TaskId
    period: PeriodKey | None
    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWish:
    """What words ask for; `until` is None where no day can be offered."""

    until: date | None
    reason: str
    doubts: tuple[Doubt, ...] = ()


async def understood(store: Store, said: str, said_at: datetime) -> ReadWish:
    """Read a day and a reason, by the day on which they were said."""
    async with store.begin() as tx:
        calendar = calendar_of(await tx.find(CalendarOverride))
    return read_wish(said, day_of(said_at), calendar.add_working_days)


def read_wish(said: str, today: date, worked: Worked | None = None) -> ReadWish:
    """Read "15/11 vì mưa lũ": the one day, or of several the one that is asked for ("đến 20/11").

    Where anything is in doubt the reason keeps all the words.
    """
    typed = " ".join(nfc(said).split())
    running = read_days(typed, today, Prefer.FUTURE, worked)
    asked = [one for one in running.days if leads_to(typed, one)]
    others = [one for one in running.days if not starts_from(typed, one)]
    chosen = next(iter((*reversed(asked), *others, *running.days)), None)
    if chosen is None or any(one.kind is DoubtKind.NO_SUCH_DAY for one in running.doubts):
        return ReadWish(until=None, reason=typed, doubts=running.doubts)
    beside = [one for one in running.days if one is not chosen]
    words = {typed[one.start : one.end].strip() for one in beside}
    doubts = [one for one in running.doubts if one.said not in words]
    doubts += [Doubt(kind=DoubtKind.SEVERAL, said=word) for word in sorted(words)]
    if starts_from(typed, chosen):
        doubts.append(Doubt(kind=DoubtKind.LOOSE, said=typed[chosen.start : chosen.end]))
    alone = f"{typed[: chosen.start]} {typed[chosen.end :]}".strip(" ,;:.-")
    return ReadWish(until=chosen.read.day, reason=typed if doubts else alone, doubts=tuple(doubts))


async def ask_words(
    store: Store, person: PersonId, task: TaskId, period: PeriodKey | None, now: datetime
) -> Task:
    """Let the person's next words be a day and a reason; raises NotAllowed, TaskNotOpen."""
    async with acting(store, person, now, lock(person)) as act:
        held = await act.tx.get(Task, task)
        if held is None:
            raise TaskNotOpen
        await required_unit(act, held, period)
        facts = {"period": period}
        await enter(act.tx, Focus(id=person, topic=TOPIC, subject=task, since=now, facts=facts))
        return held


async def ask(store: Store, person: PersonId, wish: Wish, now: datetime) -> Extension:
    """Ask for more time; those who decide are told.

    One wish for a period is open at a time. Raises NotAllowed, TaskNotOpen, NotLater, ReasonWanted,
    AlreadyAsked.
    """
    reason = " ".join(wish.reason.split())
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise ReasonWanted(limit=LONGEST_REASON)
    async with acting(store, person, now, f"task:{wish.task}", lock(person)) as act:
        task = await act.tx.get(Task, wish.task)
        if task is None or task.state is not TaskState.OPEN:
            raise TaskNotOpen
        unit = await required_unit(act, task, wish.period)
        office = await office_of(act.tx, now, (task,))
        owed = await obligation_on(act.tx, task, unit, wish.period, office)
        if owed is None or owed.due is None:
            raise TaskNotOpen
        if wish.until <= owed.due:
            raise NotLater(due=owed.due)
        if await _open(act, wish, unit):
            raise AlreadyAsked
        extension = Extension(
            id=new_id(),
            task=task.id,
            unit=unit,
            asked_by=person,
            asked=now,
            until=wish.until,
            reason=reason,
            period=wish.period,
        )
        await act.tx.add(extension)
        await leave(act.tx, person, TOPIC, subject=task.id)
        await act.note("ask_extension", extension.id)
        await _tell_deciders(act, task, extension, owed)
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


async def _open(act: Acting, wish: Wish, unit: UnitId) -> bool:
    asked = await act.tx.find(Extension, {"task": wish.task, "state": ExtensionState.ASKED})
    return any((one.unit, one.period) == (unit, wish.period) for one in asked)


async def _tell_deciders(act: Acting, task: Task, extension: Extension, owed: Obligation) -> None:
    """Owe a message to those who would review the report: they decide, nobody of his own wish."""
    facts = {
        "extension": extension.id,
        "unit": act.tree.name(extension.unit),
        "author": act.actor.name,
        "title": task.title,
        "period": extension.period,
        "until": extension.until.isoformat(),
        "reason": extension.reason,
    }
    deciding = reviewers(owed.office, task, owed.unit, (act.actor.id,))
    for one in deciding.people:
        key = f"{one.id}:{extension.id}:asked"
        await act.owe(one.id, "extension_asked", key=key, facts=facts)
