"""Methods that put something into a chat."""

from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.methods.addressing import (
    fields_of,
    keyboard_of,
    reply_of,
    text_of,
    with_people,
    writable,
)
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Chat
from sandbox.values import JsonObject

CHAT_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(exchange: Exchange, call: Call) -> JsonObject:
    """Send a text."""
    chat = writable(exchange, call)
    content = fields_of(text_of(call))
    options = call.object("link_preview_options")
    return say(
        exchange, call, chat, content | ({"link_preview_options": options} if options else {})
    )


def send_chat_action(exchange: Exchange, call: Call) -> bool:
    """Show for some seconds that the bot is busy."""
    chat = writable(exchange, call)
    action = call.text("action")
    if action not in CHAT_ACTIONS:
        raise BadRequest("wrong parameter action in request")
    exchange.tell({"kind": "chat_action", "chat": chat.id, "action": action}, chat)
    return True


def say(exchange: Exchange, call: Call, chat: Chat, content: JsonObject) -> JsonObject:
    """Post a message of the bot with the reply and keyboard that the request asks for."""
    markup = keyboard_of(call)
    content = with_people(exchange, content) | reply_of(exchange, call, chat)
    if call.flag("protect_content"):
        content["has_protected_content"] = True
    exchange.flood.spend(chat.id)
    return exchange.post(chat, exchange.bot_user(), content, markup).message


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
}
