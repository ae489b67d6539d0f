"""What the embedded store holds can be copied whole, and looked over from end to end."""

import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from records.codec import to_json
from records.ids import PersonId, UnitId
from records.model import Address, Focus, Person, Role
from records.refusals import (
    AlreadyThere,
    FolderInUse,
    NotEmpty,
    UnreadableRecord,
)
from records.store import Entry
from storage.embedded.inspection import check
from storage.embedded.refusals import DiskRefuses
from storage.embedded.store import EmbeddedStore
from tests.unit.storage.embedded.folders import focus, keys_in, snapshot, write


def files(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def room_for(journal: Path, more: int) -> Iterator[None]:
    """Let files grow to that many bytes more than the journal has, and no further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def given(*entries: Entry) -> AsyncIterator[Entry]:
    """Yield records as a backup does."""
    for entry in entries:
        yield entry


def entry(key: str) -> Entry:
    """Make a record as a backup has it."""
    return "focuses", key, to_json(focus(key))


class TestDumpAndLoad:
    """All records can be taken out as they are at one moment, and taken over by an empty store."""

    async def test_what_is_dumped_can_be_loaded(self, tmp_path: Path, store: EmbeddedStore) -> None:
        """The copy gives the same dump, after a restart too."""
        an = Person(
            id=PersonId("an"),
            name="Ân",
            unit=UnitId("xã-1"),
            role=Role.ADMIN,
            addresses=(Address(channel="telegram", value="7"),),
        )
        async with store.begin() as tx:
            for key in "cab":
                await tx.add(focus(key))
            await tx.add(an)
        dumped = [one async for one in store.dump()]
        copy = await EmbeddedStore.open(tmp_path / "copy")
        assert await copy.load(given(*dumped)) == 4
        await copy.close()
        copy = await EmbeddedStore.open(tmp_path / "copy")
        assert [one async for one in copy.dump()] == dumped
        async with copy.begin() as tx:
            assert await tx.find(Person, {"address": "telegram:7"}) == [an]
            await tx.add(focus("d"))
        await copy.close()
        assert await keys_in(tmp_path / "copy") == ["c", "a", "b", "d"]

    async def test_a_dump_shows_one_moment(self, store: EmbeddedStore) -> None:
        """What is committed after its first step is not in it."""
        async with store.begin() as tx:
            await tx.add(focus("a"))
            await tx.add(focus("b"))
        dump = store.dump()
        first = await anext(dump)
        async with store.begin() as tx:
            await tx.remove(Focus, "b")
            await tx.add(focus("c"))
        assert [first, *[one async for one in dump]] == [entry("a"), entry("b")]

    async def test_only_an_empty_store_loads(self, store: EmbeddedStore) -> None:
        """Records that are there are not overwritten or mixed."""
        async with store.begin() as tx:
            await tx.add(focus("a"))
        with pytest.raises(NotEmpty):
            await store.load(given(entry("b")))

    @pytest.mark.parametrize(
        ("bad", "refusal"),
        [
            (entry("a"), AlreadyThere),
            (("focuses", "b", to_json(focus("c"))), UnreadableRecord),
            (("focuses", "b", b"{}"), UnreadableRecord),
            (("nothing known", "b", b"{}"), UnreadableRecord),
        ],
        ids=["doubled", "another's key", "no such record", "no such kind"],
    )
    async def test_one_bad_record_and_none_counts(
        self, tmp_path: Path, bad: Entry, refusal: type[Exception]
    ) -> None:
        """A load is all or nothing."""
        store = await EmbeddedStore.open(tmp_path)
        with pytest.raises(refusal):
            await store.load(given(entry("a"), bad))
        await store.close()
        assert await keys_in(tmp_path) == []

    async def test_a_full_disk_leaves_it_empty(self, tmp_path: Path) -> None:
        """Where a load does not fit, the store is as before, and may be loaded later."""
        store = await EmbeddedStore.open(tmp_path)
        with room_for(tmp_path / "lock", 60), pytest.raises(DiskRefuses):
            await store.load(given(entry("a")))
        assert await store.load(given(entry("a"))) == 1
        await store.close()
        assert await keys_in(tmp_path) == ["a"]


class TestCheck:
    """A check reads everything and changes nothing."""

    async def test_a_sound_folder(self, tmp_path: Path) -> None:
        """Records are counted by kind, writes in all; no file is touched."""
        await write(tmp_path, "a", "b")
        before = files(tmp_path)
        found = check(tmp_path)
        assert found.sound
        assert (found.counts["focuses"], found.counts["people"], found.frames) == (2, 0, 2)
        assert files(tmp_path) == before

    async def test_a_torn_end_is_told_and_left(self, tmp_path: Path) -> None:
        """A torn end is no loss, and stays for the next start to set aside."""
        journal = await write(tmp_path, "a", "b")
        journal.write_bytes(torn := journal.read_bytes()[:-1])
        found = check(tmp_path)
        assert found.sound
        assert found.torn is not None
        assert (found.torn.where, found.counts["focuses"]) == (journal.name, 1)
        assert journal.read_bytes() == torn
        await keys_in(tmp_path)
        assert check(tmp_path).set_aside == ("damaged-0000000000000002.journal",)

    async def test_damage_is_named(self, tmp_path: Path) -> None:
        """An altered file is named with the place."""
        journal = await write(tmp_path, "a", "b")
        journal.write_bytes(b"x" + journal.read_bytes()[1:])
        (damage,) = check(tmp_path).damage
        assert (damage.where, damage.reason) == (journal.name, "altered at byte 0")

    async def test_a_record_that_is_none_of_its_kind(self, tmp_path: Path) -> None:
        """A record that cannot be read is named by kind and key, with the field."""
        store = await EmbeddedStore.open(tmp_path)
        store._tables.by_name["focuses"].rows.put("a", b'{"id":"a"}')
        async with store.begin() as tx:
            await tx.add(focus("b"))
        await snapshot(store)
        await store.close()
        (damage,) = check(tmp_path).damage
        assert damage.where == "focuses a"
        assert "topic" in damage.reason

    async def test_not_while_a_store_is_open(self, tmp_path: Path) -> None:
        """A folder that is being written to is not checked."""
        store = await EmbeddedStore.open(tmp_path)
        with pytest.raises(FolderInUse):
            check(tmp_path)
        await store.close()

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        """A missing folder is damage, not an empty store, and is not made."""
        assert not check(tmp_path / "missing").sound
        assert not (tmp_path / "missing").exists()
