"""A directive goes out once to each, is acknowledged once by each, and who has not is known."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.acknowledging import acknowledge as acknowledging
from records.acknowledging import sending_out, standing
from records.acknowledging.refusals import (
    NobodyToTell,
    NoSuchBroadcast,
    NotAddressed,
    NotThatUnitsClause,
)
from records.acting import NotAllowed
from records.embedded.store import EmbeddedStore
from records.ids import PersonId, UnitId
from records.model import (
    Acknowledgement,
    AuditEntry,
    Broadcast,
    Delivery,
    OutboxMessage,
    Person,
    Role,
    Stance,
    Unit,
    UnitName,
)
from scheduler.acknowledgements import plan_acknowledgements

NOW = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
"""A Thursday."""

ADMIN, HEAD, LAN, MAI = PersonId("admin"), PersonId("hung"), PersonId("lan"), PersonId("mai")
ANNOUNCED = sending_out.Announced(
    id="first",
    file="a.md",
    citation="Chỉ thị số 1",
    units=(UnitId("a"), UnitId("b")),
    clauses={"a": ("II.1", "II.2"), "b": ("II.3",)},
)


def unit(key: str) -> Unit:
    """Return a unit."""
    return Unit(id=UnitId(key), kind="xã", names=(UnitName(text=f"Xã {key}"),))


def person(key: PersonId, home: str, role: Role = Role.OFFICER) -> Person:
    """Return somebody."""
    return Person(id=key, name=key.title(), unit=UnitId(home), role=role)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    """Give three units: one with a head and an officer, one with an officer, one with nobody."""
    held = await EmbeddedStore.open(tmp_path)
    people = (
        person(ADMIN, "top", Role.ADMIN),
        person(HEAD, "a", Role.SUPERVISOR),
        person(LAN, "a"),
        person(MAI, "b"),
    )
    async with held.begin() as tx:
        for one in (unit("top"), unit("a"), unit("b"), unit("empty")):
            await tx.add(one)
        for one_person in people:
            await tx.add(one_person)
    yield held
    await held.close()


async def sent_already(store: EmbeddedStore) -> None:
    """Let all that is owed be sent."""
    async with store.begin() as tx:
        for row in await tx.find(OutboxMessage):
            await tx.put(replace(row, state=Delivery.SENT))


async def owed(store: EmbeddedStore) -> list[str]:
    """Return the keys of what is owed."""
    async with store.begin() as tx:
        return sorted(one.key for one in await tx.find(OutboxMessage))


async def test_everybody_of_the_units_is_owed_one_message(store: EmbeddedStore) -> None:
    """Written again after a cut nothing is owed twice, and nothing is left out."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    keys = [f"broadcast:{sent.id}:{one}" for one in (HEAD, LAN, MAI)]
    assert await owed(store) == sorted(keys)
    async with store.begin() as tx:
        await tx.remove(OutboxMessage, keys[1])
    assert await sending_out.complete(store, sent, NOW) == {LAN}
    assert await owed(store) == sorted(keys)


async def test_only_admins_send_out(store: EmbeddedStore) -> None:
    """A try is on record; units without people are nobody to tell."""
    with pytest.raises(NotAllowed):
        await sending_out.send_out(store, HEAD, ANNOUNCED, NOW)
    nobody = replace(ANNOUNCED, units=(UnitId("empty"),))
    with pytest.raises(NobodyToTell):
        await sending_out.send_out(store, ADMIN, nobody, NOW)
    async with store.begin() as tx:
        assert await tx.find(Broadcast) == []
        assert [one.allowed for one in await tx.find(AuditEntry)] == [False]


async def test_who_acknowledged_is_known(store: EmbeddedStore) -> None:
    """Once is enough; the state counts by unit, and who came later is asked too."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    assert await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    assert not await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    async with store.begin() as tx:
        await tx.add(person(PersonId("new"), "b"))
        await tx.put(replace(person(MAI, "b"), unreachable=NOW))
    found = await standing.state(store, ADMIN, sent.id, NOW)
    assert [
        (one.unit, one.tally.acknowledged, one.tally.waiting, one.tally.unreached)
        for one in found.units
    ] == [
        ("b", 0, 1, 1),
        ("a", 1, 1, 0),
    ]
    assert (found.tally.acknowledged, found.tally.waiting, found.tally.unreached) == (1, 2, 1)
    assert await sending_out.complete(store, sent, NOW) == {PersonId("new")}


async def test_a_person_who_left_is_not_waited_for(store: EmbeddedStore) -> None:
    """Nor one who moved to a unit that it was not sent to; he cannot acknowledge it either."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    async with store.begin() as tx:
        await tx.put(replace(person(LAN, "a"), active=False))
        await tx.put(person(MAI, "top"))
    async with store.begin() as tx:
        assert [one.id for one in await sending_out.unacknowledged(tx, sent)] == [HEAD]
    with pytest.raises(NotAddressed):
        await acknowledging.acknowledge(store, MAI, sent.id, NOW)
    with pytest.raises(NoSuchBroadcast):
        await acknowledging.acknowledge(store, HEAD, "nothing", NOW)


async def test_a_lead_says_whose_a_clause_is(store: EmbeddedStore) -> None:
    """The last word counts; where a unit has no head its officer speaks."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.1", Stance.ASK, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.1", Stance.NOT_OURS, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.2", Stance.OURS, NOW)
    await acknowledging.take_stance(store, MAI, sent.id, "II.3", Stance.ASK, NOW)
    found = await standing.state(store, ADMIN, sent.id, NOW)
    assert [(one.unit, one.clause, one.stance) for one in found.objected] == [
        ("Xã a", "II.1", Stance.NOT_OURS),
        ("Xã b", "II.3", Stance.ASK),
    ]
    async with store.begin() as tx:
        assert len(await sending_out.unacknowledged(tx, sent)) == 3


@pytest.mark.parametrize(("who", "clause"), [(LAN, "II.1"), (HEAD, "II.3"), (HEAD, "IX")])
async def test_others_do_not_speak_for_a_unit(
    store: EmbeddedStore, who: PersonId, clause: str
) -> None:
    """Not an officer beside his head, not on another unit's clause, not on one that is none."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    with pytest.raises(NotThatUnitsClause):
        await acknowledging.take_stance(store, who, sent.id, clause, Stance.OURS, NOW)
    async with store.begin() as tx:
        assert await tx.find(Acknowledgement) == []


async def test_an_urge_reaches_who_is_missing_once_a_day(store: EmbeddedStore) -> None:
    """Not who has acknowledged, nor who is not reached, nor before the directive itself came."""
    sent = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    assert await sending_out.urge(store, ADMIN, sent.id, NOW) == 0
    await sent_already(store)
    await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    assert await sending_out.urge(store, ADMIN, sent.id, NOW) == 2
    assert await sending_out.urge(store, ADMIN, sent.id, NOW) == 0
    async with store.begin() as tx:
        await tx.put(replace(person(MAI, "b"), unreachable=NOW))
        row = await tx.get(OutboxMessage, f"broadcast:{sent.id}:{HEAD}:urge:20261105")
    assert row is not None
    assert (row.template, row.priority, row.quiet) == ("ack_urged", -10, True)
    assert await sending_out.urge(store, ADMIN, sent.id, NOW + timedelta(days=1)) == 1
    with pytest.raises(NotAllowed):
        await sending_out.urge(store, HEAD, sent.id, NOW)


async def test_reminders_come_on_their_days_in_one_message(store: EmbeddedStore) -> None:
    """After three, seven and fourteen days, on working days, until it is acknowledged."""
    first = await sending_out.send_out(store, ADMIN, ANNOUNCED, NOW)
    second = await sending_out.send_out(
        store, ADMIN, replace(ANNOUNCED, id="second", file="b.md"), NOW
    )
    await acknowledging.acknowledge(store, LAN, first.id, NOW)
    days = []
    for ahead in range(30):
        await plan_acknowledgements(store, NOW + timedelta(days=ahead))
        days += [key for key in await owed(store) if key.startswith("ack_remind:lan")]
    assert sorted(set(days)) == [
        "ack_remind:lan:20261109",
        "ack_remind:lan:20261112",
        "ack_remind:lan:20261119",
    ]
    async with store.begin() as tx:
        row = await tx.get(OutboxMessage, "ack_remind:hung:20261109")
        own = await tx.get(OutboxMessage, "ack_remind:lan:20261109")
    assert row is not None
    assert own is not None
    assert (row.facts["broadcasts"], own.facts["broadcasts"]) == (
        (first.id, second.id),
        (second.id,),
    )
