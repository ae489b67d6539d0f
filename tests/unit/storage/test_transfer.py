"""Records come back from a backup, and from one store in the other, as they were."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from records.ids import PersonId, UnitId
from records.model import Mark, Person, Role, Unit, UnitName
from records.refusals import NotABackup, NotEmpty
from records.store import Store
from storage import archive
from storage.embedded.store import EmbeddedStore
from storage.postgres.store import PostgresStore
from storage.transfer import move, summary
from tests.postgres import Cluster

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
async def full(store: EmbeddedStore) -> EmbeddedStore:
    """Give a store with records of several kinds, some of them changed and removed."""
    async with store.begin() as tx:
        await tx.add(Unit(id=UnitId("xa"), kind="xã", names=(UnitName(text="UBND xã"),)))
        for number in range(2500):
            day = date(2026, 1, 1) + timedelta(days=number)
            await tx.add(Mark(id=f"m{number}", day=day))
        person = Person(id=PersonId("lan"), name="Lan\t\nĐỗ", unit=UnitId("xa"), role=Role.OFFICER)
        await tx.add(person)
    async with store.begin() as tx:
        await tx.put(Mark(id="m7", day=NOW.date()))
        await tx.remove(Mark, "m8")
    return store


@pytest.fixture
async def database(server: Cluster) -> AsyncIterator[PostgresStore]:
    """Give an empty database."""
    held = await PostgresStore.open(server.fresh())
    yield held
    await held.close()


async def entries(store: Store) -> list[tuple[str, str, bytes]]:
    """Return all that a store holds."""
    return [entry async for entry in store.dump()]


async def test_a_backup_comes_back_in_order(full: EmbeddedStore, tmp_path: Path) -> None:
    """Every record, byte for byte."""
    await archive.write(full.dump(), tmp_path / "b", NOW)
    assert archive.check(tmp_path / "b").counts == {"units": 1, "marks": 2499, "people": 1}
    empty = await EmbeddedStore.open(tmp_path / "other")
    await empty.load(archive.read(tmp_path / "b"))
    await empty.close()
    again = await EmbeddedStore.open(tmp_path / "other")
    assert await entries(again) == await entries(full)
    await again.close()


async def test_a_backup_goes_into_a_database(
    full: EmbeddedStore, database: PostgresStore, tmp_path: Path
) -> None:
    """And the other way round."""
    await archive.write(full.dump(), tmp_path / "b", NOW)
    await database.load(archive.read(tmp_path / "b"))
    assert await entries(database) == await entries(full)
    with pytest.raises(NotEmpty):
        await database.load(archive.read(tmp_path / "b"))


async def test_what_is_damaged_is_no_backup(full: EmbeddedStore, tmp_path: Path) -> None:
    """Cut short, changed in a byte, or something else altogether."""
    path = tmp_path / "b"
    await archive.write(full.dump(), path, NOW)
    whole = gzip.decompress(path.read_bytes())
    lines = whole.splitlines(keepends=True)
    wrong = {
        "cut": gzip.compress(b"".join(lines[:-1])),
        "changed": gzip.compress(whole.replace(b"2026-02-01", b"2026-02-02", 1)),
        "short": gzip.compress(b"".join([*lines[:5], *lines[6:]])),
        "torn": path.read_bytes()[:-40],
        "other": b"not even compressed",
        "empty": gzip.compress(b""),
        "text": gzip.compress(b"hello\n"),
    }
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotABackup):
            archive.check(tmp_path / name)


async def test_a_failed_backup_leaves_the_last_one(full: EmbeddedStore, tmp_path: Path) -> None:
    """It is written beside, and takes the place only when it is whole."""
    path = tmp_path / "b"
    await archive.write(full.dump(), path, NOW)
    before = path.read_bytes()

    async def broken() -> AsyncIterator[tuple[str, str, bytes]]:
        yield "marks", "a", b"{}"
        raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space"):
        await archive.write(broken(), path, NOW)
    assert path.read_bytes() == before
    assert await asyncio.to_thread(lambda: list(tmp_path.glob("*.part"))) == []


async def test_a_move_is_verified(full: EmbeddedStore, database: PostgresStore) -> None:
    """Counts and checksums of both are equal, and so is the order."""
    done = await move(full, database)
    assert done.counts == {"marks": 2499, "people": 1, "units": 1}
    assert await summary(database.dump()) == await summary(full.dump())
    assert await entries(database) == await entries(full)


async def test_a_move_that_was_cut_short_goes_on(
    full: EmbeddedStore, database: PostgresStore
) -> None:
    """What is there already is not brought again."""
    await database.take((await entries(full))[:1700])
    done = await move(full, database)
    assert done.already == 1700
    assert await entries(database) == await entries(full)
    assert (await move(full, database)).already == 2501


async def test_a_database_with_records_of_its_own_is_left_alone(
    full: EmbeddedStore, database: PostgresStore
) -> None:
    """Nothing is mixed."""
    async with database.begin() as tx:
        await tx.add(Mark(id="theirs", day=NOW.date()))
    with pytest.raises(NotEmpty):
        await move(full, database)
    assert len(await entries(database)) == 1
