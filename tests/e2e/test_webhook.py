"""Updates by webhook: from who knows the secret, each once."""

import socket
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.conftest import serving
from tests.e2e.phone import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "a-secret-of-the-webhook"


def update(number: int, chat: int, text: str) -> dict[str, object]:
    """Make an update as Telegram posts it."""
    sender = {"id": chat, "is_bot": False, "first_name": "Lan"}
    message: dict[str, object] = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": sender,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message | {"text": text}}


async def test_an_update_is_taken_once_and_only_with_the_secret(town: Town, tmp_path: Path) -> None:
    """Without the secret nothing is taken; a repeated delivery is answered once."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = serving(
        town,
        tmp_path,
        WEBHOOK_URL="https://bot.example",
        WEBHOOK_SECRET=SECRET,
        WEBHOOK_PORT=str(port),
    )
    lan = await town.phone("Lan")
    await lan.says("không ai nghe")
    await process.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

            async def post(body: object, secret: str) -> int:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                async with session.post("/updates", json=body, headers=headers) as answer:
                    return answer.status

            assert await post(update(900, lan.chat, "xin chào"), "wrong") == 403
            assert await post(update(900, lan.chat, "xin chào"), SECRET) == 200
            assert await post(update(900, lan.chat, "xin chào"), SECRET) == 200
            assert await post({"update_id": 901, "message": 5}, SECRET) == 200
            assert await post(update(902, lan.chat, "/trogiup"), SECRET) == 200
        await lan.sees("Hỏi văn bản")
        assert sum("Kính chào" in one.text for one in lan.messages) == 1
    finally:
        assert await process.stop() == 0
    registered = (await town.calls("setWebhook"))[-1]["params"]
    assert registered["secret_token"] == SECRET
    assert not any(SECRET in line for line in process.output)
