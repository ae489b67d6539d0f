"""Updates of one chat are handled in order, those of different chats side by side."""

import asyncio
from collections.abc import Awaitable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

PENDING: Final = 4096
"""Updates accepted at once; beyond it Telegram keeps them. One takes some 20 kB while it waits."""

WORKING: Final = 64
"""Updates being handled at once; each may hold a connection while it waits for its chat's turn."""


@dataclass(slots=True)
class _Line:
    """The updates of one chat, waiting for each other."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates one by one, in order of arrival.

    A chat that floods the bot fills its own line; a place to work is taken only by the update
    whose turn it is.
    """

    def __init__(self) -> None:
        super().__init__(PENDING)
        self._lines: dict[Hashable, _Line] = {}
        self._places = asyncio.Semaphore(WORKING)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle `update` after those of its chat that came before."""
        key = line_of(update)
        line = self._lines.setdefault(key, _Line())
        line.length += 1
        try:
            async with line.lock, self._places:
                await coroutine
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]


def line_of(update: object) -> Hashable:
    """Return what the updates that must keep their order have in common."""
    if not isinstance(update, Update):
        return None
    if update.inline_query is not None:
        return ("inline", update.inline_query.from_user.id)
    if update.effective_chat is not None:
        return update.effective_chat.id
    return ("update", update.update_id)
