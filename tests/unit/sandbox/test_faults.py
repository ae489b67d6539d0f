"""A test orders what goes wrong, and reads afterwards what the bot did."""

import asyncio

import aiohttp
import pytest

from tests.e2e.phone import Phone, Town
from tests.unit.sandbox.conftest import Asking


async def test_an_error_strikes_as_often_as_ordered(lan: Phone, town: Town, bot: Asking) -> None:
    """The ordered answer comes the ordered number of times, for the named method only."""
    await town.fault(status=429, retry_after=3, method="sendMessage", count=2)
    assert await bot.gets("getMe")
    for _ in range(2):
        answer = await bot.asks("sendMessage", chat_id=lan.id, text="x")
        assert answer["parameters"] == {"retry_after": 3}
    assert (await bot.asks("sendMessage", chat_id=lan.id, text="x"))["ok"]


async def test_a_share_of_requests_fails_until_cleared(town: Town, bot: Asking) -> None:
    """A share strikes by chance, with the same chances in every run."""
    await town.fault(status=502, share=0.5)
    codes = [(await bot.asks("getMe")).get("error_code") for _ in range(40)]
    assert 10 < codes.count(502) < 30
    await town.heal()
    assert (await bot.asks("getMe"))["ok"]


async def test_a_connection_breaks_before_anything_is_done(
    lan: Phone, town: Town, bot: Asking
) -> None:
    """After a reset nothing was sent."""
    await town.fault(kind="reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.asks("sendMessage", chat_id=lan.id, text="mất")
    await bot.gets("sendMessage", chat_id=lan.id, text="còn")
    await lan.sees("còn")
    assert [shown.text for shown in lan.messages if shown.by_bot] == ["còn"]


async def test_an_answer_that_never_comes_hides_a_sent_message(
    lan: Phone, town: Town, bot: Asking
) -> None:
    """A timeout does not mean that the message did not go."""
    await town.fault(kind="timeout", method="sendMessage")
    asking = asyncio.create_task(bot.asks("sendMessage", chat_id=lan.id, text="đã đi"))
    await lan.sees("đã đi")
    assert not asking.done()
    asking.cancel()
    (call,) = await town.calls("sendMessage")
    assert call["result"] == {"fault": "timeout", "performed": True}


async def test_every_request_is_logged(lan: Phone, town: Town, bot: Asking) -> None:
    """The log has method, fields, time and answer, and never the token."""
    await bot.gets("sendMessage", chat_id=lan.id, text="x")
    await bot.refused("sendMessage", chat_id=lan.id)
    first, second = await town.calls("sendMessage")
    assert first["params"] == {"chat_id": lan.id, "text": "x"}
    assert first["result"]["result"]["text"] == "x"
    assert second["result"]["description"] == "Bad Request: message text is empty"
    assert town.token not in str(await town.calls())


async def test_unknown_faults_are_refused(town: Town) -> None:
    """An order that means nothing is not taken silently."""
    with pytest.raises(AssertionError, match="unknown kind of fault"):
        await town.fault(kind="flood")
