"""A signal ends a process in order, or by force: in every state, within ten seconds."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from bot import signals
from bot.signals import END_SECONDS, until_told

HUNG = """
import asyncio, time
from bot import signals
signals.CLOSING_SECONDS, signals.END_SECONDS = 0.1, 0.3
async def work():
    print("ready", flush=True)
    {work}
asyncio.run(signals.until_told(work()))
"""


def test_the_end_is_within_ten_seconds() -> None:
    """The closing, its cutting short and the force at last leave a moment for the rest."""
    assert signals.CLOSING_SECONDS + 1 < END_SECONDS < 10


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_work_is_cancelled_and_closes(number: signal.Signals) -> None:
    """What is under way ends by its own `finally`, and the signals are as before afterwards."""
    closed = []

    async def work() -> None:
        try:
            asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            closed.append(1)

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("threading.Timer", _NoTimer)
        await until_told(work())
    for one, handler in before.items():
        signal.signal(one, handler)
    assert closed == [1]


async def test_work_that_fails_says_so() -> None:
    """Its error is that of the process, and the signals mean what they meant before."""

    async def work() -> None:
        raise KeyError("broken")

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyError):
        await until_told(work())
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    "work",
    [
        "while True: time.sleep(0.01)",
        "await asyncio.to_thread(time.sleep, 60)",
        "\n    ".join(
            ("while True:", "    try: await asyncio.sleep(60)", "    except BaseException: pass")
        ),
    ],
    ids=["a busy loop", "a thread", "a task that will not end"],
)
def test_what_will_not_end_is_ended(work: str) -> None:
    """No loop, thread or task holds a process that was told to end."""
    script = HUNG.format(work=work)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        process.terminate()
        process.wait(8)
    assert time.monotonic() - begun < 8


class _NoTimer:
    def __init__(self, *_: object) -> None:
        self.daemon = False

    def start(self) -> None:
        """Force nothing: this process goes on with its tests."""
