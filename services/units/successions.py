"""Who took over from bodies that are no more: stated, confirmed by an admin, taken back."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from records.access import Action
from records.actor import acting
from records.ids import PersonId, UnitId, new_id
from records.model import Succession
from records.store import Store
from services.units.changes import NAME_LENGTH, TREE, standing, unit_words
from services.units.refusals import (
    SuccessionConfirmed,
    SuccessionIncomplete,
    SuccessionUnknown,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A succession as somebody states it: names as directives word them, and who took over."""

    predecessors: tuple[str, ...]
    successors: tuple[UnitId, ...]
    basis: str
    since: date | None = None


async def state(store: Store, actor: PersonId, stated: Stated, now: datetime) -> Succession:
    """Keep a succession that waits for its confirmation: until then it resolves nothing.

    Raises NotAllowed, SuccessionIncomplete, UnitNameWrong, UnitUnknown, UnitOver.
    """
    names = tuple(unit_words(one, NAME_LENGTH) for one in stated.predecessors)
    basis = " ".join(stated.basis.split())
    if not (names and stated.successors and basis):
        raise SuccessionIncomplete
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, None, "successions")
        for unit in stated.successors:
            await standing(act, unit)
        kept = Succession(
            id=new_id(),
            predecessors=names,
            successors=tuple(dict.fromkeys(stated.successors)),
            since=stated.since,
            basis=basis,
        )
        await act.tx.add(kept)
        await act.note("succession_state", kept.id)
        return kept


async def confirm(store: Store, actor: PersonId, succession: str, now: datetime) -> Succession:
    """Let a stated succession hold; raises NotAllowed, SuccessionUnknown, SuccessionConfirmed."""
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, None, "successions")
        held = await act.tx.get(Succession, succession)
        if held is None:
            raise SuccessionUnknown
        if held.confirmed_by is not None:
            raise SuccessionConfirmed
        kept = replace(held, confirmed_by=actor)
        await act.tx.put(kept)
        await act.note("succession", succession)
        return kept


async def take_back(store: Store, actor: PersonId, succession: str, now: datetime) -> Succession:
    """Remove a succession that was stated by mistake; raises NotAllowed, SuccessionUnknown."""
    async with acting(store, actor, now, TREE) as act:
        act.require(Action.MANAGE_UNITS, None, "successions")
        held = await act.tx.get(Succession, succession)
        if held is None:
            raise SuccessionUnknown
        await act.tx.remove(Succession, succession)
        await act.note("succession_back", succession)
        return held


async def successions(store: Store, actor: PersonId, now: datetime) -> list[Succession]:
    """Return all successions, newest first; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.MANAGE_UNITS, None, "successions")
        return (await act.tx.find(Succession))[::-1]
