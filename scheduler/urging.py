"""A supervisor urges (đôn đốc) all in his units who have not reported, once a day at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.acting import acting
from records.forms.reading import Forms
from records.ids import PersonId, UnitId
from records.model import OutboxMessage
from records.store import Store
from scheduler.digest import Cell, Standing, digest
from scheduler.planning import written
from scheduler.reminders import DUE, Entry, stage_name
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


async def urge_all(
    store: Store, forms: Forms, actor: PersonId, now: datetime, root: UnitId | None = None
) -> Urged:
    """Owe a reminder to everybody in the scope who has not reported what is due soon or late.

    Raises NotAllowed.
    """
    async with acting(store, actor, now, "urge") as act:
        act.require(Action.URGE, root)
        state = await digest(act, forms, root)
        today, reminded, before = state.day, 0, 0
        entries = _by_person(state.cells)
        for person, own in entries.items():
            key = f"{URGED}:{person}:{now.astimezone(HANOI):%Y%m%d}"
            if await act.tx.get(OutboxMessage, key) is not None:
                before += 1
                continue
            reminded += 1
            await act.tx.add(
                OutboxMessage(
                    key=key,
                    person=person,
                    template=URGED,
                    facts={
                        "by": act.actor.name,
                        "entries": tuple(written(one) for one in own),
                    },
                    created=now,
                    quiet=True,
                )
            )
        await act.note("urge", root or act.actor.unit, detail=f"{today} {reminded}")
    missed = {one.name for cell in state.cells if cell.unreached for one in cell.reporters}
    return Urged(reminded=reminded, before=before, unreached=tuple(sorted(missed)))


def _by_person(cells: Iterable[Cell]) -> dict[PersonId, list[Entry]]:
    """Return what each reachable reporter is to be urged about."""
    found: dict[PersonId, list[Entry]] = {}
    for cell in cells:
        stage = _stage(cell)
        if stage is None:
            continue
        for one in cell.reporters:
            if one.unreachable is None:
                entry = Entry(person=one.id, asked=cell.asked, stage=stage)
                found.setdefault(one.id, []).append(entry)
    return found


def _stage(cell: Cell) -> str | None:
    """Return how the cell is spoken of; None if it is reported, or due only later."""
    if cell.standing is Standing.REPORTED:
        return None
    left = (cell.asked.due - cell.day).days
    if left > DUE_WITHIN:
        return None
    return DUE if left == 0 else stage_name(left)
