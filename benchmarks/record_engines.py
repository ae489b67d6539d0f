"""The embedded store, TinyDB's own storage and sqlite3, made to do the same work: keep reports."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol, TypeVar

from tinydb import TinyDB

from benchmarks.submissions import report
from records.codec import to_json
from records.kinds import KINDS
from records.model import Report
from records.store import Entry
from storage.embedded.store import EmbeddedStore

T = TypeVar("T")

LOOKUPS: Final = sorted({*KINDS[Report].indexed, *KINDS[Report].unique})


class Engine(Protocol):
    """Keeps reports in a folder; a report counts once `submit` returns."""

    async def open(self) -> int:
        """Open what is there and return how many reports there are."""
        ...

    async def fill(self, reports: int) -> None:
        """Write so many reports by the shortest way."""
        ...

    async def submit(self, number: int) -> None:
        """Write one report durably."""
        ...

    async def close(self) -> None:
        """Let go of the file."""
        ...


class Embedded:
    """Ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "records"

    async def open(self) -> int:
        """Open what is there and return how many reports there are."""
        self._store = await EmbeddedStore.open(self._folder)
        async with self._store.begin() as tx:
            return await tx.count(Report)

    async def fill(self, reports: int) -> None:
        """Load them as a backup is restored."""

        async def entries() -> AsyncIterator[Entry]:
            for number in range(reports):
                yield "reports", f"r{number}", to_json(report(f"r{number}", number))

        await self._store.load(entries())

    async def submit(self, number: int) -> None:
        """Write one report under its draft's lock, as the dialog does."""
        async with self._store.begin(f"draft:{number}") as tx:
            await tx.add(report(f"r{number}", number))

    async def close(self) -> None:
        """Let go of the folder."""
        await self._store.close()


class OwnStorage:
    """TinyDB with its JSONStorage, which writes the whole file anew each time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "tinydb.json"

    async def open(self) -> int:
        """Open what is there and return how many reports there are."""
        self._database = TinyDB(self._path)
        return len(self._database)

    async def fill(self, reports: int) -> None:
        """Write the file as TinyDB would."""
        self._database.close()
        made = {str(n): json.loads(to_json(report(f"r{n}", n))) for n in range(reports)}
        self._path.write_text(json.dumps({"_default": made}))
        await self.open()

    async def submit(self, number: int) -> None:
        """Insert one document; the storage flushes and syncs."""
        self._database.insert(json.loads(to_json(report(f"r{number}", number))))

    async def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class Sqlite:
    """sqlite3 with a write-ahead log, synced at each commit, with the same lookups as indexes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "reports.sqlite"
        self._thread = ThreadPoolExecutor(1)

    async def open(self) -> int:
        """Open what is there and return how many reports there are."""
        return await self._do(self._open)

    async def fill(self, reports: int) -> None:
        """Write them in one transaction."""
        await self._do(lambda: self._insert(range(reports)))

    async def submit(self, number: int) -> None:
        """Write one report and commit."""
        await self._do(lambda: self._insert([number]))

    async def close(self) -> None:
        """Let go of the file."""
        await self._do(self._connection.close)
        self._thread.shutdown()

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> int:
        self._connection = sqlite3.connect(self._path)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        columns = ", ".join(f'"{name}"' for name in LOOKUPS)
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS r (id PRIMARY KEY, {columns}, json)")
        for name in LOOKUPS:
            unique = "UNIQUE" if name in KINDS[Report].unique else ""
            index = f'CREATE {unique} INDEX IF NOT EXISTS "by_{name}" ON r("{name}")'
            self._connection.execute(index)
        (count,) = self._connection.execute("SELECT count(*) FROM r").fetchone()
        return int(count)

    def _insert(self, numbers: Iterable[int]) -> None:
        marks = ", ".join("?" * (len(LOOKUPS) + 2))
        rows = (self._row(number) for number in numbers)
        with self._connection:
            self._connection.executemany(f"INSERT INTO r VALUES ({marks})", rows)  # noqa: S608 - question marks only

    def _row(self, number: int) -> tuple[object, ...]:
        text = to_json(report(f"r{number}", number))
        made = json.loads(text)
        return made["id"], *(made[name] for name in LOOKUPS), text


ENGINES: Final[dict[str, Callable[[Path], Engine]]] = {
    "embedded": Embedded,
    "JSONStorage": OwnStorage,
    "sqlite3": Sqlite,
}
