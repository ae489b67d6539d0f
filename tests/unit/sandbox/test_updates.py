"""Updates reach the bot once it confirms them, by polling or by webhook."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from sandbox.clock import ControlledClock
from sandbox.webhook import MOST_ATTEMPTS
from tests.e2e.phone import Json, Phone, Town, sandbox
from tests.unit.sandbox.conftest import Asking


async def test_updates_wait_until_they_are_confirmed(lan: Phone, bot: Asking) -> None:
    """The same update comes again until a higher offset is asked for."""
    await lan.says("một")
    first = await bot.gets("getUpdates", limit=1)
    assert await bot.gets("getUpdates", limit=1) == first
    rest = await bot.gets("getUpdates", offset=first[0]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["một"]
    assert await bot.gets("getUpdates", offset=-1) == rest[-1:]


async def test_a_poll_waits_for_the_next_update(lan: Phone, bot: Asking) -> None:
    """A long poll answers as soon as something comes."""
    start = (await bot.gets("getUpdates"))[-1]["update_id"] + 1
    poll = asyncio.create_task(bot.gets("getUpdates", offset=start, timeout=30))
    await lan.says("hai")
    assert [update["message"]["text"] for update in await poll] == ["hai"]


async def test_a_second_poller_ends_the_first(lan: Phone, bot: Asking) -> None:
    """Two copies of a bot cannot poll at once: the earlier one gets Conflict."""
    start = (await bot.gets("getUpdates"))[-1]["update_id"] + 1
    polls = [
        asyncio.create_task(bot.asks("getUpdates", offset=start, timeout=30)) for _ in range(2)
    ]
    ended, (waiting,) = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
    answer = ended.pop().result()
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    await lan.says("ba")
    assert [one["message"]["text"] for one in (await waiting)["result"]] == ["ba"]


async def test_only_wanted_kinds_are_queued(lan: Phone, bot: Asking) -> None:
    """The choice of kinds stays until another is made."""
    await bot.gets("getUpdates", allowed_updates=["callback_query"])
    start = (await bot.gets("getUpdates"))[-1]["update_id"] + 1
    await lan.says("không nghe")
    assert await bot.gets("getUpdates", offset=start) == []
    await bot.gets("getUpdates", allowed_updates=[])
    await lan.says("nghe")
    assert len(await bot.gets("getUpdates", offset=start)) == 1


async def test_an_update_is_kept_a_day(lan: Phone, town: Town, bot: Asking) -> None:
    """What the bot does not fetch for a day is lost to it."""
    assert lan.id
    await town.advance(24 * 3600)
    assert await bot.gets("getUpdates")
    await town.advance(1)
    assert await bot.gets("getUpdates") == []


async def test_any_update_can_be_injected() -> None:
    """A test may send what Telegram never would."""
    async with sandbox() as town:
        await town.update({"message": {"text": 5}})
        (update,) = await Asking(town).gets("getUpdates")
    assert update["message"] == {"text": 5}


class Hook:
    """A bot's webhook that notes what it gets and answers as told."""

    def __init__(self) -> None:
        self.taken: asyncio.Queue[tuple[str | None, Json]] = asyncio.Queue()
        self.failures = 0
        self.answer: Json | None = None
        self.url = ""

    async def on_post(self, request: web.Request) -> web.Response:
        """Take an update, or fail."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.taken.put((secret, await request.json()))
        if self.failures:
            self.failures -= 1
            return web.Response(status=500)
        return web.json_response(self.answer) if self.answer else web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """Serve a webhook on this machine."""
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.on_post)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def _next(hook: Hook) -> tuple[str | None, Json]:
    return await asyncio.wait_for(hook.taken.get(), 8)


async def test_a_webhook_gets_updates_with_its_secret(lan: Phone, bot: Asking, hook: Hook) -> None:
    """Updates are posted in order with the secret; polling meets a conflict meanwhile."""
    await bot.gets("setWebhook", url=hook.url, secret_token="Khoa_1-a")
    await lan.says("xin chào")
    taken = [await _next(hook), await _next(hook)]
    assert [secret for secret, _ in taken] == ["Khoa_1-a"] * 2
    assert [update["message"]["text"] for _, update in taken] == ["/start", "xin chào"]
    refusal = await bot.refused("getUpdates")
    assert refusal.startswith("Conflict: can't use getUpdates method while webhook is active")
    await bot.gets("deleteWebhook")
    assert (await bot.gets("getWebhookInfo"))["url"] == ""


async def test_a_webhook_ends_the_poll_under_way(lan: Phone, bot: Asking, hook: Hook) -> None:
    """Whoever polls when a webhook is set learns why it ends."""
    start = (await bot.gets("getUpdates"))[-1]["update_id"] + 1
    assert lan.id
    poll = asyncio.create_task(bot.refused("getUpdates", offset=start, timeout=30))
    await bot.gets("setWebhook", url=hook.url)
    assert "Conflict: " in await poll


async def test_a_failed_delivery_is_repeated(
    lan: Phone, town: Town, bot: Asking, hook: Hook
) -> None:
    """An update comes again after growing pauses until the webhook takes it."""
    clock = town.running.exchange.clock
    assert isinstance(clock, ControlledClock)
    hook.failures = 2
    await bot.gets("setWebhook", url=hook.url)
    first = await _next(hook)
    assert first[1]["message"]["from"]["id"] == lan.id
    for pause in (1, 2):
        assert await asyncio.wait_for(clock.sleeper(), 8) == pause
        await town.advance(pause)
        assert await _next(hook) == first
    info = await bot.gets("getWebhookInfo")
    assert (
        info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_an_update_that_never_succeeds_is_given_up(
    lan: Phone, town: Town, bot: Asking, hook: Hook
) -> None:
    """One bad update cannot keep the others away for ever."""
    clock = town.running.exchange.clock
    assert isinstance(clock, ControlledClock)
    hook.failures = MOST_ATTEMPTS
    await bot.gets("setWebhook", url=hook.url)
    await lan.says("sau đó")
    for _ in range(MOST_ATTEMPTS):
        assert (await _next(hook))[1]["message"]["text"] == "/start"
        await town.advance(await asyncio.wait_for(clock.sleeper(), 8))
    assert (await _next(hook))[1]["message"]["text"] == "sau đó"


async def test_a_response_may_carry_a_request(lan: Phone, bot: Asking, hook: Hook) -> None:
    """A method named in the response to an update is carried out."""
    hook.answer = {"method": "sendMessage", "chat_id": lan.id, "text": "từ webhook"}
    await bot.gets("setWebhook", url=hook.url)
    await _next(hook)
    await lan.sees("từ webhook")
