"""Processes of `danvan`, forked off one that has imported everything: real, and soon there.

The nursery is a process that listens on a Unix socket. It is sent arguments, environment and three
open files, and forks an ordinary process, with signals and an exit status of its own, that runs the
same `main` as the command. It lives for as long as whoever started it.
"""

import asyncio
import atexit
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

LARGEST: Final = 1 << 20
"""Bytes of a request: the environment of a test has some kilobytes."""

STANDARD: Final = (0, 1, 2)

PRELOADED: Final = (
    "bot.commands.questions",
    "bot.inspection",
    "bot.commands.records",
    "bot.commands.schedule",
    "bot.service",
)
"""What the commands import when they are run."""

INHERITED: Final = ("PATH", "HOME", "PYTHONPATH")
"""What a process has of the environment of whoever runs the tests."""


@dataclass(slots=True)
class Born:
    """A process from the nursery, with the part of asyncio's `Process` that tests use."""

    pid: int
    stdin: IO[bytes]
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader
    ended: asyncio.Task[int]
    returncode: int | None = None

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, which has not ended."""
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Return the exit status once it has ended; negative: the signal that ended it."""
        self.returncode = await asyncio.shield(self.ended)
        self.stdin.close()
        return self.returncode

    async def communicate(self, given: bytes = b"") -> tuple[bytes, bytes]:
        """Write to standard input, close it, and return both outputs once it has ended."""
        await asyncio.to_thread(self._write, given)
        out, err = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, err

    def _write(self, given: bytes) -> None:
        with self.stdin:
            self.stdin.write(given)


async def born(arguments: Sequence[str], settings: Mapping[str, str]) -> Born:
    """Have a process run `danvan` with these arguments and settings."""
    own = {name: os.environ[name] for name in INHERITED if name in os.environ}
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(_nursery())
    (stdin, to_stdin), (from_stdout, stdout), (from_stderr, stderr) = (os.pipe() for _ in STANDARD)
    request = json.dumps([list(arguments), {**own, **settings}]).encode()
    socket.send_fds(line, [request], [stdin, stdout, stderr])
    for theirs in (stdin, stdout, stderr):
        os.close(theirs)
    line.setblocking(False)
    pid = await asyncio.get_running_loop().sock_recv(line, 64)
    return Born(
        pid=int(pid),
        stdin=os.fdopen(to_stdin, "wb"),
        stdout=await _reader(from_stdout),
        stderr=await _reader(from_stderr),
        ended=asyncio.create_task(_ended(line)),
    )


async def _ended(line: socket.socket) -> int:
    status = await asyncio.get_running_loop().sock_recv(line, 64)
    line.close()
    return int(status)


async def _reader(end: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(end, "rb"))
    return reader


@cache
def _nursery() -> str:
    """Start the nursery, once a process of tests; return the address of its socket."""
    folder = TemporaryDirectory(prefix="danvan-")
    address = str(Path(folder.name) / "nursery")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.nursery", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return address


class Nursery:
    """The other side: it forks, and tells how each process ended."""

    def __init__(self, address: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(address)
        self._listener.listen()
        self._alarm, self._alarmed = socket.socketpair()
        for end in (self._alarm, self._alarmed):
            end.setblocking(False)
        signal.set_wakeup_fd(self._alarmed.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._lines: dict[int, socket.socket] = {}

    def serve(self) -> Sequence[str] | None:
        """Return the arguments in each process that is born; None in the nursery at its end."""
        with selectors.DefaultSelector() as ready:
            for source in (self._listener, self._alarm, sys.stdin):
                ready.register(source, selectors.EVENT_READ)
            while True:
                sources = [key.fileobj for key, _ in ready.select()]
                if self._alarm in sources:
                    self._tell_who_ended()
                if self._listener in sources:
                    arguments = self._bear()
                    if arguments is not None:
                        return arguments
                if sys.stdin in sources:
                    return None

    def _bear(self) -> Sequence[str] | None:
        """Fork a process; return its arguments there, and None here."""
        line, _ = self._listener.accept()
        request, files, _, _ = socket.recv_fds(line, LARGEST, len(STANDARD))
        arguments, environment = json.loads(request)
        pid = os.fork()
        if not pid:
            self._leave(line, files)
            os.environ.clear()
            os.environ.update(environment)
            return list(arguments)
        for end in files:
            os.close(end)
        line.send(str(pid).encode())
        self._lines[pid] = line
        return None

    def _leave(self, line: socket.socket, files: Sequence[int]) -> None:
        """Keep nothing of the nursery's in the process that was born."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end, standard in zip(files, STANDARD, strict=True):
            os.dup2(end, standard)
            os.close(end)
        own = (line, self._listener, self._alarm, self._alarmed)
        for held in (*own, *self._lines.values()):
            held.close()

    def _tell_who_ended(self) -> None:
        self._alarm.recv(LARGEST)
        while self._lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self._lines.pop(pid) as line:
                line.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a thread of the nursery's would not survive a fork
    for name in PRELOADED:
        import_module(name)
    from bot.cli import main

    gc.freeze()
    nursery = Nursery(sys.argv[1])
    os.write(1, b"ready\n")
    given = nursery.serve()
    if given is not None:
        sys.argv[1:] = given
        main()
