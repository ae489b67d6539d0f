"""A backup: one compressed file of lines, with counts and a checksum at its end.

The first line is a header, the last one a seal; between them a line a record: its kind and key as
JSON, a tab, the record as JSON. A file without its seal is no backup, however much of it is there.
"""

import gzip
import json
import os
import zlib
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from records.refusals import NotABackup
from records.store import Entry

FORMAT: Final = "danvan records"
VERSION: Final = 1
LONGEST_LINE: Final = 16 * 1024 * 1024
"""Bytes; no record of ours comes near it, and a file that is no backup is not read on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a backup holds."""

    made: str
    """When, in ISO 8601."""
    counts: Mapping[str, int]
    """Records by kind."""


async def write(entries: AsyncIterable[Entry], path: Path, now: datetime) -> Sealed:
    """Write a backup beside `path` and put it in its place once it is whole and on the disk."""
    beside = path.with_name(f".{path.name}.part")
    counts: Counter[str] = Counter()
    digest = sha256()
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
                header = {"format": FORMAT, "version": VERSION, "made": now.isoformat()}
                _put(file, digest, json.dumps(header).encode())
                async for kind, key, text in entries:
                    counts[kind] += 1
                    name = json.dumps([kind, key], ensure_ascii=False).encode()
                    _put(file, digest, name + b"\t" + text)
                seal = {"counts": counts, "sha256": digest.hexdigest()}
                file.write(json.dumps(seal).encode() + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Sealed(made=now.isoformat(), counts=dict(counts))


def check(path: Path) -> Sealed:
    """Read a backup from end to end; raises NotABackup if it is anything but whole."""
    made, counts = "", Counter[str]()
    seal: dict[str, Any] = {}
    digest = sha256()
    before = b""
    for number, line in enumerate(_lines(path)):
        if number:
            digest.update(before)
            if number == 1:
                made = _header(path, before)
            else:
                counts[_entry(path, before)[0]] += 1
        before = line
    seal = _json(path, before)
    if seal.get("sha256") != digest.hexdigest() or seal.get("counts") != counts:
        raise NotABackup(file=path.name)
    return Sealed(made=made, counts=dict(counts))


async def read(path: Path) -> AsyncIterator[Entry]:
    """Yield the records of a backup that `check` has passed."""
    before = b""
    for number, line in enumerate(_lines(path)):
        if number > 1:
            yield _entry(path, before)
        before = line


def _put(file: gzip.GzipFile, digest: Any, line: bytes) -> None:
    file.write(line + b"\n")
    digest.update(line + b"\n")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise NotABackup(file=path.name)
                yield line
    except (OSError, EOFError, zlib.error):
        raise NotABackup(file=path.name) from None


def _header(path: Path, line: bytes) -> str:
    header = _json(path, line)
    if header.get("format") != FORMAT or header.get("version") != VERSION:
        raise NotABackup(file=path.name)
    return str(header.get("made"))


def _entry(path: Path, line: bytes) -> Entry:
    name, tab, text = line.rstrip(b"\n").partition(b"\t")
    try:
        kind, key = json.loads(name)
    except ValueError:
        raise NotABackup(file=path.name) from None
    if not tab or not isinstance(kind, str) or not isinstance(key, str):
        raise NotABackup(file=path.name)
    return kind, key, text


def _json(path: Path, line: bytes) -> dict[str, Any]:
    try:
        read_in = json.loads(line)
    except ValueError:
        raise NotABackup(file=path.name) from None
    if not isinstance(read_in, dict):
        raise NotABackup(file=path.name)
    return read_in
