"""Whose tasks are whose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from records.actor import UnknownPerson
from records.ids import PersonId, UnitId
from records.model import Person, StandIn, Task
from records.store import Store, Transaction
from scheduler.task_checks import check_task
from services.tasks.assignment import assign
from services.tasks.own import Part, seen_task, tasks_of, tasks_under
from services.tasks.proposal import fresh_proposal
from tests.unit.services.tasks.office import (
    ADMIN,
    AN_HOA,
    BINH_AN,
    CHIEF,
    DEPUTY,
    HUNG,
    INTERIOR,
    LAN,
    MAI,
    NOW,
    OFFICE,
)


async def give(
    store: Store,
    title: str,
    *leads: UnitId,
    support: tuple[UnitId, ...] = (),
    to: tuple[PersonId, ...] = (),
) -> None:
    """Assign a free task."""
    proposal = replace(fresh_proposal(title, "tien_do"), leads=leads, support=support, assignees=to)
    await assign(store, ADMIN, proposal, NOW, check=check_task)


async def person_of(tx: Transaction, person: PersonId) -> Person:
    """Return somebody of the office."""
    held = await tx.get(Person, person)
    assert held is not None
    return held


async def mine(store: Store, person: PersonId, days: int = 0) -> dict[str, Part]:
    """Return what a person has to do, by title."""
    async with store.begin() as tx:
        found = await tasks_of(tx, person, NOW + timedelta(days=days))
    return {one.task.title: one.part for one in found}


async def count(store: Store, person: PersonId, days: int) -> int:
    """Return for how many units and tasks a person reports."""
    async with store.begin() as tx:
        return len(await tasks_of(tx, person, NOW + timedelta(days=days)))


async def test_a_units_task_is_its_officers(office: Store) -> None:
    """Those who lead and those who support see it, each in his part; others do not."""
    await give(office, "A", INTERIOR, support=(AN_HOA,))
    assert await mine(office, LAN) == {"A": Part.LEAD}
    assert await mine(office, HUNG) == {"A": Part.SUPPORT}
    assert await mine(office, MAI) == {}
    assert await mine(office, DEPUTY) == {}


async def test_a_task_for_named_people_is_theirs_alone(office: Store) -> None:
    """Colleagues of the unit do not find it among their own."""
    await give(office, "A", to=(LAN,))
    assert await mine(office, LAN) == {"A": Part.ASSIGNED}
    assert await mine(office, CHIEF) == {}


async def test_a_task_is_seen_by_whom_it_concerns(office: Store) -> None:
    """Who reports and who watches over the unit see it by its id; to others it is not there."""
    await give(office, "A", to=(LAN,))
    async with office.begin() as tx:
        (task,) = await tx.find(Task)
        seen = {
            person: bool(await seen_task(tx, await person_of(tx, person), task.id, NOW))
            for person in (LAN, CHIEF, MAI)
        }
    assert seen == {LAN: True, CHIEF: True, MAI: False}


async def test_a_stand_in_has_the_tasks_of_whom_he_stands_in_for(office: Store) -> None:
    """From the first to the last day, told for whom; each unit that reports stands by itself."""
    away = StandIn(deputy=DEPUTY, since=date(2026, 11, 3), until=date(2026, 11, 5))
    async with office.begin() as tx:
        lan = await tx.get(Person, LAN)
        assert lan is not None
        await tx.put(replace(lan, stand_ins=(away,)))
    await give(office, "A", INTERIOR)
    await give(office, "B", OFFICE, support=(INTERIOR,))
    for days, held in enumerate((1, 3, 3, 3, 1)):
        assert await count(office, DEPUTY, days) == held
    async with office.begin() as tx:
        found = await tasks_of(tx, DEPUTY, NOW + timedelta(days=1))
    assert [(one.task.title, one.instead_of and one.instead_of.id) for one in found] == [
        ("B", None),
        ("B", LAN),
        ("A", LAN),
    ]


async def test_a_supervisor_sees_the_tasks_of_his_subtree(office: Store) -> None:
    """Whoever reports on them; an officer sees his unit's, an admin all."""
    await give(office, "A", INTERIOR, to=(LAN,))
    await give(office, "B", OFFICE)
    await give(office, "C", AN_HOA, BINH_AN)
    seen = {}
    async with office.begin() as tx:
        for who in (CHIEF, MAI, HUNG, ADMIN):
            person = await tx.get(Person, who)
            assert person is not None
            seen[who] = [one.task.title for one in await tasks_under(tx, person, NOW)]
    assert sorted(seen[CHIEF]) == ["A", "B"]
    assert seen[MAI] == seen[HUNG] == ["C"]
    assert sorted(seen[ADMIN]) == ["A", "B", "C", "C"]


async def test_somebody_gone_has_no_tasks(office: Store) -> None:
    """A person without access is nobody."""
    async with office.begin() as tx:
        lan = await tx.get(Person, LAN)
        assert lan is not None
        await tx.put(replace(lan, active=False))
        for gone in (LAN, PersonId("none")):
            with pytest.raises(UnknownPerson):
                await tasks_of(tx, gone, NOW)
