"""A directive goes out once to each, is acknowledged once by each, and who has not is known."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.actor import NotAllowed, UnknownPerson
from records.ids import PersonId, UnitId
from records.model import (
    Acknowledgement,
    AuditEntry,
    Broadcast,
    Delivery,
    Mark,
    OutboxMessage,
    Person,
    Role,
    Stance,
    StandIn,
    Unit,
    UnitName,
)
from scheduler.acknowledgements import plan_acknowledgements
from scheduler.planner import USUAL_HOUR
from services.broadcasts import acknowledgement as acknowledging
from services.broadcasts import dispatch, progress
from services.broadcasts.refusals import (
    NobodyToTell,
    NoSuchBroadcast,
    NotAddressed,
    NotThatUnitsClause,
)
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
"""A Thursday."""

ADMIN, HEAD, LAN, MAI = PersonId("admin"), PersonId("hung"), PersonId("lan"), PersonId("mai")
ANNOUNCED = dispatch.Announced(
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
    assert not await dispatch.is_sent(store, ANNOUNCED.id)
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    assert await dispatch.is_sent(store, ANNOUNCED.id)
    keys = [f"broadcast:{sent.id}:{one}" for one in (HEAD, LAN, MAI)]
    assert await owed(store) == sorted(keys)
    async with store.begin() as tx:
        await tx.remove(OutboxMessage, keys[1])
    assert await dispatch.complete(store, sent, NOW) == {LAN}
    assert await owed(store) == sorted(keys)


async def test_confirmed_twice_it_is_one_sending(store: EmbeddedStore) -> None:
    """Also at the same moment, or with other units by then: what was recorded first stands."""
    first, second = await asyncio.gather(
        dispatch.send_out(store, ADMIN, ANNOUNCED, NOW),
        dispatch.send_out(store, ADMIN, ANNOUNCED, NOW),
    )
    changed = replace(ANNOUNCED, units=(UnitId("top"),))
    assert first == second == await dispatch.send_out(store, ADMIN, changed, NOW)
    assert len(await owed(store)) == 3
    async with store.begin() as tx:
        assert len(await tx.find(Broadcast)) == 1
        assert [one.action for one in await tx.find(AuditEntry)] == ["broadcast"]


async def test_a_sending_cut_short_goes_on_at_the_next_planning(store: EmbeddedStore) -> None:
    """On a Sunday too: its people are told of it, nobody is reminded of anything."""
    sunday = NOW + timedelta(days=3)
    await dispatch.send_out(store, ADMIN, ANNOUNCED, sunday)
    async with store.begin() as tx:
        await tx.remove(Mark, "broadcast:first")
        await tx.remove(OutboxMessage, f"broadcast:first:{MAI}")
    assert await plan_acknowledgements(store, sunday) == 1
    assert await plan_acknowledgements(store, sunday) == 0
    assert await owed(store) == sorted(f"broadcast:first:{one}" for one in (HEAD, LAN, MAI))


async def test_who_came_later_is_told_and_not_reminded_the_same_day(store: EmbeddedStore) -> None:
    """For as long as a sending is fresh; after that nobody is told of it afresh."""
    await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    async with store.begin() as tx:
        await tx.add(person(PersonId("new"), "b"))
    await plan_acknowledgements(store, NOW + timedelta(days=7))
    keys = await owed(store)
    assert "broadcast:first:new" in keys
    assert f"ack_remind:{MAI}:20261112" in keys
    assert "ack_remind:new:20261112" not in keys
    async with store.begin() as tx:
        await tx.add(person(PersonId("late"), "b"))
    await plan_acknowledgements(store, NOW + timedelta(days=60))
    assert "broadcast:first:late" not in await owed(store)


async def test_a_reminder_lists_all_that_one_owes(store: EmbeddedStore) -> None:
    """The third day of one sending brings the other up too, though its own day is another."""
    await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    later = replace(ANNOUNCED, id="second", file="b.md")
    await dispatch.send_out(store, ADMIN, later, NOW + timedelta(days=1))
    await plan_acknowledgements(store, NOW + timedelta(days=7))
    async with store.begin() as tx:
        row = await tx.get(OutboxMessage, f"ack_remind:{LAN}:20261112")
    assert row is not None
    assert row.facts["broadcasts"] == ("first", "second")
    assert row.not_before == datetime(2026, 11, 12, USUAL_HOUR, tzinfo=ZONE)


async def test_a_week_without_the_assistant_is_made_up_for_once(store: EmbeddedStore) -> None:
    """Two steps have passed; one reminder comes; a clock put back takes back what lies ahead."""
    await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    await plan_acknowledgements(store, NOW + timedelta(days=1))
    await plan_acknowledgements(store, NOW + timedelta(days=8))
    await plan_acknowledgements(store, NOW + timedelta(days=4))
    assert [one for one in await owed(store) if one.startswith(f"ack_remind:{LAN}")] == [
        f"ack_remind:{LAN}:20261109"
    ]


async def test_only_admins_send_out(store: EmbeddedStore) -> None:
    """A try is on record; units without people are nobody to tell."""
    with pytest.raises(NotAllowed):
        await dispatch.send_out(store, HEAD, ANNOUNCED, NOW)
    nobody = replace(ANNOUNCED, units=(UnitId("empty"),))
    with pytest.raises(NobodyToTell):
        await dispatch.send_out(store, ADMIN, nobody, NOW)
    async with store.begin() as tx:
        assert await tx.find(Broadcast) == []
        assert [one.allowed for one in await tx.find(AuditEntry)] == [False]


async def test_who_acknowledged_is_known(store: EmbeddedStore) -> None:
    """Once is enough; the state counts by unit, and who came later is asked too."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    assert await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    assert not await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    async with store.begin() as tx:
        await tx.add(person(PersonId("new"), "b"))
        await tx.put(replace(person(MAI, "b"), unreachable=NOW))
    found = await progress.state(store, ADMIN, sent.id, NOW)
    assert [
        (one.unit, one.tally.acknowledged, one.tally.waiting, one.tally.unreached)
        for one in found.units
    ] == [
        ("b", 0, 1, 1),
        ("a", 1, 1, 0),
    ]
    assert (found.tally.acknowledged, found.tally.waiting, found.tally.unreached) == (1, 2, 1)
    assert await dispatch.complete(store, sent, NOW) == {PersonId("new")}


async def test_a_person_who_left_is_not_waited_for(store: EmbeddedStore) -> None:
    """Nor one who moved to a unit that it was not sent to; he cannot acknowledge it either."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    async with store.begin() as tx:
        await tx.put(replace(person(LAN, "a"), active=False))
        await tx.put(person(MAI, "top"))
    async with store.begin() as tx:
        assert [one.id for one in await dispatch.unacknowledged(tx, sent)] == [HEAD]
    with pytest.raises(NotAddressed):
        await acknowledging.acknowledge(store, MAI, sent.id, NOW)
    with pytest.raises(NoSuchBroadcast):
        await acknowledging.acknowledge(store, HEAD, "nothing", NOW)


async def test_a_lead_says_whose_a_clause_is(store: EmbeddedStore) -> None:
    """The last word counts; where a unit has no head its officer speaks."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.1", Stance.ASK, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.1", Stance.NOT_OURS, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.2", Stance.OURS, NOW)
    await acknowledging.take_stance(store, MAI, sent.id, "II.3", Stance.ASK, NOW)
    found = await progress.state(store, ADMIN, sent.id, NOW)
    assert [(one.unit, one.clause, one.stance) for one in found.objected] == [
        ("Xã a", "II.1", Stance.NOT_OURS),
        ("Xã b", "II.3", Stance.ASK),
    ]
    async with store.begin() as tx:
        assert len(await dispatch.unacknowledged(tx, sent)) == 3


async def test_what_is_said_belongs_to_its_sending(store: EmbeddedStore) -> None:
    """The file sent out again begins anew; what was read then is read for the first one too."""
    first = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    await acknowledging.acknowledge(store, LAN, first.id, NOW)
    await acknowledging.take_stance(store, HEAD, first.id, "II.1", Stance.ASK, NOW)
    later = NOW + timedelta(days=1)
    second = await dispatch.send_out(store, ADMIN, replace(ANNOUNCED, id="second"), later)
    found = await progress.state(store, ADMIN, second.id, later)
    assert (found.tally.acknowledged, found.objected) == (0, ())
    await acknowledging.acknowledge(store, MAI, second.id, later)
    assert (await progress.state(store, ADMIN, first.id, later)).tally.acknowledged == 2
    listed, total = await progress.broadcasts(store, ADMIN, later, slice(0, 1))
    assert ([one.broadcast.id for one in listed], total) == (["second"], 2)
    assert listed[0].tally == progress.Tally(acknowledged=1, waiting=2, unreached=0)


async def test_what_a_lead_said_stays_when_his_access_ends(store: EmbeddedStore) -> None:
    """The finding is about the text; then his officer speaks for the unit."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    await acknowledging.take_stance(store, HEAD, sent.id, "II.1", Stance.NOT_OURS, NOW)
    async with store.begin() as tx:
        await tx.put(replace(person(HEAD, "a", Role.SUPERVISOR), active=False))
    assert len((await progress.state(store, ADMIN, sent.id, NOW)).objected) == 1
    assert (await acknowledging.received(store, LAN, sent.id, NOW)).leads
    with pytest.raises(UnknownPerson):
        await acknowledging.received(store, HEAD, sent.id, NOW)


async def test_who_stands_in_for_the_lead_speaks_for_the_unit(store: EmbeddedStore) -> None:
    """On the days of standing in, not after."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    today = NOW.date()
    away = StandIn(deputy=LAN, since=today, until=today)
    async with store.begin() as tx:
        await tx.put(replace(person(HEAD, "a", Role.SUPERVISOR), stand_ins=(away,)))
    await acknowledging.take_stance(store, LAN, sent.id, "II.1", Stance.ASK, NOW)
    assert not (await acknowledging.received(store, LAN, sent.id, NOW + timedelta(days=1))).leads


async def test_a_reader_has_his_units_clauses_and_his_own_words(store: EmbeddedStore) -> None:
    """What the same person says twice is written to the log once."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    for _ in range(2):
        await acknowledging.acknowledge(store, HEAD, sent.id, NOW)
        await acknowledging.take_stance(store, HEAD, sent.id, "II.2", Stance.OURS, NOW)
    assert await acknowledging.received(store, HEAD, sent.id, NOW) == acknowledging.Received(
        broadcast=sent,
        own=("II.1", "II.2"),
        leads=True,
        acknowledged=NOW,
        stances={"II.2": Stance.OURS},
    )
    async with store.begin() as tx:
        noted = [one.action for one in await tx.find(AuditEntry, {"actor": HEAD})]
    assert noted == ["acknowledge", "say_whose"]


@pytest.mark.parametrize(("who", "clause"), [(LAN, "II.1"), (HEAD, "II.3"), (HEAD, "IX")])
async def test_others_do_not_speak_for_a_unit(
    store: EmbeddedStore, who: PersonId, clause: str
) -> None:
    """Not an officer beside his head, not on another unit's clause, not on one that is none."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    with pytest.raises(NotThatUnitsClause):
        await acknowledging.take_stance(store, who, sent.id, clause, Stance.OURS, NOW)
    async with store.begin() as tx:
        assert await tx.find(Acknowledgement) == []


async def test_an_urge_reaches_who_is_missing_once_a_day(store: EmbeddedStore) -> None:
    """Not who has acknowledged, nor who is not reached, nor before the directive itself came."""
    sent = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    assert await dispatch.urge(store, ADMIN, sent.id, NOW) == 0
    await sent_already(store)
    await acknowledging.acknowledge(store, LAN, sent.id, NOW)
    assert await dispatch.urge(store, ADMIN, sent.id, NOW) == 2
    assert await dispatch.urge(store, ADMIN, sent.id, NOW) == 0
    async with store.begin() as tx:
        await tx.put(replace(person(MAI, "b"), unreachable=NOW))
        row = await tx.get(OutboxMessage, f"broadcast:{sent.id}:{HEAD}:urge:20261105")
    assert row is not None
    assert (row.template, row.priority, row.quiet) == ("ack_urged", -10, True)
    assert await dispatch.urge(store, ADMIN, sent.id, NOW + timedelta(days=1)) == 1
    with pytest.raises(NotAllowed):
        await dispatch.urge(store, HEAD, sent.id, NOW)


async def test_reminders_come_on_their_days_in_one_message(store: EmbeddedStore) -> None:
    """After three, seven and fourteen days, on working days, until it is acknowledged."""
    first = await dispatch.send_out(store, ADMIN, ANNOUNCED, NOW)
    second = await dispatch.send_out(
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
