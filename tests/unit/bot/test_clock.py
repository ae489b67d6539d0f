"""The machine's clock is wrong for a while: nothing lost, early or twice, and it is said once."""

import asyncio
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import format_datetime
from functools import cache
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import CheckedClock
from bot.clock_watch import ClockWatch
from records.ids import PersonId, TaskId, UnitId
from records.model import (
    TELEGRAM,
    Address,
    Cadence,
    OutboxMessage,
    Person,
    Role,
    Task,
    Unit,
    UnitName,
)
from scheduler import ticks
from scheduler.digest_plan import plan_digests
from scheduler.outbox import Sender
from scheduler.planner import plan
from scheduler.reachability import tell_those_who_rely
from scheduler.ticks import Tick, Ticks
from scheduler.verdicts import Sent, Verdict
from storage.embedded.store import EmbeddedStore
from vietnamese.zone import ZONE

BEGIN = datetime(2026, 11, 23, tzinfo=ZONE)
"""A Monday's midnight."""

HOURS = (1, 7, 12, 20)
"""Hours of a day at which something is done: planning, sending, a wrong and a right clock."""

STEPS = (timedelta(hours=7), timedelta(days=1), timedelta(days=365))
JUMPS = [sign * step for step in STEPS for sign in (1, -1)]


@dataclass
class World:
    """True time, the machine's clock beside it, and all that went out, when."""

    now: datetime = BEGIN
    off: timedelta = timedelta(0)
    sent: list[tuple[str, datetime]] = field(default_factory=list)
    name: str = TELEGRAM

    def machine(self) -> datetime:
        """Return what the machine shows."""
        return self.now + self.off

    def steady(self) -> float:
        """Return the seconds since the beginning."""
        return (self.now - BEGIN).total_seconds()

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Take a message down with the true time."""
        del address, person, again
        self.sent.append((message.key, self.now))
        return Sent(message.key)

    def of(self, *templates: str) -> list[tuple[str, datetime]]:
        """Return what went out of some kinds."""
        return sorted(one for one in self.sent if one[0].partition(":")[0] in templates)


async def opened(folder: Path) -> EmbeddedStore:
    """Open the records, with an office in them."""
    store = await EmbeddedStore.open(folder)
    async with store.begin() as tx:
        if await tx.count(Unit):
            return store
        unit = UnitId("xa")
        await tx.add(Unit(id=unit, kind="xã", names=(UnitName(text="Xã"),)))
        for name, role in (("lan", Role.OFFICER), ("hung", Role.SUPERVISOR), ("an", Role.ADMIN)):
            chat = (Address(channel=TELEGRAM, value=name),)
            await tx.add(Person(id=PersonId(name), name=name, unit=unit, role=role, addresses=chat))
        for number in range(8):
            await tx.add(
                Task(
                    id=TaskId(f"t{number}"),
                    title=f"Việc {number}",
                    lead=unit,
                    form="tien_do",
                    cadence=Cadence.ONCE,
                    created=BEGIN - timedelta(days=9),
                    created_by=PersonId("an"),
                    due=date(2026, 11, 24) + timedelta(days=number),
                )
            )
    return store


async def lives(
    folder: Path, jump: timedelta, *, stopped: bool = False, served: bool = True
) -> World:
    """Live through nine days, with the clock wrong from the third evening to the fifth noon.

    `stopped`: the process is down when the clock goes wrong, and again when it is put right.
    """
    world = World()
    wrong = BEGIN + timedelta(days=2, hours=20), BEGIN + timedelta(days=4, hours=12)
    store = await opened(folder)
    clock, watch = begun(world, store)
    for hours in (24 * day + hour for day in range(9) for hour in HOURS):
        world.now = BEGIN + timedelta(hours=hours)
        if world.now in wrong:
            if stopped:
                await store.close()
            world.off = jump - world.off
            if stopped:
                store = await opened(folder)
                clock, watch = begun(world, store)
        if served:
            clock.hear(format_datetime(world.now.astimezone(UTC), usegmt=True))
            clock.hear(format_datetime(world.now.astimezone(UTC), usegmt=True))
        await watch.look()
        await plan(store, clock())
        await plan_digests(store, clock())
        await sender(world, store, clock).send_owed()
    await store.close()
    return world


@cache
def usually() -> World:
    """Return what goes out while the clock is right."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(lives(Path(folder), timedelta(0)))


def begun(world: World, store: EmbeddedStore) -> tuple[CheckedClock, ClockWatch]:
    """Return the clock of a process that has just begun."""
    clock = CheckedClock(world.machine, world.steady)
    return clock, ClockWatch(clock, store)


def sender(world: World, store: EmbeddedStore, clock: CheckedClock) -> Sender:
    """Return who sends."""
    return Sender(store=store, channel=world, now=clock, on_gone=tell_those_who_rely)


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_a_wrong_clock_changes_nothing(
    tmp_path: Path, jump: timedelta, stopped: bool
) -> None:
    """While Telegram tells the time: each message once, in its hour; said once to log and admin."""
    usual = await asyncio.to_thread(usually)
    with capture_logs() as logs:
        world = await lives(tmp_path / "wrong", jump, stopped=stopped)
    kinds = ("reminder", "escalation", "digest_day", "digest_week", "week_ahead")
    assert world.of(*kinds) == usual.of(*kinds)
    assert len(usual.of("reminder")) > 5
    told = [one["event"] for one in logs if one["log_level"] == "warning"]
    assert told == ["the machine's clock is wrong"]
    assert [key.split(":")[1] for key, _ in world.of("clock_wrong")] == ["an"]


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_without_telegrams_time_no_due_day_is_lost(
    tmp_path: Path, jump: timedelta, stopped: bool
) -> None:
    """A clock that is put right leaves no silence behind it, and no key is sent twice."""
    usual = await asyncio.to_thread(usually)
    world = await lives(tmp_path / "wrong", jump, stopped=stopped, served=False)
    after = BEGIN + timedelta(days=5)
    wanted = {key for key, at in usual.of("reminder") if at >= after}
    keys = [key for key, _ in world.sent]
    assert wanted
    assert wanted <= set(keys)
    assert len(keys) == len(set(keys))
    if not (stopped and abs(jump) < timedelta(days=1)):
        assert [key.split(":")[1] for key, _ in world.of("clock_wrong", "clock_put_back")]


async def test_one_answer_alone_sets_no_clock() -> None:
    """A proxy's time, or a stale one, is not gone by until a second answer agrees."""
    world = World()
    clock = CheckedClock(world.machine, world.steady)
    for said in (timedelta(days=9), timedelta(0), timedelta(days=-30), timedelta(days=5)):
        clock.hear(format_datetime((world.now + said).astimezone(UTC), usegmt=True))
        assert clock() == world.now
    clock.hear("không phải giờ")
    clock.hear(format_datetime((world.now + timedelta(days=5)).astimezone(UTC), usegmt=True))
    assert clock() == world.now + timedelta(days=5)


async def test_ticks_go_on_when_the_clock_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven hours back while running: the next tick comes within its interval, not after them."""
    off = [timedelta(0)]

    class Machine(datetime):
        """The machine's clock, as APScheduler asks it."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Machine":
            told = super().now(tz or ZONE) + off[0]
            return cls.combine(told.date(), told.timetz())

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Machine)
    monkeypatch.setattr(ticks, "LOOK_EVERY", 0.02)
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    running = Ticks([Tick("one", 0.05, tick)], Machine.now)
    running.start()
    for hours in (0, -7, -24 * 365, 24 * 365):
        off[0] = timedelta(hours=hours)
        await asyncio.wait_for(ticked.wait(), 5)
        ticked.clear()
        await asyncio.wait_for(ticked.wait(), 5)
    await running.stop()
