"""Invitations: one link lets in one person, into one unit and role, until it expires.

The code of a link is told once and never kept: the store holds its SHA-256.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import Acting, acting, note_denied, tree_of
from records.ids import InvitationId, PersonId, UnitId, new_id
from records.model import Address, Invitation, Person, Role
from records.store import Store, Transaction
from services.people.admins import admins
from services.people.entry import (
    DOOR,
    OPERATOR,
    check_outside,
    clean_name,
    enter,
    note,
    owe,
    stranger,
)
from services.people.refusals import (
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    UnitNotStanding,
)
from services.people.requests import tell_of_waiting

CODE_BYTES: Final = 16
"""Random bytes of a code: 128 bits, 22 characters; nobody guesses it."""

LIFETIMES: Final = (1, 7, 30)
"""Days an invitation may hold; a week is usual."""

USUAL_LIFETIME: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an invitation is to give, and for how many days it holds."""

    unit: UnitId
    role: Role
    days: int = USUAL_LIFETIME
    name: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A fresh invitation with its code, which is not to be had again."""

    invitation: Invitation
    code: str
    unit: str
    """The unit's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What an invitation offers to who opens it."""

    invitation: Invitation
    unit: str
    """The unit's name."""


async def invite(store: Store, actor: PersonId, wanted: Wanted, now: datetime) -> Made:
    """Make an invitation; raises NotAllowed, UnitNotStanding."""
    async with acting(store, actor, now) as act:
        return await prepare(act, wanted)


async def invited_to(store: Store, actor: PersonId, unit: UnitId, now: datetime) -> str:
    """Return the name of a unit into which the actor may invite; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, unit)
        return act.tree.name(unit)


async def prepare(act: Acting, wanted: Wanted) -> Made:
    """Make an invitation within a transaction of more; raises NotAllowed, UnitNotStanding."""
    act.require(Action.INVITE, wanted.unit)
    if not act.tree.standing(wanted.unit):
        raise UnitNotStanding
    code = fresh_code()
    invitation = Invitation(
        id=InvitationId(new_id()),
        digest=digest_of(code),
        unit=wanted.unit,
        role=wanted.role,
        made_by=act.actor.id,
        expires=act.now + timedelta(days=wanted.days),
        name=wanted.name,
        position=wanted.position,
    )
    await act.tx.add(invitation)
    await act.note("invite", invitation.id, f"{wanted.role.value}:{wanted.unit}")
    return Made(invitation=invitation, code=code, unit=act.tree.name(wanted.unit))


async def look(store: Store, code: str, address: Address, now: datetime) -> Offer:
    """Return what the invitation of a code offers to a stranger.

    Raises AlreadyInside, InvitationUnknown, InvitationUsed, InvitationExpired; the last three are
    in the audit log as denied tries.
    """
    try:
        async with store.begin() as tx:
            await check_outside(tx, address)
            held = await _usable(tx, digest_of(code), now)
            return Offer(invitation=held, unit=(await tree_of(tx, now)).name(held.unit))
    except (InvitationUnknown, InvitationUsed, InvitationExpired):
        await _note_denied(store, address, now)
        raise


async def accept(store: Store, digest: str, address: Address, name: str, now: datetime) -> Person:
    """Come in by an invitation, under this name; of two at once one comes in.

    Raises AlreadyInside, NameMissing, InvitationUnknown, InvitationUsed, InvitationExpired,
    UnitNotStanding.
    """
    try:
        async with store.begin(DOOR) as tx:
            await check_outside(tx, address)
            held = await _usable(tx, digest, now)
            place = (held.unit, held.role, held.position)
            person = await enter(tx, address, clean_name(name), place, now)
            await tx.put(replace(held, used_by=person.id))
            await note(tx, person.id, "join", held.id, now, f"{held.role.value}:{held.unit}")
            if held.made_by == OPERATOR:
                await tell_of_waiting(tx, person.id, now)
            else:
                facts = {"joined": person.name, "unit": (await tree_of(tx, now)).name(person.unit)}
                await owe(tx, held.made_by, "join_came", f"joined:{held.id}", facts, now)
            return person
    except (InvitationUnknown, InvitationUsed, InvitationExpired):
        await _note_denied(store, address, now)
        raise


async def open_invitations(store: Store, actor: PersonId, now: datetime) -> list[Offer]:
    """Return the invitations that still let somebody in, newest first; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, None)
        held = await act.tx.find(Invitation, {"used_by": None})
        return [
            Offer(invitation=one, unit=act.tree.name(one.unit))
            for one in reversed(held)
            if one.expires > now and one.made_by != OPERATOR
        ]


async def take_back(
    store: Store, actor: PersonId, invitation: InvitationId, now: datetime
) -> Invitation:
    """Make an invitation void; raises NotAllowed, InvitationUnknown, InvitationUsed."""
    async with acting(store, actor, now, DOOR) as act:
        act.require(Action.INVITE, None, invitation)
        held = await act.tx.get(Invitation, invitation)
        if held is None:
            raise InvitationUnknown
        if held.used_by is not None:
            raise InvitationUsed
        await act.tx.put(replace(held, expires=now))
        await act.note("invite_back", invitation)
        return held


async def _usable(tx: Transaction, digest: str, now: datetime) -> Invitation:
    found = await tx.find(Invitation, {"digest": digest})
    if not found:
        raise InvitationUnknown
    if found[0].used_by is not None:
        raise InvitationUsed
    if found[0].made_by == OPERATOR and await admins(tx):
        raise InvitationUsed  # of several claims the first counts
    if found[0].expires <= now:
        raise InvitationExpired
    return found[0]


async def _note_denied(store: Store, address: Address, now: datetime) -> None:
    await note_denied(store, stranger(address), "join", "invitation", now)


def fresh_code() -> str:
    """Return a code that nobody guesses."""
    return secrets.token_urlsafe(CODE_BYTES)


def digest_of(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()
