"""The lists of tasks: what stands in which, and in what order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from records.model import TaskState
from records.obligations.obligation import Obligation, pressing
from records.tasks.mine import Mine


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
