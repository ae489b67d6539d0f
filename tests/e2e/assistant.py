"""The real process under test: `danvan run`, started, watched, stopped and killed."""

import asyncio
import atexit
import json
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bot.settings import SHIPPED
from knowledge.library import Library
from tests.e2e.nursery import Born, born

READY: Final = "The assistant is ready"
INDEX: Final = "index"
"""Where the index of a data folder is."""

NOTED: Final = 0.3
"""Seconds in which what was answered is noted as handled."""
PATIENCE: Final = 40.0
"""Seconds for a start on a busy machine, its index to be built included."""


@dataclass(slots=True)
class Assistant:
    """One `danvan run` on one data folder; it can be started again."""

    data: Path
    settings: Mapping[str, str]
    output: list[str] = field(default_factory=list)
    """Every line of standard output and standard error, of all its lives."""
    _process: Born | None = None
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    _written: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self) -> None:
        """Start, and return when it serves; fails with its output when it ends instead."""
        give_index(self.data)
        self._process = await command(["run"], self.environment)
        ready = asyncio.Event()
        self._readers = [
            asyncio.create_task(self._read(self._process.stdout, ready)),
            asyncio.create_task(self._read(self._process.stderr, ready)),
        ]
        ended = asyncio.create_task(self._process.wait())
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({ended, waiting}, timeout=PATIENCE, return_when="FIRST_COMPLETED")
        waiting.cancel()
        if not ready.is_set():
            await self.kill()
            raise AssertionError("the assistant did not start:\n" + "\n".join(self.output))

    async def stop(self) -> int:
        """Ask it to end, and return its status."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> int:
        """End it as a power cut does, once it has noted what it was seen to answer.

        Cut between the two, it handles that again: docs/van-hanh.md says so.
        """
        await asyncio.sleep(NOTED)
        return await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            status = await self._process.wait()
            await asyncio.gather(*self._readers)
        return status

    @property
    def environment(self) -> dict[str, str]:
        """What the process is told."""
        return {"DATA_DIR": str(self.data), **self.settings}

    @property
    def log(self) -> list[dict[str, Any]]:
        """The records of the log so far."""
        return [json.loads(line) for line in self.output if line.startswith("{")]

    async def logs(self, event: str) -> dict[str, Any]:
        """Wait for a record of this event, now or to come, and return it."""
        async with asyncio.timeout(PATIENCE), self._written:
            while True:
                for record in self.log:
                    if record["event"] == event:
                        return record
                await self._written.wait()

    def questions(self) -> list[dict[str, Any]]:
        """Return the lines of the question log so far."""
        path = self.data / "questions.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    async def _read(self, stream: asyncio.StreamReader, ready: asyncio.Event) -> None:
        async for line in stream:
            async with self._written:
                self.output.append(line.decode().rstrip("\n"))
                self._written.notify_all()
            if self.output[-1].startswith(READY):
                ready.set()


def give_index(data: Path) -> None:
    """Copy the index of the shipped library into a data folder that has none yet."""
    if not (data / INDEX).exists():
        shutil.copytree(_index(), data / INDEX)


@cache
def _index() -> Path:
    """Build the index of the shipped library, once a process of tests."""
    folder = TemporaryDirectory(prefix="danvan-")
    atexit.register(folder.cleanup)
    Library.open((SHIPPED,), Path(folder.name) / INDEX)
    return Path(folder.name) / INDEX


async def command(arguments: Sequence[str], settings: Mapping[str, str]) -> Born:
    """Start `danvan` with settings of its own, not those of whoever runs the tests."""
    return await born(arguments, settings)
