"""Makes docs/images from real conversations: `.venv/bin/python -m docs.make_screenshot`.

It starts the assistant as `danvan run` does without a token, asks it the question below with the
shipped library, calls the home, asks for one's own work and after a document, has the demo's
supervisor look at his units, and takes pictures of the chat page in Chromium at a phone's width.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import Page, ViewportSize, expect

from tests.e2e.screen import CHROMIUM, becomes, bubbles, chromium, phone_screen, says, taps

QUESTION: Final = "Ai trực tiếp phụ trách công tác dân vận ở địa phương?"
ROOT: Final = Path(__file__).resolve().parents[1]
PICTURE: Final = ROOT / "docs" / "images" / "chat.png"
DIGEST: Final = ROOT / "docs" / "images" / "digest.png"
HOME: Final = ROOT / "docs" / "images" / "home.png"
OWN_WORK: Final = ROOT / "docs" / "images" / "own_work.png"
FOLLOW_UP: Final = ROOT / "docs" / "images" / "follow_up.png"
OWN_QUESTION: Final = "con no bao cao gi"
FIRST_QUESTION: Final = "Sở Nội vụ phải làm những gì?"
NEXT_QUESTION: Final = "văn bản đó còn hiệu lực không?"
SUPERVISOR: Final = "Trần Văn Hùng"
SHARPNESS: Final = 2
"""Pixels of the picture for each pixel of the page, so that letters stay sharp on good screens."""

SCREEN: Final[ViewportSize] = {"width": 412, "height": 915}
"""Of a common phone; an answer with its question fits."""

CHART_WAIT: Final = 60_000
"""Milliseconds: the first chart loads the library that draws, which takes a busy machine long."""

READY: Final = "sandbox "
"""What stands before the page's address when the assistant says that it is ready."""


async def make() -> None:
    """Start the assistant in an empty folder, talk to it, and keep the pictures."""
    if CHROMIUM is None:
        sys.exit("no Chromium on this machine (chromium, chromium-browser, google-chrome)")
    with TemporaryDirectory() as folder:
        assistant = await _start(Path(folder))
        try:
            async with chromium(CHROMIUM) as browser:
                context = await phone_screen(browser, sharpness=SHARPNESS)
                page = await context.new_page()
                await page.set_viewport_size(SCREEN)
                await page.goto(await _address(assistant))
                await _talk(page)
                await page.screenshot(path=PICTURE)
                await _asked(page, "Trang chính")
                await page.screenshot(path=HOME)
                await _asked(page, OWN_QUESTION)
                await page.screenshot(path=OWN_WORK)
                await _asked(page, FIRST_QUESTION)
                await _asked(page, NEXT_QUESTION)
                await page.screenshot(path=FOLLOW_UP)
                await _supervise(page)
                await page.screenshot(path=DIGEST)
        finally:
            assistant.terminate()
            await assistant.wait()


async def _start(folder: Path) -> Process:
    """Run the assistant beside a sandbox on a free port, apart from this machine's settings."""
    own = {"BOT_TOKEN": "", "SANDBOX_PORT": "0", "DATA_DIR": str(folder), "LIBRARY_DIR": ""}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "run"),
        cwd=folder,
        env=os.environ | own | {"PYTHONPATH": str(ROOT)},
        stdout=PIPE,
    )


async def _address(assistant: Process) -> str:
    """Return the page's address once the assistant is ready."""
    while assistant.stdout and (line := await assistant.stdout.readline()):
        said = line.decode().strip()
        if READY in said:
            return said.partition(READY)[2]
    sys.exit("the assistant ended before it was ready; its log says why")


async def _talk(page: Page) -> None:
    """Start the bot and ask it one question."""
    await taps(page, "BẮT ĐẦU")
    await expect(bubbles(page)).to_have_count(2)
    # without the keyboard below it an answer fits the screen with its question
    await _asked(page, "Ẩn nút")
    await _asked(page, QUESTION)
    await taps(page, "Xem hết đoạn trích")
    await bubbles(page).last.get_by_role("button").last.scroll_into_view_if_needed()
    await expect(bubbles(page).nth(-2)).to_be_in_viewport()
    # no blinking cursor, and nothing that only the mouse shows
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)


async def _asked(page: Page, words: str) -> None:
    """Say something, and have its answer on the screen."""
    before = await bubbles(page).count()
    await says(page, words)
    await expect(bubbles(page)).to_have_count(before + 2)
    await bubbles(page).last.scroll_into_view_if_needed()
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)


async def _supervise(page: Page) -> None:
    """Look at the units as their supervisor, and at the chart."""
    await becomes(page, SUPERVISOR)
    await expect(bubbles(page)).to_have_count(0)
    await says(page, "/tonghop")
    await expect(bubbles(page)).to_have_count(2)
    await taps(page, "📈 Biểu đồ")
    picture = bubbles(page).last.get_by_role("img")
    await expect(picture).to_be_visible(timeout=CHART_WAIT)
    await picture.scroll_into_view_if_needed()
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)


if __name__ == "__main__":
    asyncio.run(make())
