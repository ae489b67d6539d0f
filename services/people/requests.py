"""A stranger asks to be let in; every admin hears of it, and one of them decides."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.ids import PersonId, UnitId, new_id
from records.model import AccessRequest, Address, Person, Role
from records.store import Store, Transaction
from services.people.admins import admins
from services.people.entry import (
    DOOR,
    check_outside,
    clean_name,
    enter,
    note,
    owe,
    stranger,
)
from services.people.refusals import (
    NameMissing,
    RequestDecided,
    RequestGone,
    RequestWaiting,
    TooManyRequests,
)

A_DAY: Final = 3
"""Requests an address may make within 24 hours: who was refused by mistake can ask again."""

UNIT_LENGTH: Final = 120
"""Characters of the unit in the asker's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an admin puts somebody whom he lets in."""

    unit: UnitId
    role: Role
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was made, and whether an admin was there to hear of it."""

    request: AccessRequest
    told: bool


async def may_ask(store: Store, address: Address, now: datetime) -> None:
    """Raise what would refuse a request now: AlreadyInside, RequestWaiting, TooManyRequests."""
    async with store.begin() as tx:
        await _check_asking(tx, address, now)


async def ask_access(store: Store, address: Address, name: str, unit: str, now: datetime) -> Asked:
    """Ask to be let in; owe every admin the question. Without an admin it waits for the first.

    Raises AlreadyInside, NameMissing, RequestWaiting, TooManyRequests.
    """
    words = " ".join(unit.split())
    if not 1 <= len(words) <= UNIT_LENGTH:
        raise NameMissing(limit=UNIT_LENGTH)
    async with store.begin(DOOR) as tx:
        await _check_asking(tx, address, now)
        asked = AccessRequest(
            id=new_id(), address=address, name=clean_name(name), asked=now, said=words
        )
        await tx.add(asked)
        await note(tx, stranger(address), "access_ask", asked.id, now)
        there = await admins(tx)
        for one in there:
            await _tell(tx, asked, one.id, now)
        return Asked(request=asked, told=bool(there))


async def tell_of_waiting(tx: Transaction, admin: PersonId, now: datetime) -> None:
    """Owe the first admin the requests that were made while nobody was there to hear of them."""
    for one in await tx.find(AccessRequest, {"decided": None}):
        await _tell(tx, one, admin, now)


async def waiting(store: Store, actor: PersonId, now: datetime) -> list[AccessRequest]:
    """Return the requests that wait, oldest first; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, None)
        return await act.tx.find(AccessRequest, {"decided": None})


async def request_of(store: Store, request: str) -> AccessRequest:
    """Return a request; raises RequestGone."""
    async with store.begin() as tx:
        return await _held(tx, request)


async def approve(
    store: Store, actor: PersonId, request: str, place: Place, now: datetime
) -> Person:
    """Let the asker in and owe him the news.

    Raises NotAllowed, RequestGone, RequestDecided, AlreadyInside, UnitNotStanding.
    """
    async with acting(store, actor, now, DOOR) as act:
        act.require(Action.INVITE, place.unit, request)
        held = await _decide(act, request, approved=True)
        entered = (place.unit, place.role, place.position)
        person = await enter(act.tx, held.address, held.name, entered, now)
        await act.note("access_grant", person.id, f"{place.role.value}:{place.unit}")
        facts = {"role": place.role.value, "unit": act.tree.name(place.unit)}
        await act.owe(person.id, "join_approved", key=f"approved:{request}", facts=facts)
        return person


async def refuse(store: Store, actor: PersonId, request: str, now: datetime) -> AccessRequest:
    """Decline a request, and return it; raises NotAllowed, RequestGone, RequestDecided."""
    async with acting(store, actor, now, DOOR) as act:
        act.require(Action.INVITE, None, request)
        held = await _decide(act, request, approved=False)
        await act.note("access_refuse", request)
        return held


async def _check_asking(tx: Transaction, address: Address, now: datetime) -> None:
    await check_outside(tx, address)
    asked = await tx.find(AccessRequest, {"address": stranger(address)})
    if any(one.decided is None for one in asked):
        raise RequestWaiting
    if sum(one.asked > now - timedelta(days=1) for one in asked) >= A_DAY:
        raise TooManyRequests(limit=A_DAY)


async def _tell(tx: Transaction, asked: AccessRequest, admin: PersonId, now: datetime) -> None:
    facts = {"request": asked.id}
    await owe(tx, admin, "join_request", f"request:{asked.id}:{admin}", facts, now)


async def _held(tx: Transaction, request: str) -> AccessRequest:
    held = await tx.get(AccessRequest, request)
    if held is None:
        raise RequestGone
    return held


async def _decide(act: Acting, request: str, *, approved: bool) -> AccessRequest:
    held = await _held(act.tx, request)
    if held.decided is not None:
        raise RequestDecided(approved=held.decided)
    await act.tx.put(replace(held, decided=approved))
    return held
