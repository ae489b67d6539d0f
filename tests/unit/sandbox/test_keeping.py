"""What was kept is there after a restart, and a broken file is told apart from an empty one."""

from pathlib import Path

import pytest

from sandbox.clock import ControlledClock
from sandbox.server import NotLoopback, PortTaken, serve
from sandbox.settings import NewGroup, NewPerson, SandboxSettings
from sandbox.snapshot import UnreadableState, reopen
from tests.e2e.phone import sandbox
from tests.unit.sandbox.conftest import Asking

KEYS = {"inline_keyboard": [[{"text": "Xem", "callback_data": "1"}]]}


def _kept(path: Path) -> SandboxSettings:
    people = (NewPerson(first_name="Lan", last_name="Nguyễn Thị"),)
    groups = (NewGroup(title="Tổ công tác"),)
    return SandboxSettings(
        state_file=path, clock=ControlledClock(), people=people, groups=groups, port=0
    )


async def test_a_reopened_sandbox_serves_the_same(tmp_path: Path) -> None:
    """People, messages, files, commands and waiting updates outlive the process."""
    settings = _kept(tmp_path / "sandbox.json")
    async with sandbox(settings) as town:
        bot = Asking(town)
        state = await town.looks("state")
        lan = state["users"][0]["id"]
        await town.act("send", {"user": lan, "chat": lan, "text": "/start"})
        await bot.gets(
            "sendMessage", chat_id=lan, text="<b>chào</b>", parse_mode="HTML", reply_markup=KEYS
        )
        sent = await bot.posts("sendDocument", {"chat_id": lan}, document=b"noi dung")
        commands = [{"command": "hoi", "description": "Hỏi"}]
        await bot.gets("setMyCommands", commands=commands)
        before = await town.looks(f"chats/{lan}/messages?viewer={lan}")
        updates = await bot.gets("getUpdates")
    async with sandbox(settings) as town:
        bot = Asking(town)
        assert await town.looks(f"chats/{lan}/messages?viewer={lan}") == before
        assert await bot.gets("getUpdates") == updates
        assert await bot.gets("getMyCommands") == commands
        file = await bot.gets("getFile", file_id=sent["result"]["document"]["file_id"])
        async with town.session.get(f"{town.file_url}{town.token}/{file['file_path']}") as answer:
            assert await answer.read() == b"noi dung"
        again = await bot.gets("sendMessage", chat_id=lan, text="tiếp")
        assert again["message_id"] == before[-1]["message_id"] + 1


async def test_the_first_people_come_once(tmp_path: Path) -> None:
    """Those who are there from the start are not added again at the next start."""
    settings = _kept(tmp_path / "sandbox.json")
    for _ in range(2):
        async with sandbox(settings) as town:
            state = await town.looks("state")
            assert [user["first_name"] for user in state["users"]] == ["Lan"]
            assert [chat["type"] for chat in state["chats"]] == ["private", "group"]


def test_a_broken_state_is_not_overwritten(tmp_path: Path) -> None:
    """A file that is no state stops the start and stays as it is."""
    path = tmp_path / "sandbox.json"
    path.write_text('{"persons": 5')
    with pytest.raises(UnreadableState, match="not a sandbox's state"):
        reopen(path)
    assert path.read_text() == '{"persons": 5'


async def test_only_this_machine_is_served_unless_told() -> None:
    """Listening to other machines needs an explicit leave."""
    with pytest.raises(NotLoopback, match="allow_remote"):
        await serve(SandboxSettings(host="0.0.0.0", port=0))  # noqa: S104 - what is refused


async def test_a_taken_port_is_named() -> None:
    """A second sandbox on the same port says so in one sentence."""
    async with sandbox() as town:
        port = int(town.running.url.rpartition(":")[2])
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port} is taken"):
            await serve(SandboxSettings(port=port))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "danvan.example.org"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_strange_pages_are_kept_away(headers: dict[str, str], status: int) -> None:
    """A page of another site reaches nothing, by whatever name it calls this machine."""
    async with sandbox() as town:
        fields = {"first_name": "Lan"}
        async with town.session.post("/app/users", json=fields, headers=headers) as answer:
            assert answer.status == status
        async with town.session.get("/app/state") as answer:
            assert len((await answer.json())["users"]) == (1 if status == 200 else 0)


async def test_the_page_is_served() -> None:
    """The chat page lies at the root, and its own origin may post."""
    async with sandbox() as town:
        async with town.session.get("/") as answer:
            assert answer.status == 200
            assert answer.content_type == "text/html"
        origin = {"Origin": town.running.url}
        fields = {"first_name": "Lan"}
        async with town.session.post("/app/users", json=fields, headers=origin) as answer:
            assert answer.status == 200


async def test_a_link_from_elsewhere_opens_the_page_but_performs_nothing() -> None:
    """Following a link to the page works; a picture that is a Bot API request does not."""
    async with sandbox() as town:
        linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        async with town.session.get("/", headers=linked) as answer:
            assert answer.status == 200
        for path in (f"/bot{town.token}/getMe", "/app/state"):
            async with town.session.get(path, headers=linked) as answer:
                assert answer.status == 403


PAGE_ACTS = (
    "users groups groups/bot groups/migrate send edit press upload inline/choose block faults clock"
)


@pytest.mark.parametrize("path", PAGE_ACTS.split())
async def test_nonsense_from_the_page_is_refused(path: str) -> None:
    """Missing people, wrong types and unknown places are answered in the Bot API's form."""
    async with sandbox() as town:
        for fields in (
            {},
            {"user": [], "chat": {}, "members": 5, "kind": [], "advance": "x", "title": 5},
            {"user": "1", "chat": "x", "status": {}, "count": [], "message_id": 1.5},
        ):
            async with town.session.post(f"/app/{path}", json=fields) as answer:
                body = await answer.json()
                assert answer.status == body.get("error_code", 200), body
