"""Planning for a province, a year of reminders with a process that is killed, a leader's death.

python -m benchmarks.schedule [--days N] [--kills N] [--people N] [--tasks N]
"""

import argparse
import asyncio
import multiprocessing
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.simulated_office import FIRST, HOURS, live
from records.ids import PersonId, TaskId, UnitId
from records.model import (
    TELEGRAM,
    Address,
    Cadence,
    Delivery,
    DueRule,
    OutboxMessage,
    Person,
    Role,
    Task,
    Unit,
    UnitName,
)
from records.obligations.working_days import Calendar
from scheduler.planner import plan
from storage.embedded.store import EmbeddedStore
from storage.postgres.store import PostgresStore
from tests.postgres import MISSING, Cluster, cluster
from vietnamese.zone import ZONE

OFFICERS: Final = 20_000
EACH: Final = 5
DAYS: Final = (date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 13))
"""An ordinary day after a long rest, which is the worst, and two that follow."""

RULES: Final = (
    (Cadence.YEARLY, DueRule(dates=((11, 4),))),
    (Cadence.QUARTERLY, DueRule(day_of_month=15)),
    (Cadence.MONTHLY, DueRule(day_of_month=20)),
    (Cadence.WEEKLY, DueRule(weekday=5)),
    (Cadence.HALF_YEARLY, DueRule(day_of_month=20)),
)
OWED: Final = 300
"""Messages owed when the leader dies."""


def main(days: int, kills: int, people: int, tasks: int) -> None:
    """Measure all three."""
    print("| what | bar | reached |\n|---|---|---|")
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.schedule", "--province", folder]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
    year(days, kills, people, tasks)
    if not MISSING:
        with cluster() as server:
            asyncio.run(leader(server))


# --- planning --------------------------------------------------------------------------------


async def province(folder: Path) -> None:
    """Plan days of 20,000 people with five open tasks each, in a process of its own."""
    store = await EmbeddedStore.open(folder / "records")
    made = datetime(2026, 1, 5, tzinfo=UTC)
    async with store.begin() as tx:
        for number in range(200):
            name = (UnitName(text=f"Xã {number}"),)
            await tx.add(Unit(id=UnitId(f"u{number}"), kind="xã", names=name))
    for start in range(0, OFFICERS, 1000):
        async with store.begin() as tx:
            for number in range(start, start + 1000):
                await tx.add(_officer(number))
                for of_his in range(EACH):
                    await tx.add(_task(number, of_his, made))
    await store.close()
    store = await EmbeddedStore.open(folder / "records")
    for day in DAYS:
        now = datetime.combine(day, hour(0, 5), ZONE)
        before = time.perf_counter()
        rows = await plan(store, now)
        took = time.perf_counter() - before
        print(f"| planning {day}: {rows:,} messages | ≤ 2 s | **{took:.2f} s** |")
    await store.close()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| memory, filling the store included | ≤ 500 MiB | **{used:.0f} MiB** |")


def _officer(number: int) -> Person:
    return Person(
        id=PersonId(f"p{number}"),
        name=f"Người {number}",
        unit=UnitId(f"u{number % 200}"),
        role=Role.OFFICER,
        addresses=(Address(channel=TELEGRAM, value=str(number)),),
    )


def _task(number: int, of_his: int, made: datetime) -> Task:
    cadence, rule = RULES[of_his]
    return Task(
        id=TaskId(f"t{number}.{of_his}"),
        title=f"Việc {of_his} của {number}",
        lead=UnitId(f"u{number % 200}"),
        form="tien_do",
        cadence=cadence,
        rule=rule,
        created=made,
        created_by=PersonId("p0"),
        assignees=(PersonId(f"p{number}"),),
    )


# --- a year with kills -----------------------------------------------------------------------


def year(days: int, kills: int, people: int, tasks: int) -> None:
    """Live through days twice, once in peace and once killed; compare what was sent."""
    sizes = (days, people, tasks)
    Calendar().is_working(FIRST)
    with TemporaryDirectory() as peace, TemporaryDirectory() as war:
        before = time.perf_counter()
        lived(Path(peace), sizes, [])
        span = time.perf_counter() - before
        print(f"{days} days in peace: {span:.0f} s", file=sys.stderr, flush=True)
        dice = random.Random(1)  # noqa: S311 - the same instants each time are wanted
        step = span / days / len(HOURS)
        instants = sorted(
            (
                FIRST + timedelta(days=dice.randrange(days)),
                dice.choice(HOURS),
                dice.uniform(0, step),
            )
            for _ in range(kills)
        )
        plan_of_kills = [Kill(datetime.combine(day, at, ZONE), wait) for day, at, wait in instants]
        done = lived(Path(war), sizes, plan_of_kills)
        rest = time.perf_counter() - before - span
        print(f"with {done} kills: {rest:.0f} s", file=sys.stderr, flush=True)
        wanted, sent = Counter(keys(Path(peace))), Counter(keys(Path(war)))
    lost = wanted.keys() - sent.keys()
    more = sent.keys() - wanted.keys()
    twice = {key: count - 1 for key, count in sent.items() if count > 1}
    told = f"{days} days, {people:,} people, {tasks} tasks, {done} kills"
    print(f"| {told}: messages due | | {len(wanted):,} |")
    print(f"| due and never sent | 0 | **{len(lost)}** |")
    print(f"| sent and not due | 0 | **{len(more)}** |")
    print(f"| repeats, each by a kill between ok and mark | counted | **{sum(twice.values())}** |")


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill: so many seconds after the office has come to a simulated time."""

    at: datetime
    wait: float


def lived(folder: Path, sizes: tuple[int, int, int], kills: Sequence[Kill]) -> int:
    """Have an office live in a folder until it is done; return how often it was killed.

    Kills come while it plans and sends, and every so often while it starts and opens its store.
    """
    killed = 0
    while not (folder / "done").exists():
        process = FORKED.Process(target=_live, args=(folder, *sizes))
        process.start()
        if killed < len(kills):
            opening = killed % WHILE_OPENING == WHILE_OPENING - 1
            while not opening and process.is_alive() and _time_of(folder) < kills[killed].at:
                time.sleep(LOOK)
            process.join(kills[killed].wait)
        else:
            process.join()
        if process.is_alive():
            process.kill()
            process.join()
            killed += 1
            if killed % SAID_EVERY == 0:
                print(f"{killed} kills, at {_time_of(folder)}", file=sys.stderr, flush=True)
        if process.exitcode not in (0, -signal.SIGKILL):
            sys.exit("the office ended by itself")
    return killed


def _time_of(folder: Path) -> datetime:
    """Return the simulated time an office has come to."""
    clock = folder / "clock"
    kept = clock.read_text().strip() if clock.exists() else ""
    return datetime.fromisoformat(kept) if kept else datetime.combine(FIRST, HOURS[0], ZONE)


def _live(folder: Path, days: int, staff: int, duties: int) -> None:
    asyncio.run(live(folder, days, staff, duties))


FORKED: Final = multiprocessing.get_context("fork")
"""Each life is forked off this process, which has imported everything: a kill costs no second."""

LOOK: Final = 0.01
"""Seconds between two looks whether the store is open."""

WHILE_OPENING: Final = 8
"""Every so manieth kill comes while the process starts and opens its store."""

SAID_EVERY: Final = 50
"""Kills between two words of how far it has come."""


def keys(folder: Path) -> list[str]:
    """Return what the channel took, by key."""
    lines = (folder / "sent").read_text().splitlines()
    return [line.partition("\t")[0] for line in lines]


# --- a leader's death ------------------------------------------------------------------------


async def leader(server: Cluster) -> None:
    """Kill the leader of two processes while messages go out; the other takes over."""
    url = server.fresh()
    store = await PostgresStore.open(url)
    async with store.begin() as tx:
        await tx.add(Unit(id=UnitId("u0"), kind="xã", names=(UnitName(text="Xã"),)))
        await tx.add(_officer(0))
        for number in range(OWED):
            now = datetime.now(UTC)
            await tx.add(
                OutboxMessage(
                    key=f"k{number}", person=PersonId("p0"), template="t", facts={}, created=now
                )
            )
    with TemporaryDirectory() as folder:
        logs = [Path(folder) / name for name in ("first", "second")]
        first = start(url, logs[0])
        await asyncio.to_thread(wait_for, logs[0], "lead")
        second = start(url, logs[1])
        await asyncio.to_thread(wait_for, logs[1], "k")
        first.kill()
        died = time.time()
        await asyncio.to_thread(wait_for, logs[1], "lead")
        led = time.time() - died
        sent_by = await settled(store)
        rest = time.time() - died
        second.kill()
        sent = Counter(
            line for log in logs for line in log.read_text().split() if line.startswith("k")
        )
    await store.close()
    twice = sum(count - 1 for count in sent.values())
    print(f"| another leads after the leader's death | ≤ 30 s | **{led:.1f} s** |")
    print(f"| what it held is sent by the other | ≤ 30 s | **{rest:.1f} s** |")
    print(f"| lost / twice of {OWED} | 0 / 0 | **{OWED - sent_by} / {twice}** |")


def start(url: str, log: Path) -> "subprocess.Popen[bytes]":
    """Start a process that plans and sends."""
    log.touch()
    return subprocess.Popen([sys.executable, "-m", "benchmarks.ticks", url, str(log)])


def wait_for(log: Path, word: str) -> None:
    """Wait until a line of a log begins with a word."""
    for _ in range(1200):
        if any(line.startswith(word) for line in log.read_text().split()):
            return
        time.sleep(0.05)
    sys.exit(f"{log.name}: no {word}")


async def settled(store: PostgresStore) -> int:
    """Wait until nothing is owed any more; return how many were sent."""
    for _ in range(600):
        async with store.begin() as tx:
            if not await tx.count(OutboxMessage, {"state": Delivery.OWED}):
                return await tx.count(OutboxMessage, {"state": Delivery.SENT})
        await asyncio.sleep(0.1)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--province", type=Path)
    parser.add_argument("--days", type=int, default=45)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--tasks", type=int, default=200)
    given = parser.parse_args()
    if given.province is not None:
        asyncio.run(province(given.province))
    else:
        main(given.days, given.kills, given.people, given.tasks)
