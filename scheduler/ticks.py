"""The ticks: what is to be done again and again, and how often; what is due comes from the records.

APScheduler fires them. A tick that was missed while the process was down or busy is made up for
once: no misfire limit, several missed ones count as one, and none overlaps itself.

APScheduler goes by the machine's clock. One that is put back would leave every tick waiting until
it has caught up; so a tick that waits longer than its interval is brought forward. One that leaps
a year ahead would have an interval trigger list every second of that year; ours looks ahead only.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from records.refusals import StoreRefused
from vietnamese.zone import ZONE

SEND_EVERY: Final = 1.0
"""Seconds; how long an officer waits at most for what somebody else's tap owes him."""

PLAN_EVERY: Final = 20.0
"""Seconds; a reminder may be late by as much, and a new leader is found within 30 s."""

TAKE_OVER_EVERY: Final = 5.0
"""Seconds; so late at most goes on what a process was handling that has ended."""

FORGET_EVERY: Final = 3600.0
"""Seconds between two looks for updates that nobody will repeat."""

STOP_SECONDS: Final = 5.0
"""For a send under way to end: one that Telegram has not answered by then is sent again later."""

LOOK_EVERY: Final = 1.0
"""Seconds between two looks whether the clock was put back."""

SLACK: Final = timedelta(seconds=1)
"""By so much a clock is put back without harm: time services do it every day."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to do every so many seconds."""

    name: str
    every: float
    do: Callable[[], Awaitable[object]]


class Pace(BaseTrigger):  # type: ignore[misc]  # no types there
    """The next time is an interval from now, whatever was missed."""

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Return when to fire next; the library calls this."""
        return now + self._interval


class Ticks:
    """Fires ticks from `start` to `stop`; `machine` is the clock that APScheduler reads."""

    def __init__(self, ticks: Sequence[Tick], machine: Callable[[], datetime]) -> None:
        self._every = {tick.name: timedelta(seconds=tick.every) for tick in ticks}
        self._machine = machine
        self._watching: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._failing: dict[str, str] = {}
        """Why a tick failed last, by its name, until it works again."""
        self._scheduler = AsyncIOScheduler(
            timezone=ZONE,
            executors={"default": AsyncIOExecutor()},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for tick in ticks:
            self._scheduler.add_job(
                self._guarded(tick),
                Pace(tick.every),
                id=tick.name,
                replace_existing=True,
            )

    def start(self) -> None:
        """Begin; the first ticks come after their interval."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._keep_pace())

    async def stop(self) -> None:
        """Fire no more, and let what is under way come to its end for some seconds."""
        if not self._scheduler.running:
            return
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_SECONDS)
        self._scheduler.shutdown(wait=False)

    async def _keep_pace(self) -> None:
        """Bring forward what waits for a clock that was put back; the loop's time goes on."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = self._machine()
            for job in self._scheduler.get_jobs():
                if job.next_run_time - now > self._every[job.id] + SLACK:
                    job.modify(next_run_time=now)

    def _guarded(self, tick: Tick) -> Callable[[], Awaitable[None]]:
        """Wrap a tick so that a store that is away ends this one, not those to come."""

        async def run() -> None:
            task = asyncio.create_task(self._done(tick))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await task

        return run

    async def _done(self, tick: Tick) -> None:
        """Do it; a store that is away is said once, not at each tick, and its return is."""
        log = structlog.get_logger("scheduler.ticks")
        reason = ""
        try:
            await tick.do()
        except* StoreRefused as refused:
            reason = str(_first(refused))
        if reason and self._failing.get(tick.name) != reason:
            log.warning("tick failed", tick=tick.name, reason=reason)
        elif not reason and tick.name in self._failing:
            log.info("tick works again", tick=tick.name)
        self._failing.pop(tick.name, None)
        if reason:
            self._failing[tick.name] = reason


def _first(failed: BaseException) -> BaseException:
    """Return the first error of a group, and of groups within it."""
    return _first(failed.exceptions[0]) if isinstance(failed, BaseExceptionGroup) else failed
