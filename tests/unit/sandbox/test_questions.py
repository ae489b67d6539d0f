"""Pressed buttons and inline queries are answered in time and in form."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from sandbox.clock import ControlledClock
from sandbox.settings import SandboxSettings
from tests.e2e.phone import Json, Phone, Town
from tests.unit.sandbox.conftest import Asking

Opening = Callable[[SandboxSettings], Awaitable[Town]]
KEYS = {"inline_keyboard": [[{"text": "Xem", "callback_data": "1:xem"}]]}


def _article(number: int, **more: Any) -> Json:
    content = {"message_text": f"<b>khoản {number}</b>", "parse_mode": "HTML"}
    base = {"type": "article", "id": str(number), "title": f"Khoản {number}"}
    return base | {"input_message_content": content} | more


async def _pressed(lan: Phone, town: Town, bot: Asking) -> Json:
    """Press a button; return the callback query as the bot gets it."""
    sent = await bot.gets("sendMessage", chat_id=lan.id, text="x", reply_markup=KEYS)
    fields = {"user": lan.id, "chat": lan.id, "message_id": sent["message_id"], "data": "1:xem"}
    await town.act("press", fields)
    return dict((await bot.gets("getUpdates", offset=-1))[0]["callback_query"])


async def test_a_press_carries_its_data(lan: Phone, town: Town, bot: Asking) -> None:
    """The bot gets who pressed what on which message, and its notice reaches the phone."""
    query = await _pressed(lan, town, bot)
    assert (query["data"], query["from"]["id"]) == ("1:xem", lan.id)
    assert query["message"]["text"] == "x"
    fields = {"callback_query_id": query["id"], "text": "Đã rõ", "show_alert": True}
    assert await bot.gets("answerCallbackQuery", **fields) is True
    assert (await lan.notices("Đã rõ"))["show_alert"] is True
    assert "query is too old" in await bot.refused("answerCallbackQuery", **fields)


async def test_a_late_answer_is_refused(lan: Phone, town: Town, bot: Asking) -> None:
    """Fifteen seconds are the time for an answer."""
    query = await _pressed(lan, town, bot)
    await town.advance(15.1)
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert "query is too old and response timeout expired" in refusal


async def test_only_buttons_that_are_there_are_pressed(lan: Phone, town: Town, bot: Asking) -> None:
    """A phone cannot press what the message does not show."""
    sent = await bot.gets("sendMessage", chat_id=lan.id, text="x", reply_markup=KEYS)
    fields = {"user": lan.id, "chat": lan.id, "message_id": sent["message_id"], "data": "khác"}
    with pytest.raises(AssertionError, match="BUTTON_DATA_INVALID"):
        await town.act("press", fields)


async def _ask(lan: Phone, bot: Asking, text: str) -> tuple[asyncio.Task[list[Json]], str]:
    """Ask inline; return the waiting phone and the query's id."""
    start = (await bot.gets("getUpdates"))[-1]["update_id"] + 1
    waiting = asyncio.create_task(lan.inline(text))
    (update,) = await bot.gets("getUpdates", offset=start, timeout=30)
    assert update["inline_query"]["query"] == text
    return waiting, update["inline_query"]["id"]


async def test_a_chosen_result_is_sent_in_the_person_s_name(
    lan: Phone, town: Town, bot: Asking
) -> None:
    """The result's text goes into the chat, marked as sent through the bot."""
    group = await town.group("Tổ công tác", lan)
    waiting, query_id = await _ask(lan, bot, "thu hồi đất")
    results = [_article(1), _article(2, reply_markup=KEYS)]
    assert await bot.gets("answerInlineQuery", inline_query_id=query_id, results=results)
    assert [one["title"] for one in await waiting] == ["Khoản 1", "Khoản 2"]
    there = lan.at(group)
    there._results = lan._results
    sent = await there.chooses("Khoản 2")
    assert (sent["text"], sent["from"]["id"]) == ("khoản 2", lan.id)
    assert sent["via_bot"]["username"] == "danvan_sandbox_bot"
    fields = {"user": lan.id, "chat": group, "message_id": sent["message_id"], "data": "1:xem"}
    await town.act("press", fields)
    query = (await bot.gets("getUpdates", offset=-1))[0]["callback_query"]
    edited = {"inline_message_id": query["inline_message_id"], "text": "mới"}
    assert await bot.gets("editMessageText", **edited) is True


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"results": [_article(number) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [_article(1), _article(1)]}, "RESULT_ID_DUPLICATE"),
        ({"results": [_article(1, id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [_article(1, type="poem")]}, "can't parse results: unknown type 'poem'"),
        (
            {"results": [{"type": "article", "id": "1", "title": "x"}]},
            "can't parse results: inline query result article:"
            ' can\'t find field "input_message_content"',
        ),
        (
            {"results": [_article(1, input_message_content={"message_text": ""})]},
            "message text is empty",
        ),
        ({"results": [], "next_offset": "ố" * 33}, "NEXT_OFFSET_INVALID"),
        (
            {"results": [], "button": {"text": "Đăng ký", "start_parameter": "có dấu"}},
            "START_PARAM_INVALID",
        ),
    ],
)
async def test_results_against_the_rules_are_refused(
    lan: Phone, bot: Asking, fields: Json, reason: str
) -> None:
    """Telegram's limits of an inline answer hold."""
    waiting, query_id = await _ask(lan, bot, "đất")
    refusal = await bot.refused("answerInlineQuery", inline_query_id=query_id, **fields)
    assert refusal == f"Bad Request: {reason}"
    await bot.gets("answerInlineQuery", inline_query_id=query_id, results=[])
    assert await waiting == []


async def test_an_answer_serves_all_unless_it_is_personal(
    lan: Phone, town: Town, bot: Asking
) -> None:
    """What may differ from person to person must be marked so, or the first answer is shown."""
    minh = await town.phone("Minh")
    waiting, query_id = await _ask(lan, bot, "đất")
    await bot.gets("answerInlineQuery", inline_query_id=query_id, results=[_article(1)])
    assert await waiting == await minh.inline("đất")
    await town.advance(301)
    again, query_id = await _ask(minh, bot, "đất")
    fields = {"inline_query_id": query_id, "results": [_article(2)], "is_personal": True}
    await bot.gets("answerInlineQuery", **fields)
    assert [one["id"] for one in await again] == ["2"]
    own, query_id = await _ask(lan, bot, "đất")
    await bot.gets("answerInlineQuery", inline_query_id=query_id, results=[])
    assert await own == []


async def test_the_choice_is_told_if_asked_for(opening: Opening) -> None:
    """With inline feedback switched on the bot hears what was chosen."""
    town = await opening(SandboxSettings(clock=ControlledClock(), inline_feedback=True))
    lan, bot = await town.phone("Lan"), Asking(town)
    await lan.says("/start")
    waiting, query_id = await _ask(lan, bot, "đất")
    await bot.gets("answerInlineQuery", inline_query_id=query_id, results=[_article(1)])
    await waiting
    await lan.chooses("Khoản 1")
    chosen = (await bot.gets("getUpdates", offset=-1))[0]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("1", "đất")
