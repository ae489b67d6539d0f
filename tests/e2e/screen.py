"""A phone's screen in headless Chromium: where it is found, and what a person does on the page."""

import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

CHROMIUM: Final = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE: Final = 20_000
"""Milliseconds; a machine shared with the rest of the suite needs some of them."""

Opening = Callable[[str], Awaitable[Page]]
"""Opens an address on a phone's screen; the fixture of this name tells what is watched."""


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """Run the browser at `path`."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def phone_screen(browser: Browser, *, sharpness: float = 1) -> BrowserContext:
    """Return an empty browser profile with the screen of a phone."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 800},
        device_scale_factor=sharpness,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme="light",
    )
    context.set_default_timeout(PATIENCE)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


def bubbles(page: Page) -> Locator:
    """Return the messages of the open chat, the newest last."""
    return page.get_by_role("log").get_by_role("article")


def field(page: Page) -> Locator:
    """Return the place to write."""
    return page.get_by_role("textbox", name="Tin nhắn")


async def says(page: Page, text: str) -> None:
    """Write a message and send it with the key."""
    await field(page).fill(text)
    await field(page).press("Enter")


async def taps(page: Page, label: str) -> None:
    """Press the last button with this whole label."""
    await page.get_by_role("button", name=label, exact=True).last.click()


async def becomes(page: Page, name: str) -> None:
    """Take over the phone of somebody who is there."""
    await page.get_by_role("button", name="Đang dùng máy của").click()
    await page.get_by_role("dialog").get_by_role("button", name=name).click()
    await holds_phone_of(page, name)


async def holds_phone_of(page: Page, name: str) -> None:
    """Wait until the page is the phone of `name`."""
    await expect(page.get_by_role("button", name=f"Đang dùng máy của {name}")).to_be_visible()


async def attaches(page: Page, kind: str, name: str, content: bytes, caption: str = "") -> None:
    """Send a file by the paper clip; `kind` is the line of its menu."""
    await taps(page, "Gửi tệp, ảnh hoặc âm thanh")
    async with page.expect_file_chooser() as chooser:
        await taps(page, kind)
    mime = "image/png" if kind == "Ảnh" else "application/octet-stream"
    await (await chooser.value).set_files({"name": name, "mimeType": mime, "buffer": content})
    dialog = page.get_by_role("dialog", name=kind)
    await dialog.get_by_role("textbox").fill(caption)
    await dialog.get_by_role("button", name="Gửi", exact=True).click()


def picture(side: int) -> bytes:
    """Draw a square PNG of one colour."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    lines = (b"\x00" + b"\x2c\x6b\x45" * side) * side
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
