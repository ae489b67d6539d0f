"""Telegram accounts as an admin types them, and a person who changes his: drafts and history stay.

A phone number is no Telegram id, and lets nobody in.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import acting
from records.ids import PersonId
from records.model import Address, Person
from records.reach import found
from records.store import Store
from services.people.entry import DOOR, holder
from services.people.refusals import AccountTaken, AccountWrong, MemberUnknown

_TELEGRAM: Final = re.compile(r"[1-9][0-9]{3,14}")
_PHONE: Final = re.compile(r"(?:\+?84|0)?(?:[35789][0-9]{8}|2[0-9]{9})")
"""A Vietnamese number, its leading 0 kept, lost in Excel, or replaced by the country's code.

Nine digits after the 0, ten for a fixed line. Some Telegram ids look like one; an invitation lets
their holders in as well.
"""


def looks_like_phone(said: str) -> bool:
    """Tell whether what stands for a Telegram id is rather a Vietnamese phone number."""
    return _PHONE.fullmatch(re.sub(r"[\s.()-]", "", said)) is not None


def is_id(said: str) -> bool:
    """Tell whether a text has the form of a Telegram id, be it a phone number or not."""
    return _TELEGRAM.fullmatch(said) is not None


async def check_account(store: Store, person: PersonId, address: Address) -> Person:
    """Return the person who is to have this account; raises what `change_account` raises of it."""
    if not is_id(address.value) or looks_like_phone(address.value):
        raise AccountWrong(said=address.value)
    async with store.begin() as tx:
        held, other = await tx.get(Person, person), await holder(tx, address)
    if held is None:
        raise MemberUnknown
    if other is not None and other.active and other.id != person:
        raise AccountTaken(name=other.name)
    return held


async def change_account(
    store: Store, actor: PersonId, person: PersonId, address: Address, now: datetime
) -> None:
    """Give a person another account of a channel in the place of his own.

    Raises NotAllowed, MemberUnknown, AccountWrong, and AccountTaken if somebody active has it.
    """
    await check_account(store, person, address)
    async with acting(store, actor, now, DOOR, f"person:{person}") as act:
        act.require(Action.MANAGE_PEOPLE, None, person)
        held, other = await act.tx.get(Person, person), await holder(act.tx, address)
        if held is None:
            raise MemberUnknown
        if other is not None and other.id != person:
            if other.active:
                raise AccountTaken(name=other.name)
            kept = tuple(one for one in other.addresses if one.value != address.value)
            await act.tx.put(replace(other, addresses=kept))
        others = tuple(one for one in held.addresses if one.channel != address.channel)
        changed = replace(held, addresses=(address, *others))
        await act.tx.put(found(changed, address.channel))
        await act.note("person_account", person)
