"""Starts and stops a sandbox: one process that is Telegram's server and the phones' page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.calls import Calls
from sandbox.exchange import Exchange
from sandbox.faults import Faults
from sandbox.files import UPLOAD_BYTES, FileRoom
from sandbox.guard import guard, is_loopback
from sandbox.page_api import PageApi
from sandbox.settings import SandboxSettings
from sandbox.snapshot import keep, reopen
from sandbox.webhook import WebhookPost

PAGE: Final = Path(__file__).with_name("page")
PAGE_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "frame-ancestors 'none'",  # no other site shows it as its own
}

BODY_BYTES: Final = UPLOAD_BYTES + 1024 * 1024
"""A request: one largest file and its fields."""

CLOSING_SECONDS: Final = 1.0
"""How long open requests may finish at the end."""

log = structlog.get_logger(__name__)


class NotLoopback(Exception):
    """The sandbox was told to listen beyond this machine without leave."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} is reachable from other machines, and whoever reaches the sandbox acts for"
            " every user in it; allow_remote must be set for that"
        )
        self.host = host


class PortTaken(Exception):
    """Another program listens where the sandbox should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port} is taken by another program")
        self.host = host
        self.port = port


@dataclass(slots=True, kw_only=True)
class Running:
    """A sandbox that serves."""

    url: str
    """The page's address; the Bot API is below it."""
    token: str
    exchange: Exchange
    runner: web.AppRunner
    tasks: list[asyncio.Task[None]]

    @property
    def api_url(self) -> str:
        """Return what a bot takes as its base URL, before the token: `…/bot`."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """Return what a bot takes as its base file URL: `…/file/bot`."""
        return f"{self.url}/file/bot"

    async def stop(self) -> None:
        """Close the connections and write the state a last time."""
        self.exchange.events.close()
        for task in self.tasks:
            task.cancel()
        await self.runner.cleanup()
        for task in self.tasks:
            with suppress(asyncio.CancelledError):
                await task


async def serve(settings: SandboxSettings) -> Running:
    """Start a sandbox; raises NotLoopback, PortTaken, UnreadableState."""
    if not is_loopback(settings.host):
        if not settings.allow_remote:
            raise NotLoopback(settings.host)
        log.warning("sandbox_reachable_from_outside", host=settings.host)
    exchange = _exchange(settings)
    calls, faults = Calls(), Faults()
    bot_api = BotApi(exchange, calls, faults)
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[guard(settings.host)])
    app.add_routes(bot_api.routes())
    app.add_routes(PageApi(exchange, calls, faults).routes())
    _add_page(app)
    runner = web.AppRunner(
        app, handler_cancellation=True, shutdown_timeout=CLOSING_SECONDS, access_log=None
    )
    url = await _listen(runner, settings)
    tasks = [asyncio.create_task(WebhookPost(exchange, bot_api.reply_of_webhook).run())]
    if settings.state_file:
        tasks.append(asyncio.create_task(keep(exchange, settings.state_file)))
    return Running(url=url, token=settings.token, exchange=exchange, runner=runner, tasks=tasks)


@asynccontextmanager
async def sandbox(settings: SandboxSettings) -> AsyncIterator[Running]:
    """Serve for as long as the block lasts."""
    running = await serve(settings)
    try:
        yield running
    finally:
        await running.stop()


def _exchange(settings: SandboxSettings) -> Exchange:
    """Build the exchange upon the kept state, with the people who are there from the start."""
    path = settings.state_file
    files = FileRoom(path.with_name(path.name + ".files") if path else None)
    exchange = Exchange(settings, reopen(path), files)
    if not exchange.state.persons:
        for new in settings.people:
            exchange.join(new.first_name, new.last_name, new.username)
        for group in settings.groups:
            exchange.found(group.title, exchange.state.persons)
    return exchange


async def _listen(runner: web.AppRunner, settings: SandboxSettings) -> str:
    """Open the port; return the address."""
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as taken:
        await runner.cleanup()
        raise PortTaken(settings.host, settings.port) from taken
    port = runner.addresses[0][1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"


def _add_page(app: web.Application) -> None:
    """Serve the chat page at / and its files beside it."""
    if not PAGE.is_dir():
        return

    async def index(_: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)

    app.router.add_get("/", index)
    app.router.add_static("/", PAGE)
