"""What takes long is shown as under way, and no answer hangs on that sign."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot
from telegram.constants import ChatAction

from handlers.core.work_sign import at_work
from tests.unit.handlers.telephone import FarEnd


@dataclass
class Signs(FarEnd):
    """Telegram's end: keeps the signs, and takes them or not."""

    taken: bool = True
    came: asyncio.Event = field(default_factory=asyncio.Event)
    actions: list[Any] = field(default_factory=list)

    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep the sign."""
        assert name == "sendChatAction"
        self.actions.append((given["chat_id"], given["action"]))
        self.came.set()
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        return (200, {"ok": True, "result": True}) if self.taken else (400, refused)


@pytest.mark.parametrize("taken", [True, False])
async def test_long_work_is_shown(taken: bool) -> None:
    """While it lasts the sign is in the chat; one that is refused stops nothing."""
    far = Signs(taken)
    bot = Bot("1:token", request=far, get_updates_request=far)
    async with at_work(bot, 7, ChatAction.UPLOAD_PHOTO, after=0):
        await far.came.wait()
    assert far.actions == [(7, "upload_photo")]


async def test_short_work_is_not() -> None:
    """What is ready within a second shows nothing."""
    far = Signs()
    async with at_work(Bot("1:token", request=far, get_updates_request=far), 7):
        await asyncio.sleep(0)
    assert far.actions == []


async def test_an_error_of_the_work_is_the_errors_own() -> None:
    """It comes through as it was raised."""
    far = Signs()
    with pytest.raises(LookupError):
        async with at_work(Bot("1:token", request=far, get_updates_request=far), 7):
            raise LookupError
