"""Who is out of reach is told in one list; who comes for the first time is not back."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from records.ids import PersonId, UnitId
from records.model import TELEGRAM, Address, Delivery, OutboxMessage, Person, Role, Unit, UnitName
from records.reach import lost
from scheduler.reachability import (
    GATHERED,
    UNREACHABLE,
    came_back,
    out_of_reach,
    tell_those_who_rely,
)
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 23, 7, 0, 2, tzinfo=ZONE)
UNIT = UnitId("xa")


def person(name: str, role: Role = Role.OFFICER) -> Person:
    """Return somebody of the unit with a Telegram id."""
    chat = (Address(channel=TELEGRAM, value=name),)
    return Person(id=PersonId(name), name=name, unit=UNIT, role=role, addresses=chat)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give a unit with a leader and sixty officers who never pressed Start."""
    held = await EmbeddedStore.open(tmp_path)
    async with held.begin() as tx:
        await tx.add(Unit(id=UNIT, kind="xã", names=(UnitName(text="Xã An Hòa"),)))
        for one in (person("hung", Role.SUPERVISOR), *(person(f"o{n:02}") for n in range(60))):
            await tx.add(one)
    yield held
    await held.close()


async def test_sixty_who_never_pressed_start_are_one_list(store: EmbeddedStore) -> None:
    """The leader reads their names in one message; who came meanwhile is not among them."""
    for n in range(60):
        async with store.begin() as tx:
            held = await tx.get(Person, PersonId(f"o{n:02}"))
            assert held is not None
            await tx.put(lost(held, TELEGRAM, NOW + timedelta(milliseconds=30 * n)))
            await tell_those_who_rely(tx, held, NOW + timedelta(milliseconds=30 * n))
    assert await came_back(store, PersonId("o07"), TELEGRAM, NOW + timedelta(seconds=20))
    async with store.begin() as tx:
        (row,) = await tx.find(OutboxMessage)
    assert (row.template, row.person) == (UNREACHABLE, "hung")
    assert row.not_before == NOW.replace(second=0) + GATHERED
    listed = await out_of_reach(store, row, NOW + timedelta(minutes=1))
    assert [one.name for one in listed] == [f"o{n:02}" for n in range(60) if n != 7]
    assert {one.unit for one in listed} == {"Xã An Hòa"}


@pytest.mark.parametrize("reached", [True, False])
async def test_only_whom_a_message_had_reached_is_back(store: EmbeddedStore, reached: bool) -> None:
    """Of what the others missed their first `/start` tells."""
    me = person("o00")
    async with store.begin() as tx:
        await tx.put(lost(me, TELEGRAM, NOW))
        for key, state in (("missed", Delivery.UNREACHABLE), ("had", Delivery.SENT)):
            if state is Delivery.UNREACHABLE or reached:
                row = OutboxMessage(
                    key=key,
                    person=me.id,
                    template="t",
                    facts={},
                    created=NOW,
                    state=state,
                    settled=NOW,
                )
                await tx.add(row)
    assert await came_back(store, me.id, TELEGRAM, NOW + timedelta(days=1))
    async with store.begin() as tx:
        owed = [one.template for one in await tx.find(OutboxMessage, {"state": Delivery.OWED})]
    assert owed == (["catch_up"] if reached else [])


async def test_an_old_row_names_its_one_person(store: EmbeddedStore) -> None:
    """Written by a version before, and still owed."""
    row = OutboxMessage(
        key="k",
        person=PersonId("hung"),
        template=UNREACHABLE,
        facts={"name": "Mai", "unit": "Xã"},
        created=NOW,
    )
    assert [(one.name, one.unit) for one in await out_of_reach(store, row, NOW)] == [("Mai", "Xã")]
