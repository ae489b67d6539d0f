"""The lists of tasks: what stands in which, and in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from records.access import Action, may
from records.actor import tree_of
from records.ids import PeriodKey, TaskId
from records.model import Person, Role, TaskState
from records.obligations.obligation import Obligation, pressing
from records.store import Store
from records.units import UnitTree
from services.tasks.own import Mine, seen_task, tasks_of, tasks_under, told_of


class View(StrEnum):
    """The lists of tasks; buttons name one by its place."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    UNITS = "units"
    """All of the units one may see."""


VIEWS: Final = tuple(View)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An obligation, and what the reader has to do with it."""

    mine: Mine
    owed: Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What somebody has to do, and what the units have that he may see."""

    tree: UnitTree
    own: tuple[Standing, ...]
    units: tuple[Standing, ...] | None
    """None for who sees no more than his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One period of a task, and what its reader may do about it."""

    tree: UnitTree
    standing: Standing
    people: tuple[str, ...]
    """Names of those who are to report."""
    may_assign: bool
    may_waive: bool


async def first_view(store: Store, me: Person, now: datetime) -> View:
    """Return what is shown first: who has nothing himself sees his units' tasks at once."""
    async with store.begin() as tx:
        idle = not await tasks_of(tx, me.id, now)
    return View.UNITS if idle and me.role is not Role.OFFICER else View.DUE


async def lists_of(store: Store, me: Person, view: View, now: datetime) -> Lists:
    """Return the lists of a person; of his units only what `view` needs is read."""
    async with store.begin() as tx:
        own = await tasks_of(tx, me.id, now)
        seen_by = tasks_under if me.role is not Role.OFFICER else told_of
        wide = me.role is not Role.OFFICER or bool(await told_of(tx, me, now))
        under: Sequence[Mine] = ()
        if wide and view is View.UNITS:
            under = await seen_by(tx, me, now)
        tree = await tree_of(tx, now)
    return Lists(tree=tree, own=standings(own), units=standings(under) if wide else None)


async def card_of(
    store: Store, me: Person, task: TaskId, period: PeriodKey | None, now: datetime
) -> Card | None:
    """Return that period of a task, else the first to be answered; None for what he may not see."""
    async with store.begin() as tx:
        found = await seen_task(tx, me, task, now)
        if not found:
            return None
        tree = await tree_of(tx, now)
        people = [await tx.get(Person, one) for one in found[0].task.assignees]
    every = standings(found)
    one = next((one for one in every if one.owed.key == period), every[0])
    return Card(
        tree=tree,
        standing=one,
        people=tuple(each.name for each in people if each is not None),
        may_assign=may(me, Action.ASSIGN, one.owed.task.lead, tree),
        may_waive=may(me, Action.REVIEW, one.owed.unit, tree),
    )


def standings(found: Iterable[Mine]) -> tuple[Standing, ...]:
    """Return every obligation: what is wanted first, the most pressing of it on top."""
    every = (Standing(mine=mine, owed=one) for mine in found for one in mine.owed)
    return tuple(sorted(every, key=lambda one: (not one.owed.wanted, pressing(one.owed))))


def seen(every: Iterable[Standing], view: View) -> tuple[Standing, ...]:
    """Return those of a list; what is done, the latest first."""
    chosen = [one for one in every if view in _views(one.owed)]
    if view is View.DONE:
        chosen.sort(key=lambda one: one.owed.due or date.min, reverse=True)
    return tuple(chosen)


def _views(one: Obligation) -> tuple[View, ...]:
    """Return the lists in which an obligation stands; one of a withdrawn task in none."""
    if one.task.state is TaskState.WITHDRAWN:
        return ()
    if not one.wanted:
        return View.DONE, View.UNITS
    return (View.OVERDUE if one.overdue else View.DUE), View.UNITS
