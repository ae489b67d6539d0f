"""Updates by webhook: checked for their secret, taken once, answered at once."""

import hmac
import json
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web
from telegram import Update
from telegram.ext import Application

from bot.polling import readable
from bot.settings import Settings
from handlers.dispatch import ALLOWED_UPDATES

PATH: Final = "/updates"

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"

SEEN_KEPT: Final = 10_000
"""Ids of updates remembered: Telegram repeats a delivery within minutes, not days."""

BODY_BYTES: Final = 1 << 20
"""An update is some kilobytes."""

Bot = Application[Any, Any, Any, Any, Any, Any]


class Authentication:
    """Lets updates in: each once, and only from who knows the secret."""

    def __init__(self, application: Bot, secret: str) -> None:
        self._application = application
        self._secret = secret
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def on_post(self, request: web.Request) -> web.Response:
        """Queue an update; 200 also for what cannot be read, or Telegram would repeat it."""
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = readable(json.loads(await request.read()))
        except ValueError:
            return web.Response(status=400)
        if update is not None and self._first_time(update["update_id"]):
            bot = self._application.bot
            await self._application.update_queue.put(Update.de_json(update, bot))
        return web.Response()

    def _first_time(self, update: int) -> bool:
        """Tell whether this update was not here before."""
        if update in self._seen:
            return False
        self._seen[update] = None
        if len(self._seen) > SEEN_KEPT:
            self._seen.popitem(last=False)
        return True


@asynccontextmanager
async def webhook(settings: Settings, application: Bot) -> AsyncIterator[None]:
    """Listen, and have Telegram call, for as long as the block lasts.

    The address stays registered at the end: updates of a restart wait at Telegram.
    """
    if settings.webhook_secret is None or settings.webhook_url is None:
        raise ValueError("settings without a webhook")
    secret = settings.webhook_secret.get_secret_value()
    app = web.Application(client_max_size=BODY_BYTES)
    app.router.add_post(PATH, Authentication(application, secret).on_post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port).start()
        await application.bot.set_webhook(
            f"{settings.webhook_url}{PATH}", allowed_updates=ALLOWED_UPDATES, secret_token=secret
        )
        yield
    finally:
        await runner.cleanup()
