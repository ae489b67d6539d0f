"""A phone in a test's hand: it writes, taps and waits for what it sees, through the sandbox's HTTP.

`async with sandbox() as town` starts a sandbox; `await town.phone("Lan")` gives somebody a phone.
Nothing here sleeps: waiting is for events, and one that does not come fails with the transcript.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any, Final, TypeVar

import aiohttp

from sandbox.server import Running, serve
from sandbox.settings import SandboxSettings

PATIENCE: Final = 15.0
"""Seconds that a phone waits: after ten messages in a row the assistant keeps its pace to the chat,
and a busy machine needs some; a passing test hardly any."""

Json = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message on the screen."""

    seq: int
    """The event that last changed it."""
    message: Json

    @property
    def id(self) -> int:
        """Return the message's number in its chat."""
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """Return the text or the caption."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def html(self) -> str:
        """Return the text with its formatting, as the page shows it."""
        return str(self.message["html"])

    @property
    def by_bot(self) -> bool:
        """Tell whether the bot wrote it."""
        return bool(self.message["from"]["is_bot"])

    @property
    def keyboard(self) -> list[Json]:
        """Return the buttons under it, row after row."""
        markup = self.message.get("reply_markup", {})
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """Return what stands on the buttons."""
        return [str(button["text"]) for button in self.keyboard]

    def button(self, label: str) -> Json | None:
        """Return the button with this label, or else the first that has it as a part."""
        exact = [one for one in self.keyboard if one["text"] == label]
        return next(iter(exact or [one for one in self.keyboard if label in one["text"]]), None)


class Screen:
    """What one person's phone was shown, kept up to date by the stream of events."""

    def __init__(self, session: aiohttp.ClientSession, viewer: int) -> None:
        self._session = session
        self._viewer = viewer
        self._changed = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None
        self.events: list[Json] = []

    async def open(self) -> None:
        """Begin to follow the events, from the first."""
        stream = await self._session.get(
            "/app/events",
            params={"viewer": self._viewer, "after": 0},
            timeout=aiohttp.ClientTimeout(total=None),
        )
        self._reader = asyncio.create_task(self._read(stream))

    async def close(self) -> None:
        """Stop following."""
        if self._reader:
            self._reader.cancel()
            await asyncio.wait([self._reader])

    async def wait(self, find: Callable[[], Found | None], expected: str) -> Found:
        """Return what `find` finds, now or after a coming event; fails with the transcript."""
        try:
            async with asyncio.timeout(PATIENCE), self._changed:
                while (found := find()) is None:
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"{expected}\n--- transcript ---\n{self.transcript()}") from None

    def shown(self, chat: int) -> dict[int, Shown]:
        """Return the messages of a chat as they look now, in order."""
        messages: dict[int, Shown] = {}
        for event in self.events:
            if event.get("chat") != chat:
                continue
            if event["kind"] in {"message", "edited"}:
                shown = Shown(seq=event["seq"], message=event["message"])
                messages[shown.id] = shown
            elif event["kind"] == "deleted":
                messages.pop(event["message_id"], None)
        return messages

    def transcript(self) -> str:
        """Return all that was said, one line each."""
        return "\n".join(_lines(self.events))

    async def _read(self, stream: aiohttp.ClientResponse) -> None:
        async with stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    async with self._changed:
                        self.events.append(json.loads(line.removeprefix(b"data: ")))
                        self._changed.notify_all()


def _lines(events: list[Json]) -> Iterator[str]:
    for event in events:
        match event["kind"]:
            case "message" | "edited":
                shown = Shown(seq=event["seq"], message=event["message"])
                who = shown.message["from"]["first_name"]
                sign = "✎ " if event["kind"] == "edited" else ""
                yield f"[{event['chat']}] {sign}{who}: {shown.text} {shown.labels or ''}"
            case "callback_answer":
                yield f"[notice] {event.get('text', '')}"
            case other:
                yield f"[{other}]"


class Phone:
    """One person in one chat: the private one with the bot, or a group (`at`)."""

    def __init__(self, town: "Town", person: Json, chat: int, screen: Screen) -> None:
        self._town = town
        self._screen = screen
        self._mark = 0
        self.person = person
        self.id = int(person["id"])
        self.chat = chat
        self._results: Json = {}

    def at(self, group: int) -> "Phone":
        """Return the same phone opened at a group."""
        return Phone(self._town, self.person, group, self._screen)

    async def says(self, text: str, *, reply_to: Shown | None = None) -> Json:
        """Write a message; what is seen from now on counts as the reaction to it."""
        self._turn()
        fields = {"user": self.id, "chat": self.chat, "text": text}
        return await self._town.act(
            "send", fields | ({"reply_to": reply_to.id} if reply_to else {})
        )

    async def edits(self, message_id: int, text: str) -> Json:
        """Change an own message."""
        self._turn()
        fields = {"user": self.id, "chat": self.chat, "message_id": message_id, "text": text}
        return await self._town.act("edit", fields)

    async def uploads(
        self, content: bytes, name: str, *, kind: str = "document", caption: str = ""
    ) -> Json:
        """Send a file as a document, photo or voice message."""
        self._turn()
        form = aiohttp.FormData(quote_fields=False)  # as browsers write names: UTF-8, unquoted
        for key, value in (("user", self.id), ("chat", self.chat), ("kind", kind)):
            form.add_field(key, str(value))
        form.add_field("caption", caption)
        form.add_field("file", BytesIO(content), filename=name)
        return await self._town.act("upload", form)

    async def taps(self, *labels: str) -> None:
        """Tap buttons one after the other, each on the newest message that has it.

        An inline button waits until the bot has answered the press; one of the keyboard below
        the chat writes its label.
        """
        for label in labels:
            where = await self._screen.wait(
                partial(self._bearing, label), f"no button {label!r} came"
            )
            await self._tap(where, label)

    async def presses(self, shown: Shown, label: str) -> None:
        """Tap a button of a certain message, however old."""
        await self._tap(shown, label)

    async def sees(self, fragment: str) -> Shown:
        """Wait for a message of the bot, new or edited since the last act, with `fragment`."""
        return await self._screen.wait(
            lambda: next((one for one in self.news if fragment in one.text), None),
            f"{self.person['first_name']} did not see {fragment!r}",
        )

    async def sees_no_buttons(self, shown: Shown) -> None:
        """Wait until a message has lost its buttons."""

        def bare() -> Shown | None:
            now = next((one for one in self.messages if one.id == shown.id), None)
            return now if now is not None and not now.labels else None

        await self._screen.wait(bare, f"no buttons under message {shown.id}")

    async def sees_file(self, name: str) -> Shown:
        """Wait for a document of this name from the bot."""

        def named() -> Shown | None:
            held = [one for one in self.messages if one.message.get("document")]
            return next(
                (one for one in held if one.message["document"].get("file_name") == name), None
            )

        return await self._screen.wait(named, f"{name} did not come")

    async def notices(self, fragment: str = "") -> Json:
        """Wait for the short notice that answers a tap, with `fragment` in it."""
        return await self._screen.wait(
            lambda: next((one for one in self._answers() if fragment in one["text"]), None),
            f"no notice with {fragment!r}",
        )

    async def inline(self, query: str, offset: str = "") -> list[Json]:
        """Ask the bot inline; return the results it offers."""
        self._turn()
        fields = {"user": self.id, "query": query, "offset": offset}
        self._results = await self._town.act("inline", fields)
        return list(self._results["results"])

    async def chooses(self, title: str) -> Json:
        """Send the inline result whose title has `title` in it to this chat."""
        self._turn()
        result = next(one for one in self._results["results"] if title in one.get("title", ""))
        fields = {
            "user": self.id,
            "chat": self.chat,
            "result_id": result["id"],
            "inline_query_id": self._results["inline_query_id"],
        }
        return await self._town.act("inline/choose", fields)

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        await self._town.act("block", {"user": self.id, "blocked": blocked})

    async def downloads(self, file_id: str) -> bytes:
        """Return the content of a file that is shown in a chat."""
        async with self._town.session.get(f"/app/files/{file_id}") as answer:
            answer.raise_for_status()
            return await answer.read()

    @property
    def messages(self) -> list[Shown]:
        """Return all messages of this chat as they look now."""
        return list(self._screen.shown(self.chat).values())

    @property
    def news(self) -> list[Shown]:
        """Return the bot's messages that came or changed since the last act, newest first."""
        fresh = [one for one in self.messages if one.by_bot and one.seq > self._mark]
        return sorted(fresh, key=lambda one: -one.seq)

    @property
    def last(self) -> Shown:
        """Return the bot's newest message, whenever it came."""
        return [one for one in self.messages if one.by_bot][-1]

    @property
    def transcript(self) -> str:
        """Return all that this phone was shown."""
        return self._screen.transcript()

    def _turn(self) -> None:
        """Let only what comes from now on count as news."""
        self._mark = self._town.running.exchange.events.last

    def _bearing(self, label: str) -> Shown | None:
        bearing = [one for one in self.messages if one.button(label)]
        return bearing[-1] if bearing else None

    async def _tap(self, shown: Shown, label: str) -> None:
        self._turn()
        button = shown.button(label)
        assert button is not None, f"no button {label!r} on {shown.labels}"
        if "callback_data" not in button:
            assert "inline_keyboard" not in shown.message["reply_markup"], f"{label!r} is no press"
            await self.says(button["text"])
            return
        fields = {"user": self.id, "chat": self.chat, "message_id": shown.id}
        query = await self._town.act("press", fields | {"data": button["callback_data"]})
        await self._screen.wait(
            partial(self._answer_to, query["callback_query_id"]),
            f"the bot left the press of {label!r} unanswered",
        )

    def _answer_to(self, query_id: str) -> Json | None:
        return next((one for one in self._answers() if one["callback_query_id"] == query_id), None)

    def _answers(self) -> list[Json]:
        fresh = [one for one in self._screen.events if one["seq"] > self._mark]
        return [one for one in fresh if one["kind"] == "callback_answer"]


class Town:
    """A running sandbox with the people in it."""

    def __init__(self, running: Running, session: aiohttp.ClientSession) -> None:
        self.running = running
        self.session = session
        self._screens: list[Screen] = []

    @property
    def api_url(self) -> str:
        """Return the bot's base URL, to which the token is added."""
        return self.running.api_url

    @property
    def file_url(self) -> str:
        """Return the bot's base URL of files."""
        return self.running.file_url

    @property
    def token(self) -> str:
        """Return the bot's token."""
        return self.running.token

    async def phone(self, first_name: str, username: str | None = None) -> Phone:
        """Give a new person a phone, opened at the private chat with the bot."""
        person = await self.act("users", {"first_name": first_name, "username": username})
        screen = Screen(self.session, int(person["id"]))
        await screen.open()
        self._screens.append(screen)
        return Phone(self, person, int(person["id"]), screen)

    async def group(self, title: str, *members: Phone) -> int:
        """Found a group of these people and the bot; return its id."""
        ids = [member.id for member in members]
        return int((await self.act("groups", {"title": title, "members": ids}))["id"])

    async def fault(self, **order: object) -> None:
        """Order a fault: `status=429, retry_after=1`, `kind="reset"`, `method=…`, `count=…`."""
        await self.act("faults", order)

    async def heal(self) -> None:
        """Forget all ordered faults."""
        async with self.session.delete("/app/faults") as answer:
            assert answer.status == 200

    async def advance(self, seconds: float) -> None:
        """Move the controlled clock on."""
        await self.act("clock", {"advance": seconds})

    async def update(self, raw: Json) -> None:
        """Send the bot an update as it is."""
        await self.act("update", raw)

    async def calls(self, method: str | None = None) -> list[Json]:
        """Return what the bot asked of the Bot API, oldest first."""
        params = {"method": method} if method else {}
        async with self.session.get("/app/calls", params=params) as answer:
            return list(await answer.json())

    async def looks(self, path: str) -> Any:
        """Return what the page's side tells under `path`."""
        async with self.session.get(f"/app/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def act(self, path: str, fields: object) -> Json:
        """Post to the page's side; a refusal fails the test."""
        body: Json = {"data" if isinstance(fields, aiohttp.FormData) else "json": fields}
        async with self.session.post(f"/app/{path}", **body) as answer:
            given = await answer.json()
            assert answer.status == 200, given
            return dict(given)

    async def close(self) -> None:
        """Switch the phones off."""
        for screen in self._screens:
            await screen.close()


@asynccontextmanager
async def sandbox(settings: SandboxSettings | None = None) -> AsyncIterator[Town]:
    """Run a sandbox on a free port for as long as the block lasts."""
    running = await serve(replace(settings or SandboxSettings(), port=0))
    try:
        async with aiohttp.ClientSession(running.url) as session:
            town = Town(running, session)
            try:
                yield town
            finally:
                await town.close()
    finally:
        await running.stop()
