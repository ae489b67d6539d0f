"""The page's side over HTTP, under /app: people act, phones watch, tests order faults.

- GET state, chats/{chat}/messages, events, files/{file_id}, calls
- POST users, groups, send, edit, press, upload, inline, inline/choose, block
- POST groups/bot {user, chat, status}, groups/migrate {chat}: a group's life
- POST faults, update, clock {advance}; DELETE faults, calls: test control
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from sandbox.calls import Calls
from sandbox.clock import ControlledClock
from sandbox.exchange import Exchange
from sandbox.faults import Faults
from sandbox.fields import Upload
from sandbox.media import media_content
from sandbox.methods.profile import commands_shown
from sandbox.people import People
from sandbox.refusals import BadRequest, Refused
from sandbox.requests import given_by
from sandbox.state import StoredFile
from sandbox.values import JsonObject

HEARTBEAT_SECONDS: Final = 15.0
"""Between two signs of life on an idle stream of events."""

INLINE_SECONDS: Final = 10.0
"""How long a phone waits for the bot's inline results."""

MOST_MESSAGES: Final = 200
USUAL_MESSAGES: Final = 50

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageApi:
    """Serves `/app/…`."""

    def __init__(self, exchange: Exchange, calls: Calls, faults: Faults) -> None:
        self._exchange = exchange
        self._people = People(exchange)
        self._calls = calls
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """Return where this side is served."""
        reads: dict[str, Handler] = {
            "state": self._state,
            "chats/{chat}/messages": self._messages,
            "events": self._events,
            "files/{file_id}": self._file,
            "calls": self._log,
        }
        acts: dict[str, Callable[[Any], Awaitable[object]]] = {
            "users": self._add_user,
            "groups": self._add_group,
            "groups/bot": self._place_bot,
            "groups/migrate": self._migrate,
            "send": self._send,
            "edit": self._edit,
            "press": self._press,
            "upload": self._upload,
            "inline": self._inline,
            "inline/choose": self._choose,
            "block": self._block,
            "faults": self._order,
            "update": self._inject,
            "clock": self._advance,
        }
        return [
            *(web.get(f"/app/{path}", _answering(handler)) for path, handler in reads.items()),
            *(web.post(f"/app/{path}", _acting(act)) for path, act in acts.items()),
            web.delete("/app/faults", self._clear_faults),
        ]

    async def _state(self, request: web.Request) -> web.Response:
        exchange = self._exchange
        profile = exchange.state.profile
        bot = exchange.bot_user() | {
            "description": profile.descriptions.get("", ""),
            "short_description": profile.short_descriptions.get("", ""),
            "commands": commands_shown(profile, _number(request, "viewer")),
        }
        people = [
            person.form() | {"blocked": person.blocked, "started": person.started}
            for person in exchange.state.persons.values()
        ]
        chats = [
            exchange.chat_view(chat)
            for chat in exchange.state.chats.values()
            if chat.migrated_to is None
        ]
        body = {"bot": bot, "users": people, "chats": chats, "seq": exchange.events.last}
        return web.json_response(body | {"now": exchange.clock.now()})

    async def _messages(self, request: web.Request) -> web.Response:
        viewer = self._people.person(_number(request, "viewer"))
        chat = self._people.place(viewer, _number(request.match_info, "chat"))
        before = _number(request, "before") or 1 << 62
        limit = min(_number(request, "limit") or USUAL_MESSAGES, MOST_MESSAGES)
        numbers = [number for number in sorted(chat.entries) if number < before][-limit:]
        shown = [self._exchange.view(chat.entries[number]) for number in numbers]
        return web.json_response(shown)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens after `after` (or the last event the browser saw)."""
        viewer = _number(request, "viewer")
        after = _number(request, "after")
        last_seen = request.headers.get("Last-Event-ID", "")
        if last_seen.isdecimal():
            after = int(last_seen)
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        start = self._exchange.events.last if after is None else after
        events = self._exchange.events.follow(viewer, start, HEARTBEAT_SECONDS)
        with suppress(ConnectionResetError):  # the phone was switched off
            async for event in events:
                line = ": alive\n\n"
                if event is not None:
                    body = json.dumps(event, ensure_ascii=False)
                    line = f"id: {event['seq']}\ndata: {body}\n\n"
                await stream.write(line.encode())
        return stream

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._exchange.state.files.get(request.match_info["file_id"])
        if stored is None:
            raise Refused(404, "Not Found")
        kind = "attachment" if stored.kind == "document" else "inline"
        return web.Response(
            body=self._exchange.files.content(stored),
            content_type=_safe_type(stored),
            headers={"Content-Disposition": kind, "X-Content-Type-Options": "nosniff"},
        )

    async def _log(self, request: web.Request) -> web.Response:
        method = request.query.get("method")
        return web.json_response(self._calls.form(method, _number(request, "after") or 0))

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._faults.clear()
        return web.json_response({"ok": True})

    async def _add_user(self, given: JsonObject) -> object:
        first, last, username = (
            str(given.get(name) or "").strip() for name in ("first_name", "last_name", "username")
        )
        if not first:
            raise BadRequest("first_name is empty")
        return self._exchange.join(first, last or None, username or None).form()

    async def _add_group(self, given: JsonObject) -> object:
        listed = given.get("members")
        numbers = listed if isinstance(listed, list) else []
        members = list(dict.fromkeys(self._people.person(number).id for number in numbers))
        title = str(given.get("title") or "").strip()
        if not members or not title:
            raise BadRequest("a group needs a title and members")
        return self._exchange.chat_view(self._exchange.found(title, members))

    async def _place_bot(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        chat = self._people.place(person, given.get("chat"))
        self._people.place_bot(person, chat, str(given.get("status")))
        return {"ok": True}

    async def _migrate(self, given: JsonObject) -> object:
        chat = self._exchange.state.chats.get(_whole(given.get("chat")) or 0)
        if chat is None:
            raise BadRequest("chat not found")
        return self._exchange.chat_view(self._people.migrate(chat))

    async def _send(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        chat = self._people.place(person, given.get("chat"))
        content = self._people.text(str(given.get("text") or ""))
        return self._people.send(person, chat, content, given.get("reply_to"))

    async def _edit(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        chat = self._people.place(person, given.get("chat"))
        return self._people.edit(person, chat, given.get("message_id"), str(given.get("text")))

    async def _press(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        chat = self._people.place(person, given.get("chat"))
        data = str(given.get("data"))
        return {
            "callback_query_id": self._people.press(person, chat, given.get("message_id"), data)
        }

    async def _upload(self, given: JsonObject) -> object:
        person = self._people.person(_whole(given.get("user")))
        chat = self._people.place(person, _whole(given.get("chat")))
        upload = given.get("file")
        kind = given.get("kind", "document")
        if not isinstance(upload, Upload) or kind not in {"document", "photo", "voice"}:
            raise BadRequest("file and kind are needed")
        stored = self._exchange.files.store(self._exchange.state, upload, kind)
        content = media_content(stored)
        if given.get("caption"):
            typed = self._people.text(str(given["caption"]))
            content["caption"] = typed["text"]
            if "entities" in typed:
                content["caption_entities"] = typed["entities"]
        if given.get("media_group_id"):
            content["media_group_id"] = str(given["media_group_id"])
        return self._people.send(person, chat, content, _whole(given.get("reply_to")))

    async def _inline(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        text, offset = str(given.get("query") or ""), str(given.get("offset") or "")
        query_id = self._people.ask_inline(person, text, offset)
        query = self._exchange.queries.inline(query_id) or self._exchange.queries.open(query_id)
        try:
            await asyncio.wait_for(query.answered.wait(), INLINE_SECONDS)
        except TimeoutError as late:
            raise Refused(504, "Gateway Timeout: the bot did not answer the inline query") from late
        return {"inline_query_id": query_id} | (query.answer or {})

    async def _choose(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        chat = self._people.place(person, given.get("chat"))
        query_id, result_id = str(given.get("inline_query_id")), str(given.get("result_id"))
        return self._people.choose(person, chat, query_id, result_id)

    async def _block(self, given: JsonObject) -> object:
        person = self._people.person(given.get("user"))
        self._people.block(person, blocked=given.get("blocked") is True)
        return {"ok": True}

    async def _order(self, given: JsonObject) -> object:
        self._faults.order(given)
        return {"ok": True}

    async def _inject(self, given: JsonObject) -> object:
        self._exchange.changes += 1
        return {"update_id": self._exchange.updates.inject(given)}

    async def _advance(self, given: JsonObject) -> object:
        clock = self._exchange.clock
        if not isinstance(clock, ControlledClock):
            raise BadRequest("the clock of this sandbox is not controlled")
        seconds = given.get("advance")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            raise BadRequest("advance is a number of seconds")
        await clock.advance(seconds)
        return {"now": clock.now()}


def _answering(handler: Handler) -> Handler:
    """Give the page an error in the Bot API's form when the request is refused."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return web.json_response(refused.form(), status=refused.code)

    return answer


def _acting(act: Callable[[Any], Awaitable[object]]) -> Handler:
    """Turn an act upon given fields into a handler that answers JSON."""

    async def handle(request: web.Request) -> web.StreamResponse:
        given, _ = await given_by(request)
        return web.json_response(await act(given))

    return _answering(handle)


def _number(source: web.Request | Any, name: str) -> int | None:
    """Return a whole number out of the query or the path."""
    found = source.query.get(name) if isinstance(source, web.Request) else source.get(name)
    return _whole(found)


def _whole(value: object) -> int | None:
    """Return a whole number, also out of text; None for nothing."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    try:
        return int(str(value))
    except ValueError as broken:
        raise BadRequest("whole number expected") from broken


def _safe_type(stored: StoredFile) -> str:
    """Return a content type that a browser will not run as a page of ours."""
    if stored.kind == "document":
        return "application/octet-stream"
    main = "image/" if stored.kind == "photo" else "audio/"
    return stored.mime if stored.mime.startswith(main) and "svg" not in stored.mime else main + "*"
