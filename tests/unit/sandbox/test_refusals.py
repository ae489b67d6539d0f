"""Whatever Telegram refuses, the sandbox refuses, in the same words."""

from typing import Any

import pytest

from sandbox.spec import bot_api
from tests.e2e.phone import Json, Phone, Town
from tests.unit.sandbox.conftest import Asking


def _keys(*buttons: Json) -> Json:
    return {"inline_keyboard": [[button] for button in buttons]}


def _press(data: str) -> Json:
    return {"text": "Gửi", "callback_data": data}


TEXT_REFUSALS: list[tuple[Json, str]] = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "x", "parse_mode": "RST"}, "unsupported parse_mode"),
    (
        {"text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        {"text": "ủ<font>x</font>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "font" at byte offset 3',
    ),
    (
        {"text": "<i>x</b>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</i>", found "</b>"',
    ),
    (
        {"text": "x</b>", "parse_mode": "HTML"},
        "can't parse entities: Unexpected end tag at byte offset 1",
    ),
    (
        {"text": "1 < 2", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    (
        {"text": "a <b", "parse_mode": "HTML"},
        "can't parse entities: Unclosed start tag at byte offset 2",
    ),
    (
        {"text": "Hết.", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '.' is reserved and must be escaped"
        " with the preceding '\\'",
    ),
    (
        {"text": "*đậm", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ),
    ({"text": "x", "reply_markup": _keys(_press("ố" * 22))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": _keys(_press(""))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": _keys(*[_press("a")] * 101)}, "reply markup is too long"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[_press("a")] * 9]}},
        "reply markup is too long",
    ),
    (
        {"text": "x", "reply_markup": _keys({"text": "a", "copy_text": {"text": "a" * 257}})},
        "BUTTON_COPY_TEXT_INVALID",
    ),
    (
        {"text": "x", "reply_markup": _keys({"text": "a"})},
        "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": _keys({"text": "a", "url": "không phải"})},
        "inline keyboard button URL 'không phải' is invalid: Wrong HTTP URL",
    ),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    (
        {"text": "x", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    (
        {"text": "x", "reply_parameters": {"message_id": 1, "quote": "chưa từng nói"}},
        "QUOTE_TEXT_INVALID",
    ),
]


@pytest.mark.parametrize(("fields", "reason"), TEXT_REFUSALS)
async def test_a_text_against_the_rules_is_refused(
    lan: Phone, bot: Asking, fields: Json, reason: str
) -> None:
    """Each broken rule of sendMessage has Telegram's own description, and nothing is shown."""
    assert await bot.refused("sendMessage", chat_id=lan.id, **fields) == f"Bad Request: {reason}"
    assert not any(shown.by_bot for shown in lan.messages)


@pytest.mark.parametrize(
    ("text", "kept"), [("a" * 4096, 4096), ("😀" * 2048, 2048), ("<b>" + "a" * 4096 + "</b>", 4096)]
)
async def test_a_text_at_the_limit_passes(lan: Phone, bot: Asking, text: str, kept: int) -> None:
    """4096 UTF-16 units are counted after the markup is taken out."""
    sent = await bot.gets("sendMessage", chat_id=lan.id, text=text, parse_mode="HTML")
    assert len(sent["text"]) == kept


OTHER_REFUSALS: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@lan_nguyen", "text": "x"}, "chat not found"),
    ("editMessageText", {"text": "x"}, "chat_id is empty"),
    ("getFile", {"file_id": "abc"}, "invalid file_id"),
    ("getFile", {}, "file_id is empty"),
    (
        "setMyCommands",
        {"commands": [{"command": "Hỏi", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "hoi", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "hoi", "description": "x"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyDescription", {"description": "x" * 513}, "description is too long"),
    (
        "setWebhook",
        {"url": "http://example.org/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org/hook", "secret_token": "bí mật"},
        "secret token contains unallowed characters",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("sendLocation", {"chat_id": 1}, 'parameter "latitude" is required'),
    (
        "sendDice",
        {"chat_id": 1},
        "method sendDice is not available in the sandbox",
    ),
]


@pytest.mark.parametrize(("method", "fields", "reason"), OTHER_REFUSALS)
async def test_other_requests_against_the_rules_are_refused(
    lan: Phone, bot: Asking, method: str, fields: Json, reason: str
) -> None:
    """Each method is judged by the specification and by Telegram's further rules."""
    assert lan.id
    assert await bot.refused(method, **fields) == f"Bad Request: {reason}"


@pytest.mark.parametrize("method", sorted(bot_api().methods))
async def test_every_method_of_the_specification_is_known(bot: Asking, method: str) -> None:
    """A method is carried out or refused with a reason; none is "not found"."""
    answer = await bot.asks(method)
    assert answer.get("error_code") != 404, answer


async def test_an_unknown_method_is_not_found(bot: Asking) -> None:
    """What the specification does not have answers 404."""
    assert (await bot.asks("sendLetter"))["error_code"] == 404


async def test_a_wrong_token_is_unauthorized(town: Town) -> None:
    """Who does not know the token is told nothing else."""
    async with town.session.post(f"{town.api_url}1:wrong/getMe") as answer:
        body = await answer.json()
        assert (answer.status, body["description"]) == (401, "Unauthorized")


async def test_method_names_are_taken_in_any_case(bot: Asking) -> None:
    """Telegram reads method names without regard to case."""
    assert (await bot.gets("GETME"))["is_bot"] is True


async def test_the_bot_may_not_begin(town: Town, bot: Asking) -> None:
    """Before somebody has written to the bot, it cannot write to them."""
    minh = await town.phone("Minh")
    refusal = await bot.refused("sendMessage", chat_id=minh.id, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_who_blocked_the_bot_gets_nothing(lan: Phone, bot: Asking) -> None:
    """A block answers 403 until the person writes again."""
    await lan.blocks()
    refusal = await bot.refused("sendMessage", chat_id=lan.id, text="x")
    assert refusal == "Forbidden: bot was blocked by the user"
    await lan.says("tôi trở lại")
    assert await bot.gets("sendMessage", chat_id=lan.id, text="chào")


async def test_an_edit_must_change_something(lan: Phone, bot: Asking) -> None:
    """The same text and keyboard again are refused; another keyboard alone is a change."""
    keys = _keys(_press("a"))
    sent = await bot.gets("sendMessage", chat_id=lan.id, text="x", reply_markup=keys)
    where: Any = {"chat_id": lan.id, "message_id": sent["message_id"]}
    same = await bot.refused("editMessageText", **where, text="x", reply_markup=keys)
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    assert await bot.gets("editMessageText", **where, text="x")
    assert "message is not modified" in await bot.refused("editMessageReplyMarkup", **where)


async def test_only_own_plain_messages_are_edited(lan: Phone, bot: Asking) -> None:
    """Somebody else's message, a vanished one, or one with a reply keyboard stays as it is."""
    theirs = (await lan.says("của tôi"))["message_id"]
    keyboard = {"keyboard": [[{"text": "Hỏi"}]]}
    own = await bot.gets("sendMessage", chat_id=lan.id, text="x", reply_markup=keyboard)
    for number, reason in (
        (theirs, "message can't be edited"),
        (own["message_id"], "message can't be edited"),
        (999, "message to edit not found"),
    ):
        fields = {"chat_id": lan.id, "message_id": number, "text": "y"}
        assert await bot.refused("editMessageText", **fields) == f"Bad Request: {reason}"


async def test_forms_and_queries_are_read_like_json(lan: Phone, bot: Asking, town: Town) -> None:
    """Nested fields as JSON text in a form, and plain fields in a query, mean the same."""
    keys = _keys(_press("a"))
    fields = {"chat_id": lan.id, "text": "x", "reply_markup": keys, "protect_content": True}
    answer = await bot.posts("sendMessage", fields)
    assert answer["result"]["reply_markup"] == keys
    assert answer["result"]["has_protected_content"] is True
    url = f"{town.api_url}{town.token}/sendMessage"
    async with town.session.get(url, params={"chat_id": lan.id, "text": "y"}) as got:
        assert (await got.json())["result"]["text"] == "y"
    async with town.session.post(url, data={"chat_id": str(lan.id), "text": "z"}) as posted:
        assert (await posted.json())["result"]["text"] == "z"


async def test_a_body_that_is_no_json_is_refused(town: Town) -> None:
    """Broken JSON, or JSON that is no object, gets 400 in the usual form."""
    url = f"{town.api_url}{town.token}/getMe"
    for body in (b"{", b"[]", b"[" * 100_000, b"\xff"):
        headers = {"Content-Type": "application/json"}
        async with town.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400
            assert (await answer.json())["ok"] is False
