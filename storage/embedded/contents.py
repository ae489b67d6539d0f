"""Reads a folder back into rows: the newest snapshot, then the journals written since."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from records.refusals import FolderDamaged
from storage.embedded.folder import (
    JOURNAL,
    UNFINISHED,
    has_kept,
    journals,
    put_aside,
    sequence_of,
    set_aside,
    snapshots,
)
from storage.embedded.frames import HEAD, Broken, Frame, changes, columns, frames
from storage.embedded.rows import Rows, no_rows
from storage.embedded.snapshot_files import discard_before, read

LOOKS: Final = 9
"""Times that a folder in use is read anew; a snapshot, which makes it necessary, takes longer."""


@dataclass(frozen=True, slots=True)
class Torn:
    """The end of the newest journal: a write that was cut short, of which nobody was told."""

    file: Path
    offset: int


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What a folder holds, and where its journal goes on."""

    contents: dict[str, Rows] = field(default_factory=no_rows)
    snapshot: Path | None = None
    snapshot_size: int = 0
    """Bytes."""
    sequence: int = 0
    """Of the last frame."""
    begins: int = 0
    """The sequence before the newest journal."""
    size: int = 0
    """Bytes of the newest journal that count."""
    frames: int = 0
    torn: Torn | None = None
    damaged: list[Path] = field(default_factory=list)
    """Snapshots that are not whole, while an older one and its journals are still there."""


def load(folder: Path) -> Loaded:
    """Read the folder and change nothing; raises FolderDamaged, UnreadableRecord.

    A torn end of the newest journal is no damage; anything missing or altered before it is.
    """
    loaded = _from_snapshot(folder)
    files = [path for path in journals(folder) if sequence_of(path) >= loaded.sequence]
    if loaded.snapshot is not None and not files:
        raise FolderDamaged(file=loaded.snapshot.name, reason="the journal after it is missing")
    for path in files:
        _read_journal(path, loaded, newest=path is files[-1])
    if loaded.sequence == 0 and has_kept(folder):
        name = files[0].name if files else f"{0:016x}{JOURNAL}"
        raise FolderDamaged(file=name, reason="records were kept here, and none is left")
    return loaded


def load_beside(folder: Path) -> Loaded:
    """Read a folder that its owner may be writing to: no lock is taken, and nothing is changed.

    A frame that is being written does not count yet. Between two of our looks the owner may put a
    snapshot in place or cut off a failed write, so that a fault counts only if it is found again.
    Raises FolderDamaged, also for a folder without records, and UnreadableRecord.
    """
    if not journals(folder):
        raise FolderDamaged(file=str(folder), reason="no records are kept here")
    before = ""
    for _ in range(LOOKS):
        try:
            return load(folder)
        except (FolderDamaged, FileNotFoundError) as fault:
            if str(fault) == before:
                raise
            before = str(fault)
    raise FolderDamaged(file=str(folder), reason="it changes too fast to be read")


def mend(folder: Path, loaded: Loaded) -> list[Path]:
    """Set aside what does not count and delete what is replaced; return what was set aside.

    The torn end itself is cut off by the journal, before it writes.
    """
    aside = [put_aside(path) for path in loaded.damaged]
    if loaded.torn is not None:
        name = f"{loaded.sequence + 1:016x}{JOURNAL}"
        aside.append(set_aside(folder, name, loaded.torn.file.read_bytes()[loaded.torn.offset :]))
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink()
    if loaded.snapshot is not None:
        discard_before(folder, sequence_of(loaded.snapshot))
    return aside


def _from_snapshot(folder: Path) -> Loaded:
    """Read the newest snapshot that is whole; raises FolderDamaged if there are only others."""
    damaged: list[Path] = []
    found = snapshots(folder)
    for path in reversed(found):
        loaded = Loaded(snapshot=path, snapshot_size=path.stat().st_size, damaged=damaged)
        loaded.sequence = sequence_of(path)
        try:
            for frame in read(path):
                _fill(path, frame, loaded)
        except FolderDamaged:
            if path is found[0]:
                raise
            damaged.append(path)
        else:
            return loaded
    return Loaded()


def _read_journal(path: Path, loaded: Loaded, *, newest: bool) -> None:
    if sequence_of(path) != loaded.sequence:
        reason = f"what stands before it ends at {loaded.sequence}"
        raise FolderDamaged(file=path.name, reason=reason)
    loaded.begins, loaded.size = loaded.sequence, 0
    for frame in frames(path):
        if isinstance(frame, Broken):
            if frame.resumes is not None or not newest:
                raise FolderDamaged(file=path.name, reason=f"altered at byte {frame.offset}")
            loaded.torn = Torn(path, frame.offset)
            return
        _take(path, frame, loaded)
        loaded.size += HEAD + len(frame.body)


def _take(path: Path, frame: Frame, loaded: Loaded) -> None:
    if frame.sequence != loaded.sequence + 1:
        raise FolderDamaged(file=path.name, reason=f"frame {loaded.sequence + 1} is missing")
    with _legible(path, frame):
        for change in list(changes(frame.body)):
            loaded.contents[change.kind].apply(change)
    loaded.sequence = frame.sequence
    loaded.frames += 1


def _fill(path: Path, frame: Frame, loaded: Loaded) -> None:
    """Take over a piece of a snapshot, in which every key stands once."""
    with _legible(path, frame):
        if frame.body:
            kind, keys, texts = columns(frame.body)
            loaded.contents[kind].fill(keys, texts)
    loaded.frames += 1


@contextmanager
def _legible(path: Path, frame: Frame) -> Iterator[None]:
    """Name a frame that is whole, but does not hold what this program writes."""
    try:
        yield
    except (ValueError, KeyError):
        reason = f"frame {frame.sequence} is not legible"
        raise FolderDamaged(file=path.name, reason=reason) from None
