"""Posts updates to the bot's webhook, one after the other, and repeats what failed."""

import json
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp

from sandbox.exchange import Exchange
from sandbox.values import JsonObject

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
"""Seconds between two attempts: doubled after each failure, up to the longest."""

MOST_ATTEMPTS: Final = 8
"""After so many an update is given up, so that one bad update cannot stop all others."""

ANSWER_SECONDS: Final = 30.0

Reply = Callable[[JsonObject], Awaitable[None]]


class WebhookPost:
    """Delivers what is queued for as long as a webhook is set."""

    def __init__(self, exchange: Exchange, reply: Reply) -> None:
        self._exchange = exchange
        self._reply = reply

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._exchange.webhook_set.wait()
                await self._exchange.updates.arrival()
                if self._exchange.state.webhook.url:
                    await self._deliver_first(session)

    async def _deliver_first(self, session: aiohttp.ClientSession) -> None:
        """Post the oldest update until it is taken, given up, or no longer wanted here."""
        update = self._exchange.updates.pending()[0]
        webhook = self._exchange.state.webhook
        pause = FIRST_PAUSE
        for _ in range(MOST_ATTEMPTS):
            if await self._post(session, update):
                break
            await self._exchange.clock.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if self._exchange.state.webhook is not webhook:
                return
        self._exchange.updates.forget(update)
        self._exchange.changes += 1

    async def _post(self, session: aiohttp.ClientSession, update: JsonObject) -> bool:
        """Post one update; tell whether it was taken, and carry out a request in the response."""
        webhook = self._exchange.state.webhook
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                body = await answer.read()
                if not answer.ok:
                    self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                    return False
        except (aiohttp.ClientError, TimeoutError) as broken:
            self._note(f"Connection failed: {type(broken).__name__}")
            return False
        request = _request_in(body)
        if request:
            await self._reply(request)
        return True

    def _note(self, error: str) -> None:
        self._exchange.state.webhook.last_error = error
        self._exchange.state.webhook.last_error_at = self._exchange.now


def _request_in(body: bytes) -> JsonObject | None:
    """Return the method call in a response, if it is one."""
    try:
        given = json.loads(body or b"null")
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) and "method" in given else None
