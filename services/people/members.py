"""People and their rights: found, changed, let go, and stood in for; each change is in the log."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import leave, lock
from records.ids import PersonId, UnitId
from records.model import Person, Role, StandIn
from records.store import Store
from services.people.admins import admins
from services.people.entry import DOOR, clean_name
from services.people.refusals import (
    DeputyUnfit,
    LastAdmin,
    MemberUnknown,
    StandInDays,
    UnitNotStanding,
)
from vietnamese.text import fold
from vietnamese.zone import day_of

LONGEST_STAND_IN: Final = 366
"""Days for which somebody may stand in; a longer absence is a change of office."""

POSITION_LENGTH: Final = 120
"""Characters of a position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person, with the words for his unit and for those who stand in for him."""

    person: Person
    unit: str
    deputies: tuple[tuple[str, StandIn], ...] = ()
    """Who stands in, now or later: name and days."""
    managed: bool = False
    """Whether who looks may change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What to change of a person; None leaves it."""

    name: str | None = None
    position: str | None = None
    role: Role | None = None
    unit: UnitId | None = None
    active: bool | None = None


async def members(store: Store, actor: PersonId, words: str, now: datetime) -> list[Member]:
    """Return the people whose name, position or unit holds the words; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        act.require(Action.MANAGE_PEOPLE, None)
        return _matching(act, await act.tx.find(Person), words)


async def colleagues(store: Store, actor: PersonId, words: str, now: datetime) -> list[Member]:
    """Return the active people who could stand in for the actor; raises NotAllowed."""
    async with acting(store, actor, now) as act:
        _require_own_deputy(act)
        found = [
            one
            for one in await act.tx.find(Person)
            if one.active and one.id != act.actor.id and one.unit in act.scope
        ]
        return _matching(act, found, words)


async def names_of_all(store: Store) -> dict[PersonId, str]:
    """Return what everybody is called, who has left too."""
    async with store.begin() as tx:
        return {one.id: one.name for one in await tx.find(Person)}


async def member(store: Store, actor: PersonId, person: PersonId, now: datetime) -> Member:
    """Return one person; raises NotAllowed, MemberUnknown."""
    async with acting(store, actor, now) as act:
        if person != actor:
            act.require(Action.MANAGE_PEOPLE, None, person)
        return await _described(act, await _held(act, person))


async def change(
    store: Store, actor: PersonId, person: PersonId, wanted: Change, now: datetime
) -> Member:
    """Change a person and owe him the news of other rights; a draft he has begun stays his.

    Raises NotAllowed, MemberUnknown, NameMissing, UnitNotStanding, LastAdmin.
    """
    async with acting(store, actor, now, DOOR, f"person:{person}", lock(person)) as act:
        act.require(Action.MANAGE_PEOPLE, None, person)
        held = await _held(act, person)
        changed = _changed(act, held, wanted)
        if _rules(held) and not _rules(changed) and not await _other_admin(act, held):
            raise LastAdmin
        if changed != held:
            await act.tx.put(changed)
            await note_changes(act, held, changed)
        return await _described(act, changed)


async def stand_in(
    store: Store, actor: PersonId, person: PersonId, wanted: StandIn, now: datetime
) -> Member:
    """Name who acts for a person: an admin for anybody, a supervisor for himself.

    Raises NotAllowed, MemberUnknown, DeputyUnfit, StandInDays.
    """
    async with acting(store, actor, now, f"person:{person}") as act:
        held = await _to_stand_in_for(act, person)
        deputy = await act.tx.get(Person, wanted.deputy)
        if deputy is None or not deputy.active or deputy.id == person:
            raise DeputyUnfit
        if actor == person and deputy.unit not in act.scope:
            raise DeputyUnfit
        _check_days(wanted, now)
        kept = tuple(one for one in held.stand_ins if one.deputy != wanted.deputy)
        changed = replace(held, stand_ins=(*kept, wanted))
        await act.tx.put(changed)
        days = f"{wanted.since:%Y-%m-%d}..{wanted.until:%Y-%m-%d}"
        await act.note("stand_in", person, f"{deputy.id}:{days}")
        facts = {
            "principal": held.name,
            "since": wanted.since.isoformat(),
            "until": wanted.until.isoformat(),
        }
        key = f"stand-in:{person}:{deputy.id}:{days}"
        await act.owe(deputy.id, "join_stand_in", key=key, facts=facts)
        return await _described(act, changed)


async def end_stand_ins(store: Store, actor: PersonId, person: PersonId, now: datetime) -> Member:
    """Let nobody stand in for a person any more; raises NotAllowed, MemberUnknown."""
    async with acting(store, actor, now, f"person:{person}") as act:
        held = await _to_stand_in_for(act, person)
        changed = replace(held, stand_ins=())
        await act.tx.put(changed)
        await act.note("stand_in_end", person)
        return await _described(act, changed)


def _matching(act: Acting, people: Iterable[Person], words: str) -> list[Member]:
    wanted = fold(words).split()
    found = []
    for one in people:
        unit = act.tree.name(one.unit)
        text = fold(f"{one.name} {one.position} {unit}")
        if all(word in text for word in wanted):
            found.append(Member(person=one, unit=unit))
    return sorted(found, key=lambda each: (not each.person.active, fold(_given_first(each))))


def _given_first(each: Member) -> str:
    """Order Vietnamese names as a register does: by the given name, which stands last."""
    first, _, given = each.person.name.rpartition(" ")
    return f"{given} {first}"


def _changed(act: Acting, held: Person, wanted: Change) -> Person:
    if wanted.unit is not None and not act.tree.standing(wanted.unit):
        raise UnitNotStanding
    position = held.position if wanted.position is None else " ".join(wanted.position.split())
    return replace(
        held,
        name=held.name if wanted.name is None else clean_name(wanted.name),
        position=position[:POSITION_LENGTH],
        role=wanted.role or held.role,
        unit=wanted.unit or held.unit,
        active=held.active if wanted.active is None else wanted.active,
    )


async def note_changes(act: Acting, before: Person, after: Person) -> None:
    """Write to the audit log what changed, and owe the person the news of other rights."""
    if before.name != after.name:
        await act.note("person_name", after.id)
    if before.position != after.position:
        await act.note("person_position", after.id)
    if before.role is not after.role:
        await act.note("person_role", after.id, f"{before.role.value}:{after.role.value}")
    if before.unit != after.unit:
        await act.note("person_unit", after.id, f"{before.unit}:{after.unit}")
    if before.active and not after.active:
        await act.note("person_off", after.id)
        await leave(act.tx, after.id)
    if after.active and not before.active:
        await act.note("person_on", after.id)
    moved = before.role is not after.role or before.unit != after.unit or not before.active
    if moved and after.active and after.id != act.actor.id:
        facts = {"role": after.role.value, "unit": act.tree.name(after.unit)}
        key = f"rights:{after.id}:{act.now:%Y%m%d%H%M%S%f}"
        await act.owe(after.id, "join_changed", key=key, facts=facts)


def _rules(person: Person) -> bool:
    return person.active and person.role is Role.ADMIN


async def _other_admin(act: Acting, person: Person) -> bool:
    return any(one.id != person.id for one in await admins(act.tx))


def _require_own_deputy(act: Acting) -> None:
    """Only who decides for others is stood in for: a supervisor or an admin."""
    if act.actor.role is Role.OFFICER:
        act.require(Action.MANAGE_PEOPLE, None, act.actor.id)


async def _to_stand_in_for(act: Acting, person: PersonId) -> Person:
    if person == act.actor.id:
        _require_own_deputy(act)
    else:
        act.require(Action.MANAGE_PEOPLE, None, person)
    return await _held(act, person)


def _check_days(wanted: StandIn, now: datetime) -> None:
    today = day_of(now)
    long = wanted.until - wanted.since >= timedelta(days=LONGEST_STAND_IN)
    if wanted.until < max(today, wanted.since) or long:
        raise StandInDays(limit=LONGEST_STAND_IN)


async def _held(act: Acting, person: PersonId) -> Person:
    held = await act.tx.get(Person, person)
    if held is None:
        raise MemberUnknown
    return held


async def _described(act: Acting, person: Person) -> Member:
    today: date = day_of(act.now)
    coming = [one for one in person.stand_ins if one.until >= today]
    named = [(await act.tx.get(Person, one.deputy), one) for one in coming]
    return Member(
        person=person,
        unit=act.tree.name(person.unit),
        deputies=tuple((who.name, one) for who, one in named if who is not None),
        managed=act.may(Action.MANAGE_PEOPLE, person.unit),
    )
