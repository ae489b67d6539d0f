"""TinyDB reads an office's records, beside the running assistant or from a copy of them."""

import asyncio
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import UnsupportedOperation
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from records.ids import PersonId, TaskId, UnitId
from records.kinds import KINDS, Record, key_of
from records.model import Address, Cadence, Focus, Person, Role, Task, TaskState
from records.refusals import FolderDamaged
from records.store import Value
from storage.embedded.folder import journals
from storage.embedded.journal import JournalStorage
from storage.embedded.store import EmbeddedStore
from storage.embedded.tables import Holds

GUIDE = Path(__file__).parents[4] / "docs" / "van-hanh.md"
NOW = datetime(2026, 11, 5, 7, tzinfo=UTC)
AN = Person(
    id=PersonId("an"),
    name="Ân",
    unit=UnitId("xã-1"),
    role=Role.OFFICER,
    addresses=(Address(channel="telegram", value="7"), Address(channel="mail", value="an@x.vn")),
)
MAI = replace(AN, id=PersonId("mai"), name="Mai", role=Role.ADMIN, addresses=AN.addresses[:1])
TASK = Task(
    id=TaskId("t1"),
    title="Rà soát",
    lead=UnitId("xã-1"),
    form="tien-do",
    cadence=Cadence.ONCE,
    created=NOW,
    created_by=MAI.id,
    assignees=(AN.id, MAI.id),
)
DONE = replace(TASK, id=TaskId("t2"), state=TaskState.DONE, assignees=())


def focus(number: int, key: str = "an") -> Focus:
    """Make a small record."""
    return Focus(id=PersonId(key), topic="report", subject=str(number), since=NOW)


async def put(store: EmbeddedStore, *records: Record) -> None:
    """Write records together."""
    async with store.begin() as tx:
        for record in records:
            await tx.put(record)


@pytest.fixture
async def folder(tmp_path: Path, store: EmbeddedStore) -> Path:
    """Return the folder of an open store with people and tasks in it."""
    await put(store, AN, MAI, TASK, DONE)
    return tmp_path / "records"


def files(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def opened(folder: Path, kind: str) -> Table:
    """Open a table as an operator does."""
    return TinyDB(folder, storage=JournalStorage).table(kind)


class TestReading:
    """Three lines open an office's records for reading and queries."""

    @pytest.mark.parametrize("copied", [False, True])
    def test_the_guide_is_true(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, copied: bool
    ) -> None:
        """The guide's lines find the open task, in the folder in use and in a copy of it."""
        place = folder.parent / "office" / "data"
        place.mkdir(parents=True)
        if copied:
            shutil.copytree(folder, place / "records")
        else:
            (place / "records").symlink_to(folder)
        monkeypatch.chdir(place.parent)
        (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
        *imports, query = filter(None, code.splitlines())
        names: dict[str, Any] = {}
        exec("\n".join(imports), names)  # noqa: S102 - the guide's own lines
        (found,) = eval(query, names)  # noqa: S307
        assert (found["id"], found["title"], len(imports)) == ("t1", "Rà soát", 2)

    async def test_it_shows_the_moment_it_was_opened(
        self, folder: Path, store: EmbeddedStore
    ) -> None:
        """What is written later shows when it is opened again, snapshot or not."""
        tasks = opened(folder, "tasks")
        await put(store, replace(TASK, state=TaskState.WITHDRAWN))
        await store._writer.snapshot()
        await put(store, replace(DONE, state=TaskState.WITHDRAWN))
        assert [one["state"] for one in tasks] == ["open", "done"]
        assert opened(folder, "tasks").count(where("state") == "withdrawn") == 2

    async def test_nobody_is_in_the_way(self, tmp_path: Path) -> None:
        """A store opens, writes and closes while records are being read, and no file changes."""
        store = await EmbeddedStore.open(tmp_path)
        await put(store, AN)
        await store.close()
        before = files(tmp_path)
        people = opened(tmp_path, "people")
        assert files(tmp_path) == before
        store = await EmbeddedStore.open(tmp_path)
        await put(store, MAI)
        await store.close()
        assert people.get(doc_id=1) == people.get(where("name") == "Ân")
        assert people.get(doc_id=2) is None
        assert [one["id"] for one in opened(tmp_path, "people").get(doc_ids=[2])] == ["mai"]

    async def test_a_frame_that_is_being_written(self, folder: Path, store: EmbeddedStore) -> None:
        """However far the last frame has come, all before it is there and none of it is."""
        (journal,) = journals(folder)
        before = journal.stat().st_size
        await put(store, focus(1))
        written = journal.read_bytes()
        copy = folder.parent / "copy"
        copy.mkdir()
        for end in range(before, len(written)):
            (copy / journal.name).write_bytes(written[:end])
            database = TinyDB(copy, storage=JournalStorage)
            assert (len(database.table("tasks")), len(database.table("focuses"))) == (2, 0)

    async def test_beside_a_store_that_writes_and_takes_snapshots(self, tmp_path: Path) -> None:
        """Every opening sees whole transactions, each no older than the one before."""
        store = await EmbeddedStore.open(tmp_path, snapshot_after=2_000)
        await put(store, focus(0), focus(0, "mai"))
        seen: list[tuple[int, int]] = []
        writing = True

        def look() -> None:
            while writing or len(seen) < 3:
                an, mai = opened(tmp_path, "focuses").all()
                seen.append((int(an["subject"]), int(mai["subject"])))

        looking = asyncio.create_task(asyncio.to_thread(look))
        for number in range(1, 400):
            await put(store, focus(number), focus(number, "mai"))
        writing = False
        await looking
        await store.close()
        assert all(an == mai for an, mai in seen)
        assert seen == sorted(seen)
        assert opened(tmp_path, "focuses").all()[0]["subject"] == "399"


class TestRefusals:
    """What cannot be read, or is not to be written, is refused in words."""

    async def test_damage(self, folder: Path) -> None:
        """An altered byte before whole frames is named, not read over."""
        (journal,) = journals(folder)
        copy = folder.parent / "copy"
        copy.mkdir()
        (copy / journal.name).write_bytes(b"x" + journal.read_bytes()[1:] + journal.read_bytes())
        with pytest.raises(FolderDamaged, match="altered at byte 0"):
            TinyDB(copy, storage=JournalStorage)

    @pytest.mark.parametrize("name", ["missing", ""])
    def test_a_folder_without_records(self, tmp_path: Path, name: str) -> None:
        """A mistyped folder is not taken for an empty office, and is not made."""
        with pytest.raises(FolderDamaged, match="no records are kept here"):
            TinyDB(str(tmp_path / name), storage=JournalStorage)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "write",
        [
            lambda tasks: tasks.insert({"id": "t3"}),
            lambda tasks: tasks.insert_multiple([{"id": "t3"}]),
            lambda tasks: tasks.insert(Document({"id": "t3"}, doc_id=7)),
            lambda tasks: tasks.update({"state": "done"}),
            lambda tasks: tasks.update({"state": "done"}, where("id") == "t1"),
            lambda tasks: tasks.update(lambda one: one.pop("title"), doc_ids=[1]),
            lambda tasks: tasks.update_multiple([({"state": "done"}, where("id") == "t1")]),
            lambda tasks: tasks.upsert({"state": "done"}, where("id") == "t1"),
            lambda tasks: tasks.remove(where("id") == "t1"),
            lambda tasks: tasks.remove(doc_ids=[1]),
            lambda tasks: tasks.truncate(),
        ],
    )
    async def test_a_table_takes_nothing(
        self, folder: Path, store: EmbeddedStore, write: Callable[[Table], object]
    ) -> None:
        """Every way that TinyDB has to write ends in the same sentence, and changes nothing."""
        dumped = [one async for one in store.dump()]
        tasks = opened(folder, "tasks")
        with pytest.raises(UnsupportedOperation, match="only the assistant writes them"):
            write(tasks)
        assert [one["id"] for one in tasks] == ["t1", "t2"]
        assert [one async for one in store.dump()] == dumped

    def test_nothing_is_dropped(self, folder: Path) -> None:
        """Neither one table nor all of them."""
        database = TinyDB(folder, storage=JournalStorage)
        for drop in (database.drop_tables, lambda: database.drop_table("tasks")):
            with pytest.raises(UnsupportedOperation, match="only the assistant writes them"):
                drop()
        assert len(database.table("tasks")) == 2


class TestLookups:
    """The store answers from TinyDB's tables, by indexes where it knows them."""

    @pytest.mark.parametrize(
        ("kind", "asked"),
        [
            (Person, {}),
            (Person, {"role": "admin"}),
            (Person, {"unit": "xã-1", "address": "telegram:7"}),
            (Person, {"address": "mail:an@x.vn"}),
            (Task, {"state": "open"}),
            (Task, {"assignee": "mai", "lead": "xã-1"}),
            (Task, {"group": None}),
            (Task, {"assignee": "nobody"}),
        ],
    )
    async def test_an_index_finds_what_going_through_all_finds(
        self, folder: Path, store: EmbeddedStore, kind: type[Record], asked: Mapping[str, Value]
    ) -> None:
        """Asked the same, TinyDB's own table, the store's table and the store agree."""
        ours = store._tables.by_kind[kind]
        query = Holds(ours.lookups, asked)
        plain = opened(folder, KINDS[kind].name).search(query)
        found = ours.search(query)
        assert [dict(one) for one in found] == [dict(one) for one in plain]
        assert (ours.count(query), ours.contains(query)) == (len(plain), bool(plain))
        async with store.begin() as tx:
            assert list(map(key_of, await tx.find(kind, asked))) == [one.doc_id for one in found]

    async def test_a_query_that_no_index_answers(self, store: EmbeddedStore, folder: Path) -> None:
        """TinyDB goes through all, and a change after it is not hidden by what it remembers."""
        del folder
        tasks, title = store._tables.by_kind[Task], where("title") == "Rà soát"
        assert [one.doc_id for one in tasks.search(title)] == ["t1", "t2"]
        await put(store, replace(TASK, title="Báo cáo"))
        assert [one.doc_id for one in tasks.search(title)] == ["t2"]
        async with store.begin() as tx:
            await tx.remove(Task, DONE.id)
        assert tasks.search(title) == []
