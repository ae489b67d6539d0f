"""The way into the library: a file read and parsed. Who only asks never imports it.

Started by its name, the module is the process that `ReaderProcess` asks.
"""

import json
import resource
import sys
from dataclasses import fields
from pathlib import Path
from typing import Final

import structlog
from pydantic import TypeAdapter

from knowledge.file_kinds import FileKind
from knowledge.library.reader_process import ReaderProcess
from knowledge.model import Directive
from knowledge.parsing import parse
from knowledge.reading import read
from knowledge.refusals import ExpandsTooFar, FileRefused, NotUnderstood

LIGHT_BYTES: Final = 32 * 1024
"""Of plain text that is read at once: a second at the worst, as long as starting a process."""

MEMORY_BYTES: Final = 448 * 1024 * 1024
"""Data of the reading process: the largest of 350 malformed files took 215 MiB."""

_LIGHT_KINDS: Final = frozenset({FileKind.TEXT.value, FileKind.MARKDOWN.value})


class Intake:
    """Takes files, one after another: what may be heavy in a process of its own."""

    def __init__(self) -> None:
        self._beside = ReaderProcess()

    def __enter__(self) -> "Intake":
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.__exit__(None, None, None)

    def take(self, path: Path) -> Directive:
        """Return what the file at `path` is as a directive. Raises FileRefused."""
        return parsed(path) if _is_light(path) else self._beside.take(path)


def take(path: Path) -> Directive:
    """Return what the file at `path` is as a directive. Raises FileRefused."""
    with Intake() as intake:
        return intake.take(path)


def parsed(path: Path) -> Directive:
    """Read and parse a file here; raises FileRefused, and nothing else but MemoryError."""
    try:
        return parse(read(path))
    except (FileRefused, MemoryError):
        raise
    except Exception:
        # A mistake of ours, found by this file; the others are to be taken all the same.
        log = structlog.get_logger("knowledge.library.intake")
        log.exception("file not understood", file=path.name)
        raise NotUnderstood(file=path.name) from None


def _is_light(path: Path) -> bool:
    try:
        return path.suffix.lower() in _LIGHT_KINDS and path.stat().st_size <= LIGHT_BYTES
    except OSError:
        return True


def main() -> None:
    """Answer until standard input ends."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    adapter = TypeAdapter(Directive)
    for line in sys.stdin.buffer:
        path = Path(json.loads(line))
        try:
            directive = adapter.dump_python(parsed(path), mode="json")
            said = json.dumps({"directive": directive}).encode()
        except FileRefused as refused:
            said = _told(refused)
        except MemoryError:
            said = _told(ExpandsTooFar(file=path.name, limit=MEMORY_BYTES))
        sys.stdout.buffer.write(said + b"\n")
        sys.stdout.buffer.flush()


def _told(refused: FileRefused) -> bytes:
    facts = {one.name: getattr(refused, one.name) for one in fields(refused)}
    return json.dumps({"refused": type(refused).__name__, "facts": facts}).encode()


if __name__ == "__main__":
    main()
