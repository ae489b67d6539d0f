"""The assistant is stopped, killed, started twice, started wrongly: nothing is lost or unclear."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.assistant import Assistant, command
from tests.e2e.conftest import serving
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"
ANSWER = "11-QĐi/TW"


@pytest_asyncio.fixture(loop_scope="module")
async def process(town: Town, tmp_path: Path) -> AsyncIterator[Assistant]:
    """Give an assistant of the test's own, started."""
    process = serving(town, tmp_path)
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def asker(town: Town, process: Assistant) -> Phone:
    """Give somebody to ask it."""
    assert process.output
    return await town.phone("Lan")


async def test_buttons_of_before_work_after_a_restart(process: Assistant, asker: Phone) -> None:
    """A keyboard needs no memory of the process: all its buttons still mean what they meant."""
    asked = await asker.says(QUESTION)
    answer = await asker.sees(ANSWER)
    await asker.says("/vanban")
    listed = await asker.sees("Văn bản trong thư viện")
    assert await process.stop() == 0
    await process.start()
    await asker.presses(answer, "👍 Đúng ý")
    await asker.notices("Cảm ơn đồng chí")
    await asker.presses(answer, "Toàn văn")
    await asker.sees("Thực hiện quy chế dân chủ cơ sở đi vào thực chất")
    await asker.presses(answer, "Kết quả khác")
    await asker.sees("Bấm số")
    await asker.presses(listed, "33-CT/TU")
    await asker.sees("Chọn phần cần đọc")
    await asker.edits(asked["message_id"], "xin chào")
    redrawn = await asker.sees("Kính chào")
    assert redrawn.id == answer.id


async def test_a_question_asked_while_it_was_down_is_answered(
    process: Assistant, asker: Phone
) -> None:
    """Killed as by a power cut, it answers what came meanwhile, once."""
    await process.kill()
    await asker.says(QUESTION)
    await process.start()
    await asker.sees(ANSWER)
    await asker.says("xin chào")
    await asker.sees("Kính chào")
    assert sum(ANSWER in one.text for one in asker.messages if one.by_bot) == 1


async def test_a_second_process_on_the_same_data_is_refused(process: Assistant) -> None:
    """It says so in one line, and the first goes on."""
    status, said = await ended(["run"], process.environment)
    assert status == 1
    assert len(said) == 1
    assert "DATA_DIR" in said[0]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"BOT_TOKEN": "nonsense"}, "BOT_TOKEN"),
        ({"BOT_TOKEN": "700000001:AAwrong-token-of-another-bot-entirely"}, "BOT_TOKEN"),
        ({"WEBHOOK_URL": "https://bot.example"}, "WEBHOOK_SECRET"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    ],
)
async def test_a_wrong_setting_stops_the_start_with_one_line(
    town: Town, tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    """The line names the variable; neither it nor anything else shows the value."""
    environment = serving(town, tmp_path, **settings).environment
    status, said = await ended(["run"], environment)
    assert status == 1
    errors = [line for line in said if not line.startswith("{")]
    assert len(errors) == 1
    assert named in errors[0]
    assert not any(value in line for line in said for value in settings.values())


async def test_without_a_token_it_opens_its_own_sandbox(tmp_path: Path) -> None:
    """A fresh machine needs nothing: the printed address serves a page, people and the bot."""
    alone = Assistant(tmp_path, {"SANDBOX_PORT": "0"})
    await alone.start()
    try:
        [ready] = [line for line in alone.output if "ready" in line and not line.startswith("{")]
        address = ready.rpartition(" ")[2]
        async with aiohttp.ClientSession() as session, session.get(f"{address}/app/state") as held:
            state = await held.json()
        assert len(state["users"]) == 4
        assert state["bot"]["commands"]
    finally:
        assert await alone.stop() == 0


async def ended(arguments: list[str], settings: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command to its end; return its status and what it wrote to standard error."""
    process = await command(arguments, settings)
    _, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, errors.decode().splitlines()
