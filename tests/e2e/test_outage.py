"""A quarter of a minute without network, a killed process with a backlog: nothing is lost."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.backlog import flooded, killed, within
from sandbox.limits import STRICT
from tests.e2e.conftest import serving
from tests.e2e.office import Office, found_in, task
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

REVIEW = "Rà soát tổ dân vận"


async def cut(town: Town) -> None:
    """Let nothing through that shows something to anybody."""
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
        await town.fault(kind="reset", method=method, share=1.0)


async def tried(town: Town, method: str, times: int) -> None:
    """Wait until the bot has tried in vain so often."""
    async with asyncio.timeout(20):
        while sum("fault" in one["result"] for one in await town.calls(method)) < times:
            """Looking takes the time that the bot needs."""


async def tapped(phone: Phone, label: str, then: str) -> None:
    """Tap, and wait until the screen shows what comes of it."""
    await phone.taps(label)
    await phone.sees(then)


async def test_an_answer_repeated_in_an_outage_is_not_the_next_questions(
    town: Town, tmp_path: Path
) -> None:
    """45, nothing comes back, 45 again: the second is taken for no question, and that is said."""
    lan = await town.phone("Lan")
    office = Office(officer=lan, supervisor=await town.phone("Hùng"), other=await town.phone("Mai"))
    await found_in(tmp_path, office, task("rasoat", REVIEW))
    bot = serving(town, tmp_path)
    await bot.start()
    try:
        await lan.says("/baocao")
        await lan.sees("Cần báo cáo")
        await tapped(lan, REVIEW, "Biểu mẫu")
        await tapped(lan, "Báo cáo chi tiết", "Câu 1/")
        await tapped(lan, "Đang làm", "Câu 2/6")
        await cut(town)
        await lan.says("45")
        await tried(town, "sendMessage", 3)
        await lan.says("45")
        await town.heal()
        await lan.sees("chưa được ghi")
        shown = [one.text for one in lan.messages if one.by_bot and "Câu 3/6" in one.text]
        assert len(shown) == 1
        assert "Đã ghi: 45%" in shown[0]
        await lan.says("Đã rà soát 5 tổ")
        assert "Đã ghi: Đã rà soát 5 tổ" in (await lan.sees("Câu 4/6")).text
    finally:
        await town.heal()
        await bot.kill()


async def test_a_backlog_outlives_kills() -> None:
    """60 pending, killed twice: each is answered, twice only what was in flight."""
    done = await killed(60, 2)
    assert done.lost == 0
    assert done.twice <= 2 * 64


async def test_a_backlog_keeps_to_telegrams_pace() -> None:
    """60 pending of 12 chats under strict limits: hardly a refusal, and no answer is lost."""
    done, _ = await within(STRICT, 60, 12)
    assert (done.lost, done.twice) == (0, 0)
    assert done.flooded <= 1


async def test_one_stranger_does_not_silence_others(town: Town, tmp_path: Path) -> None:
    """1,000 messages: an officer's questions are answered meanwhile, and the process can end."""
    bot = serving(town, tmp_path)
    await bot.start()
    _, _, seconds = await flooded(town, bot, 1000, asked=3)
    assert seconds < 10
    told = Counter(one["params"]["chat_id"] for one in await town.calls("sendMessage"))
    texts = [one["params"]["text"] for one in await town.calls("sendMessage")]
    assert sum("không được tiếp nhận" in text for text in texts) == 1
    assert max(told.values()) < 100
