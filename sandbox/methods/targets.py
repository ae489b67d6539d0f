"""Where a message goes and what it answers: the chat, the message replied to, the keyboard."""

from typing import Final

from sandbox.exchange import INLINE, Exchange, formatted_of
from sandbox.keyboards import checked
from sandbox.markup.entities import Formatted, cut, units
from sandbox.markup.formatting import formatted
from sandbox.markup.html import person_mentioned
from sandbox.refusals import BadRequest, Forbidden
from sandbox.requests import Call
from sandbox.state import Chat, Entry
from sandbox.values import JsonObject

CONTENT: Final[tuple[str, ...]] = ("text", "caption", "document", "photo", "voice")
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
QUOTE_LIMIT: Final = 1024
"""UTF-16 units after the markup is parsed."""


def chat_of(exchange: Exchange, call: Call, name: str = "chat_id") -> Chat:
    """Return the chat that the request names; raises BadRequest."""
    given = call.fields.get(name, "")
    if given == "":
        raise BadRequest("chat_id is empty")
    chat = exchange.state.chats.get(given) if isinstance(given, int) else None
    if chat is None:
        raise BadRequest("chat not found")
    if chat.migrated_to is not None:
        raise BadRequest(
            "group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def writable(exchange: Exchange, call: Call) -> Chat:
    """Return the chat if the bot may write there; raises BadRequest or Forbidden."""
    chat = chat_of(exchange, call)
    if chat.type == "private":
        person = exchange.state.persons[chat.id]
        if person.blocked:
            raise Forbidden("bot was blocked by the user")
        if not person.started:
            raise Forbidden("bot can't initiate conversation with a user")
    else:
        present(chat)
    return chat


def present(chat: Chat) -> Chat:
    """Return the group if the bot is in it; raises Forbidden."""
    if chat.bot == "kicked":
        raise Forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot == "left":
        raise Forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def text_of(call: Call, most: int = TEXT_LIMIT) -> Formatted:
    """Return the text to send; raises BadRequest if none or too much is left of it."""
    if not call.text("text"):
        raise BadRequest("message text is empty")
    read = formatted(call.fields)
    if not read.text:
        raise BadRequest("text must be non-empty")
    if units(read.text) > most:
        raise BadRequest("message is too long")
    return read


def caption_of(fields: JsonObject) -> JsonObject:
    """Return the caption fields of a message; empty without a caption."""
    read = formatted(fields, "caption", "caption_entities")
    if units(read.text) > CAPTION_LIMIT:
        raise BadRequest("message caption is too long")
    return fields_of(read, "caption", "caption_entities") if read.text else {}


def fields_of(read: Formatted, name: str = "text", entities: str = "entities") -> JsonObject:
    """Return a text as the fields of a message."""
    fields: JsonObject = {name: read.text}
    if read.entities:
        fields[entities] = [entity.form() for entity in read.entities]
    return fields


def with_people(exchange: Exchange, content: JsonObject) -> JsonObject:
    """Turn links to known people into mentions; a link to a stranger leaves plain text."""
    for name in ("entities", "caption_entities"):
        if name in content:
            content[name] = [
                entity for one in content[name] if (entity := _mention(exchange, one)) is not None
            ]
            if not content[name]:
                del content[name]
    return content


def _mention(exchange: Exchange, entity: JsonObject) -> JsonObject | None:
    if entity["type"] == "text_mention":
        number = entity.get("user", {}).get("id")
    elif entity["type"] == "text_link":
        number = person_mentioned(entity.get("url", ""))
        if number is None:
            return entity
    else:
        return entity
    person = exchange.state.persons.get(number)
    place = {"type": "text_mention", "offset": entity["offset"], "length": entity["length"]}
    return place | {"user": person.form()} if person else None


def keyboard_of(call: Call) -> JsonObject | None:
    """Return the judged keyboard, if there is one; raises BadRequest."""
    markup = call.object("reply_markup")
    return checked(markup) if markup else None


def inline_keyboard_of(call: Call) -> JsonObject | None:
    """Return the inline keyboard of an edit; an empty one takes the old away."""
    markup = keyboard_of(call)
    return markup if markup and any(markup.get(INLINE, [])) else None


def reply_of(exchange: Exchange, call: Call, chat: Chat) -> JsonObject:
    """Return the fields that tell what a message answers; raises BadRequest."""
    parameters = call.object("reply_parameters")
    if not parameters:
        return {}
    source = chat
    if parameters.get("chat_id", chat.id) != chat.id:
        source = exchange.state.chats.get(parameters["chat_id"], chat)
    entry = source.entries.get(parameters["message_id"])
    if entry is None:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise BadRequest("message to be replied not found")
    fields: JsonObject = {"reply_to_message": without_reply(entry.message)}
    if parameters.get("quote"):
        fields["quote"] = _quote(parameters, entry)
    return fields


def without_reply(message: JsonObject) -> JsonObject:
    """Return a message as another one shows it: without what it answers itself."""
    return {key: message[key] for key in message if key != "reply_to_message"}


def _quote(parameters: JsonObject, entry: Entry) -> JsonObject:
    """Return the TextQuote; the quoted words must stand in the message."""
    asked = {"text": parameters["quote"], "entities": parameters.get("quote_entities", [])}
    asked["parse_mode"] = parameters.get("quote_parse_mode")
    quote = formatted(asked)
    message = entry.message
    whole = formatted_of(message, "text" if "text" in message else "caption")
    if not quote.text or units(quote.text) > QUOTE_LIMIT or quote.text not in whole.text:
        raise BadRequest("QUOTE_TEXT_INVALID")
    position = parameters.get("quote_position", 0)
    if cut(whole.text, position, units(quote.text)) != quote.text:
        position = units(whole.text[: whole.text.index(quote.text)])
    return fields_of(quote) | {"position": position, "is_manual": True}
