"""The tree of units changes: units are entered, renamed, moved, merged and ended, with dates."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from records.access import Action
from records.acting import Acting, acting
from records.ids import PersonId, UnitId, new_id
from records.joining.refusals import JoiningRefused, NoSuchUnit
from records.model import Membership, Succession, Unit, UnitName
from records.store import Store

LONGEST_NAME: Final = 200
"""Characters of a unit's name."""

ONE_AT_A_TIME: Final = "units"
"""The lock of the tree: a ring cannot be made by two at once."""


class UnitRing(JoiningRefused):
    """A unit would come to stand below itself."""


@dataclass(eq=False, kw_only=True)
class UnitNameTaken(JoiningRefused):
    """A standing unit under the same parent bears this `name`."""

    name: str


@dataclass(eq=False, kw_only=True)
class UnitNameWrong(JoiningRefused):
    """The name is empty or longer than `limit` characters."""

    limit: int


class UnitHasUnits(JoiningRefused):
    """Units still stand below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to be entered."""

    name: str
    kind: str
    parent: UnitId | None
    short: str | None = None


async def enter(store: Store, actor: PersonId, new: NewUnit, now: datetime) -> Unit:
    """Enter a unit; raises NotAllowed, NoSuchUnit, UnitNameTaken, UnitNameWrong."""
    async with acting(store, actor, now, ONE_AT_A_TIME) as act:
        act.require(Action.MANAGE_UNITS, new.parent, "new unit")
        return await enter_here(act, new)


async def enter_here(act: Acting, new: NewUnit) -> Unit:
    """Enter a unit in a transaction that goes on; raises as `enter` does."""
    name = _unit_name(new.name)
    if new.parent is not None and not act.tree.standing(new.parent):
        raise NoSuchUnit
    _require_free(act, name, new.parent)
    unit = Unit(
        id=UnitId(new_id()),
        kind=" ".join(new.kind.split()),
        names=(UnitName(text=name, short=new.short),),
        parents=() if new.parent is None else (Membership(parent=new.parent),),
    )
    await act.tx.add(unit)
    await act.note("enter_unit", unit.id)
    return unit


async def rename(
    store: Store, actor: PersonId, unit: UnitId, name: str, now: datetime, since: date | None = None
) -> Unit:
    """Give a unit a new name from `since` (None: it was misspelt, the old one goes)."""
    wanted = _unit_name(name)

    def edit(held: Unit) -> Unit:
        if since is None:
            return replace(held, names=(*held.names[:-1], replace(held.names[-1], text=wanted)))
        ended = replace(held.names[-1], until=since - timedelta(days=1))
        return replace(held, names=(*held.names[:-1], ended, UnitName(text=wanted, since=since)))

    async with acting(store, actor, now, ONE_AT_A_TIME) as act:
        _require_free(act, wanted, act.tree.parent(unit), but=unit)
        return await _change(act, unit, "rename_unit", edit)


async def move(
    store: Store, actor: PersonId, unit: UnitId, parent: UnitId, since: date, now: datetime
) -> Unit:
    """Put a unit under another from `since`; raises UnitRing, NoSuchUnit."""
    async with acting(store, actor, now, ONE_AT_A_TIME) as act:
        if not act.tree.standing(parent):
            raise NoSuchUnit
        if unit == parent or unit in act.tree.above(parent):
            raise UnitRing

        def edit(held: Unit) -> Unit:
            ended = tuple(
                replace(one, until=since - timedelta(days=1)) if one.until is None else one
                for one in held.parents
            )
            return replace(held, parents=(*ended, Membership(parent=parent, since=since)))

        return await _change(act, unit, "move_unit", edit)


async def end(store: Store, actor: PersonId, unit: UnitId, last: date, now: datetime) -> Unit:
    """End a unit; its record and its reports stay. Raises UnitHasUnits."""
    async with acting(store, actor, now, ONE_AT_A_TIME) as act:
        if act.tree.children(unit):
            raise UnitHasUnits
        return await _change(act, unit, "end_unit", lambda held: replace(held, ended=last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """Bodies that took over from others, as an admin states it."""

    predecessors: tuple[str, ...]
    """Names as directives word them."""
    successors: tuple[UnitId, ...]
    basis: str
    since: date | None = None


async def confirm_takeover(
    store: Store, actor: PersonId, takeover: Takeover, now: datetime
) -> Succession:
    """Keep who took over from whom: from now on duties of the former resolve to the latter.

    Raises NotAllowed, NoSuchUnit for a successor that does not stand, UnitNameWrong.
    """
    names = tuple(_unit_name(one) for one in takeover.predecessors)
    async with acting(store, actor, now, ONE_AT_A_TIME) as act:
        act.require(Action.MANAGE_UNITS, None, "succession")
        if not takeover.successors or not all(
            act.tree.standing(one) for one in takeover.successors
        ):
            raise NoSuchUnit
        kept = Succession(
            id=new_id(),
            predecessors=names,
            successors=takeover.successors,
            since=takeover.since,
            basis=" ".join(takeover.basis.split()),
            confirmed_by=actor,
        )
        await act.tx.add(kept)
        await act.note("confirm_takeover", kept.id)
        return kept


async def _change(act: Acting, unit: UnitId, what: str, edit: Callable[[Unit], Unit]) -> Unit:
    act.require(Action.MANAGE_UNITS, unit, unit)
    held = await act.tx.get(Unit, unit)
    if held is None or not act.tree.standing(unit):
        raise NoSuchUnit
    changed = edit(held)
    await act.tx.put(changed)
    await act.note(what, unit)
    return changed


def _require_free(act: Acting, name: str, parent: UnitId | None, but: UnitId | None = None) -> None:
    for unit in act.tree.called(name):
        if unit != but and act.tree.parent(unit) == parent:
            raise UnitNameTaken(name=name)


def _unit_name(said: str) -> str:
    name = " ".join(said.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise UnitNameWrong(limit=LONGEST_NAME)
    return name
