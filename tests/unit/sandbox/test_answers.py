"""Whatever a bot sends, the answer is well formed and the sandbox goes on."""

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.bot_api import BotApi
from sandbox.calls import Calls
from sandbox.clock import ControlledClock
from sandbox.exchange import Exchange
from sandbox.faults import Faults
from sandbox.fields import Reader
from sandbox.files import FileRoom
from sandbox.methods import METHODS
from sandbox.people import People
from sandbox.settings import SandboxSettings
from sandbox.spec import bot_api
from sandbox.state import FIRST_PERSON, State

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "chat_id": st.just(FIRST_PERSON),
    "from_chat_id": st.just(FIRST_PERSON),
    "user_id": st.just(FIRST_PERSON),
    "message_id": st.integers(1, 3),
    "message_ids": st.lists(st.integers(1, 3)),
    "parse_mode": st.sampled_from(["HTML", "MarkdownV2", "Markdown", ""]),
}


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw a method and fields for it: some sensible, some anything."""
    name = draw(st.sampled_from(sorted(METHODS)) | st.sampled_from(sorted(bot_api().methods)))
    fields = bot_api().methods[name].fields
    given = {}
    for field in fields:
        sensible = LIKELY.get(field, st.text(max_size=20))
        value = draw(st.none() | sensible | sensible | JSON | JSON.map(json.dumps))
        if value is not None:
            given[field] = value
    return name, given


@settings(max_examples=300)
@given(requests())
def test_any_request_gets_a_well_formed_answer(request: tuple[str, dict[str, Any]]) -> None:
    """A success has the form that the specification promises, a refusal a code and a reason."""
    name, fields = request
    if name == "getUpdates":
        fields["timeout"] = 0
    answer = asyncio.run(_answer(name, fields))
    json.dumps(answer)
    if answer["ok"]:
        read = Reader(bot_api()).value(answer["result"], bot_api().methods[name].returns)
        assert read == answer["result"]
    else:
        assert answer["error_code"] in {400, 403, 404, 409, 429}
        assert answer["description"]


async def _answer(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Ask a sandbox in which one person has written to the bot."""
    setup = SandboxSettings(clock=ControlledClock())
    exchange = Exchange(setup, State(), FileRoom())
    people = People(exchange)
    lan = exchange.join("Lan", None, None)
    people.send(lan, exchange.state.chats[lan.id], people.text("/start"))
    api = BotApi(exchange, Calls(), Faults())
    return await api.answer(setup.token, name, fields, {})
