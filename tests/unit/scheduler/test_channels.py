"""Several ways to people on one outbox: each channel has its own rows and knows its own ways."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.ids import PersonId, UnitId
from records.model import TELEGRAM, Address, Delivery, OutboxMessage, Person, Role, Unit, UnitName
from records.reach import away_since, found, lost, way_to
from records.store import Store
from scheduler.outbox import Sender
from scheduler.reachability import came_back, tell_those_who_rely, went_away
from scheduler.verdicts import Gone, NoAnswer, Sent, Verdict
from tests.unit.stores import STORES, server

__all__ = ["server"]

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
CHAT = Address(channel=TELEGRAM, value="7")
TRAY = Address(channel="folder", value="lan")
LAN = Person(
    id=PersonId("lan"),
    name="Lan",
    unit=UnitId("xa"),
    role=Role.OFFICER,
    addresses=(CHAT, TRAY),
)
HEAD = replace(LAN, id=PersonId("hung"), role=Role.SUPERVISOR, addresses=(CHAT,))
UNIT = Unit(id=UnitId("xa"), kind="xã", names=(UnitName(text="UBND xã"),))


@dataclass
class Folder:
    """A channel that lays each message into a tray of its person; an address names the tray."""

    root: Path
    name: str = "folder"

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Write a file; a tray that was taken away is a person who is gone."""
        del person
        tray = self.root / address
        if not tray.is_dir():
            return Gone()
        (tray / message.key).write_text(f"{message.template} {again}", encoding="utf-8")
        return Sent(message.key)

    def has(self, tray: str) -> list[str]:
        """Return the messages in a tray."""
        return sorted(path.name for path in (self.root / tray).iterdir())


@dataclass
class Chats:
    """A channel of numbered chats, some of them blocked."""

    blocked: set[int] = field(default_factory=set)
    silent: bool = False
    taken: list[str] = field(default_factory=list)
    name: str = TELEGRAM

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Take it, unless the chat is blocked or nothing answers."""
        del person, again
        if int(address) in self.blocked:
            return Gone()
        self.taken.append(message.key)
        return NoAnswer() if self.silent else Sent(str(len(self.taken)))


@dataclass
class Office:
    """A store, two channels, and a sender on each."""

    store: Store
    chats: Chats
    folder: Folder
    at: datetime = NOON

    def __post_init__(self) -> None:
        """Put a sender on each channel."""
        both = frozenset({TELEGRAM, "folder"})
        self.telegram, self.trays = (
            Sender(
                store=self.store,
                channel=channel,
                now=lambda: self.at,
                on_gone=tell_those_who_rely,
                others=both - {channel.name},
            )
            for channel in (self.chats, self.folder)
        )

    async def put(self, *records: Person | Unit | OutboxMessage) -> None:
        """Write records."""
        async with self.store.begin() as tx:
            for record in records:
                await tx.put(record)

    async def row(self, key: str) -> OutboxMessage:
        """Return a row."""
        async with self.store.begin() as tx:
            row = await tx.get(OutboxMessage, key)
        assert row is not None
        return row

    async def person(self) -> Person:
        """Return the officer."""
        async with self.store.begin() as tx:
            person = await tx.get(Person, LAN.id)
        assert person is not None
        return person

    async def keys(self) -> list[str]:
        """Return the keys of all rows."""
        async with self.store.begin() as tx:
            return [row.key for row in await tx.find(OutboxMessage)]


@pytest.fixture(params=STORES)
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """Give an office on each store in turn."""
    (tmp_path / "trays" / "lan").mkdir(parents=True)
    store = await STORES[request.param](request)()
    office = Office(store, Chats(), Folder(tmp_path / "trays"))
    await office.put(LAN, HEAD, UNIT)
    yield office
    await store.close()


def owed(key: str, channel: str = TELEGRAM) -> OutboxMessage:
    """Return a row that is owed to the officer."""
    return OutboxMessage(
        key=key, person=LAN.id, template="t", facts={}, created=NOON, channel=channel
    )


async def test_a_sender_never_touches_rows_of_another_channel(office: Office) -> None:
    """Neither claimed nor counted as tried, whatever happens to its own."""
    theirs = owed("b", "folder")
    await office.put(owed("a"), theirs, LAN)
    assert await office.telegram.send_owed() == 1
    assert await office.row("b") == theirs
    office.chats.silent = True
    await office.put(owed("c"))
    await office.telegram.send_owed()
    assert await office.row("b") == theirs
    await office.put(replace(LAN, addresses=(TRAY, CHAT)))
    assert await office.trays.send_owed() == 1
    assert (office.folder.has("lan"), office.chats.taken) == (["b"], ["a", "c"])


async def test_the_first_address_is_the_way(office: Office) -> None:
    """Who prefers the tray gets everything there, untouched by the chat, and once."""
    await office.put(replace(LAN, addresses=(TRAY, CHAT)), owed("a"))
    await office.telegram.send_owed()
    row = await office.row("a")
    assert (row.channel, row.state, row.tries, row.lease) == ("folder", Delivery.OWED, 0, None)
    await office.trays.send_owed()
    assert (office.folder.has("lan"), office.chats.taken) == (["a"], [])
    assert (await office.row("a")).state is Delivery.SENT


async def test_who_blocks_one_way_is_reached_by_the_other(office: Office) -> None:
    """The message goes on by the way that is left; nobody is told that he is out of reach."""
    office.chats.blocked.add(7)
    await office.put(owed("a"))
    await office.telegram.send_owed()
    await office.trays.send_owed()
    lan = await office.person()
    assert office.folder.has("lan") == ["a"]
    assert (lan.unreachable, away_since(lan, TELEGRAM), away_since(lan, "folder")) == (
        None,
        NOON,
        None,
    )
    assert await office.keys() == ["a"]


async def test_with_no_way_left_those_who_rely_on_it_are_told(office: Office) -> None:
    """The second refusal makes him unreachable; one catch-up comes by the way he returns on."""
    office.chats.blocked.add(7)
    (office.folder.root / "lan").rmdir()
    reached = replace(owed("reached"), state=Delivery.SENT)
    await office.put(replace(HEAD, addresses=()), owed("a"), reached)
    for sender in (office.telegram, office.trays, office.telegram):
        await sender.send_owed()
    assert (await office.person()).unreachable == NOON
    assert (await office.row("a")).state is Delivery.UNREACHABLE
    assert [key for key in await office.keys() if key.startswith("unreachable:")]
    office.at += timedelta(days=1)
    (office.folder.root / "lan").mkdir()
    assert await came_back(office.store, LAN.id, "folder", office.at)
    assert not await came_back(office.store, LAN.id, "folder", office.at)
    await office.telegram.send_owed()
    await office.trays.send_owed()
    assert [key.partition(":")[0] for key in office.folder.has("lan")] == ["catch-up"]
    lan = await office.person()
    assert (lan.unreachable, away_since(lan, TELEGRAM)) == (None, NOON)


async def test_a_channel_that_is_blocked_says_nothing_of_the_other(office: Office) -> None:
    """Blocking the bot is noted at its own address, once."""
    await went_away(office.store, LAN.id, TELEGRAM, NOON)
    await went_away(office.store, LAN.id, TELEGRAM, NOON + timedelta(days=1))
    lan = await office.person()
    assert (lan.unreachable, away_since(lan, TELEGRAM)) == (None, NOON)
    assert await office.keys() == []


class TestWays:
    """What is known of the ways to a person."""

    def test_a_channel_that_is_not_in_use_is_no_way(self) -> None:
        """An address for which there is no sender takes no message."""
        preferred = replace(LAN, addresses=(TRAY, CHAT))
        assert way_to(preferred, {TELEGRAM}) == CHAT
        assert way_to(LAN, {"post"}) is None

    def test_with_every_way_lost_the_first_is_tried(self) -> None:
        """Only a try can find out that he is there again."""
        gone = lost(lost(LAN, TELEGRAM, NOON), "folder", NOON)
        way = way_to(gone, {TELEGRAM, "folder"})
        assert way is not None
        assert (way.channel, gone.unreachable) == (TELEGRAM, NOON)
        assert found(found(gone, "folder"), TELEGRAM) == LAN

    def test_who_was_out_of_reach_before_there_were_several_ways_still_is(self) -> None:
        """A record of then has one mark, on the person; a return takes it away."""
        before = replace(LAN, addresses=(CHAT,), unreachable=NOON)
        assert away_since(before, TELEGRAM) == NOON
        later = lost(before, TELEGRAM, NOON + timedelta(days=1))
        assert later.unreachable == NOON
        assert found(before, TELEGRAM) == replace(before, unreachable=None)
