"""The methods of the Bot API that the sandbox carries out, by their names."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.exchange import Exchange
from sandbox.methods import chats, copies, edits, messages, profile, queries, webhooks
from sandbox.requests import Call

Method = Callable[[Exchange, Call], Any]

METHODS: Final[Mapping[str, Method]] = (
    webhooks.METHODS
    | messages.METHODS
    | edits.METHODS
    | copies.METHODS
    | queries.METHODS
    | chats.METHODS
    | profile.METHODS
)
"""What is not here answers that it is not available; getUpdates waits, so the HTTP side has it."""
