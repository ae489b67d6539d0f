"""What did not surely reach its person: told to those who rely on it, and to the admins."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import acting
from records.ids import PersonId, UnitId
from records.model import Delivery, OutboxMessage, Person
from records.store import Store, Transaction
from records.units import UnitTree

SHOWN: Final = timedelta(days=7)
"""For so long people are told of it; the list on the command line has all."""

UNSURE: Final = (Delivery.UNKNOWN, Delivery.POISON)
"""Without an answer to the last try, or refused for what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """How much of what was sent to a person did not surely arrive."""

    name: str
    unit: str
    messages: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxState:
    """How the outbox stands."""

    owed: int
    """Messages that may go by now."""
    oldest: datetime | None
    """Since when the first of them may go."""
    unsure: tuple[Unsure, ...]
    refused: int
    """Of what is unsure: set aside because the channel refused it."""
    unreachable: int
    """People whom no way reaches."""


async def outbox_state(store: Store, actor: PersonId, now: datetime) -> OutboxState:
    """Return how the outbox stands; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.SEE_SCHEDULE, None)
        owed = await act.tx.find(OutboxMessage, {"state": Delivery.OWED})
        since = [one.not_before or one.created for one in owed]
        due = [at for at in since if at <= now]
        people = await act.tx.find(Person)
        return OutboxState(
            owed=len(due),
            oldest=min(due, default=None),
            unsure=tuple(await unsure(act.tx, act.tree, now)),
            refused=sum(one.state is Delivery.POISON for one in await _rows(act.tx, now)),
            unreachable=sum(one.active and one.unreachable is not None for one in people),
        )


async def unsure(
    tx: Transaction,
    tree: UnitTree,
    now: datetime,
    scope: Collection[UnitId] | None = None,
    but: PersonId | None = None,
) -> list[Unsure]:
    """Return the people of some units, or of all, to whom something may not have come lately.

    The latest comes first; `but` is left out.
    """
    rows = await _rows(tx, now)
    counted = Counter(one.person for one in rows)
    last: dict[PersonId, datetime] = {}
    for one in rows:
        last[one.person] = max(one.settled or now, last.get(one.person, one.created))
    found = []
    for key in sorted(counted, key=lambda one: last[one], reverse=True):
        person = await tx.get(Person, key)
        if person is None or key == but:
            continue
        if scope is None or person.unit in scope:
            found.append(
                Unsure(
                    name=person.name,
                    unit=tree.name(person.unit),
                    messages=counted[key],
                    last=last[key],
                )
            )
    return found


async def _rows(tx: Transaction, now: datetime) -> list[OutboxMessage]:
    found = [one for state in UNSURE for one in await tx.find(OutboxMessage, {"state": state})]
    return [one for one in found if one.settled is not None and one.settled > now - SHOWN]
