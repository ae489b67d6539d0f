"""Kills a process that submits, at random instants, and compares what it said with what is kept."""

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.submissions import SNAPSHOT_AFTER
from records.model import Draft, Focus, OutboxMessage, Report
from storage.embedded.inspection import check
from storage.embedded.store import EmbeddedStore

OFFICERS: Final = 20
LONGEST: Final = 0.4
"""Seconds from the opening of the store to the kill, at most: a few thousand writes."""
WHILE_OPENING: Final = 8
"""Every so manieth process is killed while it starts or opens, before it could submit."""
KILLS_A_FOLDER: Final = 20
"""Then a new folder is begun, so that opening does not take up all the time."""


@dataclass
class Tally:
    """What came of so many kills."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    halved: int = 0
    """Reports without what was written in their transaction, or the other way round."""
    unreadable: int = 0
    """Folders that did not open, and records that could not be read."""
    torn: int = 0
    """Ends that were set aside."""


@dataclass
class Folder:
    """A folder that is killed on, and what it has acknowledged so far."""

    path: Path
    tally: Tally
    told: set[str] = field(default_factory=set)
    most: int = 0
    """Reports it may hold unacknowledged: one of each officer of each run."""

    def kill_once(self, dice: random.Random, run: int) -> None:
        """Start a process, kill it, and look at what is kept."""
        command = [sys.executable, "-m", "benchmarks.submissions", str(self.path), f"run{run}"]
        with subprocess.Popen([*command, str(OFFICERS)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            if run % WHILE_OPENING == WHILE_OPENING - 1:
                time.sleep(dice.uniform(0.2, 0.2 + LONGEST))
            else:
                process.stdout.readline()
                time.sleep(dice.uniform(0, LONGEST))
            process.kill()
            lines = process.stdout.read().decode().splitlines(keepends=True)
        self.told |= {line.strip() for line in lines if line.endswith("\n")} - {"open"}
        self.most += OFFICERS
        self.tally.kills += 1
        self.tally.unreadable += len(check(self.path).damage)
        asyncio.run(self._compare())

    async def _compare(self) -> None:
        store = await EmbeddedStore.open(self.path, snapshot_after=SNAPSHOT_AFTER)
        async with store.begin() as tx:
            reports = {one.id: one for one in await tx.find(Report)}
            drafts = {one.id for one in await tx.find(Draft)}
            owed = {str(one.facts["report"]) for one in await tx.find(OutboxMessage)}
            last = {one.subject for one in await tx.find(Focus)}
        self.tally.torn += len(store.set_aside)
        await store.close()
        self.tally.lost += len(self.told - reports.keys())
        self.tally.doubled += len(reports) - len({one.draft for one in reports.values()})
        extra = len(reports.keys() - self.told)
        self.tally.doubled += max(0, extra - self.most)
        self.tally.halved += len(reports.keys() ^ owed) + len(last - reports.keys())
        self.tally.halved += sum(one.draft in drafts for one in reports.values())


def kill(times: int, seed: int) -> Tally:
    """Kill so many processes one after the other."""
    tally, dice = Tally(), random.Random(seed)  # noqa: S311 - the same instants each time are wanted
    for first in range(0, times, KILLS_A_FOLDER):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Folder(Path(scratch) / "records", tally)
            for run in range(first, min(times, first + KILLS_A_FOLDER)):
                folder.kill_once(dice, run)
            tally.acknowledged += len(folder.told)
    return tally
