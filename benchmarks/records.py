"""What the embedded store's writes and starts cost, beside TinyDB's own storage and sqlite3.

    python -m benchmarks.records [--many N] [--records N] [--kills N]

`--many` is the larger of the two sizes at which a write is timed, `--records` what is opened, and
`--kills` how often a submitting process is killed (200 in the long form). Each figure is taken in a
process of its own, so that memory and caches are its own too.
"""

import argparse
import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.kills import kill
from benchmarks.record_engines import ENGINES, Engine

FEW: Final = 1_000
MANY: Final = 50_000
RECORDS: Final = 300_000
KILLS: Final = 20
OFFICERS: Final = 50
WRITES: Final = {"embedded": 1_000, "JSONStorage": 8, "sqlite3": 1_000}
"""Writes timed one after the other; a whole file a write leaves patience for few."""
REPORTS_AN_OFFICER: Final = {"embedded": 60, "JSONStorage": 2, "sqlite3": 60}
BARS: Final = {
    "many ÷ few": "≤ 2",
    "50 officers, reports/s": "≥ 300",
    "50 officers, p99 ms": "≤ 150",
    "opening s": "≤ 5",
    "opening MiB": "≤ 1,024",
}

Figures = dict[str, float]


async def fill(engine: Engine, size: int, name: str) -> Figures:
    """Make the file; not a figure of its own."""
    del name
    await engine.open()
    await engine.fill(size)
    return {}


async def write(engine: Engine, size: int, name: str) -> Figures:
    """Write one report after the other."""
    assert await engine.open() == size
    times = []
    for number in range(size, size + WRITES[name]):
        begun = time.perf_counter()
        await engine.submit(number)
        times.append((time.perf_counter() - begun) * 1_000)
    return {f"one write at {size:,} reports, median ms": statistics.median(times)}


async def officers(engine: Engine, size: int, name: str) -> Figures:
    """Fifty who submit at the same time, each one report after the other."""
    assert await engine.open() == size
    times: list[float] = []

    async def officer(number: int) -> None:
        for report in range(REPORTS_AN_OFFICER[name]):
            begun = time.perf_counter()
            await engine.submit(size + report * OFFICERS + number)
            times.append((time.perf_counter() - begun) * 1_000)

    begun = time.perf_counter()
    await asyncio.gather(*map(officer, range(OFFICERS)))
    rate = len(times) / (time.perf_counter() - begun)
    late = float(np.percentile(times, 99))
    return {f"{OFFICERS} officers, reports/s": rate, f"{OFFICERS} officers, p99 ms": late}


async def opening(engine: Engine, size: int, name: str) -> Figures:
    """Open what is there and count it."""
    del name
    before = _memory()
    begun = time.perf_counter()
    assert await engine.open() == size
    taken = time.perf_counter() - begun
    return {"opening s": taken, "opening MiB": _memory(), "of which before MiB": before}


def _memory() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS: Final[dict[str, Callable[[Engine, int, str], Awaitable[Figures]]]] = {
    "fill": fill,
    "write": write,
    "officers": officers,
    "opening": opening,
}


async def one_step(step: str, name: str, size: int, folder: Path) -> Figures:
    """Take the figures of one step with one engine."""
    engine = ENGINES[name](folder)
    figures = await STEPS[step](engine, size, name)
    await engine.close()
    return figures


def _apart(step: str, name: str, size: int, folder: Path) -> Figures:
    command = [sys.executable, "-m", "benchmarks.records", "--step", step, "--engine", name]
    command += ["--size", str(size), "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def measured(name: str, many: int, records: int) -> Figures:
    """Return all figures of one engine."""
    figures: Figures = {}
    for size, steps in ((FEW, ("write", "officers")), (many, ("write",)), (records, ("opening",))):
        for step in steps:
            with tempfile.TemporaryDirectory() as scratch:
                _apart("fill", name, size, Path(scratch))
                figures |= _apart(step, name, size, Path(scratch))
    one, other = (figures[f"one write at {size:,} reports, median ms"] for size in (FEW, many))
    return figures | {"many ÷ few": other / one}


def compare(many: int, records: int) -> None:
    """Print one line a figure, a column an engine."""
    taken = {name: measured(name, many, records) for name in ENGINES}
    print(f"| opening {records:,} | {' | '.join(taken)} | bar |\n|---|{'---|' * (len(taken) + 1)}")
    for figure in taken["embedded"]:
        values = " | ".join(f"{figures[figure]:,.2f}" for figures in taken.values())
        print(f"| {figure} | {values} | {BARS.get(figure, '')} |", flush=True)


def kills(times: int) -> None:
    """Print what came of so many kills."""
    tally = kill(times, seed=times)
    print(f"\n| kill -9 while submitting, {tally.kills} times | measured | bar |\n|---|---|---|")
    print(f"| acknowledged | {tally.acknowledged:,} | |\n| torn ends set aside | {tally.torn} | |")
    for name in ("lost", "doubled", "halved", "unreadable"):
        print(f"| {name} | {getattr(tally, name)} | 0 |", flush=True)


def main() -> None:
    """Print both tables, or the figures of one step as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--step", choices=list(STEPS))
    parser.add_argument("--engine", choices=list(ENGINES))
    parser.add_argument("--size", type=int)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(asyncio.run(one_step(given.step, given.engine, given.size, given.folder))))
        return
    compare(given.many, given.records)
    kills(given.kills)


if __name__ == "__main__":
    main()
