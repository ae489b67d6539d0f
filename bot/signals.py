"""The end of a process that serves: asked for by a signal."""

import asyncio
import signal


def stop_on_signals() -> asyncio.Event:
    """Return what is set when the process is asked to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def until_told() -> None:
    """Wait until the process is asked to end."""
    await stop_on_signals().wait()
