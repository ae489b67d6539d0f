"""Folders that are replaced whole: built aside, synced, then named by one pointer file."""

import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from knowledge.refusals import IndexBroken

POINTER: Final = "CURRENT"
SUMS: Final = "sums.json"
_PREFIX: Final = "generation-"
_CHUNK: Final = 1 << 20
"""Bytes read at a time while a sum is taken, so that memory stays small."""


class IndexMissing(Exception):  # noqa: N818 - a state the library acts on, not a fault
    """There is no index in the folder yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no index in {folder}")
        self.folder = folder


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SUMS)


def _seal(folder: Path) -> None:
    """Write the checksum of every file and bring all of it to the disk."""
    files = _files(folder)
    sums = {path.relative_to(folder).as_posix(): _sum(path) for path in files}
    sheet = folder / SUMS
    sheet.write_text(json.dumps(sums), encoding="utf-8")
    for path in [*files, sheet]:
        _sync(path)
    for inner in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        _sync(inner)


def write_file(path: Path, content: bytes) -> None:
    """Replace `path` by `content` at once: after a crash it holds the old bytes or the new."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    _sync(path.parent)


def _number(folder: Path) -> int:
    tail = folder.name.removeprefix(_PREFIX).split(".")[0]
    return int(tail) if tail.isdigit() else 0


def _generations(root: Path) -> list[Path]:
    return [p for p in root.glob(f"{_PREFIX}*") if p.is_dir()]


def publish(root: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a new folder, make it the current one, and clear away the others.

    Readers that hold files of an older generation open keep them until they let go.
    """
    root.mkdir(parents=True, exist_ok=True)
    number = max(map(_number, _generations(root)), default=0) + 1
    folder = root / f"{_PREFIX}{number:08d}.{os.getpid()}"
    folder.mkdir()
    try:
        write(folder)
        _seal(folder)
        _sync(root)
        write_file(root / POINTER, folder.name.encode())
    except BaseException:
        if pointed(root) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    for other in _generations(root):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def pointed(root: Path) -> str | None:
    """Return the name of the current folder, unchecked; None where nothing can be read."""
    try:
        return (root / POINTER).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def current(root: Path) -> Path:
    """Return the current folder, every file of it checked against its sum.

    Raises IndexMissing where nothing was published, IndexBroken where a file differs.
    """
    try:
        name = (root / POINTER).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IndexMissing(root) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise IndexBroken(folder=str(root)) from fault
    folder = root / name
    if not name.startswith(_PREFIX) or folder.parent != root:
        raise IndexBroken(folder=str(root))
    _verify(folder)
    return folder


def _verify(folder: Path) -> None:
    try:
        sums = json.loads((folder / SUMS).read_text(encoding="utf-8"))
        found = {path.relative_to(folder).as_posix(): _sum(path) for path in _files(folder)}
    except (OSError, ValueError) as fault:
        raise IndexBroken(folder=str(folder)) from fault
    if sums != found:
        raise IndexBroken(folder=str(folder))
