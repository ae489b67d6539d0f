"""The journal: the file to which every change is appended before anybody is told that it counts."""

import os
from pathlib import Path

from records.embedded.folder import JOURNAL, make_entries_safe, named
from records.embedded.frames import framed


class Journal:
    """Appends frames to the newest journal of a folder; used by one thread at a time."""

    def __init__(self, folder: Path, begins: int, sequence: int, size: int) -> None:
        self.folder = folder
        self.begins = begins
        """The sequence that stands before the file's first frame."""
        self.sequence = sequence
        """Of the last frame on the disk."""
        self.size = size
        """Bytes that count; what stands behind them is what a failed write left."""
        self.taken = size
        """Bytes appended in all, by which the growth is told."""
        self._descriptor = _opened(folder, begins)
        self._clean = os.fstat(self._descriptor).st_size == size
        self._clear_tail()

    def append(self, content: bytes) -> None:
        """Write a body as the next frame, and return when it is durable.

        Raises OSError if it is not; then the file is as before.
        """
        frame = framed(self.sequence + 1, content)
        self._clear_tail()
        self._clean = False
        try:
            self._write(frame)
            os.fdatasync(self._descriptor)
        except OSError:
            self._clear_tail()
            raise
        self._clean = True
        self.size += len(frame)
        self.taken += len(frame)
        self.sequence += 1

    def turn(self) -> None:
        """Go on in a new file, so that the one so far can become a snapshot."""
        if self.sequence == self.begins:
            return
        fresh = _opened(self.folder, self.sequence)
        os.close(self._descriptor)
        self._descriptor, self.begins, self.size = fresh, self.sequence, 0

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def _write(self, frame: bytes) -> None:
        rest = memoryview(frame)
        at = self.size
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written

    def _clear_tail(self) -> None:
        """Cut off what a failed write left, before anything is written behind it."""
        if not self._clean:
            os.ftruncate(self._descriptor, self.size)
            os.fsync(self._descriptor)
            self._clean = True


def _opened(folder: Path, begins: int) -> int:
    """Open a journal for writing; a new one's name is safe on return."""
    path = named(folder, begins, JOURNAL)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    make_entries_safe(folder)
    return descriptor
