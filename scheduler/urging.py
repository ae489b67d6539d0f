"""A supervisor urges (đôn đốc) all in his units who have not reported, once a day at most."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.acting import Acting, acting
from records.forms.reading import Forms
from records.ids import PersonId, UnitId
from records.model import OutboxMessage, Person
from records.store import Store
from scheduler.digest import Cell, Standing, digest, is_reached
from scheduler.planning import written
from scheduler.reminders import DUE, Entry, stage_name, stand_in
from vietnamese.clock_times import HANOI

URGED: Final = "urged"
"""The message of an urge."""

DUE_WITHIN: Final = 7
"""Days before the due day from which somebody may be urged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged:
    """What an urge came to."""

    reminded: int
    """People who are written to."""
    before: int
    """People who were urged today already."""
    unreached: tuple[str, ...]
    """Names of those whom the channel does not reach."""
    nobody: tuple[str, ...]
    """Names of the units in which there is nobody to be urged."""


async def urge_all(
    store: Store, forms: Forms, actor: PersonId, now: datetime, root: UnitId | None = None
) -> Urged:
    """Owe a reminder to everybody in the scope who has not reported what is due soon or late.

    Raises NotAllowed.
    """
    async with acting(store, actor, now, "urge") as act:
        act.require(Action.URGE, root)
        state = await digest(act, forms, root)
        people = {one.id: one for one in await act.tx.find(Person)}
        owed = _by_taker(state.cells, people)
        reached = {one: own for one, own in owed.items() if is_reached(people[one])}
        reminded = [await _owe(act, one, own) for one, own in reached.items()].count(True)
        await act.note("urge", root or act.actor.unit, detail=f"{state.day} {reminded}")
    without = {act.tree.name(one.asked.task.lead) for one in state.cells if _alone(one)}
    return Urged(
        reminded=reminded,
        before=len(reached) - reminded,
        unreached=tuple(sorted(people[one].name for one in owed.keys() - reached.keys())),
        nobody=tuple(sorted(without)),
    )


async def _owe(act: Acting, person: PersonId, own: Iterable[Entry]) -> bool:
    """Owe a person his urge; False if he was urged today already."""
    key = f"{URGED}:{person}:{act.now.astimezone(HANOI):%Y%m%d}"
    if await act.tx.get(OutboxMessage, key) is not None:
        return False
    row = OutboxMessage(
        key=key,
        person=person,
        template=URGED,
        facts={"by": act.actor.name, "entries": tuple(written(one) for one in own)},
        created=act.now,
        quiet=True,
    )
    await act.tx.add(row)
    return True


def _by_taker(
    cells: Iterable[Cell], people: Mapping[PersonId, Person]
) -> dict[PersonId, list[Entry]]:
    """Return what is to be told to whom: the reporters, or who stands in for one today."""
    found: dict[PersonId, list[Entry]] = {}
    for cell in cells:
        for entry in _entries(cell, people):
            told = found.setdefault(entry.person, [])
            if all(one.asked is not entry.asked for one in told):
                told.append(entry)
    return found


def _entries(cell: Cell, people: Mapping[PersonId, Person]) -> Iterator[Entry]:
    stage = _stage(cell)
    if stage is None:
        return
    for one in cell.reporters:
        taker = stand_in(one, people, cell.day)
        instead = None if taker.id == one.id else one.id
        yield Entry(person=taker.id, instead_of=instead, asked=cell.asked, stage=stage)


def _alone(cell: Cell) -> bool:
    """Tell whether a report is wanted and there is nobody who could send it."""
    return not cell.reporters and _stage(cell) is not None


def _stage(cell: Cell) -> str | None:
    """Return how the cell is spoken of; None if it is reported, or due only later."""
    if cell.standing is Standing.REPORTED:
        return None
    left = (cell.asked.due - cell.day).days
    if left > DUE_WITHIN:
        return None
    return DUE if left == 0 else stage_name(left)
