"""What somebody may look over: a supervisor the state of his units, everybody his own days."""

from datetime import datetime

from records.access import Action
from records.actor import acting
from records.forms.files import Forms
from records.ids import PersonId, UnitId
from records.model import OutboxMessage
from records.store import Store
from scheduler.digest import Digest, Note, digest
from scheduler.due_days import Coming, coming
from vietnamese.zone import day_of


async def state_of(
    store: Store, forms: Forms, person: PersonId, unit: UnitId | None, now: datetime
) -> Digest:
    """Return the state of a person's scope (None), or of a unit in it; raises NotAllowed."""
    async with acting(store, person, now) as act:
        act.require(Action.URGE, unit)
        return await digest(act, forms, unit)


async def obstacles_of(
    store: Store, forms: Forms, person: PersonId, unit: UnitId | None, now: datetime
) -> tuple[str, tuple[Note, ...]]:
    """Return the obstacles that stand in what a person sees, or a unit of it, and its name.

    Raises NotAllowed for a unit that he does not see.
    """
    async with acting(store, person, now) as act:
        act.require(Action.SEE, unit)
        state = await digest(act, forms, unit)
        return state.root, state.obstacles


async def state_owed(
    store: Store, forms: Forms, row: OutboxMessage, now: datetime
) -> Digest | None:
    """Return the state that a planned digest tells; None if its reason has gone.

    It has gone where its reader lost the right to it since it was planned, and on any later day,
    which has a digest of its own.
    """
    if day_of(row.created) != day_of(now):
        return None
    async with acting(store, row.person, now) as act:
        return await digest(act, forms) if act.may(Action.URGE, None) else None


async def days_of(store: Store, person: PersonId, days: int, now: datetime) -> list[Coming]:
    """Return what is due to a person within so many days."""
    async with acting(store, person, now) as act:
        return await coming(act, days)
