"""Answers to pressed buttons and to inline queries."""

import re
from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.keyboards import checked
from sandbox.markup.entities import units
from sandbox.markup.formatting import formatted
from sandbox.media import media_content
from sandbox.methods.targets import TEXT_LIMIT, caption_of, fields_of, with_people
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.values import JsonObject

MOST_RESULTS: Final = 50
OFFSET_BYTES: Final = 64
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


def answer_callback_query(exchange: Exchange, call: Call) -> bool:
    """End the waiting of a pressed button, with a notice or without."""
    url = call.text("url")
    if url and not _opens_bot(exchange, url):
        raise BadRequest("URL_INVALID")
    query_id = call.text("callback_query_id")
    query = exchange.queries.take(query_id)
    notice = {
        "kind": "callback_answer",
        "callback_query_id": query_id,
        "user": query.person,
        "text": call.text("text"),
        "show_alert": call.flag("show_alert"),
    }
    exchange.tell_one(notice | ({"url": url} if url else {}), query.person)
    return True


def _opens_bot(exchange: Exchange, url: str) -> bool:
    """Tell whether a link starts this bot: the only kind that a button's answer may open."""
    start = f"t.me/{exchange.settings.bot_username}?start="
    return url.removeprefix("https://").lower().startswith(start.lower())


def answer_inline_query(exchange: Exchange, call: Call) -> bool:
    """Offer results to whoever asked inline."""
    results = call.array("results")
    if len(results) > MOST_RESULTS:
        raise BadRequest("RESULTS_TOO_MUCH")
    names = [result["id"] for result in results]
    if len(set(names)) < len(names):
        raise BadRequest("RESULT_ID_DUPLICATE")
    if len(call.text("next_offset").encode()) > OFFSET_BYTES:
        raise BadRequest("NEXT_OFFSET_INVALID")
    _check_button(call.object("button"))
    offered = [result | {"content": _content(exchange, result)} for result in results]
    for result in results:
        if result.get("reply_markup"):
            checked(result["reply_markup"])
    query_id = call.text("inline_query_id")
    query = exchange.queries.take(query_id)
    options = ("cache_time", "is_personal", "next_offset", "button")
    told = {name: call.fields[name] for name in options if call.has(name)}
    exchange.queries.keep_inline(query_id, query, {"results": offered} | told)
    return True


def _check_button(button: JsonObject) -> None:
    if not button:
        return
    if not button["text"].strip() or not ("start_parameter" in button) ^ ("web_app" in button):
        raise BadRequest("BUTTON_TYPE_INVALID")
    if "start_parameter" in button and not _START.match(button["start_parameter"]):
        raise BadRequest("START_PARAM_INVALID")


def _content(exchange: Exchange, result: JsonObject) -> JsonObject:
    """Return the fields of the message that a result sends; raises BadRequest."""
    content = result.get("input_message_content")
    if content is None:
        return with_people(exchange, _cached(exchange, result))
    if "message_text" not in content:
        raise BadRequest("this input_message_content is not available in the sandbox")
    read = formatted(content, "message_text")
    if not read.text:
        raise BadRequest("message text is empty")
    if units(read.text) > TEXT_LIMIT:
        raise BadRequest("MESSAGE_TOO_LONG")
    options = content.get("link_preview_options")
    fields = with_people(exchange, fields_of(read))
    return fields | ({"link_preview_options": options} if options else {})


def _cached(exchange: Exchange, result: JsonObject) -> JsonObject:
    """Return the fields of a result that sends a file the bot sent before."""
    number = result.get(f"{result['type']}_file_id")
    stored = exchange.state.files.get(number) if isinstance(number, str) else None
    if number is None:
        raise BadRequest(f"results of type {result['type']} are not available in the sandbox")
    if stored is None or stored.kind != result["type"]:
        raise BadRequest("wrong file identifier specified")
    return media_content(stored) | caption_of(result)


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
