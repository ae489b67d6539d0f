"""The Bot API over HTTP: token, method, judgement, answer; faults and the log on the way."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from sandbox.calls import Calls
from sandbox.exchange import Exchange
from sandbox.faults import Fault, Faults
from sandbox.fields import Reader, Upload
from sandbox.files import DOWNLOAD_BYTES
from sandbox.methods import METHODS
from sandbox.methods.webhooks import allow
from sandbox.refusals import BadRequest, Conflict, Refused
from sandbox.requests import Call, given_by
from sandbox.spec import Form, bot_api
from sandbox.state import StoredFile
from sandbox.values import JsonObject

SILENCE_SECONDS: Final = 3600.0
"""How long an answer that never comes is held back; the client gives up long before."""


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, exchange: Exchange, calls: Calls, faults: Faults) -> None:
        self._exchange = exchange
        self._calls = calls
        self._faults = faults
        self._spec = bot_api()
        self._forms = {name.lower(): form for name, form in self._spec.methods.items()}
        self._reader = Reader(self._spec)

    def routes(self) -> list[web.RouteDef]:
        """Return where this side is served."""
        return [
            web.route("*", "/bot{token}/{method}", self._on_method),
            web.get("/file/bot{token}/{path:.+}", self._on_file),
        ]

    async def _on_method(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or meet the fault that was ordered for it."""
        name = request.match_info["method"]
        fault = self._faults.strike(name)
        given: dict[str, Any] = {}
        try:
            given, uploads = await given_by(request)
        except Refused as refused:
            return web.json_response(refused.form(), status=refused.code)
        if fault and not fault.performed:
            return await self._fail(request, name, given, fault)
        answer = await self.answer(request.match_info["token"], name, given, uploads)
        if fault:
            return await self._fail(request, name, given, fault)
        self._calls.add(self._proper(name), given, self._exchange.clock.now(), answer)
        return web.json_response(answer, status=answer.get("error_code", 200))

    async def answer(
        self, token: str, name: str, given: Mapping[str, Any], uploads: dict[str, Upload]
    ) -> JsonObject:
        """Return the body that answers a request, done or refused."""
        try:
            self._check_token(token)
            form = self._forms.get(name.lower())
            if form is None:
                raise Refused(404, "Not Found: method not found")  # noqa: TRY301 - one way out
            return {"ok": True, "result": await self._perform(form, given, uploads)}
        except Refused as refused:
            return refused.form()

    async def _perform(
        self, form: Form, given: Mapping[str, Any], uploads: dict[str, Upload]
    ) -> object:
        """Judge and carry out one request; raises Refused."""
        try:
            call = Call(form, self._reader.request(form, given), uploads)
        except RecursionError as deep:
            raise BadRequest("object nesting is too deep") from deep
        if form.name == "getUpdates":
            return await self._updates(call)
        method = METHODS.get(form.name)
        if method is None:
            raise BadRequest(f"method {form.name} is not available in the sandbox")
        result = method(self._exchange, call)
        self._exchange.changes += 1
        return result

    async def reply_of_webhook(self, body: JsonObject) -> None:
        """Carry out the request that a webhook gave as its response."""
        name = str(body["method"])
        given = {key: body[key] for key in body if key != "method"}
        answer = await self.answer(self._exchange.settings.token, name, given, {})
        self._calls.add(self._proper(name), given, self._exchange.clock.now(), answer)

    async def _updates(self, call: Call) -> list[JsonObject]:
        if self._exchange.state.webhook.url:
            raise Conflict(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        allow(self._exchange, call)
        return await self._exchange.updates.poll(
            call.number("offset"), call.number("limit", 100), call.number("timeout")
        )

    async def _fail(
        self, request: web.Request, name: str, given: dict[str, Any], fault: Fault
    ) -> web.Response:
        """Answer with the fault: an error, a broken connection, or silence."""
        told = {"fault": fault.kind, "performed": fault.performed}
        self._calls.add(self._proper(name), given, self._exchange.clock.now(), told)
        if fault.kind == "status":
            return web.json_response(fault.refusal().form(), status=fault.status)
        if fault.kind == "timeout":
            await asyncio.sleep(SILENCE_SECONDS)
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def _on_file(self, request: web.Request) -> web.Response:
        """Give the content of a file that getFile named."""
        try:
            self._check_token(request.match_info["token"])
            stored = self._file_at(request.match_info["path"])
        except Refused as refused:
            return web.json_response(refused.form(), status=refused.code)
        name = quote(stored.name)
        return web.Response(
            body=self._exchange.files.content(stored),
            content_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
        )

    def _file_at(self, path: str) -> StoredFile:
        for stored in self._exchange.state.files.values():
            if stored.path == path and stored.size <= DOWNLOAD_BYTES:
                return stored
        raise Refused(404, "Not Found")

    def _check_token(self, token: str) -> None:
        if token != self._exchange.settings.token:
            raise Refused(401, "Unauthorized")

    def _proper(self, name: str) -> str:
        """Spell a method as the specification does; Telegram takes any case."""
        form = self._forms.get(name.lower())
        return form.name if form else name
