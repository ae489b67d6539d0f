"""A town with phones, and the real assistant serving it over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page

from sandbox.settings import SandboxSettings
from tests.e2e.assistant import Assistant
from tests.e2e.clockwork import UNHURRIED
from tests.e2e.desk import DIALOGUE, REVIEW, RULES, Desk
from tests.e2e.office import Office, found_in, quarterly, task
from tests.e2e.phone import Phone, Town, sandbox
from tests.e2e.screen import CHROMIUM, Opening, chromium, phone_screen


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town() -> AsyncIterator[Town]:
    """Give a sandbox that lasts for a module of tests."""
    async with sandbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def quick_town() -> AsyncIterator[Town]:
    """Give a sandbox in which days pass in milliseconds."""
    async with sandbox(SandboxSettings(limits=UNHURRIED)) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def assistant(
    town: Town, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Assistant]:
    """Give an assistant on the shipped library that serves the town."""
    process = serving(town, tmp_path_factory.mktemp("data"))
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def officer(town: Town, assistant: Assistant) -> Phone:
    """Give somebody who has just opened the assistant."""
    assert assistant.output
    return await town.phone("Lan")


def serving(town: Town, data: Path, **settings: str) -> Assistant:
    """Return an assistant, not started, whose Telegram is the town."""
    own = {
        "BOT_TOKEN": town.token,
        "TELEGRAM_API_URL": town.running.url,
        "QUESTIONS_OPEN": "true",
    }
    return Assistant(data, {**own, **settings})


@pytest_asyncio.fixture(loop_scope="module")
async def desk(town: Town, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give an office with three tasks, its assistant running."""
    office = Office(
        officer=await town.phone("Lan"),
        supervisor=await town.phone("Hùng"),
        other=await town.phone("Mai"),
    )
    tasks = (task("rasoat", REVIEW), task("quyche", RULES), quarterly("doithoai", DIALOGUE))
    await found_in(tmp_path, office, *tasks)
    running = serving(town, tmp_path)
    await running.start()
    await office.supervisor.says("/start")
    yield Desk(office, running, tmp_path)
    await running.kill()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Run one browser for a module; each test has a profile of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (chromium, chromium-browser, google-chrome)")
    async with chromium(CHROMIUM) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def opening(browser: Browser) -> AsyncIterator[Opening]:
    """Open addresses on a phone's screen; no script may fail or break the page's policy."""
    wrong: list[str] = []
    context = await phone_screen(browser)

    def listen(line: ConsoleMessage) -> None:
        if "Security Policy" in line.text:
            wrong.append(line.text)

    async def open_one(url: str) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", listen)
        await page.goto(url)
        return page

    yield open_one
    await context.close()
    assert wrong == []
