"""Without an admin a way in for the first is printed, and nobody is told that there is one."""

import re
from pathlib import Path

import pytest

from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.phone import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


def claims(assistant: Assistant) -> list[str]:
    """Return the parameters of the links that were printed, oldest first."""
    found = (re.search(r"https://t\.me/\w+\?start=(i_[\w-]{22})$", one) for one in assistant.output)
    return [match[1] for match in found if match]


async def test_the_first_admin_comes_in_by_the_printed_link(town: Town, tmp_path: Path) -> None:
    """After a power cut it still holds; it lets in one, and the code is in no log."""
    assistant = serving(town, tmp_path, QUESTIONS_OPEN="false")
    await assistant.start()
    (code,) = claims(assistant)
    logged = await assistant.logs("no admin yet: a link for the first is printed")
    assert code not in repr(assistant.log)
    assert logged["level"] == "warning"

    guest, founder, late = [await town.phone(name) for name in ("Mai", "Thu", "Hùng")]
    await guest.says("/dangky")
    await guest.taps("Mai")
    await guest.says("UBND xã An Hòa")
    asked = await guest.sees("Đã ghi đề nghị")
    assert "tới quản trị viên" not in asked.text

    await assistant.kill()
    await assistant.start()
    assert len(claims(assistant)) == 2
    await founder.says(f"/start {code}")
    await founder.taps("Vào với tên")
    await founder.sees("quản trị viên")
    await founder.sees("UBND xã An Hòa")
    await founder.says("/quantri")
    steps = await founder.sees("Các bước đầu tiên")
    assert steps.text.count("⬜") == 4
    assert [one[0] for one in steps.labels] == ["1", "2", "2", "3", "4"]
    await founder.taps("1. Đơn vị")
    await founder.sees("Đơn vị quản trị")
    for used in claims(assistant):
        await late.says(f"/start {used}")
        await late.sees("đã được dùng")

    await assistant.kill()
    await assistant.start()
    assert len(claims(assistant)) == 2
    await assistant.kill()


async def test_the_demo_says_first_that_it_is_one(tmp_path: Path) -> None:
    """Whoever forgot the token reads so before anything else."""
    assistant = Assistant(tmp_path, {"SANDBOX_PORT": "0"})
    await assistant.start()
    assert assistant.output[0].startswith("DEMO: BOT_TOKEN is not set")
    await assistant.kill()
