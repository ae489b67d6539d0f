"""The assistant starts beside what is damaged, and ends within ten seconds in every state."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.assistant import Assistant, command, give_index
from tests.e2e.conftest import serving
from tests.e2e.nursery import Born
from tests.e2e.phone import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

WITHIN = 10.0
"""Seconds."""

NOBODY = "http://127.0.0.1:9"
"""Where no server listens."""


async def ended(process: Born, number: signal.Signals = signal.SIGTERM) -> float:
    """Ask for the end; return after how many seconds it came."""
    begun = time.monotonic()
    process.send_signal(number)
    async with asyncio.timeout(WITHIN + 5):
        await process.communicate()
    return time.monotonic() - begun


async def until_logged(process: Born, word: str) -> None:
    """Wait for a record of the log."""
    async with asyncio.timeout(40):
        while word not in (await process.stderr.readline()).decode():
            pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_start_without_telegram_ends(tmp_path: Path, number: signal.Signals) -> None:
    """While it waits for the network it can be told to end, and ends well."""
    give_index(tmp_path)
    assistant = Assistant(
        tmp_path, {"BOT_TOKEN": "123456:abcdefabcdefabcdefabcdef", "TELEGRAM_API_URL": NOBODY}
    )
    process = await command(["run"], assistant.environment)
    await until_logged(process, "library open")
    await asyncio.sleep(0.3)
    assert await ended(process, number) < WITHIN
    assert process.returncode == 0


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook"])
async def test_a_start_that_telegram_holds_up_ends(town: Town, tmp_path: Path, method: str) -> None:
    """At whichever call of the start Telegram fails again and again."""
    await town.fault(method=method, status=500, count=1000)
    give_index(tmp_path)
    process = await command(["run"], serving(town, tmp_path).environment)
    try:
        await until_logged(process, "library open")
        await asyncio.sleep(0.5)
        assert await ended(process) < WITHIN
        assert process.returncode == 0
    finally:
        await town.heal()


async def test_it_ends_while_telegram_answers_nothing(town: Town, tmp_path: Path) -> None:
    """With an answer under way that Telegram does not take, and none to a poll."""
    assistant = serving(town, tmp_path)
    await assistant.start()
    lan = await town.phone("Lan")
    await town.fault(method="sendMessage", status=500, count=1000)
    await lan.says("xin chào")
    await asyncio.sleep(0.5)
    begun = time.monotonic()
    await assistant.stop()
    assert time.monotonic() - begun < WITHIN
    await town.heal()


async def test_a_torn_line_of_the_question_log_stops_nothing(town: Town, tmp_path: Path) -> None:
    """It is named in the log, and the assistant starts."""
    torn = b'{"kind":"reply","chat":1,"message":2,"re\0\0ply":3}\n'
    (tmp_path / "questions.jsonl").write_bytes(torn)
    assistant = serving(town, tmp_path)
    await assistant.start()
    named = await assistant.logs("line left out")
    assert (named["file"], named["byte"]) == ("questions.jsonl", 0)
    assert await assistant.stop() == 0
