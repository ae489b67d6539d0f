"""The first admins: whom the operator names, or who opens the claim that the start prints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from records.actor import tree_of
from records.ids import InvitationId, PersonId, UnitId, new_id
from records.model import Address, Invitation, Person, Role, Unit, UnitName
from records.store import Store, Transaction
from services.people.admins import admins
from services.people.entry import DOOR, OPERATOR, holder, note
from services.people.invitations import digest_of, fresh_code
from services.people.requests import tell_of_waiting

CLAIM_LIFETIME: Final = timedelta(minutes=30)
"""How long a claim holds: time to fetch the phone, not to leave the link lying about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstNames:
    """What a first admin and the first unit are called until an admin renames them."""

    person: str
    unit: str
    kind: str


async def ensure_admins(
    store: Store, addresses: Iterable[Address], names: FirstNames, now: datetime
) -> tuple[Person, ...]:
    """Let in as admins those who have no record here yet; return them.

    They belong to the first top unit, which is made if there is none. Who is here already keeps
    the role that admins gave him, unless no active admin is left: then he is one again.
    """
    async with store.begin(DOOR) as tx:
        orphaned = not await admins(tx)
        made = []
        for address in addresses:
            held = await holder(tx, address)
            if held is not None and not orphaned:
                continue
            person = held or await _fresh(tx, address, names, now)
            person = replace(person, role=Role.ADMIN, active=True)
            await tx.put(person)
            await note(tx, OPERATOR, "first_admin", person.id, now)
            if orphaned:
                await tell_of_waiting(tx, person.id, now)
            made.append(person)
        return tuple(made)


async def claim(store: Store, names: FirstNames, now: datetime) -> str | None:
    """Make a way in for the first admin and return its code; None where there is an admin.

    It is an invitation that holds for CLAIM_LIFETIME, and while nobody is admin.
    """
    async with store.begin(DOOR) as tx:
        if await admins(tx):
            return None
        code = fresh_code()
        invitation = Invitation(
            id=InvitationId(new_id()),
            digest=digest_of(code),
            unit=await _top(tx, names, now),
            role=Role.ADMIN,
            made_by=OPERATOR,
            expires=now + CLAIM_LIFETIME,
        )
        await tx.add(invitation)
        await note(tx, OPERATOR, "claim", invitation.id, now)
        return code


async def _fresh(tx: Transaction, address: Address, names: FirstNames, now: datetime) -> Person:
    unit = await _top(tx, names, now)
    return Person(
        id=PersonId(new_id()), name=names.person, unit=unit, role=Role.ADMIN, addresses=(address,)
    )


async def _top(tx: Transaction, names: FirstNames, now: datetime) -> UnitId:
    tops = (await tree_of(tx, now)).tops
    if tops:
        return tops[0]
    unit = Unit(id=UnitId(new_id()), kind=names.kind, names=(UnitName(text=names.unit),))
    await tx.add(unit)
    await note(tx, OPERATOR, "unit_add", unit.id, now)
    return unit.id
