"""The embedded store keeps what it acknowledged in its folder, whatever befalls the files."""

import asyncio
import errno
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from records.model import Focus
from records.refusals import (
    FolderDamaged,
    FolderInUse,
)
from storage.embedded.folder import journals, snapshots
from storage.embedded.frames import HEAD
from storage.embedded.refusals import DiskRefuses
from storage.embedded.store import EmbeddedStore
from tests.unit.storage.embedded.folders import add, focus, keys_in, snapshot, write


def set_aside_in(folder: Path) -> list[bytes]:
    """Return what stands in the files that were set aside."""
    return [path.read_bytes() for path in folder.glob("damaged-*")]


class TestOwner:
    """One store has a folder."""

    async def test_a_second_one_is_refused(self, tmp_path: Path) -> None:
        """While a store is open, another on the same folder is refused, and the folder named."""
        store = await EmbeddedStore.open(tmp_path)
        with pytest.raises(FolderInUse) as refused:
            await EmbeddedStore.open(tmp_path)
        assert refused.value.folder == str(tmp_path)
        await store.close()
        await (await EmbeddedStore.open(tmp_path)).close()

    async def test_a_folder_that_cannot_be_opened_is_free_again(self, tmp_path: Path) -> None:
        """After a refusal for damage the folder can be mended and opened."""
        journal = await write(tmp_path, "a", "b")
        whole = journal.read_bytes()
        journal.write_bytes(b"x" + whole[1:])
        with pytest.raises(FolderDamaged):
            await EmbeddedStore.open(tmp_path)
        journal.write_bytes(whole)
        assert await keys_in(tmp_path) == ["a", "b"]


class TestTornEnd:
    """A write that was cut short never counted; it is kept aside and reported."""

    @pytest.mark.parametrize("left", [1, HEAD - 1, HEAD, HEAD + 1, -1])
    async def test_it_is_set_aside(self, tmp_path: Path, left: int) -> None:
        """Whatever is left of the last frame, the ones before it are all there."""
        first = (await write(tmp_path, "a")).stat().st_size
        journal = await write(tmp_path, "b")
        torn = journal.read_bytes()[first:][:left]
        journal.write_bytes(journal.read_bytes()[:first] + torn)
        store = await EmbeddedStore.open(tmp_path)
        (aside,) = store.set_aside
        assert aside.name == "damaged-0000000000000002.journal"
        assert aside.read_bytes() == torn
        await add(store, "c")
        await store.close()
        assert await keys_in(tmp_path) == ["a", "c"]

    async def test_it_is_set_aside_once(self, tmp_path: Path) -> None:
        """The next start finds nothing torn, and what was set aside is still there."""
        journal = await write(tmp_path, "a", "b")
        journal.write_bytes(journal.read_bytes()[:-1])
        for aside in (1, 0):
            store = await EmbeddedStore.open(tmp_path)
            assert len(store.set_aside) == aside
            await store.close()
        assert len(set_aside_in(tmp_path)) == 1

    async def test_a_second_one_takes_another_name(self, tmp_path: Path) -> None:
        """What was set aside before is not overwritten."""
        for content in (b"one", b"two"):
            journal = await write(tmp_path)
            journal.write_bytes(content)
            await keys_in(tmp_path)
        assert sorted(set_aside_in(tmp_path)) == [b"one", b"two"]

    async def test_a_hole_of_zeros_is_torn_too(self, tmp_path: Path) -> None:
        """A power cut may leave the length of a write without its bytes."""
        journal = await write(tmp_path, "a")
        journal.write_bytes(journal.read_bytes() + bytes(4096))
        assert await keys_in(tmp_path) == ["a"]


class TestDamage:
    """What was acknowledged and is altered or missing is never passed over in silence."""

    async def test_an_altered_byte_before_whole_frames(self, tmp_path: Path) -> None:
        """Any altered byte of a frame with whole ones behind it is named by file and place."""
        first = (await write(tmp_path, "a")).stat().st_size
        journal = await write(tmp_path, "b", "c")
        whole = journal.read_bytes()
        for at in (first, first + 5, first + HEAD - 2, first + HEAD + 3):
            journal.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            with pytest.raises(FolderDamaged) as refused:
                await EmbeddedStore.open(tmp_path)
            assert refused.value.file == journal.name
            assert str(first) in refused.value.reason

    async def test_a_frame_that_is_gone(self, tmp_path: Path) -> None:
        """Frames are numbered: one cut out of the middle shows."""
        first = (await write(tmp_path, "a")).stat().st_size
        second = (await write(tmp_path, "b")).stat().st_size
        journal = await write(tmp_path, "c")
        whole = journal.read_bytes()
        journal.write_bytes(whole[:first] + whole[second:])
        with pytest.raises(FolderDamaged):
            await EmbeddedStore.open(tmp_path)

    async def test_a_journal_that_is_gone(self, tmp_path: Path) -> None:
        """A snapshot without the journal that goes on from it is not taken for all there is."""
        store = await EmbeddedStore.open(tmp_path)
        await add(store, "a")
        await snapshot(store)
        await store.close()
        journals(tmp_path)[-1].unlink()
        with pytest.raises(FolderDamaged):
            await EmbeddedStore.open(tmp_path)

    async def test_an_altered_snapshot(self, tmp_path: Path) -> None:
        """A snapshot that is altered or cut short is refused where nothing stands in for it."""
        store = await EmbeddedStore.open(tmp_path)
        await add(store, "a")
        await snapshot(store)
        await store.close()
        (path,) = snapshots(tmp_path)
        whole = path.read_bytes()
        for bad in (
            whole[:-1],
            whole[:-HEAD],
            whole + whole[-HEAD:],
            whole[:60] + b"x" + whole[61:],
        ):
            path.write_bytes(bad)
            with pytest.raises(FolderDamaged) as refused:
                await EmbeddedStore.open(tmp_path)
            assert refused.value.file == path.name


class TestSnapshots:
    """A snapshot takes the journal's place, and no instant of it loses anything."""

    async def test_what_was_written_before_and_after(self, tmp_path: Path) -> None:
        """Order, changes and removals survive it; the old journal is gone."""
        store = await EmbeddedStore.open(tmp_path)
        async with store.begin() as tx:
            for key in "cab":
                await tx.add(focus(key))
            await tx.remove(Focus, "a")
        await snapshot(store)
        async with store.begin() as tx:
            await tx.put(focus("c", "return"))
            await tx.add(focus("a"))
        await store.close()
        assert await keys_in(tmp_path) == ["c", "b", "a"]
        assert [path.stem for path in journals(tmp_path)] == ["0000000000000001"]

    async def test_it_is_taken_when_the_journal_has_grown(self, tmp_path: Path) -> None:
        """Writing goes on meanwhile, and the journal never grows without bound."""
        store = await EmbeddedStore.open(tmp_path, snapshot_after=4_000)
        for number in range(200):
            async with store.begin() as tx:
                await tx.put(focus(str(number % 10), topic=str(number)))
        await store.close()
        sizes = sum(path.stat().st_size for path in journals(tmp_path))
        assert snapshots(tmp_path)
        assert sizes < 200 * 150 / 2
        store = await EmbeddedStore.open(tmp_path)
        async with store.begin() as tx:
            assert [one.topic for one in await tx.find(Focus)] == [str(n) for n in range(190, 200)]
        await store.close()

    @pytest.fixture
    async def stages(self, tmp_path: Path) -> Path:
        """Copy a folder before, between and after the steps of a second snapshot."""
        folder = tmp_path / "records"
        store = await EmbeddedStore.open(folder)
        await add(store, "a")
        await snapshot(store)
        await add(store, "b")
        shutil.copytree(folder, tmp_path / "before")
        await snapshot(store)
        await add(store, "c")
        await store.close()
        return tmp_path

    async def test_killed_before_it_is_in_place(self, stages: Path) -> None:
        """With half a snapshot and the new journal begun, the old ones still tell everything."""
        old, new = stages / "before", stages / "records"
        shutil.copy(journals(new)[-1], old)
        (taken,) = snapshots(new)
        (old / f"{taken.stem}.unfinished").write_bytes(taken.read_bytes()[:50])
        assert await keys_in(old) == ["a", "b", "c"]
        assert not list(old.glob("*.unfinished"))

    async def test_killed_before_the_old_is_deleted(self, stages: Path) -> None:
        """With both there, the newer counts, and the old ones are deleted at the next start."""
        old, new = stages / "before", stages / "records"
        for path in (*journals(old), *snapshots(old)):
            shutil.copy(path, new)
        assert await keys_in(new) == ["a", "b", "c"]
        assert len(snapshots(new)) == len(journals(new)) == 1

    async def test_an_older_one_stands_in(self, stages: Path) -> None:
        """A snapshot found altered while the one before is still there is set aside."""
        old, new = stages / "before", stages / "records"
        for path in (*journals(old), *snapshots(old)):
            shutil.copy(path, new)
        bad = snapshots(new)[-1]
        bad.write_bytes(bad.read_bytes()[:-1])
        store = await EmbeddedStore.open(new)
        assert [path.name for path in store.set_aside] == [f"damaged-{bad.name}"]
        async with store.begin() as tx:
            assert [one.id for one in await tx.find(Focus)] == ["a", "b", "c"]
        await store.close()


@contextmanager
def room_for(journal: Path, more: int) -> Iterator[None]:
    """Let files grow to that many bytes more than the journal has, and no further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestFullDisk:
    """What the disk does not take does not count."""

    @pytest.mark.parametrize("room", [0, 30, 100])
    async def test_nothing_of_it_is_kept(self, tmp_path: Path, room: int) -> None:
        """A write that fails halfway raises, shows nowhere, and leaves the file as it was."""
        store = await EmbeddedStore.open(tmp_path)
        await add(store, "a")
        journal = journals(tmp_path)[-1]
        before = journal.read_bytes()
        with room_for(journal, room), pytest.raises(DiskRefuses):
            async with store.begin("lock") as tx:
                await tx.add(focus("b"))
        assert journal.read_bytes() == before
        async with store.begin("lock") as tx:
            assert await tx.get(Focus, "b") is None
            await tx.add(focus("c"))
        await store.close()
        assert await keys_in(tmp_path) == ["a", "c"]

    async def test_what_is_not_safe_does_not_count(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A write that was taken, but cannot be made to outlive a power cut, is undone."""

        def refuse(_: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        store = await EmbeddedStore.open(tmp_path)
        with monkeypatch.context() as broken:
            broken.setattr(os, "fdatasync", refuse)
            with pytest.raises(DiskRefuses) as refused:
                await add(store, "a")
        assert refused.value.reason == "Input/output error"
        async with store.begin() as tx:
            assert await tx.get(Focus, "a") is None
            await tx.add(focus("b"))
        await store.close()
        assert await keys_in(tmp_path) == ["b"]

    async def test_a_failed_write_is_cut_off_later(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where even cutting it off fails, it is cut off before the next write."""

        def refuse(*_: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        store = await EmbeddedStore.open(tmp_path)
        for key in "ab":
            with monkeypatch.context() as broken:
                broken.setattr(os, "fdatasync", refuse)
                broken.setattr(os, "ftruncate", refuse)
                with pytest.raises(DiskRefuses):
                    await add(store, key)
        await add(store, "c")
        await store.close()
        assert await keys_in(tmp_path) == ["c"]

    async def test_all_who_wrote_together_are_told(self, tmp_path: Path) -> None:
        """Of several waiting for the same write each one hears that it failed."""
        store = await EmbeddedStore.open(tmp_path)
        with room_for(journals(tmp_path)[-1], 50):
            ends = await asyncio.gather(*(add(store, key) for key in "abc"), return_exceptions=True)
        assert [type(end) for end in ends] == [DiskRefuses] * 3
        await add(store, "a")
        await store.close()
        assert await keys_in(tmp_path) == ["a"]

    async def test_a_snapshot_that_does_not_fit_is_none(self, tmp_path: Path) -> None:
        """The journal goes on, and a later snapshot succeeds."""
        store = await EmbeddedStore.open(tmp_path)
        await add(store, "a")
        with room_for(tmp_path / "lock", 50), pytest.raises(DiskRefuses):
            await snapshot(store)
        assert not snapshots(tmp_path)
        await add(store, "b")
        await snapshot(store)
        await store.close()
        assert await keys_in(tmp_path) == ["a", "b"]
        assert len(snapshots(tmp_path)) == len(journals(tmp_path)) == 1


class TestEmptied:
    """A folder that held records and holds none is no new office."""

    @pytest.mark.parametrize("left", [None, 0, 1, HEAD + 3])
    async def test_it_is_refused(self, tmp_path: Path, left: int | None) -> None:
        """Its only journal is gone, empty, or cut within its first write."""
        journal = await write(tmp_path, "a", "b")
        whole = journal.read_bytes()
        if left is None:
            journal.unlink()
        else:
            journal.write_bytes(whole[:left])
        for _ in range(2):
            with pytest.raises(FolderDamaged) as refused:
                await EmbeddedStore.open(tmp_path)
            assert refused.value.file == journal.name
        journal.write_bytes(whole)
        assert await keys_in(tmp_path) == ["a", "b"]

    async def test_a_folder_of_an_earlier_version_is_noted(self, tmp_path: Path) -> None:
        """Its lock says nothing yet; from the next opening on it does."""
        journal = await write(tmp_path, "a")
        (tmp_path / "lock").write_bytes(b"")
        assert await keys_in(tmp_path) == ["a"]
        journal.unlink()
        with pytest.raises(FolderDamaged):
            await EmbeddedStore.open(tmp_path)

    @pytest.mark.parametrize("torn", [b"", b"x", b"torn" * 30])
    async def test_a_first_write_that_was_cut_short_is_a_new_office(
        self, tmp_path: Path, torn: bytes
    ) -> None:
        """A power cut while the first record was written: nobody was told that it counts."""
        await (await EmbeddedStore.open(tmp_path)).close()
        journals(tmp_path)[-1].write_bytes(torn)
        assert await keys_in(tmp_path) == []


async def test_only_their_owner_reads_them(tmp_path: Path) -> None:
    """Records are people's words: journal, snapshot and what was set aside alike."""
    store = await EmbeddedStore.open(tmp_path)
    await add(store, "a")
    await snapshot(store)
    await add(store, "b")
    await store.close()
    with journals(tmp_path)[-1].open("ab") as journal:
        journal.write(b"torn")
    await (await EmbeddedStore.open(tmp_path)).close()
    assert _modes(tmp_path) == dict.fromkeys(("", ".journal", ".snapshot"), 0o600)
    assert len(set_aside_in(tmp_path)) == 1


def _modes(folder: Path) -> dict[str, int]:
    return {path.suffix: path.stat().st_mode & 0o777 for path in folder.iterdir()}
