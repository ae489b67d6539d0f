"""Methods that send again what is already in a chat, or fetch its file."""

from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.files import DOWNLOAD_BYTES
from sandbox.methods.messages import say
from sandbox.methods.targets import CONTENT, caption_of, chat_of, writable
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Chat, Entry
from sandbox.values import JsonObject

AT_ONCE: Final = range(1, 101)
_CARRIED: Final = (*CONTENT, "entities", "caption_entities", "has_media_spoiler")


def forward_message(exchange: Exchange, call: Call) -> JsonObject:
    """Send a message on, with its origin."""
    chat = writable(exchange, call)
    source = chat_of(exchange, call, "from_chat_id")
    entry = _passable(source, call.number("message_id"), "forward")
    return say(exchange, call, chat, _forwarded(entry))


def copy_message(exchange: Exchange, call: Call) -> JsonObject:
    """Send a message's content as the bot's own; returns only the new number."""
    chat = writable(exchange, call)
    source = chat_of(exchange, call, "from_chat_id")
    entry = _passable(source, call.number("message_id"), "copy")
    content = _content(entry)
    if call.has("caption") and "text" not in content:
        content = {key: content[key] for key in content if not key.startswith("caption")}
        content |= caption_of(call.fields)
    return {"message_id": say(exchange, call, chat, content)["message_id"]}


def forward_messages(exchange: Exchange, call: Call) -> list[JsonObject]:
    """Send several messages on; those that cannot be are passed over."""
    return _several(exchange, call, _forwarded)


def copy_messages(exchange: Exchange, call: Call) -> list[JsonObject]:
    """Copy several messages; those that cannot be are passed over."""
    return _several(exchange, call, _content)


def _several(
    exchange: Exchange, call: Call, content_of: Callable[[Entry], JsonObject]
) -> list[JsonObject]:
    chat = writable(exchange, call)
    source = chat_of(exchange, call, "from_chat_id")
    numbers = call.array("message_ids")
    if len(numbers) not in AT_ONCE:
        raise BadRequest("message_ids must contain 1-100 identifiers")
    found = [source.entries[number] for number in numbers if number in source.entries]
    entries = [entry for entry in found if _is_passable(entry)]
    if not entries:
        raise BadRequest("there are no messages to forward")
    return [
        {"message_id": say(exchange, call, chat, content_of(entry))["message_id"]}
        for entry in entries
    ]


def _passable(source: Chat, number: int, act: str) -> Entry:
    entry = source.entries.get(number)
    if entry is None:
        raise BadRequest(f"message to {act} not found")
    if not _is_passable(entry):
        raise BadRequest(f"the message can't be {'copied' if act == 'copy' else 'forwarded'}")
    return entry


def _is_passable(entry: Entry) -> bool:
    """Tell whether a message may leave its chat: it has content and is not protected."""
    has_content = any(name in entry.message for name in CONTENT)
    return has_content and not entry.message.get("has_protected_content")


def _content(entry: Entry) -> JsonObject:
    return {name: entry.message[name] for name in _CARRIED if name in entry.message}


def _forwarded(entry: Entry) -> JsonObject:
    message = entry.message
    origin = message.get("forward_origin") or {
        "type": "user",
        "sender_user": message["from"],
        "date": message["date"],
    }
    return _content(entry) | {"forward_origin": origin}


def get_file(exchange: Exchange, call: Call) -> JsonObject:
    """Tell where a file can be downloaded."""
    stored = exchange.state.files.get(call.text("file_id"))
    if stored is None:
        raise BadRequest("invalid file_id")
    if stored.size > DOWNLOAD_BYTES:
        raise BadRequest("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "getFile": get_file,
}
