"""The folder of an embedded store: its owner, its files, and how they are made safe."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from records.refusals import FolderInUse

LOCK: Final = "lock"
KEPT: Final = b"records are kept here\n"
"""What the lock's file says once the first write was acknowledged."""
JOURNAL: Final = ".journal"
SNAPSHOT: Final = ".snapshot"
UNFINISHED: Final = ".unfinished"
"""Ends the name of a snapshot that is being written; worth nothing after a restart."""
ASIDE: Final = "damaged-"
"""Begins the name of what was set aside; never read again, never deleted by the store."""


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to a folder, held as long as the process lives or until released."""

    descriptor: int

    @classmethod
    def take(cls, folder: Path) -> "Lock":
        """Own the folder, made if it is not there; raises FolderInUse if another store does."""
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return cls._locked(folder, descriptor, fcntl.LOCK_EX)

    @classmethod
    def share(cls, folder: Path) -> "Lock | None":
        """Keep stores out while reading; raises FolderInUse. None if no store ever had it."""
        try:
            descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        return cls._locked(folder, descriptor, fcntl.LOCK_SH)

    @classmethod
    def _locked(cls, folder: Path, descriptor: int, how: int) -> "Lock":
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FolderInUse(folder=str(folder)) from None
        return cls(descriptor)

    def release(self) -> None:
        """Let another have the folder."""
        os.close(self.descriptor)


def note_kept(folder: Path) -> None:
    """Write down that the folder holds records: from now on an empty one has lost them."""
    descriptor = os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, KEPT)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_kept(folder: Path) -> bool:
    """Tell whether records were ever kept here, as far as it was written down."""
    try:
        return (folder / LOCK).read_bytes().startswith(KEPT)
    except FileNotFoundError:
        return False


def journals(folder: Path) -> list[Path]:
    """Return the journals, oldest first; a name tells the sequence that stands before it."""
    return _named(folder, JOURNAL)


def snapshots(folder: Path) -> list[Path]:
    """Return the snapshots, oldest first; a name tells the last sequence it holds."""
    return _named(folder, SNAPSHOT)


def sequence_of(path: Path) -> int:
    """Return the sequence that a file's name tells."""
    return int(path.stem, 16)


def named(folder: Path, sequence: int, ending: str) -> Path:
    """Return the path of a journal or snapshot."""
    return folder / f"{sequence:016x}{ending}"


def make_entries_safe(folder: Path) -> None:
    """Return once the names of the folder's files would outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(folder: Path, name: str, content: bytes) -> Path:
    """Keep damaged bytes in a file of their own, for a person to look at."""
    path = _unused(folder, name)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    make_entries_safe(folder)
    return path


def put_aside(path: Path) -> Path:
    """Keep a damaged file under a name by which it is not read again."""
    aside = path.rename(_unused(path.parent, path.name))
    make_entries_safe(path.parent)
    return aside


def _unused(folder: Path, name: str) -> Path:
    path, number = folder / f"{ASIDE}{name}", 1
    while path.exists():
        number += 1
        path = folder / f"{ASIDE}{number}-{name}"
    return path


def _named(folder: Path, ending: str) -> list[Path]:
    found = [path for path in folder.glob(f"*{ending}") if _is_sequence(path.stem)]
    return sorted(found, key=sequence_of)


def _is_sequence(stem: str) -> bool:
    return len(stem) == 16 and all(letter in "0123456789abcdef" for letter in stem)
