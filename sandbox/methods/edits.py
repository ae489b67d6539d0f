"""Methods that change or remove what stands in a chat."""

from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import INLINE, Exchange
from sandbox.methods.messages import input_media
from sandbox.methods.targets import (
    CONTENT,
    caption_of,
    chat_of,
    fields_of,
    inline_keyboard_of,
    present,
    text_of,
    with_people,
)
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Chat, Entry
from sandbox.values import JsonObject

DELETE_SECONDS: Final = 48 * 3600
"""A bot removes a message up to this age."""

_LISTED: Final = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""

REACTIONS: Final = frozenset(_LISTED.split())
"""As ReactionTypeEmoji lists them (Bot API)."""

VARIATION: Final = "\ufe0f"
"""Asks for the coloured form of a sign; Telegram takes an emoji with it or without."""

DELETE_AT_ONCE: Final = range(1, 101)

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)

_MARKED: Final[tuple[str, ...]] = (*CONTENT, "entities", "caption_entities", "link_preview_options")


def edit_message_text(exchange: Exchange, call: Call) -> JsonObject | bool:
    """Change the text, and the keyboard with it."""
    if call.has("rich_message"):
        raise BadRequest("rich messages are not available in the sandbox")
    chat, entry = _editable(exchange, call)
    content = fields_of(text_of(call))
    if "text" not in entry.message:
        raise BadRequest("there is no text in the message to edit")
    options = call.object("link_preview_options")
    if options:
        content["link_preview_options"] = options
    return _change(exchange, call, (chat, entry), content)


def edit_message_caption(exchange: Exchange, call: Call) -> JsonObject | bool:
    """Change the caption, and the keyboard with it."""
    chat, entry = _editable(exchange, call)
    content = caption_of(call.fields)
    media: JsonObject = {name: entry.message[name] for name in CONTENT if name in entry.message}
    media.pop("caption", None)
    if not media or "text" in media:
        raise BadRequest("there is no caption in the message to edit")
    return _change(exchange, call, (chat, entry), media | content)


def edit_message_media(exchange: Exchange, call: Call) -> JsonObject | bool:
    """Put another file in the place of the one shown."""
    chat, entry = _editable(exchange, call)
    content = input_media(exchange, call, call.object("media"))
    if "media_group_id" in entry.message and not set(content) & set(entry.message):
        raise BadRequest("can't change media type in the album")
    return _change(exchange, call, (chat, entry), content)


def edit_message_reply_markup(exchange: Exchange, call: Call) -> JsonObject | bool:
    """Change only the keyboard."""
    chat, entry = _editable(exchange, call)
    content = {name: entry.message[name] for name in _MARKED if name in entry.message}
    return _change(exchange, call, (chat, entry), content)


def _editable(exchange: Exchange, call: Call) -> tuple[Chat, Entry]:
    """Return the message to edit, the bot's own; raises BadRequest."""
    if call.has("inline_message_id"):
        found = exchange.by_inline_id(call.text("inline_message_id"))
        if found is None:
            raise BadRequest("MESSAGE_ID_INVALID")
        return found
    chat = present(chat_of(exchange, call))
    if not call.has("message_id"):
        raise BadRequest("message identifier is not specified")
    entry = chat.entries.get(call.number("message_id"))
    if entry is None:
        raise BadRequest("message to edit not found")
    own = entry.message["from"]["id"] == exchange.bot_user()["id"]
    if not own or (entry.markup and INLINE not in entry.markup):
        raise BadRequest("message can't be edited")
    return chat, entry


def _change(
    exchange: Exchange, call: Call, place: tuple[Chat, Entry], content: JsonObject
) -> JsonObject | bool:
    """Give a message new content; raises BadRequest if nothing is new."""
    chat, entry = place
    content = with_people(exchange, content)
    markup = inline_keyboard_of(call)
    shown = {name: entry.message[name] for name in _MARKED if name in entry.message}
    if (content, markup) == (shown, entry.markup):
        raise BadRequest(NOT_MODIFIED)
    exchange.flood.spend(chat.id)
    kept = {
        name: entry.message[name]
        for name in entry.message
        if name not in {*_MARKED, "reply_markup"}
    }
    inline = {"reply_markup": markup} if markup else {}
    entry.message = kept | content | inline | {"edit_date": exchange.now}
    entry.markup = markup
    exchange.show_edited(chat, entry)
    return True if call.has("inline_message_id") else entry.message


def delete_message(exchange: Exchange, call: Call) -> bool:
    """Remove a message; the bot's own, any in a private chat, or as an administrator."""
    chat = present(chat_of(exchange, call))
    number = call.number("message_id")
    if number not in chat.entries:
        raise BadRequest("message to delete not found")
    _check_removable(exchange, chat, number)
    exchange.remove(chat, number)
    return True


def delete_messages(exchange: Exchange, call: Call) -> bool:
    """Remove several messages; those that are not there are passed over."""
    chat = present(chat_of(exchange, call))
    numbers = call.array("message_ids")
    if len(numbers) not in DELETE_AT_ONCE:
        raise BadRequest("message_ids must contain 1-100 identifiers")
    there = [number for number in dict.fromkeys(numbers) if number in chat.entries]
    for number in there:
        _check_removable(exchange, chat, number)
    for number in there:
        exchange.remove(chat, number)
    return True


def _check_removable(exchange: Exchange, chat: Chat, number: int) -> None:
    message = chat.entries[number].message
    own = message["from"]["id"] == exchange.bot_user()["id"]
    allowed = own or chat.type == "private" or chat.bot == "administrator"
    if not allowed or exchange.clock.now() - message["date"] > DELETE_SECONDS:
        raise BadRequest("message can't be deleted for everyone")


def set_message_reaction(exchange: Exchange, call: Call) -> bool:
    """Put the bot's reaction to a message, or take it back."""
    chat = present(chat_of(exchange, call))
    entry = chat.entries.get(call.number("message_id"))
    if entry is None:
        raise BadRequest("message to react not found")
    reactions = call.array("reaction")
    if len(reactions) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    if any(
        one["type"] != "emoji" or one["emoji"].replace(VARIATION, "") not in REACTIONS
        for one in reactions
    ):
        raise BadRequest("REACTION_INVALID")
    entry.reactions = reactions
    number = entry.message["message_id"]
    body = {"kind": "reaction", "chat": chat.id, "message_id": number, "reactions": reactions}
    exchange.tell(body, chat)
    return True


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
}
