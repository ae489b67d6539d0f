"""Frames: what one write to the disk holds, so framed that a torn or altered one shows.

A frame is a head of fixed size (mark, sequence, size of the body, checksum) and its body, a line
for each change: `kind TAB key TAB record LF` for a record written, `kind TAB key LF` for one
removed; key and record are JSON, in which neither a tab nor a line feed can stand.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

MARK: Final = b"DV1"
"""Begins each frame and names the form of what follows."""
DIGEST_BYTES: Final = 8
"""Of the checksum: one altered frame in 2^64 passes."""
HEAD: Final = len(MARK) + 1 + 16 + 1 + 8 + 1 + 2 * DIGEST_BYTES + 1
"""Bytes of a head: mark, sequence, size and checksum in hexadecimal, one space between, LF."""
_LIKE_A_HEAD: Final = re.compile(rb"DV1 [0-9a-f]{16} [0-9a-f]{8} [0-9a-f]{16}\n")
LARGEST: Final = 0xFFFF_FFFF
"""Bytes of the largest body that a head can tell."""


class Change(NamedTuple):
    """A record written, or, without one, removed."""

    kind: str
    key: str
    record: bytes | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A body that was found whole, with the sequence it was written under."""

    sequence: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """From `offset` on the file holds no whole frame; `resumes` is where one follows, if any."""

    offset: int
    resumes: int | None


def body(changes: list[Change]) -> bytes:
    """Return changes as the body of a frame."""
    return b"".join(map(_line, changes))


def framed(sequence: int, content: bytes) -> bytes:
    """Return a body with its head; raises OverflowError for one that no head can tell."""
    if len(content) > LARGEST:
        raise OverflowError(len(content))
    start = b"%s %016x %08x " % (MARK, sequence, len(content))
    return b"%s%s\n%s" % (start, _checksum(start, content), content)


def changes(content: bytes) -> Iterator[Change]:
    """Yield the changes of a body; raises ValueError where it holds something else."""
    for line in content.split(b"\n")[:-1]:
        kind, key, *record = line.split(b"\t", 2)
        yield Change(kind.decode(), _unquoted(key), record[0] if record else None)


def columns(content: bytes) -> tuple[str, list[str], list[bytes]]:
    """Return kind, keys and records of a body that holds records of one kind; raises ValueError."""
    lines = [line.split(b"\t", 2) for line in content.split(b"\n")[:-1]]
    kinds = {line[0] for line in lines}
    (kind,) = kinds
    return kind.decode(), [_unquoted(key) for _, key, _ in lines], [text for _, _, text in lines]


def frames(path: Path) -> Iterator[Frame | Broken]:
    """Yield the frames of a file; a last Broken says where and how it ends before its end."""
    with path.open("rb") as file:
        offset = 0
        while head := file.read(HEAD):
            content = file.read(_size(head))
            if not _whole(head, content):
                yield Broken(offset, _next_whole(path, offset + 1))
                return
            yield Frame(int(head[4:20], 16), content)
            offset += HEAD + len(content)


def _line(change: Change) -> bytes:
    key = json.dumps(change.key, ensure_ascii=False).encode()
    if change.record is None:
        return b"%s\t%s\n" % (change.kind.encode(), key)
    return b"%s\t%s\t%s\n" % (change.kind.encode(), key, change.record)


def _unquoted(key: bytes) -> str:
    text: str = json.loads(key) if b"\\" in key else key[1:-1].decode()
    return text


def _checksum(start: bytes, content: bytes) -> bytes:
    digest = blake2b(start, digest_size=DIGEST_BYTES)
    digest.update(content)
    return digest.hexdigest().encode()


def _size(head: bytes) -> int:
    """Return the size that a head tells, 0 if it is none."""
    return int(head[21:29], 16) if _LIKE_A_HEAD.fullmatch(head) else 0


def _whole(head: bytes, content: bytes) -> bool:
    fits = _LIKE_A_HEAD.fullmatch(head) is not None and len(content) == _size(head)
    return fits and _checksum(head[:30], content) == head[30:-1]


def _next_whole(path: Path, offset: int) -> int | None:
    """Return where the next whole frame begins."""
    content = path.read_bytes()
    for found in _LIKE_A_HEAD.finditer(content, offset):
        end = found.end() + _size(found[0])
        if _whole(found[0], content[found.end() : end]):
            return found.start()
    return None
