"""A running sandbox, the plain requests of a bot, and a check of every answer's form."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from sandbox.clock import ControlledClock
from sandbox.fields import Reader
from sandbox.settings import SandboxSettings
from sandbox.spec import bot_api
from tests.e2e.phone import Json, Phone, Town, sandbox


class Asking:
    """Sends Bot API requests as they are."""

    def __init__(self, town: Town) -> None:
        self._town = town

    async def asks(self, method: str, **fields: Any) -> Json:
        """Return the whole answer to a JSON request."""
        url = f"{self._town.api_url}{self._town.token}/{method}"
        async with self._town.session.post(url, json=fields) as answer:
            body = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return dict(body)

    async def gets(self, method: str, **fields: Any) -> Any:
        """Return the result; a refusal fails the test."""
        answer = await self.asks(method, **fields)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **fields: Any) -> str:
        """Return the description of the refusal; a success fails the test."""
        answer = await self.asks(method, **fields)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def posts(self, method: str, fields: Json, **files: bytes) -> Json:
        """Return the answer to a multipart form, nested values as JSON text."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, content in files.items():
            form.add_field(name, BytesIO(content), filename=f"{name}.bin")
        url = f"{self._town.api_url}{self._town.token}/{method}"
        async with self._town.session.post(url, data=form) as answer:
            return dict(await answer.json())


def misfits(call: Json) -> str | None:
    """Return what in a successful answer is not as the specification says."""
    if not call["result"].get("ok"):
        return None
    result = call["result"]["result"]
    read = Reader(bot_api()).value(result, bot_api().methods[call["method"]].returns)
    return None if read == result else f"{call['method']}: {result} has fields beyond {read}"


Opening = Callable[[SandboxSettings], Awaitable[Town]]


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Open sandboxes with chosen settings; at the end all their answers are checked for form."""
    open_now = []

    async def open_one(settings: SandboxSettings) -> Town:
        context = sandbox(settings)
        town = await context.__aenter__()
        open_now.append((context, town))
        return town

    yield open_one
    for context, town in reversed(open_now):
        wrong = [found for call in await town.calls() if (found := misfits(call))]
        await context.__aexit__(None, None, None)
        assert wrong == []


@pytest.fixture
async def town(opening: Opening) -> Town:
    """Run a sandbox whose clock stands still."""
    return await opening(SandboxSettings(clock=ControlledClock()))


@pytest.fixture
def bot(town: Town) -> Asking:
    """Ask as the bot of that sandbox."""
    return Asking(town)


@pytest.fixture
async def lan(town: Town) -> Phone:
    """Give Lan a phone; she has written to the bot before."""
    phone = await town.phone("Lan", "lan_nguyen")
    await phone.says("/start")
    return phone
