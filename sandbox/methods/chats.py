"""Methods about a chat itself: who is in it, what is pinned, leaving it."""

from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.methods.targets import chat_of, present, without_reply
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Chat
from sandbox.values import JsonObject

GIFTS: Final = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
REACTIONS_SHOWN: Final = 11
"""max_reaction_count of an ordinary chat."""


def get_chat(exchange: Exchange, call: Call) -> JsonObject:
    """Return what is known of a chat."""
    chat = present(chat_of(exchange, call))
    info = exchange.chat_form(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": REACTIONS_SHOWN,
        "accepted_gift_types": GIFTS,
    }
    if chat.pinned:
        info["pinned_message"] = chat.entries[chat.pinned[-1]].message
    return info


def get_chat_member(exchange: Exchange, call: Call) -> JsonObject:
    """Return somebody's place in a chat."""
    chat = present(chat_of(exchange, call))
    number = call.number("user_id")
    if number == exchange.bot_user()["id"]:
        return exchange.bot_member(chat.bot)
    if number not in exchange.state.persons:
        raise BadRequest("user not found")
    return _member(exchange, chat, number)


def get_chat_administrators(exchange: Exchange, call: Call) -> list[JsonObject]:
    """Return the owner, and the bot if it is one of the administrators."""
    chat = _group(exchange, call, "there are no administrators in the private chat")
    bot = [exchange.bot_member(chat.bot)] if chat.bot == "administrator" else []
    return [_member(exchange, chat, number) for number in chat.members[:1]] + bot


def get_chat_member_count(exchange: Exchange, call: Call) -> int:
    """Count the people and the bot."""
    return len(present(chat_of(exchange, call)).members) + 1


def leave_chat(exchange: Exchange, call: Call) -> bool:
    """Go out of a group."""
    chat = _group(exchange, call, "chat member status can't be changed in private chats")
    chat.bot = "left"
    bot = exchange.bot_user()
    exchange.post(chat, bot, {"left_chat_member": bot})
    return True


def pin_chat_message(exchange: Exchange, call: Call) -> bool:
    """Pin a message on top of the chat."""
    chat = _pinnable(exchange, call)
    number = call.number("message_id")
    if number not in chat.entries:
        raise BadRequest("message to pin not found")
    if number not in chat.pinned:
        chat.pinned.append(number)
        pinned = without_reply(chat.entries[number].message)
        exchange.post(chat, exchange.bot_user(), {"pinned_message": pinned})
    return True


def unpin_chat_message(exchange: Exchange, call: Call) -> bool:
    """Take one pinned message down: the named one, or the latest."""
    chat = _pinnable(exchange, call)
    number = call.number("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise BadRequest("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all_chat_messages(exchange: Exchange, call: Call) -> bool:
    """Take all pinned messages down."""
    _pinnable(exchange, call).pinned.clear()
    return True


def ban_chat_member(exchange: Exchange, call: Call) -> bool:
    """Put somebody out of a group for good."""
    chat, number = _restrictable(exchange, call)
    if number == chat.members[0]:
        raise BadRequest("can't remove chat owner")
    if number in chat.members:
        chat.members.remove(number)
    if number not in chat.banned:
        chat.banned.append(number)
    return True


def unban_chat_member(exchange: Exchange, call: Call) -> bool:
    """Let somebody come back who was put out."""
    chat, number = _restrictable(exchange, call)
    if number in chat.banned:
        chat.banned.remove(number)
    return True


def _member(exchange: Exchange, chat: Chat, number: int) -> JsonObject:
    user = {"user": exchange.state.persons[number].form()}
    if number in chat.banned:
        return user | {"status": "kicked", "until_date": 0}
    if number not in chat.members:
        return user | {"status": "left"}
    if chat.type != "private" and number == chat.members[0]:
        return user | {"status": "creator", "is_anonymous": False}
    return user | {"status": "member"}


def _group(exchange: Exchange, call: Call, otherwise: str) -> Chat:
    chat = present(chat_of(exchange, call))
    if chat.type == "private":
        raise BadRequest(otherwise)
    return chat


def _pinnable(exchange: Exchange, call: Call) -> Chat:
    chat = present(chat_of(exchange, call))
    if chat.type != "private" and chat.bot != "administrator":
        raise BadRequest("not enough rights to manage pinned messages in the chat")
    return chat


def _restrictable(exchange: Exchange, call: Call) -> tuple[Chat, int]:
    chat = _group(exchange, call, "can't ban members in private chats")
    if chat.bot != "administrator":
        raise BadRequest("not enough rights to restrict/unrestrict chat member")
    number = call.number("user_id")
    if number not in exchange.state.persons:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return chat, number


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
}
