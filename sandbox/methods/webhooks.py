"""getMe and the webhook's methods; polling itself waits, so it lives with the HTTP side."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.exchange import Exchange
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import Webhook
from sandbox.values import JsonObject

SECRET_LETTERS: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
)
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def get_me(exchange: Exchange, _: Call) -> JsonObject:
    """Return the bot."""
    return exchange.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": exchange.settings.reads_all_group_messages,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_webhook(exchange: Exchange, call: Call) -> bool:
    """Post updates to a URL from now on; an empty one returns to polling."""
    url = call.text("url").strip()
    if not url:
        return delete_webhook(exchange, call)
    address = urlsplit(url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    if not set(call.text("secret_token")) <= SECRET_LETTERS:
        raise BadRequest("secret token contains unallowed characters")
    allow(exchange, call)
    if call.flag("drop_pending_updates"):
        exchange.state.updates.clear()
    exchange.state.webhook = Webhook(
        url=url,
        secret=call.text("secret_token"),
        max_connections=call.number("max_connections", 40),
    )
    exchange.updates.stop_poller()
    exchange.webhook_set.set()
    return True


def delete_webhook(exchange: Exchange, call: Call) -> bool:
    """Return to polling."""
    if call.flag("drop_pending_updates"):
        exchange.state.updates.clear()
    exchange.state.webhook = Webhook()
    exchange.webhook_set.clear()
    return True


def get_webhook_info(exchange: Exchange, _: Call) -> JsonObject:
    """Tell where updates go and what the last error was."""
    webhook = exchange.state.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(exchange.updates.pending()),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_at is not None:
        info["last_error_date"] = webhook.last_error_at
        info["last_error_message"] = webhook.last_error
    if exchange.state.allowed_updates:
        info["allowed_updates"] = exchange.state.allowed_updates
    return info


def allow(exchange: Exchange, call: Call) -> None:
    """Take over the kinds of update the bot asks for; unsaid, the last choice stays."""
    if call.has("allowed_updates"):
        exchange.state.allowed_updates = call.array("allowed_updates")


METHODS: Final[dict[str, Callable[[Exchange, Call], Any]]] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
