"""A tick that fails with the store goes on with it, and the log tells it once."""

import asyncio
from collections.abc import Callable

from structlog.testing import capture_logs

from bot.clock import system_clock
from records.refusals import DatabaseAway
from scheduler.ticks import Tick, Ticks


def away() -> Exception:
    """Return how a database that is away looks to one who asks."""
    return DatabaseAway()


def away_for_some() -> Exception:
    """Return how it looks to several who ask side by side."""
    return ExceptionGroup("senders", [DatabaseAway(), ExceptionGroup("more", [DatabaseAway()])])


async def ticked(*outcomes: Callable[[], Exception] | None) -> list[tuple[str, str]]:
    """Let a tick come to each of these in turn; return what was logged."""
    left = list(outcomes)
    done = asyncio.Event()

    async def work() -> None:
        outcome = left.pop(0)
        if not left:
            done.set()
        if outcome is not None:
            raise outcome()

    ticks = Ticks([Tick("send", 0.01, work)], system_clock)
    with capture_logs() as logged:
        ticks.start()
        await asyncio.wait_for(done.wait(), 5)
        await ticks.stop()
    return [(one["event"], one["log_level"]) for one in logged if "tick" in one["event"]]


async def test_an_outage_is_told_once_and_so_is_its_end() -> None:
    """Not a line a second, and no traceback: the database is away, and it is back."""
    told = await ticked(None, away, away_for_some, away, away, None, None, away)
    assert told == [
        ("tick failed", "warning"),
        ("tick works again", "info"),
        ("tick failed", "warning"),
    ]
