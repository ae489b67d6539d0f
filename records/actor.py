"""One person acts: a transaction with his rights, the audit log, and what others are owed for it.

Every use case that changes something goes through `acting`; a denied try is written down even
though nothing else of its transaction is.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from records.access import Action, may, scope
from records.ids import PersonId, UnitId, new_id
from records.model import Answer, AuditEntry, OutboxMessage, Person, Unit
from records.refusals import RecordsRefused
from records.store import Store, Transaction
from records.units import UnitTree
from vietnamese.zone import day_of

DENIED_A_DAY: Final = 100
"""Different denied tries of one actor that are written singly a day."""


class AccessRefused(RecordsRefused):
    """Somebody may not do what he tries."""


@dataclass(eq=False, kw_only=True)
class NotAllowed(AccessRefused):
    """`action` is not among the actor's rights for `subject`; written to the audit log."""

    action: str
    subject: str


class UnknownPerson(AccessRefused):
    """Nobody, or nobody active, with this id."""


@dataclass(frozen=True, slots=True)
class Acting:
    """What a use case works with inside its transaction."""

    tx: Transaction
    actor: Person
    principals: tuple[Person, ...]
    """For whom the actor stands in today."""
    tree: UnitTree
    now: datetime

    def may(self, action: Action, unit: UnitId | None) -> bool:
        """Tell whether the actor, or one he stands in for, may do this to `unit`."""
        return any(may(one, action, unit, self.tree) for one in (self.actor, *self.principals))

    def require(self, action: Action, unit: UnitId | None, subject: str = "") -> None:
        """Raise NotAllowed unless the actor may; `subject` is what the audit log names."""
        if not self.may(action, unit):
            raise NotAllowed(action=action, subject=subject or unit or "")

    @property
    def scope(self) -> frozenset[UnitId]:
        """The units the actor may see."""
        return frozenset().union(*(scope(one, self.tree) for one in (self.actor, *self.principals)))

    async def note(self, action: str, subject: str, detail: str = "") -> None:
        """Write to the audit log: ids, names of states, a waiver's reason; no personal content."""
        await self.tx.add(_entry(self.actor.id, action, subject, self.now, detail=detail))

    async def owe(
        self,
        person: PersonId,
        template: str,
        *,
        key: str,
        facts: Mapping[str, Answer],
        priority: int = 0,
    ) -> None:
        """Owe a person a message; a message with this key that is owed already stays as it is."""
        if await self.tx.get(OutboxMessage, key) is None:
            await self.tx.add(
                OutboxMessage(
                    key=key,
                    person=person,
                    template=template,
                    facts=facts,
                    created=self.now,
                    priority=priority,
                )
            )


@asynccontextmanager
async def acting(
    store: Store, actor: PersonId, now: datetime, *locks: str
) -> AsyncIterator[Acting]:
    """Open a transaction in which `actor` acts at `now`.

    Raises UnknownPerson for somebody gone or inactive; a NotAllowed raised inside is written to
    the audit log before it goes on.
    """
    try:
        async with store.begin(*locks) as tx:
            yield await _enter(tx, actor, now)
    except NotAllowed as denied:
        await note_denied(store, actor, denied.action, denied.subject, now)
        raise


async def require(
    store: Store, actor: PersonId, action: Action, subject: str, now: datetime
) -> None:
    """Raise NotAllowed, written to the audit log, unless the actor may do this to some unit."""
    async with acting(store, actor, now) as act:
        act.require(action, None, subject)


async def note_denied(store: Store, actor: str, action: str, subject: str, now: datetime) -> None:
    """Write a denied try to the audit log; `actor` is a person's id or `telegram:ID`.

    Whoever tries without end does not fill the log: the same try is one entry a day, which counts,
    and beyond DENIED_A_DAY different ones all others are one.
    """
    day, month = day_of(now), f"{now.astimezone(UTC):%Y-%m}"
    async with store.begin(f"denied:{actor}") as tx:
        key = f"denied:{actor}:{day}:{action}:{subject}"
        if await tx.get(AuditEntry, key) is None:
            own = await tx.find(AuditEntry, {"actor": actor, "month": month})
            denied = sum(not one.allowed and day_of(one.at) == day for one in own)
            if denied >= DENIED_A_DAY:
                key, subject = f"denied:{actor}:{day}", ""
        held = await tx.get(AuditEntry, key)
        again = _entry(actor, action, subject, now, detail=_counted(held), allowed=False)
        await tx.put(replace(held or again, id=key, detail=again.detail))


def _counted(held: AuditEntry | None) -> str:
    """Return how often something was tried, this time included."""
    before = 0 if held is None else int(held.detail) if held.detail.isdecimal() else 1
    return str(before + 1)


async def tree_of(tx: Transaction, now: datetime) -> UnitTree:
    """Return the units as they stand at `now`."""
    return UnitTree.of(await tx.find(Unit), day_of(now))


async def principals(tx: Transaction, deputy: PersonId, now: datetime) -> tuple[Person, ...]:
    """Return the active people for whom somebody stands in at `now`."""
    today = day_of(now)
    return tuple(
        one
        for one in await tx.find(Person, {"deputy": deputy})
        if one.active
        and any(s.deputy == deputy and s.since <= today <= s.until for s in one.stand_ins)
    )


async def _enter(tx: Transaction, actor: PersonId, now: datetime) -> Acting:
    person = await tx.get(Person, actor)
    if person is None or not person.active:
        raise UnknownPerson
    return Acting(tx, person, await principals(tx, actor, now), await tree_of(tx, now), now)


def _entry(
    actor: str, action: str, subject: str, now: datetime, *, detail: str = "", allowed: bool = True
) -> AuditEntry:
    return AuditEntry(
        id=new_id(),
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        allowed=allowed,
        detail=detail,
    )
