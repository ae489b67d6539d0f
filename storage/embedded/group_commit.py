"""Group commit: what is ready at the same time goes to the disk together, in order."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from storage.embedded.frames import Change, body
from storage.embedded.journal import Journal
from storage.embedded.refusals import DiskRefuses
from storage.embedded.snapshots import Snapshots
from storage.embedded.transaction import Unique


@dataclass(frozen=True, slots=True, eq=False)
class Commit:
    """The changes of one transaction on their way to the disk."""

    changes: list[Change]
    uniques: frozenset[Unique]
    done: asyncio.Future[None]
    """Set when they are durable and others see them, or with what went wrong."""


class Writer:
    """Owns the one thread that writes; all else happens on the event loop."""

    def __init__(
        self, journal: Journal, snapshots: Snapshots, apply: Callable[[list[Change]], None]
    ) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._apply = apply
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, "records")
        self._waiting: list[Commit] = []
        self._under_way: list[Commit] = []

    @property
    def pending(self) -> list[Commit]:
        """Commits that are not durable yet, in their order."""
        return [*self._under_way, *self._waiting]

    def submit(self, changes: list[Change], uniques: frozenset[Unique]) -> Commit:
        """Put changes on their way, behind those submitted before."""
        commit = Commit(changes, uniques, self._loop.create_future())
        self._waiting.append(commit)
        self._start()
        return commit

    async def close(self) -> None:
        """Return when everything submitted is settled and the thread has ended."""
        while self.pending:
            await asyncio.wait({commit.done for commit in self.pending})
        await self._snapshots.close()
        self._thread.shutdown()

    async def snapshot(self) -> None:
        """Take a snapshot now, and return when it is in place; raises DiskRefuses.

        Nothing else may be under way.
        """
        try:
            await self._snapshots.take(self._thread.submit(self._journal.turn))
        except OSError as failure:
            raise refusal(failure) from None

    def _start(self) -> None:
        """Send all that waits, unless the thread is busy: then it waits for the next turn."""
        if self._under_way or not self._waiting:
            return
        self._under_way, self._waiting = self._waiting, []
        content = b"".join(body(commit.changes) for commit in self._under_way)
        written = self._thread.submit(self._journal.append, content)
        written.add_done_callback(
            lambda future: self._loop.call_soon_threadsafe(self._finish, future)
        )

    def _finish(self, written: Future[None]) -> None:
        batch, self._under_way = self._under_way, []
        failure = written.exception()
        for commit in batch:
            if failure is None:
                self._apply(commit.changes)
                commit.done.set_result(None)
            else:
                commit.done.set_exception(refusal(failure))
        if self._snapshots.due:
            self._snapshots.take(self._thread.submit(self._journal.turn))
        self._start()


async def settled(done: "asyncio.Future[None]") -> None:
    """Wait until it is known how a commit ended; who is cancelled meanwhile hears of it after."""
    cancelled: asyncio.CancelledError | None = None
    while not done.done():
        try:
            await asyncio.wait({done})
        except asyncio.CancelledError as error:
            cancelled = error
    failure = done.exception()
    if cancelled is not None:
        raise cancelled
    if failure is not None:
        raise failure


def refusal(failure: BaseException) -> BaseException:
    """Return what the transactions of a failed write raise, each its own."""
    if isinstance(failure, OSError):
        return DiskRefuses(reason=failure.strerror or type(failure).__name__)
    return failure
