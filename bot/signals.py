"""The end of a process that serves: asked for by a signal, orderly if it can be, sure to come."""

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final

import structlog

CLOSING_SECONDS: Final = 6.0
"""For what is under way to be finished once the end is asked for; then it is cut short."""

END_SECONDS: Final = 9.5
"""Until the process ends at the latest, whatever holds it: a disk, a thread. What counts is on the
disk before anybody is told of it, so that nothing is lost by this."""

_CUT_OFF: Final = b'{"level": "error", "event": "ended by force", "logger": "bot.signals"}\n'


async def until_told(work: Coroutine[Any, Any, None] | None = None) -> None:
    """Do `work`, or nothing, until a signal asks for the end; then cancel it and let it close.

    Returns when it has closed, or is cut short. Raises what `work` raises.
    """
    with _signalled() as told:
        waiting = asyncio.create_task(told.wait())
        working = asyncio.create_task(work) if work is not None else waiting
        try:
            await asyncio.wait({waiting, working}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            await _closed(working)
    if not working.cancelled():
        working.result()


async def _closed(working: asyncio.Task[Any]) -> None:
    """Cancel what still works, and return once it has ended or has had its time."""
    for seconds in (CLOSING_SECONDS, 1.0):
        if working.done():
            return
        working.cancel()
        if not (await asyncio.wait({working}, timeout=seconds))[0]:
            structlog.get_logger("bot.signals").error("closing is cut short", seconds=seconds)


@contextmanager
def _signalled() -> Iterator[asyncio.Event]:
    """Give what is set when the process is asked to end; a second signal ends it at once."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()

    def on_signal(*_: object) -> None:
        for number in before:
            signal.signal(number, signal.SIG_DFL)
        cut_off = threading.Timer(END_SECONDS, _cut_off)
        cut_off.daemon = True
        cut_off.start()
        loop.call_soon_threadsafe(told.set)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        yield told
    finally:
        if not told.is_set():
            for number, handler in before.items():
                signal.signal(number, handler)


def _cut_off() -> None:
    os.write(2, _CUT_OFF)
    os._exit(1)
