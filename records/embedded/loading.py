"""Reads a folder back into tables: the newest snapshot, then the journals written since."""

from dataclasses import dataclass, field
from pathlib import Path

from records.embedded.folder import JOURNAL, journals, sequence_of, set_aside
from records.embedded.frames import Broken, Frame, changes, frames
from records.embedded.tables import Tables
from records.refusals import FolderDamaged


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What a folder holds, and where its journal goes on."""

    tables: Tables
    sequence: int = 0
    """Of the last frame."""
    begins: int = 0
    """The sequence before the newest journal."""
    size: int = 0
    """Bytes of the newest journal that count."""
    set_aside: list[Path] = field(default_factory=list)


def load(folder: Path) -> Loaded:
    """Read the folder; a torn end of the newest journal is cut off and set aside.

    Raises FolderDamaged where something is missing or altered before the end.
    """
    loaded = Loaded(tables=Tables())
    files = journals(folder)
    for path in files:
        _read_journal(path, loaded, newest=path is files[-1])
    return loaded


def _read_journal(path: Path, loaded: Loaded, *, newest: bool) -> None:
    if sequence_of(path) != loaded.sequence:
        raise FolderDamaged(
            file=path.name, reason=f"what stands before it ends at {loaded.sequence}"
        )
    loaded.begins, loaded.size = loaded.sequence, 0
    content = path.read_bytes()
    for frame in frames(content):
        if isinstance(frame, Broken):
            _cut(path, content, frame, loaded, newest=newest)
            return
        _take(path, frame, loaded)
    loaded.size = len(content)


def _take(path: Path, frame: Frame, loaded: Loaded) -> None:
    if frame.sequence != loaded.sequence + 1:
        raise FolderDamaged(file=path.name, reason=f"frame {loaded.sequence + 1} is missing")
    try:
        loaded.tables.apply(list(changes(frame.body)))
    except (ValueError, KeyError):
        raise FolderDamaged(
            file=path.name, reason=f"frame {frame.sequence} is not legible"
        ) from None
    loaded.sequence = frame.sequence


def _cut(path: Path, content: bytes, broken: Broken, loaded: Loaded, *, newest: bool) -> None:
    """Set a torn end aside: a write that nobody was told of; anything else is damage."""
    if broken.resumes is not None or not newest:
        raise FolderDamaged(file=path.name, reason=f"altered at byte {broken.offset}")
    name = f"{loaded.sequence + 1:016x}{JOURNAL}"
    loaded.set_aside.append(set_aside(path.parent, name, content[broken.offset :]))
    loaded.size = broken.offset
