"""Updates by webhook: checked for their secret, kept, then answered."""

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog
from aiohttp import web
from telegram.ext import ExtBot

from bot.intake import Intake
from bot.settings import Settings
from handlers.dispatch import ALLOWED_UPDATES
from records.refusals import StoreRefused

PATH: Final = "/updates"

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"

BODY_BYTES: Final = 1 << 20
"""An update is some kilobytes."""


class Post:
    """Lets updates in, only from who knows the secret."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    async def on_post(self, request: web.Request) -> web.Response:
        """Keep an update; 200 also for what cannot be read, or Telegram would repeat it.

        503 where the store cannot keep it: Telegram brings it again.
        """
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            await self._intake.take([update])
        except StoreRefused as refused:
            structlog.get_logger("bot.webhook").warning("update not kept", reason=str(refused))
            return web.Response(status=503)
        return web.Response()


@asynccontextmanager
async def webhook(settings: Settings, bot: ExtBot[Any], intake: Intake) -> AsyncIterator[None]:
    """Listen, and have Telegram call, for as long as the block lasts.

    The address stays registered at the end: updates of a restart wait at Telegram.
    """
    if settings.webhook_secret is None or settings.webhook_url is None:
        raise ValueError("settings without a webhook")
    secret = settings.webhook_secret.get_secret_value()
    app = web.Application(client_max_size=BODY_BYTES)
    app.router.add_post(PATH, Post(intake, secret).on_post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port).start()
        await bot.set_webhook(
            f"{settings.webhook_url}{PATH}", allowed_updates=ALLOWED_UPDATES, secret_token=secret
        )
        yield
    finally:
        await runner.cleanup()
