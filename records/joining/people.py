"""People change: role, unit, position, deputies; they leave and the first admins come in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from records.access import Action
from records.acting import Acting, acting
from records.chain import admins
from records.ids import PersonId, UnitId, new_id
from records.joining.arriving import Place, address_lock, arrive, holder, person_name
from records.joining.refusals import LastAdmin, NoSuchPerson, NoSuchUnit, NotADeputy
from records.model import (
    Address,
    AuditEntry,
    Person,
    Role,
    StandIn,
    Unit,
    UnitName,
)
from records.store import Store
from vietnamese.text import fold

SYSTEM: Final = "system"
"""The actor of what the settings ask for."""


async def ensure_admins(
    store: Store, addresses: Iterable[Address], unit_name: str, now: datetime
) -> list[Person]:
    """Enter an admin for each address that nobody has; return those who came in.

    A first unit, to be renamed, is made where there is none. Somebody known by the address is left
    as he is.
    """
    entered = []
    for address in addresses:
        async with store.begin("units", address_lock(address)) as tx:
            if await holder(tx, address) is not None:
                continue
            units = await tx.find(Unit)
            top = (
                units[0]
                if units
                else Unit(id=UnitId(new_id()), kind="unit", names=(UnitName(text=unit_name),))
            )
            if not units:
                await tx.add(top)
            place = Place(unit=top.id, role=Role.ADMIN)
            person = await arrive(tx, address, f"Admin {address.value}", place)
            await tx.add(
                AuditEntry(
                    id=new_id(),
                    at=now,
                    actor=SYSTEM,
                    action="first_admin",
                    subject=person.id,
                    allowed=True,
                )
            )
            entered.append(person)
    return entered


async def find(
    store: Store, actor: PersonId, words: str, now: datetime, *, gone: bool = False
) -> list[Person]:
    """Return the people in the actor's scope whose name, position or unit holds all the words.

    Raises NotAllowed for somebody who may not manage people or see units below his own.
    """
    wanted = fold(words).split()
    async with acting(store, actor, now) as act:
        seen = act.scope
        return sorted(
            (
                one
                for one in await act.tx.find(Person)
                if one.unit in seen
                and (one.active or gone)
                and all(word in _searched(one, act.tree.name(one.unit)) for word in wanted)
            ),
            key=lambda one: fold(one.name.rpartition(" ")[2]),
        )


async def change_role(
    store: Store, actor: PersonId, person: PersonId, role: Role, now: datetime
) -> Person:
    """Give a person another role; raises NotAllowed, NoSuchPerson, LastAdmin."""
    return await _change(store, actor, person, now, lambda one: replace(one, role=role))


async def move(
    store: Store, actor: PersonId, person: PersonId, unit: UnitId, now: datetime
) -> Person:
    """Move a person to another unit; his drafts stay. Raises as `change_role`, and NoSuchUnit."""
    return await _change(store, actor, person, now, lambda one: replace(one, unit=unit))


async def rename(
    store: Store, actor: PersonId, person: PersonId, name: str, now: datetime
) -> Person:
    """Correct a person's name; raises as `change_role`, and NameMissing."""
    kept = person_name(name)
    return await _change(store, actor, person, now, lambda one: replace(one, name=kept))


async def deactivate(store: Store, actor: PersonId, person: PersonId, now: datetime) -> Person:
    """End a person's access; what he wrote stays. Raises as `change_role`."""
    return await _change(store, actor, person, now, lambda one: replace(one, active=False))


async def name_deputy(
    store: Store, actor: PersonId, person: PersonId, stand_in: StandIn, now: datetime
) -> Person:
    """Let somebody stand in for a person from day to day: an admin does, or the person himself.

    Raises NotAllowed, NoSuchPerson, NotADeputy.
    """
    async with acting(store, actor, now, f"person:{person}") as act:
        held = await _held(act, person)
        if person != actor:
            act.require(Action.MANAGE_PEOPLE, held.unit, person)
        deputy = await act.tx.get(Person, stand_in.deputy)
        if (
            deputy is None
            or not deputy.active
            or deputy.id == person
            or stand_in.until < stand_in.since
        ):
            raise NotADeputy
        kept = tuple(one for one in held.stand_ins if not _overlap(one, stand_in))
        changed = replace(held, stand_ins=(*kept, stand_in))
        await act.tx.put(changed)
        await act.note("name_deputy", person, detail=_days(stand_in.since, stand_in.until))
        facts = {
            "name": held.name,
            "since": stand_in.since.isoformat(),
            "until": stand_in.until.isoformat(),
        }
        key = f"{deputy.id}:{person}:deputy:{stand_in.since:%Y%m%d}{stand_in.until:%Y%m%d}"
        await act.owe(deputy.id, "deputy_named", key=key, facts=facts)
        return changed


async def _change(
    store: Store,
    actor: PersonId,
    person: PersonId,
    now: datetime,
    edit: Callable[[Person], Person],
) -> Person:
    async with acting(store, actor, now, "roles", f"person:{person}") as act:
        held = await _held(act, person)
        act.require(Action.MANAGE_PEOPLE, held.unit, person)
        changed = edit(held)
        if not act.tree.standing(changed.unit):
            raise NoSuchUnit
        if held.role is Role.ADMIN and (changed.role is not Role.ADMIN or not changed.active):
            await _somebody_else_lets_in(act, held)
        if changed != held:
            await act.tx.put(changed)
            await act.note("change_person", person, detail=_what(held, changed))
        return changed


async def _somebody_else_lets_in(act: Acting, held: Person) -> None:
    if not any(one.id != held.id for one in await admins(act.tx)):
        raise LastAdmin


async def _held(act: Acting, person: PersonId) -> Person:
    held = await act.tx.get(Person, person)
    if held is None:
        raise NoSuchPerson
    return held


def _what(held: Person, changed: Person) -> str:
    """Name what changed, by ids and names of roles: no personal content in the audit log."""
    parts = []
    if held.role is not changed.role:
        parts.append(f"role {held.role} {changed.role}")
    if held.unit != changed.unit:
        parts.append(f"unit {held.unit} {changed.unit}")
    if held.active != changed.active:
        parts.append("active" if changed.active else "inactive")
    return ", ".join(parts) or "name"


def _searched(person: Person, unit: str) -> str:
    return fold(f"{person.name} {person.position} {unit}")


def _overlap(one: StandIn, other: StandIn) -> bool:
    return one.since <= other.until and other.since <= one.until


def _days(since: date, until: date) -> str:
    return f"{since.isoformat()} {until.isoformat()}"
