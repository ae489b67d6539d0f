"""Turns a grown journal into a snapshot while others go on writing."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import structlog

from storage.embedded.journal import Journal
from storage.embedded.snapshot_files import State, write

LEAST: Final = 8 * 2**20
"""Bytes of journal below which none is taken: read back in a tenth of a second."""
SHARE: Final = 0.25
"""Of the last snapshot's size that the journal may reach: opening reads a quarter more, and each
byte is written again four times at most."""

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class Growth:
    """How far the journal may grow before it becomes a snapshot."""

    least: int
    """Bytes."""
    snapshot: int
    """Bytes of the last snapshot."""

    @property
    def most(self) -> float:
        """Bytes at which a snapshot is due."""
        return max(self.least, SHARE * self.snapshot)


class Snapshots:
    """Takes one snapshot at a time, in a thread of its own."""

    def __init__(self, journal: Journal, state: Callable[[], State], growth: Growth) -> None:
        self._journal = journal
        self._state = state
        self._growth = growth
        self._thread = ThreadPoolExecutor(1, "records-snapshot")
        self._under_way = False
        self._tried_at = 0
        """How much the journal had taken at the last try."""

    @property
    def due(self) -> bool:
        """Whether the journal has grown enough; asked while nothing is being written."""
        grown = self._journal.taken - self._tried_at
        return not self._under_way and grown >= self._growth.most

    def take(self, turned: Future[None]) -> "asyncio.Future[int]":
        """Take one of the state as it is; `turned` ends once the journal goes on in a new file."""
        self._under_way = True
        self._tried_at = self._journal.taken
        future = asyncio.wrap_future(
            self._thread.submit(self._write, turned, self._journal.sequence, self._state())
        )
        future.add_done_callback(self._ended)
        return future

    async def close(self) -> None:
        """Return when none is under way any more."""
        await asyncio.to_thread(self._thread.shutdown)

    def _write(self, turned: Future[None], sequence: int, state: State) -> int:
        turned.result()
        return write(self._journal.folder, sequence, state)

    def _ended(self, taken: "asyncio.Future[int]") -> None:
        self._under_way = False
        failure = None if taken.cancelled() else taken.exception()
        if failure is not None:
            log.warning("snapshot not taken, the journal goes on", reason=str(failure))
        elif not taken.cancelled():
            self._growth.snapshot = taken.result()
