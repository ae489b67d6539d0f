"""`danvan records check` reads a database record by record, as it does a folder."""

from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import create_engine, text

from bot.commands.records import looked_over
from bot.settings import load
from records.ids import PersonId, UnitId
from records.model import Person, Role
from storage.postgres.connection import address
from storage.postgres.store import PostgresStore
from tests.postgres import Cluster
from tests.unit.stores import server

__all__ = ["server"]


async def test_what_was_altered_in_a_database_is_named(server: Cluster, tmp_path: Path) -> None:
    """A sound one is counted; in a damaged one the record is named, and the status tells it."""
    url = server.fresh()
    settings = load(None).model_copy(update={"database_url": SecretStr(url), "data_dir": tmp_path})
    store = await PostgresStore.open(url)
    async with store.begin() as tx:
        await tx.add(Person(id=PersonId("an"), name="An", unit=UnitId("u"), role=Role.OFFICER))
    await store.close()
    assert await looked_over(settings) == (["people: 1"], True)
    engine = create_engine(address(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE people SET document = '{}'"))
    engine.dispose()
    assert await looked_over(settings) == (
        ["people: 1", "DAMAGED: people an: unreadable in 'id'"],
        False,
    )
