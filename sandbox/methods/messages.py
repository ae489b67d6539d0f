"""Methods that put something new into a chat."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.media import meant, media_content
from sandbox.methods.targets import (
    caption_of,
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

ALBUM: Final = range(2, 11)
"""How many files an album has."""

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
    if options:
        content["link_preview_options"] = options
    return say(exchange, call, chat, content)


def send_document(exchange: Exchange, call: Call) -> JsonObject:
    """Send a file as it is."""
    return _send_file(exchange, call, "document")


def send_photo(exchange: Exchange, call: Call) -> JsonObject:
    """Send a picture."""
    return _send_file(exchange, call, "photo")


def send_voice(exchange: Exchange, call: Call) -> JsonObject:
    """Send a voice message; what is no OGG, MP3 or M4A arrives as a document."""
    return _send_file(exchange, call, "voice")


def _send_file(exchange: Exchange, call: Call, kind: str) -> JsonObject:
    chat = writable(exchange, call)
    caption = caption_of(call.fields)
    keyboard_of(call)
    reply_of(exchange, call, chat)
    stored = meant(exchange, call, call.fields.get(kind), kind)
    content = media_content(stored, call.number("duration")) | caption
    for asked, shown in (
        ("has_spoiler", "has_media_spoiler"),
        ("show_caption_above_media", "show_caption_above_media"),
    ):
        if call.flag(asked):
            content[shown] = True
    return say(exchange, call, chat, content)


def send_media_group(exchange: Exchange, call: Call) -> list[JsonObject]:
    """Send an album of photos or of documents: several messages with one group id."""
    chat = writable(exchange, call)
    media = call.array("media")
    if len(media) not in ALBUM:
        raise BadRequest("group send must contain 2-10 items")
    kinds = {one["type"] for one in media}
    if not kinds <= {"photo", "document"}:
        raise BadRequest("this type of media is not available in the sandbox")
    if len(kinds) > 1:
        raise BadRequest("document can't be mixed with other media types")
    reply = reply_of(exchange, call, chat)
    contents = [input_media(exchange, call, one) for one in media]
    exchange.flood.spend(chat.id, len(media))
    group = {"media_group_id": str(10**16 + secrets.randbelow(10**16))}
    bot = exchange.bot_user()
    return [
        exchange.post(chat, bot, with_people(exchange, content) | reply | group).message
        for content in contents
    ]


def input_media(exchange: Exchange, call: Call, media: JsonObject) -> JsonObject:
    """Return the fields of a message that shows an InputMedia; raises BadRequest."""
    caption = caption_of(media)
    if media["type"] not in {"photo", "document"}:
        raise BadRequest("this type of media is not available in the sandbox")
    return media_content(meant(exchange, call, media["media"], media["type"])) | caption


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
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
