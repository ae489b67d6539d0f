"""A supervisor urges (đôn đốc) all in his units who have not reported, once a day at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.forms.files import Forms
from records.ids import PersonId, UnitId
from records.model import OutboxMessage, Person
from records.obligations.obligation import Obligation
from records.obligations.responsible import Why, is_reached
from records.store import Store
from scheduler.digest import digest
from scheduler.planner import kept
from scheduler.reminders import DUE, Entry, entry_of, stage_name
from vietnamese.zone import ZONE

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
    """Names of the units that have nobody of their own to report."""


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
        owed = _by_taker(state.cells, but=actor)
        reached = {one: own for one, own in owed.items() if is_reached(people[one])}
        reminded = [await _owe(act, one, own) for one, own in reached.items()].count(True)
        await act.note("urge", root or act.actor.unit, detail=f"{state.day} {reminded}")
    without = {one.unit_name for one in state.cells if _alone(one)}
    return Urged(
        reminded=reminded,
        before=len(reached) - reminded,
        unreached=tuple(sorted(people[one].name for one in owed.keys() - reached.keys())),
        nobody=tuple(sorted(without)),
    )


async def _owe(act: Acting, person: PersonId, own: Iterable[Entry]) -> bool:
    """Owe a person his urge; False if he was urged today already."""
    key = f"{URGED}:{person}:{act.now.astimezone(ZONE):%Y%m%d}"
    if await act.tx.get(OutboxMessage, key) is not None:
        return False
    row = OutboxMessage(
        key=key,
        person=person,
        template=URGED,
        facts={"by": act.actor.name},
        entries=tuple(kept(one) for one in own),
        created=act.now,
        quiet=True,
    )
    await act.tx.add(row)
    return True


def _by_taker(cells: Iterable[Obligation], but: PersonId) -> dict[PersonId, list[Entry]]:
    """Return what is to be told to whom: who reports, or stands in today; nobody urges himself."""
    found: dict[PersonId, list[Entry]] = {}
    for owed in cells:
        stage = _stage(owed)
        for taker in owed.takers if stage is not None else ():
            if stage is not None and taker.person.id != but:
                found.setdefault(taker.person.id, []).append(entry_of(owed, taker, stage))
    return found


def _alone(owed: Obligation) -> bool:
    """Tell whether a report is wanted of a unit that has nobody of its own to send it."""
    takers = owed.takers
    return _stage(owed) is not None and all(one.why is Why.ABOVE for one in takers)


def _stage(owed: Obligation) -> str | None:
    """Return how it is spoken of; None if it is reported, due only later, or has no day."""
    left = owed.days_left
    if not owed.owed or left is None or left > DUE_WITHIN:
        return None
    return DUE if left == 0 else stage_name(left)
