"""Units are merged or split: they end, others take over their people, offices and open tasks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId, new_id
from records.model import Person, Role, Succession, Task, TaskState, Unit
from records.refusals import RecordsRefused
from records.store import Store
from services.units.changes import A_DAY, TREE, ended, moved, standing
from services.units.refusals import SuccessionIncomplete, UnitRing
from vietnamese.zone import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Units that end the day before `since`, and those that take over; n to m.

    People, units below and open tasks go to the first successor; after a split an admin moves on
    what belongs to another.
    """

    predecessors: tuple[UnitId, ...]
    successors: tuple[UnitId, ...]
    since: date
    basis: str
    """The decision it rests on, as cited."""


async def merge(store: Store, actor: PersonId, merger: Merger, now: datetime) -> Succession:
    """Let units end and others take over, as a decision has it; whoever moves is told.

    A decision for a day to come is kept, and carried out on that day. Raises NotAllowed,
    UnitUnknown, UnitOver, UnitRing, UnitDayWrong, SuccessionIncomplete.
    """
    locks = await _locks(store, merger.predecessors)
    async with acting(store, actor, now, TREE, *locks) as act:
        act.require(Action.MANAGE_UNITS, None, "units")
        await _check(act, merger)
        ahead = merger.since > day_of(now)
        if not ahead:
            await _carry_out(act, merger)
        kept = Succession(
            id=new_id(),
            predecessors=tuple(merger.predecessors),
            successors=merger.successors,
            since=merger.since,
            basis=" ".join(merger.basis.split()),
            confirmed_by=actor,
            ahead=ahead,
        )
        await act.tx.add(kept)
        await act.note("succession", kept.id)
        return kept


async def carry_out(store: Store, now: datetime) -> int:
    """Carry out the mergers whose day has come; return how many.

    One that has become impossible meanwhile (a unit that ended otherwise) waits for an admin's
    confirmation anew, and is said in the log.
    """
    async with store.begin() as tx:
        waiting = [one for one in await tx.find(Succession) if _is_due(one, now)]
    return [await _carry_out_one(store, one, now) for one in waiting].count(True)


async def _carry_out_one(store: Store, one: Succession, now: datetime) -> bool:
    units = tuple(UnitId(name) for name in one.predecessors)
    locks = await _locks(store, units)
    try:
        async with acting(store, await _who(store, one), now, TREE, *locks) as act:
            held = await act.tx.get(Succession, one.id)
            if held is None or held.since is None or not _is_due(held, now):
                return False
            merger = Merger(
                predecessors=units, successors=held.successors, since=held.since, basis=held.basis
            )
            await _check(act, merger)
            await _carry_out(act, merger)
            await act.tx.put(replace(held, ahead=False))
            return True
    except RecordsRefused as refused:
        log = structlog.get_logger("services.units.mergers")
        log.warning("merger not carried out", succession=one.id, reason=type(refused).__name__)
        async with store.begin(TREE) as tx:
            await tx.put(replace(one, ahead=False, confirmed_by=None))
        return False


async def _who(store: Store, one: Succession) -> PersonId:
    """Return in whose name it is done: who confirmed it, or an admin where he has left."""
    async with store.begin() as tx:
        admins = [each for each in await tx.find(Person, {"role": Role.ADMIN}) if each.active]
    names = [one.confirmed_by, *sorted(each.id for each in admins)]
    known = {each.id for each in admins}
    return next((name for name in names if name is not None and name in known), PersonId(""))


def _is_due(one: Succession, now: datetime) -> bool:
    return one.ahead and one.since is not None and one.since <= day_of(now)


async def _carry_out(act: Acting, merger: Merger) -> None:
    for unit in merger.predecessors:
        await _hand_over(act, unit, merger.successors[0], merger.since)
        held = await standing(act, unit)
        await act.tx.put(ended(held, merger.since - A_DAY))
        await act.note("unit_end", unit)


async def _locks(store: Store, units: Iterable[UnitId]) -> list[str]:
    """Return the locks of the people and tasks that are to change hands."""
    async with store.begin() as tx:
        people = [one for unit in units for one in await tx.find(Person, {"unit": unit})]
        tasks = [one for unit in units for one in await tx.find(Task, {"lead": unit})]
        tasks += [one for unit in units for one in await tx.find(Task, {"support": unit})]
    return [*(f"person:{one.id}" for one in people), *(f"task:{one.id}" for one in tasks)]


async def _check(act: Acting, merger: Merger) -> None:
    if not (merger.predecessors and merger.successors and merger.basis.strip()):
        raise SuccessionIncomplete
    for unit in (*merger.predecessors, *merger.successors):
        await standing(act, unit)
    for unit in merger.successors:
        if {unit, *act.tree.above(unit)} & set(merger.predecessors):
            raise UnitRing


async def _hand_over(act: Acting, unit: UnitId, heir: UnitId, since: date) -> None:
    """Move the units below, the people and the open tasks of a unit to its heir."""
    for below in act.tree.children(unit):
        held = await act.tx.get(Unit, below)
        if held is not None and below != heir:
            await act.tx.put(moved(held, heir, since))
            await act.note("unit_move", below)
    for person in await act.tx.find(Person, {"unit": unit}):
        await act.tx.put(replace(person, unit=heir))
        await act.note("person_unit", person.id, f"{unit}:{heir}")
        if person.active and person.id != act.actor.id:
            facts = {"role": person.role.value, "unit": act.tree.name(heir)}
            key = f"rights:{person.id}:{act.now:%Y%m%d%H%M%S%f}"
            await act.owe(person.id, "join_changed", key=key, facts=facts)
    await _hand_over_tasks(act, unit, heir)


async def _hand_over_tasks(act: Acting, unit: UnitId, heir: UnitId) -> None:
    found = await act.tx.find(Task, {"lead": unit}) + await act.tx.find(Task, {"support": unit})
    for task in {one.id: one for one in found}.values():
        if task.state is TaskState.OPEN:
            lead = heir if task.lead == unit else task.lead
            support = tuple(heir if one == unit else one for one in task.support)
            kept = tuple(one for one in dict.fromkeys(support) if one != lead)
            await act.tx.put(replace(task, lead=lead, support=kept))
            await act.note("task_unit", task.id, f"{unit}:{heir}")
