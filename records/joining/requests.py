"""A stranger asks to be let in; the admins are told, and one of them decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from records.access import Action
from records.acting import acting
from records.chain import admins
from records.ids import PersonId, new_id
from records.joining.arriving import Place, address_lock, arrive, holder
from records.joining.refusals import (
    AlreadyIn,
    NameMissing,
    NoSuchUnit,
    RequestDecided,
    TooManyRequests,
    UnknownRequest,
)
from records.model import AccessRequest, Address, OutboxMessage, Person
from records.store import Store, Transaction

A_DAY: Final = 3
"""Requests of one stranger in a day."""

LONGEST: Final = 300
"""Characters in which a stranger says who he is."""


async def ask(store: Store, address: Address, name: str, said: str, now: datetime) -> AccessRequest:
    """Keep a request and tell every admin.

    Raises AlreadyIn, NameMissing, TooManyRequests while another waits or after too many.
    """
    words = " ".join(said.split())
    if not 1 <= len(words) <= LONGEST:
        raise NameMissing(limit=LONGEST)
    async with store.begin(address_lock(address)) as tx:
        known = await holder(tx, address)
        if known is not None and known.active:
            raise AlreadyIn
        earlier = await _of(tx, address)
        recent = [one for one in earlier if one.asked > now - timedelta(days=1)]
        if len(recent) >= A_DAY or any(one.decided is None for one in earlier):
            raise TooManyRequests(limit=A_DAY)
        asked = AccessRequest(id=new_id(), address=address, name=name, asked=now, said=words)
        await tx.add(asked)
        for admin in await admins(tx):
            facts = {"request": asked.id, "name": name, "said": words}
            await tx.add(_message(f"{admin.id}:{asked.id}", admin, "access_asked", facts, now))
        return asked


async def look(store: Store, actor: PersonId, request: str, now: datetime) -> AccessRequest:
    """Return a request that waits; raises NotAllowed, UnknownRequest, RequestDecided."""
    async with acting(store, actor, now) as act:
        act.require(Action.INVITE, None, request)
        return _waiting(await act.tx.get(AccessRequest, request))


async def let_in(
    store: Store, actor: PersonId, request: str, place: Place, now: datetime
) -> Person:
    """Let a stranger in, and owe him the news.

    Raises NotAllowed, UnknownRequest, RequestDecided, NoSuchUnit, AlreadyIn.
    """
    async with store.begin() as tx:
        held = _waiting(await tx.get(AccessRequest, request))
    async with acting(store, actor, now, f"request:{request}", address_lock(held.address)) as act:
        act.require(Action.INVITE, place.unit)
        held = _waiting(await act.tx.get(AccessRequest, request))
        if not act.tree.standing(place.unit):
            raise NoSuchUnit
        person = await arrive(act.tx, held.address, held.name, place)
        await act.tx.put(replace(held, decided=True))
        await act.note("let_in", person.id, detail=f"{place.role} {place.unit}")
        facts = {"unit": act.tree.name(place.unit), "role": place.role.value}
        await act.owe(person.id, "access_given", key=f"{person.id}:{request}:in", facts=facts)
        return person


async def turn_down(store: Store, actor: PersonId, request: str, now: datetime) -> AccessRequest:
    """Turn a stranger down; he is not written to. Raises as `look` does."""
    async with acting(store, actor, now, f"request:{request}") as act:
        act.require(Action.INVITE, None, request)
        held = _waiting(await act.tx.get(AccessRequest, request))
        await act.tx.put(replace(held, decided=False))
        await act.note("turn_down", request)
        return held


async def _of(tx: Transaction, address: Address) -> Sequence[AccessRequest]:
    return await tx.find(AccessRequest, {"address": f"{address.channel}:{address.value}"})


def _waiting(held: AccessRequest | None) -> AccessRequest:
    if held is None:
        raise UnknownRequest
    if held.decided is not None:
        raise RequestDecided
    return held


def _message(
    key: str, person: Person, template: str, facts: dict[str, str], now: datetime
) -> OutboxMessage:
    return OutboxMessage(key=key, person=person.id, template=template, facts=facts, created=now)
