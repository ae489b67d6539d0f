"""The only place that reads the time, and the judge of whether the machine tells it rightly.

A machine's clock may be hours or years wrong: an empty battery, a resumed machine, a slip of a
hand. Telegram says the time with every answer; where the two are far apart Telegram's counts, so
that no reminder goes out early, is left out, or is dated wrongly meanwhile.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from vietnamese.zone import ZONE

Clock = Callable[[], datetime]
"""Tells the aware time of now."""

FAR: Final = timedelta(minutes=5)
"""Clocks that are further apart are not both right; a machine without time service drifts by
seconds a day."""


def system_clock() -> datetime:
    """Return the time of this machine, in Vietnam's zone."""
    return datetime.now(ZONE)


def monotonic() -> float:
    """Return seconds on a clock that never goes back."""
    return time.monotonic()


def uptime() -> float:
    """Return seconds on a clock that never goes back and goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class CheckedClock:
    """The machine's time, or Telegram's where the machine is far from it."""

    def __init__(self, machine: Clock = system_clock, steady: Callable[[], float] = uptime) -> None:
        self._machine = machine
        self._steady = steady
        self._began: datetime | None = None
        """When `steady` was 0, by Telegram."""
        self._heard: datetime | None = None
        """The same by the last answer alone."""

    def __call__(self) -> datetime:
        """Return the time to go by."""
        machine, served = self._machine(), self.served()
        return machine if served is None or abs(machine - served) <= FAR else served

    def machine(self) -> datetime:
        """Return the time of the machine, right or wrong."""
        return self._machine()

    def steady(self) -> float:
        """Return seconds that no setting of the clock touches."""
        return self._steady()

    def served(self) -> datetime | None:
        """Return the time by Telegram; None until two of its answers agreed."""
        if self._began is None:
            return None
        return (self._began + timedelta(seconds=self._steady())).astimezone(ZONE)

    def hear(self, header: str) -> None:
        """Take the `Date` of an answer; one that no other agrees with counts for nothing."""
        try:
            said = parsedate_to_datetime(header)
        except ValueError:
            return
        if said.tzinfo is None:
            return
        began = said - timedelta(seconds=self._steady())
        if self._heard is not None and abs(began - self._heard) <= FAR:
            self._began = began
        self._heard = began
