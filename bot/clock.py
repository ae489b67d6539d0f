"""The only place that reads the time."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

HANOI: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam's one time zone; no daylight saving since 1975, so no zone database is needed."""

Clock = Callable[[], datetime]
"""Tells the aware time of now."""


def system_clock() -> datetime:
    """Return the time of this machine, in Vietnam's zone."""
    return datetime.now(HANOI)


def monotonic() -> float:
    """Return seconds on a clock that never goes back."""
    return time.monotonic()
