"""One-time invitations: a code bound to unit and role, of which only the digest is kept."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from records.access import Action
from records.acting import acting, tree_of
from records.ids import InvitationId, PersonId, new_id
from records.joining.arriving import Place, address_lock, arrive
from records.joining.refusals import (
    InvitationExpired,
    InvitationUsed,
    NoSuchUnit,
    UnknownInvitation,
)
from records.model import Address, AuditEntry, Invitation, Person
from records.store import Store, Transaction

CODE_BYTES: Final = 16
"""Random bytes of a code: 22 characters; with its prefix it fits the 64 of a deep link."""

LIFETIME: Final = timedelta(days=7)
"""How long an invitation can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An invitation and its code, which is nowhere else."""

    invitation: Invitation
    code: str


def invitation_for(place: Place, made_by: PersonId, now: datetime, name: str = "") -> Made:
    """Return a fresh invitation; nothing is written."""
    code = secrets.token_urlsafe(CODE_BYTES)
    invitation = Invitation(
        id=InvitationId(new_id()),
        digest=digest(code),
        unit=place.unit,
        role=place.role,
        made_by=made_by,
        expires=now + LIFETIME,
        name=name,
    )
    return Made(invitation=invitation, code=code)


async def invite(store: Store, actor: PersonId, place: Place, now: datetime) -> Made:
    """Make an invitation; raises NotAllowed, NoSuchUnit."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, place.unit)
        if not act.tree.standing(place.unit):
            raise NoSuchUnit
        made = invitation_for(place, actor, now)
        await act.tx.add(made.invitation)
        await act.note("invite", made.invitation.id, detail=f"{place.role} {place.unit}")
        return made


async def look(store: Store, code: str, now: datetime) -> Invitation:
    """Return the usable invitation with this code.

    Raises UnknownInvitation, InvitationExpired, InvitationUsed.
    """
    async with store.begin() as tx:
        return await _usable(tx, code, now)


async def use(store: Store, code: str, address: Address, name: str, now: datetime) -> Person:
    """Come in by an invitation; of two who try at once, one does.

    Raises UnknownInvitation, InvitationExpired, InvitationUsed, AlreadyIn, NameMissing, NoSuchUnit.
    """
    locks = (f"invitation:{digest(code)}", address_lock(address))
    async with store.begin(*locks) as tx:
        invitation = await _usable(tx, code, now)
        if not (await tree_of(tx, now)).standing(invitation.unit):
            raise NoSuchUnit
        place = Place(unit=invitation.unit, role=invitation.role)
        person = await arrive(tx, address, name, place, invitation.position)
        await tx.put(replace(invitation, used_by=person.id))
        await tx.add(
            AuditEntry(
                id=new_id(),
                at=now,
                actor=person.id,
                action="join",
                subject=invitation.id,
                allowed=True,
                detail=f"{place.role} {place.unit}",
            )
        )
        return person


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return sha256(code.encode()).hexdigest()


async def _usable(tx: Transaction, code: str, now: datetime) -> Invitation:
    found = await tx.find(Invitation, {"digest": digest(code)})
    if not found:
        raise UnknownInvitation
    if found[0].used_by is not None:
        raise InvitationUsed
    if found[0].expires <= now:
        raise InvitationExpired(expires=found[0].expires)
    return found[0]
