"""Looks whether the machine's clock is right, and says once to log and admins that it is not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import FAR, CheckedClock
from records.model import Answer
from records.store import Store
from scheduler.planned_days import tell_admins

WATCH_EVERY: Final = 20.0
"""Seconds between two looks."""

WRONG: Final = "clock_wrong"
"""The message to the admins."""


@dataclass(slots=True)
class ClockWatch:
    """Compares the machine's clock with Telegram's; without that, with the seconds that passed."""

    clock: CheckedClock
    store: Store
    _last: tuple[datetime, float] | None = None
    _wrong: bool = False
    _log: structlog.stdlib.BoundLogger = field(
        default_factory=lambda: structlog.get_logger("bot.clock_watch")
    )

    async def look(self) -> None:
        """Say that the clock has begun to be wrong, or was set while nobody tells the time."""
        machine, served = self.clock.machine(), self.clock.served()
        expected = served or self._expected(machine)
        wrong = abs(machine - expected) > FAR
        self._last = (machine, self.clock.steady())
        if wrong and not self._wrong:
            self._log.warning(
                "the machine's clock is wrong" if served else "the machine's clock was set",
                machine=machine.isoformat(),
                expected=expected.isoformat(),
            )
            facts: dict[str, Answer] = {
                "machine": machine.isoformat(timespec="seconds"),
                "expected": expected.isoformat(timespec="seconds"),
                "served": served is not None,
            }
            await tell_admins(self.store, WRONG, facts, self.clock())
        elif self._wrong and not wrong and served:
            self._log.info("the machine's clock is right again")
        self._wrong = wrong and served is not None

    def _expected(self, machine: datetime) -> datetime:
        """Return what the clock should show, by the seconds since the last look."""
        if self._last is None:
            return machine
        before, at = self._last
        return before + timedelta(seconds=self.clock.steady() - at)
