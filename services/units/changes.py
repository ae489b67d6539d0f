"""Single units change: entered, renamed, moved under another, ended; each with its day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId, new_id
from records.model import Membership, Person, Unit, UnitName
from records.store import Store
from services.units.refusals import (
    UnitDayWrong,
    UnitNameTaken,
    UnitNameWrong,
    UnitNotEmpty,
    UnitOver,
    UnitRing,
    UnitUnknown,
)
from vietnamese.text import fold
from vietnamese.zone import day_of

TREE: Final = "units"
"""The lock of the tree: two changes at once could make a ring, or a name twice."""

NAME_LENGTH: Final = 150
"""Characters of a unit's name; the longest official ones have about 110."""

KIND_LENGTH: Final = 30
"""Characters of a kind: xã, sở, ban, đảng ủy, …"""

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to be entered; without a parent it stands at the top."""

    name: str
    kind: str
    parent: UnitId | None = None
    short: str | None = None
    since: date | None = None


async def add_unit(store: Store, actor: PersonId, new: NewUnit, now: datetime) -> Unit:
    """Enter a unit; raises NotAllowed, UnitUnknown, UnitOver, UnitNameWrong, UnitNameTaken."""
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, new.parent, "units")
        if new.parent is not None:
            await standing(act, new.parent)
        return await enter(act, new)


async def enter(act: Acting, new: NewUnit) -> Unit:
    """Enter a unit within a transaction of more, below a parent that is known to be there."""
    name = unit_words(new.name, NAME_LENGTH)
    check_free(act, name, new.parent)
    unit = Unit(
        id=UnitId(new_id()),
        kind=unit_words(new.kind, KIND_LENGTH).lower(),
        names=(UnitName(text=name, since=new.since, short=new.short),),
        parents=() if new.parent is None else (Membership(parent=new.parent, since=new.since),),
        founded=new.since,
    )
    await act.tx.add(unit)
    await act.note("unit_add", unit.id)
    return unit


async def rename(
    store: Store, actor: PersonId, unit: UnitId, name: str, since: date | None, now: datetime
) -> Unit:
    """Give a unit a new name from `since` on; None corrects the name it bears.

    Raises NotAllowed, UnitUnknown, UnitOver, UnitNameWrong, UnitNameTaken, UnitDayWrong.
    """
    wanted = unit_words(name, NAME_LENGTH)
    async with acting(store, actor, now, TREE) as act:
        check_free(act, wanted, act.tree.parent(unit), but=unit)
        return await _change(act, unit, "unit_rename", lambda held: _renamed(held, wanted, since))


async def move(
    store: Store, actor: PersonId, unit: UnitId, parent: UnitId, since: date, now: datetime
) -> Unit:
    """Put a unit under another from `since` on.

    Raises NotAllowed, UnitUnknown, UnitOver, UnitRing, UnitDayWrong, UnitNameTaken.
    """
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, unit, unit)
        await standing(act, parent)
        if parent in act.tree.subtree(unit):
            raise UnitRing
        check_free(act, act.tree.name(unit), parent, but=unit)
        return await _change(act, unit, "unit_move", lambda held: moved(held, parent, since))


async def end(store: Store, actor: PersonId, unit: UnitId, last: date, now: datetime) -> Unit:
    """End a unit after `last`, its last day; what it reported stays its own.

    Raises NotAllowed, UnitUnknown, UnitOver, UnitNotEmpty, UnitDayWrong.
    """
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, unit, unit)
        if last > day_of(now):
            raise UnitDayWrong
        below = len(act.tree.children(unit))
        people = sum(one.active for one in await act.tx.find(Person, {"unit": unit}))
        if below or people:
            raise UnitNotEmpty(units=below, people=people)
        return await _change(act, unit, "unit_end", lambda held: ended(held, last))


async def standing(act: Acting, unit: UnitId) -> Unit:
    """Return a unit that stands today; raises UnitUnknown, UnitOver."""
    held = await act.tx.get(Unit, unit)
    if held is None:
        raise UnitUnknown
    if not act.tree.standing(unit):
        raise UnitOver(unit=act.tree.name(unit))
    return held


def moved(held: Unit, parent: UnitId, since: date) -> Unit:
    """Return the unit under another parent from `since` on."""
    if any(one.since is not None and one.since > since for one in held.parents):
        raise UnitDayWrong
    before = tuple(
        replace(one, until=since - A_DAY) if one.until is None else one
        for one in held.parents
        if one.since is None or one.since < since
    )
    return replace(held, parents=(*before, Membership(parent=parent, since=since)))


def ended(held: Unit, last: date) -> Unit:
    """Return the unit with its last day."""
    if held.founded is not None and last < held.founded:
        raise UnitDayWrong
    return replace(held, ended=last)


def unit_words(said: str, limit: int) -> str:
    """Return a name or a kind in one line; raises UnitNameWrong."""
    words = " ".join("".join(letter for letter in said if letter.isprintable()).split())
    if not 1 <= len(words) <= limit or not any(letter.isalpha() for letter in words):
        raise UnitNameWrong(limit=limit)
    return words


def check_free(act: Acting, name: str, parent: UnitId | None, *, but: UnitId | None = None) -> None:
    """Raise UnitNameTaken if a standing unit beside it bears the name today."""
    beside = act.tree.tops if parent is None else act.tree.children(parent)
    if any(one != but and fold(act.tree.name(one)) == fold(name) for one in beside):
        raise UnitNameTaken(name=name)


def _renamed(held: Unit, name: str, since: date | None) -> Unit:
    last = held.names[-1]
    if since is None or (last.since is not None and since == last.since):
        return replace(held, names=(*held.names[:-1], replace(last, text=name, short=None)))
    if last.since is not None and since < last.since:
        raise UnitDayWrong
    borne = replace(last, until=since - A_DAY)
    return replace(held, names=(*held.names[:-1], borne, UnitName(text=name, since=since)))


async def _change(act: Acting, unit: UnitId, what: str, edit: Callable[[Unit], Unit]) -> Unit:
    act.require(Action.MANAGE_UNITS, unit, unit)
    changed = edit(await standing(act, unit))
    await act.tx.put(changed)
    await act.note(what, unit)
    return changed
