"""Which lines of the use cases can be deleted without a test turning red.

    python -m benchmarks.survivors [--sample N] [--seed N] [--only PATH[:LINE]] [--unit]

In a copy of the tree one statement at a time gives way to `pass`, and the tests of its room are
run: the unit tests first, and where they all pass, the end-to-end tests that go through the room. A
statement that none of them misses is a survivor. Left out is what decides nothing by itself:
docstrings, imports, bare annotations, log lines, `return None` at the end of a function, and the
heads of blocks (their bodies are not).
A run that takes too long is told apart: mostly a loop lost its end.
"""

import argparse
import ast
import multiprocessing
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Modules that hold use cases, and the tests that are to miss each of their lines."""

    source: str
    """A folder, or one module."""
    unit: tuple[str, ...]
    e2e: tuple[str, ...] = ()


ROOMS: Final = (
    Room(
        source="services/reports",
        unit=("tests/unit/services/reports",),
        e2e=("tests/e2e/test_reporting.py",),
    ),
    Room(
        source="records/obligations",
        unit=("tests/unit/records/obligations", "tests/unit/scheduler"),
    ),
    Room(
        source="services/review",
        unit=("tests/unit/services/review",),
        e2e=("tests/e2e/test_reviewing.py",),
    ),
    Room(
        source="services/tasks",
        unit=("tests/unit/services/tasks",),
        e2e=("tests/e2e/test_tasks.py", "tests/e2e/test_waivers.py"),
    ),
    Room(
        source="services/people",
        unit=("tests/unit/services/people",),
        e2e=("tests/e2e/test_joining.py",),
    ),
    Room(
        source="services/units",
        unit=("tests/unit/services/units",),
        e2e=("tests/e2e/test_joining.py",),
    ),
    Room(
        source="services/broadcasts",
        unit=("tests/unit/services/broadcasts",),
        e2e=("tests/e2e/test_acknowledging.py",),
    ),
    Room(source="records/dialog", unit=("tests/unit/records/dialog", "tests/unit/records/forms")),
    Room(source="records/forms", unit=("tests/unit/records/forms",)),
    Room(
        source="scheduler",
        unit=("tests/unit/scheduler",),
        e2e=("tests/e2e/test_reminding.py", "tests/e2e/test_digesting.py"),
    ),
    Room(
        source="records/focus.py",
        unit=("tests/unit/records/test_focus.py", "tests/unit/handlers/core/test_leaving.py"),
        e2e=("tests/e2e/test_conversation.py",),
    ),
    Room(
        source="handlers/core/messages.py",
        unit=("tests/unit/handlers/core/test_leaving.py",),
        e2e=("tests/e2e/test_conversation.py", "tests/e2e/test_reporting.py"),
    ),
)
"""Where use cases stand and what tests them: the one place to change when folders move."""

LOGGERS: Final = frozenset({"log", "logger"})
"""Names that log lines begin with."""

PARALLEL: Final = 2
SECONDS: Final = 600.0
"""A run may take so long; the slowest end-to-end file takes a third of it beside other work."""

PRELOADED: Final = ["pytest", "hypothesis", "pydantic", "telegram.ext", "aiohttp", "structlog"]
"""Imported once in the process that every run is forked from: no use case is among them."""

PASSED: Final = 0
RED: Final = frozenset({1, 2})
"""Exit codes of pytest for a failed test, and for one that cannot even be imported."""


class Fate(StrEnum):
    """What became of a deletion."""

    SURVIVED = "survived"
    RED = "red"
    LATE = "too long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A statement that is taken out: its lines, counted from 1, and its first column."""

    path: str
    first: int
    last: int
    column: int
    text: str

    def apply(self, source: str) -> str:
        """Return the module with `pass` in the statement's place, line numbers kept."""
        lines = source.splitlines(keepends=True)
        gone = self.last - self.first
        lines[self.first - 1 : self.last] = [" " * self.column + "pass\n", *["\n"] * gone]
        return "".join(lines)


def deletions(path: str, source: str) -> Iterator[Deletion]:
    """Yield the statements of a module's functions that decide something."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in _statements(node):
                last = statement.end_lineno or statement.lineno
                if lines[statement.lineno - 1][: statement.col_offset].strip():
                    continue  # it shares its line with the head of its block
                yield Deletion(
                    path=path,
                    first=statement.lineno,
                    last=last,
                    column=statement.col_offset,
                    text=" ".join(line.strip() for line in lines[statement.lineno - 1 : last]),
                )


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.stmt]:
    """Yield the simple statements of a function, those of functions within it left to them."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            continue
        inner = [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.expr)]
        if isinstance(node, ast.stmt) and not any(isinstance(one, ast.stmt) for one in inner):
            if not _is_idle(node, is_last=node is function.body[-1]):
                yield node
            continue
        waiting.extend(inner)


def _is_idle(node: ast.stmt, *, is_last: bool) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.AnnAssign(value=None):
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None)) if is_last:
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name in LOGGERS
        case _:
            return False


def chosen(root: Path, only: Sequence[str]) -> dict[Deletion, Room]:
    """Return the deletions to try, each with its room; all of them, or those of `only`."""
    found = {
        one: room
        for room in ROOMS
        for path in _modules(root / room.source)
        for one in deletions(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    }
    return {one: room for one, room in found.items() if not only or _is_meant(one, only)}


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _is_meant(one: Deletion, only: Iterable[str]) -> bool:
    for wanted in only:
        path, _, line = wanted.partition(":")
        inside = one.path == path or one.path.startswith(path.rstrip("/") + "/")
        if inside and (not line or one.first <= int(line) <= one.last):
            return True
    return False


@dataclass
class Copy:
    """A copy of the tree that deletions are tried in, one after the other."""

    root: Path
    seconds: float
    sound: dict[tuple[str, ...], None] = field(default_factory=dict)
    """Tests that were seen to pass with nothing deleted."""

    def try_out(self, one: Deletion, room: Room) -> Fate:
        """Return what becomes of a deletion under the tests of its room, the quick ones first."""
        for tests in filter(None, (room.unit, room.e2e)):
            self._require_sound(tests)
            code = self._code_without(one, tests)
            if code is None:
                return Fate.LATE
            if code in RED:
                return Fate.RED
            if code != PASSED:
                raise SystemExit(f"pytest ends with {code} for {' '.join(tests)}")
        return Fate.SURVIVED

    def _code_without(self, one: Deletion, tests: tuple[str, ...]) -> int | None:
        """Run tests without a statement, and put it back."""
        path = self.root / one.path
        source, times = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(one.apply(source), encoding="utf-8")
        try:
            return self._code(tests)
        finally:
            path.write_text(source, encoding="utf-8")
            # The compiled module of before goes by this time: it is good again.
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def _require_sound(self, tests: tuple[str, ...]) -> None:
        if tests not in self.sound:
            code = self._code(tests, compiled=True)
            if code != PASSED:
                raise SystemExit(f"with nothing deleted, {' '.join(tests)} ends with {code}")
            self.sound[tests] = None

    def _code(self, tests: tuple[str, ...], *, compiled: bool = False) -> int | None:
        """Run tests and return pytest's exit code; None if it took too long."""
        process = _forked().Process(target=_run, args=(str(self.root), tests, compiled))
        process.start()
        process.join(self.seconds)
        if process.is_alive() and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
            return None
        return process.exitcode


def _forked() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _run(root: str, tests: tuple[str, ...], compiled: bool) -> None:  # noqa: FBT001 - a process's arguments
    """Run pytest in a copy of the tree, in a process of its own."""
    import hypothesis  # noqa: PLC0415 - only here, in the process that is forked
    import pytest  # noqa: PLC0415

    # A busy machine is no red test.
    hypothesis.settings.register_profile("walk", deadline=None)
    hypothesis.settings.load_profile("walk")
    os.setsid()
    os.chdir(root)
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    sys.dont_write_bytecode = not compiled
    sys.path[:] = [root, *(one for one in sys.path if one not in ("", str(Path.cwd())))]
    # Plugins that are loaded already cannot have their asserts rewritten, and have none to show.
    loaded = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *loaded]
    os._exit(int(pytest.main([*options, *tests])))


def copied(root: Path, folder: Path) -> Path:
    """Copy what git knows of a tree, as it is in the working tree."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, check=True, capture_output=True).stdout
    for name in names.decode().split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    return folder


def walk(
    root: Path, wanted: Sequence[tuple[Deletion, Room]], seconds: float
) -> Iterator[tuple[Deletion, Fate]]:
    """Try deletions out, two at a time, and yield each with its fate as it is known."""
    waiting: queue.SimpleQueue[tuple[Deletion, Room]] = queue.SimpleQueue()
    told: queue.SimpleQueue[tuple[Deletion, Fate] | BaseException] = queue.SimpleQueue()
    for one in wanted:
        waiting.put(one)

    def work(folder: Path) -> None:
        copy = Copy(root=copied(root, folder), seconds=seconds)
        try:
            while not waiting.empty():
                one, room = waiting.get()
                told.put((one, copy.try_out(one, room)))
        except BaseException as fault:  # noqa: BLE001 - the thread that waits raises it
            told.put(fault)

    with tempfile.TemporaryDirectory() as folder:
        for number in range(min(PARALLEL, len(wanted))):
            own = Path(folder) / str(number)
            own.mkdir()
            threading.Thread(target=work, args=(own,), daemon=True).start()
        for _ in wanted:
            found = told.get()
            if isinstance(found, BaseException):
                raise found
            yield found


def main() -> None:
    """Walk and print the table; survivors make the exit code 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="try so many, chosen by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", default=[], metavar="PATH[:LINE]")
    parser.add_argument("--unit", action="store_true", help="a quick look: unit tests alone")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="a run may take so long")
    asked = parser.parse_args()
    root = Path.cwd()
    rooms = chosen(root, asked.only)
    wanted = sorted(rooms, key=lambda one: (one.path, one.first))
    if asked.sample is not None and asked.sample < len(wanted):
        wanted = random.Random(asked.seed).sample(wanted, asked.sample)  # noqa: S311 - a sample
    began = time.perf_counter()
    fates: dict[Deletion, Fate] = {}
    tests = {one: replace(rooms[one], e2e=()) if asked.unit else rooms[one] for one in wanted}
    for one, fate in walk(root, list(tests.items()), asked.seconds):
        fates[one] = fate
        print(f"{fate:9} {one.path}:{one.first}  {one.text[:70]}", file=sys.stderr, flush=True)
    _report(rooms, fates, time.perf_counter() - began)
    sys.exit(Fate.SURVIVED in fates.values())


def _report(rooms: dict[Deletion, Room], fates: dict[Deletion, Fate], seconds: float) -> None:
    print("| room | deleted | red | too long | survived |\n|---|---|---|---|---|")
    for room in ROOMS:
        own = [fate for one, fate in fates.items() if rooms[one] is room]
        if own:
            counts = " | ".join(str(own.count(one)) for one in (Fate.RED, Fate.LATE, Fate.SURVIVED))
            print(f"| {room.source} | {len(own)} | {counts} |")
    print(f"\n{len(fates)} of {len(rooms)} lines in {seconds:,.0f} s")
    for one, fate in sorted(fates.items(), key=lambda pair: (pair[0].path, pair[0].first)):
        if fate is Fate.SURVIVED:
            print(f"- {one.path}:{one.first} `{one.text[:100]}`")


if __name__ == "__main__":
    main()
