"""The journal: every change is appended to it before anybody is told that it counts.

Its owner appends by `Journal`. Whoever wants to read beside the owner opens the folder with TinyDB:
`TinyDB(FOLDER, storage=JournalStorage)`.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from records.codec import from_json
from records.kinds import KINDS, Record
from storage.embedded.contents import load_beside
from storage.embedded.folder import JOURNAL, make_entries_safe, named, note_kept
from storage.embedded.frames import framed
from storage.embedded.rows import Rows, Stored
from storage.embedded.tables import LiveStorage

R = TypeVar("R", bound=Record)


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
        if self.sequence == 1:
            with suppress(OSError):  # the write counts; it is noted at the next opening
                note_kept(self.folder)

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


class JournalStorage(LiveStorage):
    """The records of a folder as they are at this moment, for TinyDB to read and query.

    A table a kind; a document is the JSON of a record. The owner of the folder is not hindered,
    and nothing is written: who tries is refused with a sentence. Raises FolderDamaged,
    UnreadableRecord.
    """

    def __init__(self, folder: Path | str) -> None:
        super().__init__(load_beside(Path(folder)).contents)
        self._numbered = {name: Numbered(rows) for name, rows in self.rows.items()}

    def read(self) -> dict[str, Any]:
        """Return the tables by name, with numbers for keys as TinyDB has them."""
        return dict(self._numbered)


def read_kind(folder: Path, kind: type[R]) -> list[R]:
    """Return the records of a kind in a folder, beside its owner, in the order of first writing.

    Raises FolderDamaged, also for a folder without records, and UnreadableRecord.
    """
    rows = load_beside(folder).contents[KINDS[kind].name]
    return [from_json(kind, rows[key].text) for key in rows]


class Numbered(Mapping[str, Stored]):
    """The documents of a kind, numbered from 1 in the order they were first written."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._keys = {str(number): key for number, key in enumerate(rows, start=1)}

    def __getitem__(self, number: str) -> Stored:
        return self._rows[self._keys[number]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _opened(folder: Path, begins: int) -> int:
    """Open a journal for writing; a new one's name is safe on return."""
    path = named(folder, begins, JOURNAL)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    make_entries_safe(folder)
    return descriptor
