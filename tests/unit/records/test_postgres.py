"""The PostgreSQL store: its tables, its lead, and what happens when the server goes away."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from records.ids import PersonId
from records.kinds import KINDS
from records.model import Mark, OutboxMessage
from records.postgres.store import PostgresStore
from records.postgres.tables import tables
from records.postgres.upgrading import downgrade, upgrade
from records.refusals import DatabaseAway
from tests.postgres import Cluster

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def url(server: Cluster) -> str:
    """Give an empty database."""
    return server.fresh()


@pytest.fixture
async def first(url: str) -> AsyncIterator[PostgresStore]:
    """Give a process's store on it."""
    store = await PostgresStore.open(url)
    yield store
    await store.close()


@pytest.fixture
async def second(url: str, first: PostgresStore) -> AsyncIterator[PostgresStore]:
    """Give another process's store on the same database."""
    assert isinstance(first, PostgresStore)
    store = await PostgresStore.open(url)
    yield store
    await store.close()


def test_the_steps_lead_up_and_down_and_up(url: str) -> None:
    """Every step can be taken back; at the top the tables are those that the store uses."""
    where = make_url(url).set(drivername="postgresql+psycopg")
    upgrade(where)
    downgrade(where, "base")
    upgrade(where)
    engine = create_engine(where)
    found = inspect(engine)
    for kind, table in tables().items():
        columns = {column["name"] for column in found.get_columns(KINDS[kind].name)}
        assert columns == {column.name for column in table.columns}
        indexes = {index["name"] for index in found.get_indexes(KINDS[kind].name)}
        looked_up = (*KINDS[kind].indexed, *KINDS[kind].many, *KINDS[kind].unique)
        assert {f"{table.name}_{name}" for name in looked_up} <= indexes
    engine.dispose()


async def test_two_processes_may_start_together(url: str) -> None:
    """One takes the steps, the other waits for it."""
    stores = await asyncio.gather(*(PostgresStore.open(url) for _ in range(4)))
    for store in stores:
        await store.close()


async def test_one_process_leads(first: PostgresStore, second: PostgresStore) -> None:
    """It stays so as often as it asks; when it ends, another leads."""
    assert await first.lead("plan")
    assert await first.lead("plan")
    assert not await second.lead("plan")
    assert await second.lead("something else")
    await first.close()
    assert await second.lead("plan")


async def test_a_leader_whose_session_died_leads_again_or_not_at_all(
    url: str, first: PostgresStore, second: PostgresStore
) -> None:
    """A lost connection is a lost lead: whoever asks next has it, and only he."""
    assert await first.lead("plan")
    await killed_sessions(url)
    async with asyncio.timeout(10):
        while not await second.lead("plan"):
            """The server is still ending the session."""
    assert not await first.lead("plan")


async def killed_sessions(url: str) -> None:
    """End every session of the database, as an administrator or a crash would."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


async def test_a_lost_connection_writes_nothing_and_is_made_anew(
    url: str, first: PostgresStore
) -> None:
    """The one transaction fails with a refusal; the next one works."""

    async def interrupted() -> None:
        async with first.begin() as tx:
            await tx.put(Mark(id="a", day=NOW.date()))
            await killed_sessions(url)
            await tx.put(Mark(id="b", day=NOW.date()))

    with pytest.raises(DatabaseAway):
        await interrupted()
    async with first.begin() as tx:
        assert await tx.find(Mark) == []


async def test_no_server_is_a_refusal() -> None:
    """Not a stack of errors, and no address with a password in it."""
    with pytest.raises(DatabaseAway) as refused:
        await PostgresStore.open("postgresql://danvan:secret@127.0.0.1:1/none")
    assert "secret" not in str(refused.value)


async def test_two_senders_never_claim_the_same(
    first: PostgresStore, second: PostgresStore
) -> None:
    """Side by side they share what is owed, each row once."""
    async with first.begin() as tx:
        for number in range(100):
            key, person = f"k{number}", PersonId("p")
            await tx.add(OutboxMessage(key=key, person=person, template="t", facts={}, created=NOW))

    async def claims(store: PostgresStore) -> list[str]:
        taken: list[str] = []
        for _ in range(10):
            async with store.begin() as tx:
                claimed = await tx.claim(now=NOW, until=NOW.replace(hour=1), most=7)
            taken += [one.key for one in claimed]
        return taken

    mine, theirs = await asyncio.gather(claims(first), claims(second))
    assert len(mine) + len(theirs) == 100
    assert set(mine).isdisjoint(theirs)
