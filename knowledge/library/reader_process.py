"""A process that reads files for us, held to time and memory: a hostile file ends it, and not us.

It answers each line of standard input, a path as JSON, with a line:
{"directive": …} or {"refused": name of the class, "facts": {…}}.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from pydantic import TypeAdapter

from knowledge import refusals
from knowledge.model import Directive
from knowledge.refusals import FileRefused, NotUnderstood, TooSlow

SECONDS: Final = 25
"""For one file, from bytes to a directive; a PDF has its own limit within."""

_MODULE: Final = "knowledge.library.intake"
_CHUNK: Final = 1 << 16


class ReaderProcess:
    """Reads files one after another; started at the first, and anew after one that ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def take(self, path: Path) -> Directive:
        """Return what the file at `path` is as a directive. Raises FileRefused."""
        try:
            answer = self._answer(path)
        except TimeoutError:
            self._end()
            raise TooSlow(file=path.name, seconds=SECONDS) from None
        except (OSError, EOFError, ValueError):
            self._end()
            raise NotUnderstood(file=path.name) from None
        if "refused" in answer:
            raise _refusal(answer["refused"], answer["facts"])
        return TypeAdapter(Directive).validate_python(answer["directive"])

    def _answer(self, path: Path) -> dict[str, Any]:
        """Ask, and read a line; raises TimeoutError, EOFError, OSError, ValueError."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", "")},
                bufsize=0,
            )
        sent, got = self._process.stdin, self._process.stdout
        if sent is None or got is None:
            raise EOFError
        sent.write(json.dumps(str(path.absolute())).encode() + b"\n")
        answer: dict[str, Any] = json.loads(_line(got.fileno()))
        return answer

    def _end(self) -> None:
        """End the process: it keeps nothing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _line(descriptor: int) -> bytes:
    """Read to the end of a line within the time of one file."""
    until, read = time.monotonic() + SECONDS, bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(descriptor, selectors.EVENT_READ)
        while not read.endswith(b"\n"):
            if not ready.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            some = os.read(descriptor, _CHUNK)
            if not some:
                raise EOFError
            read += some
    return bytes(read)


def _refusal(name: str, facts: dict[str, Any]) -> FileRefused:
    kind = getattr(refusals, name)
    tuples = {key: tuple(one) if isinstance(one, list) else one for key, one in facts.items()}
    refused: FileRefused = kind(**tuples)
    return refused
