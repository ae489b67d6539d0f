"""Records in PostgreSQL: a process that submits is killed at random instants, then compared.

python -m benchmarks.records_postgres [--kills N]
"""

import argparse
import asyncio
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Final

from benchmarks.kills import LONGEST, OFFICERS, Tally
from records.model import Draft, Focus, OutboxMessage, Report
from storage.postgres.store import PostgresStore
from tests.postgres import MISSING, cluster

KILLS: Final = 20
"""The short form; the bar is 200."""

DATABASE_AFTER: Final = 20
"""Kills after which a new database is begun, so that comparing does not take up all the time."""


@dataclass
class Database:
    """A database whose writers are killed, and what it has acknowledged so far."""

    url: str
    tally: Tally
    told: set[str] = field(default_factory=set)
    most: int = 0
    """Reports it may hold unacknowledged: one of each officer of each run."""

    def kill_once(self, dice: random.Random, run: int) -> None:
        """Start a process, kill it, and look at what is kept."""
        command = [sys.executable, "-m", "benchmarks.submissions", self.url, f"run{run}"]
        with subprocess.Popen([*command, str(OFFICERS)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0, LONGEST))
            process.kill()
            lines = process.stdout.read().decode().splitlines(keepends=True)
        self.told |= {line.strip() for line in lines if line.endswith("\n")} - {"open"}
        self.most += OFFICERS
        self.tally.kills += 1
        asyncio.run(self._compare())

    async def _compare(self) -> None:
        store = await PostgresStore.open(self.url)
        async with store.begin(*(f"person:{number}" for number in range(OFFICERS))) as tx:
            reports = {one.id: one for one in await tx.find(Report)}
            drafts = {one.id for one in await tx.find(Draft)}
            owed = {str(one.facts["report"]) for one in await tx.find(OutboxMessage)}
            last = {one.subject for one in await tx.find(Focus)}
        await store.close()
        self.tally.lost += len(self.told - reports.keys())
        self.tally.doubled += len(reports) - len({one.draft for one in reports.values()})
        self.tally.doubled += max(0, len(reports.keys() - self.told) - self.most)
        self.tally.halved += len(reports.keys() ^ owed) + len(last - reports.keys())
        self.tally.halved += sum(one.draft in drafts for one in reports.values())


def main(kills: int, seed: int) -> None:
    """Kill so many processes, and print what came of it."""
    if MISSING:
        sys.exit(f"PostgreSQL's server programs are not installed: {', '.join(MISSING)}")
    tally, dice = Tally(), random.Random(seed)  # noqa: S311 - the same instants each time are wanted
    with cluster() as server:
        for first in range(0, kills, DATABASE_AFTER):
            database = Database(server.fresh(), tally)
            for run in range(first, min(kills, first + DATABASE_AFTER)):
                database.kill_once(dice, run)
            tally.acknowledged += len(database.told)
    print(f"{tally.kills} kills, {tally.acknowledged:,} reports acknowledged.\n")
    print("| of them | bar | reached |\n|---|---|---|")
    print(f"| acknowledged and lost | 0 | **{tally.lost}** |")
    print(f"| twice | 0 | **{tally.doubled}** |")
    print(f"| half written | 0 | **{tally.halved}** |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    main(given.kills, given.seed)
