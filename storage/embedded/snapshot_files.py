"""Snapshots: all records as of one sequence, in a file that is there whole or not at all."""

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from records.refusals import FolderDamaged
from storage.embedded.folder import (
    SNAPSHOT,
    UNFINISHED,
    journals,
    make_entries_safe,
    named,
    sequence_of,
    snapshots,
)
from storage.embedded.frames import Broken, Change, Frame, body, framed, frames
from storage.embedded.rows import Texts

RECORDS_A_FRAME: Final = 1_000
"""Less than a MiB at once in memory, and heads are no part of the size."""
BYTES_A_SYNC: Final = 4 * 2**20
"""So much waits for the disk at most, lest the journal's next write waits behind all of it."""

State = Mapping[str, Texts]
"""The records of each kind."""


def write(folder: Path, sequence: int, state: State) -> int:
    """Write a snapshot aside and put it in place; return its size in bytes.

    What it replaces is deleted after. Raises OSError; then the folder is as before.
    """
    path = named(folder, sequence, SNAPSHOT)
    aside = path.with_suffix(UNFINISHED)
    try:
        size = _write(aside, state)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    make_entries_safe(folder)
    discard_before(folder, sequence)
    return size


def read(path: Path) -> Iterator[Frame]:
    """Yield the frames of a snapshot; raises FolderDamaged unless it is whole to its end."""
    ended = False
    for number, frame in enumerate(frames(path), start=1):
        if isinstance(frame, Broken) or frame.sequence != number or ended:
            raise FolderDamaged(file=path.name, reason=f"altered at frame {number}")
        ended = not frame.body
        yield frame
    if not ended:
        raise FolderDamaged(file=path.name, reason="its end is missing")


def discard_before(folder: Path, sequence: int) -> None:
    """Delete the snapshots and journals that a snapshot of that sequence replaces."""
    for path in (*snapshots(folder), *journals(folder)):
        if sequence_of(path) < sequence:
            path.unlink()


def _write(path: Path, state: State) -> int:
    unsafe = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for number, content in enumerate(_bodies(state), start=1):
            unsafe += file.write(framed(number, content))
            if unsafe >= BYTES_A_SYNC:
                file.flush()
                os.fdatasync(file.fileno())
                unsafe = 0
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _bodies(state: State) -> Iterator[bytes]:
    """Yield bodies of so many records each, and an empty one for the end."""
    for kind, texts in state.items():
        records = (Change(kind, key, text) for key, text in texts.items())
        while some := list(islice(records, RECORDS_A_FRAME)):
            yield body(some)
    yield b""
