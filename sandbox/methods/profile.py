"""What the bot says of itself: commands, name, descriptions, menu button."""

import re
from collections.abc import Callable
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Profile
from sandbox.values import JsonObject

_COMMAND: Final = re.compile(r"/?([a-z0-9_]{1,32})\Z")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?\Z")
_DEFAULT: Final[JsonObject] = {"type": "default"}


def scope_key(scope: JsonObject, language: str) -> str:
    """Return the key under which a scope's commands are kept."""
    parts = (scope.get("type"), scope.get("chat_id", ""), scope.get("user_id", ""), language)
    return ":".join(str(part) for part in parts)


def commands_shown(profile: Profile, viewer: int | None) -> list[JsonObject]:
    """Return the commands that a person sees in the private chat: the narrowest scope wins."""
    scopes: list[JsonObject] = [{"type": "all_private_chats"}, _DEFAULT]
    if viewer is not None:
        scopes.insert(0, {"type": "chat", "chat_id": viewer})
    for scope in scopes:
        for language in ("vi", ""):
            commands = profile.commands.get(scope_key(scope, language))
            if commands:
                return commands
    return []


def set_my_commands(exchange: Exchange, call: Call) -> bool:
    """Set the commands of a scope and language."""
    commands = []
    for given in call.array("commands"):
        name = _COMMAND.match(given["command"])
        if name is None:
            raise BadRequest("BOT_COMMAND_INVALID")
        commands.append({"command": name[1], "description": given["description"]})
    key = _key(exchange, call)
    exchange.state.profile.commands[key] = commands
    exchange.tell({"kind": "commands", "scope": key, "commands": commands}, None)
    return True


def get_my_commands(exchange: Exchange, call: Call) -> list[JsonObject]:
    """Return the commands set for exactly this scope and language."""
    return exchange.state.profile.commands.get(_key(exchange, call), [])


def delete_my_commands(exchange: Exchange, call: Call) -> bool:
    """Forget the commands of a scope and language, so that the wider scope shows."""
    key = _key(exchange, call)
    exchange.state.profile.commands.pop(key, None)
    exchange.tell({"kind": "commands", "scope": key, "commands": []}, None)
    return True


def _key(exchange: Exchange, call: Call) -> str:
    scope = call.object("scope") or _DEFAULT
    chat = scope.get("chat_id")
    if chat is not None and chat not in exchange.state.chats:
        raise BadRequest("chat not found")
    return scope_key(scope, _language(call))


def _language(call: Call) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.match(language):
        raise BadRequest("invalid language code specified")
    return language


Texts = Callable[[Profile], dict[str, str]]


def _setter(field: str, texts: Texts) -> Callable[[Exchange, Call], bool]:
    """Return the method that sets a text of the profile in a language; empty removes it."""

    def set_text(exchange: Exchange, call: Call) -> bool:
        language = _language(call)
        texts(exchange.state.profile).pop(language, None)
        if call.text(field):
            texts(exchange.state.profile)[language] = call.text(field)
        return True

    return set_text


def _getter(field: str, texts: Texts) -> Callable[[Exchange, Call], JsonObject]:
    """Return the method that gives a text of the profile, in a language or else in general."""

    def get_text(exchange: Exchange, call: Call) -> JsonObject:
        kept = texts(exchange.state.profile)
        fallback = exchange.settings.bot_name if field == "name" else ""
        return {field: kept.get(_language(call), kept.get("", fallback))}

    return get_text


def set_chat_menu_button(exchange: Exchange, call: Call) -> bool:
    """Set the button beside the input line, of one private chat or of all."""
    chat = _private(exchange, call)
    exchange.state.profile.menu_buttons[chat] = call.object("menu_button") or _DEFAULT
    return True


def get_chat_menu_button(exchange: Exchange, call: Call) -> JsonObject:
    """Return the button beside the input line."""
    buttons = exchange.state.profile.menu_buttons
    return buttons.get(_private(exchange, call), buttons.get(0, _DEFAULT))


def _private(exchange: Exchange, call: Call) -> int:
    number = call.number("chat_id")
    if number and number not in exchange.state.persons:
        raise BadRequest("chat not found")
    return number


def _names(profile: Profile) -> dict[str, str]:
    return profile.names


def _descriptions(profile: Profile) -> dict[str, str]:
    return profile.descriptions


def _short_descriptions(profile: Profile) -> dict[str, str]:
    return profile.short_descriptions


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", _names),
    "getMyName": _getter("name", _names),
    "setMyDescription": _setter("description", _descriptions),
    "getMyDescription": _getter("description", _descriptions),
    "setMyShortDescription": _setter("short_description", _short_descriptions),
    "getMyShortDescription": _getter("short_description", _short_descriptions),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
