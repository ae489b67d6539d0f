"""The only place that reads the time."""

import time
from collections.abc import Callable
from datetime import datetime

from vietnamese.zone import ZONE

Clock = Callable[[], datetime]
"""Tells the aware time of now."""


def system_clock() -> datetime:
    """Return the time of this machine, in Vietnam's zone."""
    return datetime.now(ZONE)


def monotonic() -> float:
    """Return seconds on a clock that never goes back."""
    return time.monotonic()
