"""Dialog steps of many officers over two processes on one PostgreSQL: none lost, none crossed.

    python -m benchmarks.two_processes [--steps N] [--officers N]

Each step of each dialog goes to either process by lot, and one in five to both at once, as a double
tap or a repeated update does. Every answer is a text of its own, so that one that ends in another
officer's report, twice, or nowhere, shows.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from records.dialog.values import Chose, Given, Move, Said
from records.forms.files import Forms, read_forms, shipped_forms
from records.ids import DraftId, PersonId, TaskId, UnitId
from records.model import Cadence, Draft, Person, Report, Role, Task, Unit, UnitName
from records.store import Store
from services.reports.drafts import open_draft
from services.reports.steps import take_step
from services.reports.values import About, Dialog, Input
from storage.postgres.store import PostgresStore
from tests.postgres import MISSING, cluster

STEPS: Final = 1_000
"""The short form; the bar is 10,000."""
OFFICERS: Final = 40
TWICE: Final = 0.2
"""Share of the steps that both processes get at the same time."""
NOW: Final = datetime(2026, 11, 5, 7, tzinfo=UTC)
LOT: Final = random.Random(175)  # noqa: S311 - spreads steps, guards nothing

GIVEN: Final[Mapping[str, type[Said] | type[Chose] | type[Move]]] = {
    "said": Said,
    "chose": Chose,
    "move": Move,
}


# --- one of the two processes ----------------------------------------------------------------


async def work(url: str) -> None:
    """Take steps from standard input until it ends; answer each in one line."""
    store, forms = await PostgresStore.open(url), read_forms([shipped_forms()])
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    print(json.dumps({"ready": True}), flush=True)
    async with asyncio.TaskGroup() as group:
        while line := await reader.readline():
            group.create_task(_serve(store, forms, json.loads(line)))
    await store.close()


async def _serve(store: Store, forms: Forms, asked: Mapping[str, Any]) -> None:
    person = PersonId(asked["person"])
    if asked["kind"] == "open":
        about = About(task=TaskId(f"task-{person}"))
        shown = await open_draft(store, forms, person, about, NOW)
    else:
        given: Given = GIVEN[asked["kind"]](asked["value"])
        step = Input(draft=DraftId(asked["draft"]), given=given, revision=asked["revision"])
        shown = await take_step(store, forms, person, step, NOW)
    told: dict[str, Any] = {"number": asked["number"], "sent": not isinstance(shown, Dialog)}
    if isinstance(shown, Dialog):
        told |= {"draft": shown.draft.id, "revision": shown.draft.revision, "stale": shown.stale}
        told["objection"] = shown.objection is not None
    else:
        told["again"] = shown.again
    print(json.dumps(told), flush=True)


# --- who drives both -------------------------------------------------------------------------


@dataclass(slots=True)
class Worker:
    """A process and those who wait for its answers."""

    process: Process
    waiting: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)

    async def ask(self, number: int, step: Mapping[str, Any]) -> dict[str, Any]:
        """Send a step and return what came of it."""
        assert self.process.stdin is not None
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.waiting[number] = answer
        self.process.stdin.write(json.dumps({**step, "number": number}).encode() + b"\n")
        return await answer

    async def listen(self) -> None:
        """Hand answers to those who wait."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            told = json.loads(line)
            self.waiting.pop(told["number"]).set_result(told)


@dataclass(slots=True)
class Tally:
    """What was sent, and what it came to."""

    steps: int = 0
    both: int = 0
    wrong: list[str] = field(default_factory=list)
    """Steps that were not taken exactly once."""
    seconds: list[float] = field(default_factory=list)
    expected: dict[str, dict[str, str]] = field(default_factory=dict)
    """The answers of each draft that was sent."""


@dataclass(slots=True)
class Driver:
    """Plays the officers."""

    workers: tuple[Worker, Worker]
    most: int
    tally: Tally = field(default_factory=Tally)
    numbers: int = 0

    async def officer(self, name: str) -> None:
        """Write one report after the other until there were enough steps."""
        turn = 0
        while self.tally.steps < self.most:
            turn += 1
            await self._report(name, turn)

    async def _report(self, name: str, turn: int) -> None:
        opened = await self._ask({"kind": "open", "person": name})
        draft, revision = opened["draft"], opened["revision"]
        texts = {key: f"{name}, {turn}: {key}" for key in ("result", "next_steps", "proposals")}
        for kind, value in (
            ("chose", "in_progress"),
            ("said", str(turn % 100)),
            *(("said", text) for text in texts.values()),
            ("move", Move.SKIP.value),
            ("move", Move.CONFIRM.value),
        ):
            step = {"kind": kind, "value": value, "person": name}
            revision = await self._step({**step, "draft": draft, "revision": revision})
        self.tally.expected[draft] = {**texts, "percent": str(turn % 100)}

    async def _step(self, step: Mapping[str, Any]) -> int:
        """Send a step to one process or to both; it must be taken exactly once."""
        twice = LOT.random() < TWICE
        asked = [self._ask(step, worker) for worker in self.workers] if twice else [self._ask(step)]
        told = await asyncio.gather(*asked)
        self.tally.steps += 1
        self.tally.both += twice
        taken = [one for one in told if not (one.get("stale") or one.get("again"))]
        if len(taken) != 1 or taken[0].get("objection"):
            self.tally.wrong.append(f"{step}: {told}")
        return int(told[0].get("revision", 0))

    async def _ask(self, step: Mapping[str, Any], worker: Worker | None = None) -> dict[str, Any]:
        self.numbers += 1
        began = time.perf_counter()
        told = await (worker or LOT.choice(self.workers)).ask(self.numbers, step)
        self.tally.seconds.append(time.perf_counter() - began)
        return told


async def found(store: Store, officers: int) -> None:
    """Enter units, each with an officer and a task that takes any number of reports."""
    async with store.begin() as tx:
        for number in range(officers):
            unit, person = UnitId(f"unit{number}"), PersonId(f"officer{number}")
            await tx.add(Unit(id=unit, kind="xã", names=(UnitName(text=f"Xã {number}"),)))
            await tx.add(Person(id=person, name=person, unit=unit, role=Role.OFFICER))
            await tx.add(
                Task(
                    id=TaskId(f"task-{person}"),
                    title="Báo cáo",
                    lead=unit,
                    form="tien_do",
                    cadence=Cadence.ON_EVENT,
                    created=NOW,
                    created_by=person,
                )
            )


async def compare(store: Store, tally: Tally) -> int:
    """Return how many answers are lost or crossed in what is kept."""
    async with store.begin() as tx:
        reports, drafts = await tx.find(Report), await tx.find(Draft)
    kept = {report.draft: report for report in reports}
    wrong = len(drafts) + abs(len(reports) - len(tally.expected))
    for draft, answers in tally.expected.items():
        report = kept.get(DraftId(draft))
        for key, text in answers.items():
            wrong += report is None or report.answers.get(key) != text
    return wrong


async def started(url: str) -> Worker:
    """Start one of the two processes and wait until it takes steps."""
    command = (sys.executable, "-m", "benchmarks.two_processes", "--work", url)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline(), "the process did not start"
    return Worker(process)


async def drive(url: str, steps: int, officers: int) -> None:
    """Run and print the table."""
    store = await PostgresStore.open(url)
    await found(store, officers)
    workers = (await started(url), await started(url))
    driver = Driver(workers, steps)
    began = time.perf_counter()
    listening = [asyncio.create_task(worker.listen()) for worker in workers]
    await asyncio.gather(*(driver.officer(f"officer{number}") for number in range(officers)))
    elapsed = time.perf_counter() - began
    for worker in workers:
        assert worker.process.stdin is not None
        worker.process.stdin.close()
        await worker.process.wait()
    await asyncio.gather(*listening)
    _print(driver.tally, await compare(store, driver.tally), elapsed)
    await store.close()


def _print(tally: Tally, wrong: int, elapsed: float) -> None:
    p50, p99 = np.percentile(np.array(tally.seconds) * 1000, (50, 99))
    print("| what | measured | bar |")
    print("|---|---|---|")
    print(
        f"| steps over two processes, {tally.both} of them sent to both | {tally.steps} | 10,000 |"
    )
    print(f"| reports | {len(tally.expected)} | |")
    print(f"| steps not taken exactly once | {len(tally.wrong)} | 0 |")
    print(f"| answers lost or crossed | {wrong} | 0 |")
    print(f"| steps a second | {tally.steps / elapsed:.0f} | |")
    print(f"| a step, median / p99 | {p50:.0f} / {p99:.0f} ms | |")
    for line in tally.wrong[:5]:
        print(line, file=sys.stderr)
    if wrong or tally.wrong:
        sys.exit(1)


def main() -> None:
    """Run as the driver, or as one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--officers", type=int, default=OFFICERS)
    parser.add_argument("--work", metavar="URL", help="be one of the two processes")
    asked = parser.parse_args()
    if asked.work:
        asyncio.run(work(asked.work))
        return
    if MISSING:
        print(f"skipped: PostgreSQL's server programs are not here ({', '.join(MISSING)})")
        return
    with cluster() as own:
        asyncio.run(drive(own.fresh(), asked.steps, asked.officers))


if __name__ == "__main__":
    main()
