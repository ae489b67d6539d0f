"""The PostgreSQL store: its tables, its lead, and what happens when the server goes away."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine, inspect, make_url, text

from records.ids import PersonId, UnitId
from records.kinds import KINDS
from records.model import TELEGRAM, Address, Mark, OutboxMessage, Person, Role
from records.refusals import DatabaseAway
from records.store import Transaction
from storage.postgres.connection import address
from storage.postgres.inspection import check
from storage.postgres.refusals import DatabaseNewer, DatabaseShut
from storage.postgres.schema import SCRIPTS, downgrade, upgrade
from storage.postgres.store import PostgresStore, PostgresTransaction
from storage.postgres.tables import tables
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


def test_every_step_can_be_taken_back(url: str) -> None:
    """Up, down and up again, one at a time; all taken back, nothing of it remains."""
    where = address(url)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    steps = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    for before, step in pairwise(["base", *reversed(steps)]):
        upgrade(where, step)
        downgrade(where, before)
        upgrade(where, step)
    downgrade(where, "base")
    assert set(looked_at(where)) == {"alembic_version"}


def test_the_steps_lead_to_the_tables_in_use(url: str) -> None:
    """Their columns, and an index for each lookup under the name by which refusals know it."""
    upgrade(address(url))
    found = looked_at(address(url))
    for kind, table in tables().items():
        columns, indexes = found[table.name]
        assert columns == {column.name for column in table.columns}
        looked_up = (*KINDS[kind].indexed, *KINDS[kind].many, *KINDS[kind].unique)
        assert {f"{table.name}_{name}" for name in looked_up} <= indexes


async def test_messages_of_before_are_telegrams(url: str) -> None:
    """A row written when there was one channel is claimed by it after the step, and found sound."""
    row = OutboxMessage(key="m", person=PersonId("an"), template="t", facts={}, created=NOW)
    store = await PostgresStore.open(url)
    async with store.begin() as tx:
        await tx.add(row)
    await store.close()
    downgrade(address(url), "r0002")
    executed(url, """UPDATE outbox SET document = replace(document, ',"channel":"telegram"', '')""")
    store = await PostgresStore.open(url)
    assert [b"channel" in text async for _, _, text in store.dump()] == [False]
    assert (await check(store)).damage == ()
    async with store.begin() as tx:
        assert await tx.claim("mail", now=NOW, until=NOW.replace(hour=1), most=9) == []
        (taken,) = await tx.claim(TELEGRAM, now=NOW, until=NOW.replace(hour=1), most=9)
    assert taken == replace(row, lease=NOW.replace(hour=1))
    await store.close()


def looked_at(where: URL) -> Mapping[str, tuple[set[str], set[str | None]]]:
    """Return the names of the columns and of the indexes of each table."""
    engine = create_engine(where)
    found = inspect(engine)
    seen = {
        name: (
            {column["name"] for column in found.get_columns(name)},
            {index["name"] for index in found.get_indexes(name)},
        )
        for name in found.get_table_names()
    }
    engine.dispose()
    return seen


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
    executed(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


def executed(url: str, *statements: str) -> None:
    """Do something to the database as somebody else than the store."""
    engine = create_engine(address(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
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
    """It gives the database's own word, and no address with a password in it."""
    with pytest.raises(DatabaseShut) as refused:
        await PostgresStore.open("postgresql://danvan:secret@127.0.0.1:1/none")
    assert "refused" in refused.value.reason
    assert "secret" not in refused.value.reason


@pytest.mark.parametrize("wrong", ["nonsense", "postgresql://danvan:secret@host:port/none"])
async def test_no_address_is_a_refusal(wrong: str) -> None:
    """What it says repeats nothing of what was given."""
    with pytest.raises(DatabaseShut) as refused:
        await PostgresStore.open(wrong)
    assert "not postgresql://" in refused.value.reason
    assert "secret" not in refused.value.reason


async def test_a_database_that_is_not_there_is_named(url: str) -> None:
    """An operator reads which one PostgreSQL does not have."""
    with pytest.raises(DatabaseShut, check=lambda refused: '"absent"' in refused.reason):
        await PostgresStore.open(make_url(url).set(database="absent").render_as_string())


async def test_tables_of_a_later_version_are_left_alone(url: str, first: PostgresStore) -> None:
    """An older assistant does not write what a newer one could not read."""
    assert isinstance(first, PostgresStore)
    executed(url, "UPDATE alembic_version SET version_num = 'r9999'")
    with pytest.raises(DatabaseNewer):
        await PostgresStore.open(url)


async def test_a_login_that_may_not_make_tables_is_told_so(url: str) -> None:
    """As PostgreSQL 15 and later have it for all but a database's owner."""
    executed(
        url,
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "CREATE ROLE clerk LOGIN",
    )
    with pytest.raises(DatabaseShut, check=lambda refused: "permission" in refused.reason):
        await PostgresStore.open(url.replace("danvan@", "clerk@"))


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
                claimed = await tx.claim(TELEGRAM, now=NOW, until=NOW.replace(hour=1), most=7)
            taken += [one.key for one in claimed]
        return taken

    mine, theirs = await asyncio.gather(claims(first), claims(second))
    assert len(mine) + len(theirs) == 100
    assert set(mine).isdisjoint(theirs)


async def test_a_sound_database_is_found_sound(first: PostgresStore) -> None:
    """Every record is read and counted."""
    await with_records(first)
    found = await check(first)
    assert (found.counts, found.damage) == ({"outbox": 1, "people": 1}, ())


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE people SET document = '{}'", "people an: unreadable in 'id'"),
        ("UPDATE people SET key = 'chi'", "people chi: kept under the key of another record"),
        ("UPDATE people SET address = '{}'", "people an: its column 'address' is not"),
        ("UPDATE outbox SET priority = 9", "outbox m: its column 'priority' is not"),
    ],
)
async def test_what_was_altered_is_found(
    url: str, first: PostgresStore, harm: str, said: str
) -> None:
    """A record that cannot be read, or would be found by what it does not say, is named."""
    await with_records(first)
    executed(url, harm)
    (line,) = (await check(first)).damage
    assert line.startswith(said)


async def with_records(store: PostgresStore) -> None:
    """Write a person with an address, and a message to him."""
    addresses = (Address(channel="telegram", value="7"),)
    an = PersonId("an")
    person = Person(id=an, name="Ân", unit=UnitId("x"), role=Role.ADMIN, addresses=addresses)
    async with store.begin() as tx:
        await tx.add(person)
        await tx.add(OutboxMessage(key="m", person=an, template="t", facts={}, created=NOW))


async def test_a_transaction_left_hanging_does_not_hold_others(first: PostgresStore) -> None:
    """PostgreSQL itself ends what a stopped process left open, and gives up what takes long."""
    async with first.begin() as tx:
        held = await session_settings(tx)
    assert held == ("30s", "2min", "on")


async def session_settings(tx: Transaction) -> tuple[str, ...]:
    """Return how long a statement and an idle transaction may last, and whether commits wait."""
    assert isinstance(tx, PostgresTransaction)
    names = ("statement_timeout", "idle_in_transaction_session_timeout", "synchronous_commit")
    found = [await tx._connection.execute(text(f"SHOW {name}")) for name in names]
    return tuple(one.scalar_one() for one in found)
