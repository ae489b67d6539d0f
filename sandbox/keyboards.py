"""Judges keyboards as Telegram does, beyond the types of their fields."""

import re
from typing import Final

from sandbox.refusals import BadRequest
from sandbox.values import JsonObject

MOST_BUTTONS: Final = 100
MOST_IN_ROW: Final = 8
"""Telegram's limits of an inline keyboard."""

PLACEHOLDER_LIMIT: Final = 64

ACTIONS: Final = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
"""A button of an inline keyboard does exactly one of these."""

STYLES: Final = frozenset({"danger", "success", "primary"})

_URL: Final = re.compile(
    r"(?:(?:https?|tg|tonsite)://)?[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#]\S*)?\Z", re.IGNORECASE
)


def checked(markup: JsonObject) -> JsonObject:
    """Return the keyboard without empty rows; raises BadRequest in Telegram's words."""
    name = "inline_keyboard" if "inline_keyboard" in markup else "keyboard"
    rows = [row for row in markup.get(name, []) if row]
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if not button["text"].strip():
            raise BadRequest("button text must be non-empty")
        if button.get("style", "primary") not in STYLES:
            raise BadRequest("BUTTON_STYLE_INVALID")
        if name == "inline_keyboard":
            _check_action(button)
    if len(buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise BadRequest("reply markup is too long")
    if len(markup.get("input_field_placeholder", "")) > PLACEHOLDER_LIMIT:
        raise BadRequest("REPLY_MARKUP_PLACEHOLDER_INVALID")
    return markup | {name: rows} if name in markup else markup


def _check_action(button: JsonObject) -> None:
    actions = [action for action in ACTIONS if button.get(action, False) is not False]
    if not actions:
        raise BadRequest(
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise BadRequest("can't parse inline keyboard button: exactly one action is expected")
    if "url" in button and not _is_url(button["url"]):
        raise BadRequest(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _is_url(url: str) -> bool:
    return bool(_URL.match(url)) and ("." in url or "localhost" in url or url.startswith("tg:"))
