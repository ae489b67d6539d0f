"""An office that lives through simulated days, to be killed at any instant and started again.

    python -m benchmarks.simulated_office FOLDER DAYS PEOPLE TASKS

Plans at five past midnight, sends from eight, takes reports at noon. What the channel took is
appended to `sent` before it says so, the simulated time to `clock`; started again, it goes on a
minute after the time it was killed at.
"""

import asyncio
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from records.ids import DraftId, PersonId, ReportId, TaskId, UnitId
from records.model import (
    TELEGRAM,
    Address,
    Cadence,
    DueRule,
    Membership,
    OutboxMessage,
    Outcome,
    Person,
    Report,
    Role,
    Task,
    Unit,
    UnitName,
)
from records.obligations.periods import periods
from records.obligations.working_days import Calendar
from scheduler.digest_plan import plan_digests
from scheduler.outbox import Sender
from scheduler.planner import plan
from scheduler.reachability import tell_those_who_rely
from scheduler.verdicts import Sent, Verdict
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

FIRST: Final = date(2026, 1, 5)
"""A Monday."""
UNITS: Final = 50
HOURS: Final = (time(0, 5), time(8), time(12), time(16))
RULES: Final = (
    (Cadence.MONTHLY, DueRule(day_of_month=20)),
    (Cadence.QUARTERLY, DueRule(day_of_month=20)),
    (Cadence.WEEKLY, DueRule(weekday=5)),
    (Cadence.HALF_YEARLY, DueRule(day_of_month=20)),
    (Cadence.YEARLY, DueRule(dates=((11, 4),))),
)


@dataclass
class Post:
    """A channel that writes down what it took before it says so."""

    path: Path
    name: str = TELEGRAM

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Take the message."""
        del address, person
        with self.path.open("a") as file:
            file.write(f"{message.key}\t{int(again)}\n")
        return Sent(message.key)


def people(count: int) -> Iterator[Person]:
    """Yield officers, and a supervisor in every tenth place."""
    for number in range(count):
        yield Person(
            id=PersonId(f"p{number}"),
            name=f"Người {number}",
            unit=UnitId(f"u{number % UNITS}"),
            role=Role.SUPERVISOR if number % 10 == 9 else Role.OFFICER,
            addresses=(Address(channel=TELEGRAM, value=str(number)),),
        )


def tasks(count: int, staff: int) -> Iterator[Task]:
    """Yield tasks of all cadences, each with two who report."""
    made = datetime.combine(FIRST - timedelta(days=30), time(8), ZONE)
    for number in range(count):
        cadence, rule = RULES[number % len(RULES)]
        yield Task(
            id=TaskId(f"t{number}"),
            title=f"Việc {number}",
            lead=UnitId(f"u{number % UNITS}"),
            form="tien_do",
            cadence=cadence,
            rule=rule,
            created=made,
            created_by=PersonId("p9"),
            assignees=tuple(PersonId(f"p{(number * 7 + n) % staff}") for n in range(2)),
        )


async def settle(store: EmbeddedStore, staff: int, duties: int) -> None:
    """Enter units, people and tasks, unless they are there."""
    async with store.begin() as tx:
        if await tx.count(Unit):
            return
        await tx.add(Unit(id=UnitId("top"), kind="tỉnh", names=(UnitName(text="Tỉnh"),)))
        above = (Membership(parent=UnitId("top")),)
        for number in range(UNITS):
            name = (UnitName(text=f"Xã {number}"),)
            await tx.add(Unit(id=UnitId(f"u{number}"), kind="xã", names=name, parents=above))
        for person in people(staff):
            await tx.add(person)
        for task in tasks(duties, staff):
            await tx.add(task)


async def report(store: EmbeddedStore, day: date, duties: int, staff: int) -> None:
    """Take the reports of a day: three in four periods are reported, by lot some days off due."""
    calendar = Calendar()
    async with store.begin() as tx:
        for task in tasks(duties, staff):
            near = timedelta(days=15)
            for period in periods(task, calendar, day - near, day + near):
                dice = random.Random(f"{task.id}{period.key}")  # noqa: S311 - the same each time
                when = period.due + timedelta(days=dice.randint(-10, 12))
                key = ReportId(f"{task.id}-{period.key}")
                if dice.random() < 0.75 and when == day and await tx.get(Report, key) is None:
                    await tx.add(_report(key, task, day, period.key))


def _report(key: ReportId, task: Task, day: date, period: object) -> Report:
    return Report(
        id=key,
        series=key,
        version=1,
        author=task.assignees[0],
        unit=task.lead,
        form=task.form,
        form_version=1,
        outcome=Outcome.DONE,
        submitted=datetime.combine(day, HOURS[2], ZONE),
        draft=DraftId(f"d-{key}"),
        task=task.id,
        period=period,  # type: ignore[arg-type]
    )


async def live(folder: Path, days: int, staff: int, duties: int) -> None:
    """Live through the days from where the folder's clock stands."""
    store = await EmbeddedStore.open(folder / "records")
    await settle(store, staff, duties)
    clock = folder / "clock"
    begin = datetime.combine(FIRST, HOURS[0], ZONE)
    if clock.exists() and (kept := clock.read_text().strip()):
        begin = datetime.fromisoformat(kept) + timedelta(minutes=1)
    now = begin
    sender = Sender(
        store=store,
        channel=Post(folder / "sent"),
        now=lambda: now,
        on_gone=tell_those_who_rely,
    )
    for day in (FIRST + timedelta(days=n) for n in range(days)):
        for hour in HOURS:
            at = datetime.combine(day, hour, ZONE)
            if at < begin - timedelta(hours=4):
                continue
            now = max(at, begin)
            (folder / "clock.new").write_text(now.isoformat())
            (folder / "clock.new").replace(clock)
            await plan(store, now)
            await plan_digests(store, now)
            if hour == HOURS[2]:
                await report(store, day, duties, staff)
            await sender.send_owed()
    await store.close()
    (folder / "done").touch()


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:5])))
