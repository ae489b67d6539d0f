"""The embedded store: records of one process, in memory and in a folder."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import structlog

from records.refusals import NotEmpty
from records.store import Entry, Transaction
from storage.embedded.admission import Admission
from storage.embedded.contents import Loaded, load, mend
from storage.embedded.decoder import Decoder
from storage.embedded.folder import Lock, has_kept, note_kept
from storage.embedded.group_commit import Commit, Writer, settled
from storage.embedded.journal import Journal
from storage.embedded.locks import Locks
from storage.embedded.refusals import DiskRefuses
from storage.embedded.rows import no_rows
from storage.embedded.snapshots import LEAST, Growth, Snapshots
from storage.embedded.tables import Tables
from storage.embedded.transaction import AT_ONCE, EmbeddedTransaction

log = structlog.get_logger()


class EmbeddedStore:
    """Keeps records in a folder that this process owns. Used from one event loop."""

    def __init__(
        self, lock: Lock, folder: Path, loaded: Loaded, set_aside: list[Path], snapshot_after: int
    ) -> None:
        self._lock = lock
        self._tables = Tables(loaded.contents)
        self._journal = Journal(folder, loaded.begins, loaded.sequence, loaded.size)
        growth = Growth(least=snapshot_after, snapshot=loaded.snapshot_size)
        snapshots = Snapshots(self._journal, self._tables.state, growth)
        self._writer = Writer(self._journal, snapshots, self._tables.apply)
        self._locks = Locks()
        self._decode = Decoder()
        self._claimed: set[str] = set()
        self.set_aside: Final = tuple(set_aside)
        """Files with torn writes that opening found: nobody was told that they count."""

    @classmethod
    async def open(cls, folder: Path, *, snapshot_after: int = LEAST) -> "EmbeddedStore":
        """Open a folder, made if it is not there; raises FolderInUse, FolderDamaged.

        `snapshot_after` is how many bytes of journal are left to grow at least.
        """
        lock = await asyncio.to_thread(Lock.take, folder)
        try:
            loaded = await asyncio.to_thread(load, folder)
            set_aside = await asyncio.to_thread(mend, folder, loaded)
            for path in set_aside:
                log.warning("damaged records set aside", file=path.name)
            if loaded.sequence and not has_kept(folder):  # a folder of an earlier version
                await asyncio.to_thread(note_kept, folder)
            return cls(lock, folder, loaded, set_aside, snapshot_after)
        except BaseException:
            lock.release()
            raise

    @asynccontextmanager
    async def begin(self, *locks: str) -> AsyncIterator[Transaction]:
        """Open a transaction; leaving the block commits and returns when durable."""
        async with self._locks.held(locks):
            transaction = EmbeddedTransaction(self._tables, self._decode, self._claimed)
            try:
                yield transaction
                await self._commit(transaction)
            finally:
                transaction.end()

    async def lead(self, name: str) -> bool:
        """Return True: the folder has one process, which leads in everything."""
        del name
        return True

    async def dump(self) -> AsyncGenerator[Entry, None]:
        """Yield all that is committed at the moment of the first step, kind by kind, in order."""
        state = self._tables.state()
        for kind, texts in state.items():
            for number, (key, text) in enumerate(texts.items()):
                if number % AT_ONCE == 0:
                    await asyncio.sleep(0)
                yield kind, key, text

    async def load(self, entries: AsyncIterable[Entry]) -> int:
        """Take over what `dump` of a store gave, all or nothing; return how many records.

        Nothing else may be under way. Raises NotEmpty, UnreadableRecord, AlreadyThere, DiskRefuses.
        """
        admitted = Admission()
        async for entry in entries:
            admitted.take(entry)
        if len(self._tables) or self._writer.pending:
            raise NotEmpty(where=str(self._journal.folder))
        self._tables.adopt(admitted.contents)
        try:
            await settled(self._writer.submit([], frozenset()).done)
            await self._writer.snapshot()
        except DiskRefuses:
            self._tables.adopt(no_rows())
            raise
        return len(self._tables)

    async def close(self) -> None:
        """Return when all is durable; the folder is free then."""
        await self._writer.close()
        self._journal.close()
        self._lock.release()

    async def _commit(self, transaction: EmbeddedTransaction) -> None:
        if not transaction.changes:
            return
        while (rival := self._rival(transaction)) is not None:
            await asyncio.wait({rival.done})
        transaction.check()
        commit = self._writer.submit(transaction.changes, transaction.uniques())
        await settled(commit.done)

    def _rival(self, transaction: EmbeddedTransaction) -> Commit | None:
        """Return a commit under way that may take what only one record can have."""
        wanted = transaction.uniques()
        pending = self._writer.pending
        return next((one for one in pending if not wanted.isdisjoint(one.uniques)), None)
