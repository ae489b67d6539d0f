"""Takes a Bot API request out of HTTP: query, form, multipart or JSON, all in one shape."""

import json
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.fields import Upload
from sandbox.refusals import BadRequest, Refused
from sandbox.spec import Form
from sandbox.values import JsonObject

JSON_TYPE = "application/json"


class Call:
    """A judged request: the method, its typed fields and the files that came with it."""

    def __init__(self, form: Form, fields: JsonObject, uploads: dict[str, Upload]) -> None:
        self.method = form.name
        self.fields = fields
        self.uploads = uploads

    def text(self, name: str, default: str = "") -> str:
        """Return a string field."""
        value = self.fields.get(name, default)
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer field."""
        value = self.fields.get(name, default)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        """Return a boolean field; absent is false."""
        return self.fields.get(name) is True

    def object(self, name: str) -> JsonObject:
        """Return an object field; absent is empty."""
        value = self.fields.get(name)
        return value if isinstance(value, dict) else {}

    def array(self, name: str) -> list[Any]:
        """Return an array field; absent is empty."""
        value = self.fields.get(name)
        return value if isinstance(value, list) else []

    def has(self, name: str) -> bool:
        """Tell whether the field was given."""
        return name in self.fields


async def given_by(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the fields as they came and the uploaded files; raises Refused."""
    given: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    try:
        if kind == JSON_TYPE:
            given |= _json_fields(await request.text())
        elif kind == "application/x-www-form-urlencoded":
            given |= dict((await request.post()).items())
        elif kind == "multipart/form-data":
            await _take_parts(request, given, uploads)
    except web.HTTPRequestEntityTooLarge as large:
        raise Refused(413, "Request Entity Too Large") from large
    except (ValueError, LookupError) as broken:
        raise BadRequest("can't parse the request body") from broken
    return given | uploads, uploads


def _json_fields(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        given = json.loads(text)
    except RecursionError as deep:
        raise BadRequest("can't parse request JSON: object nesting is too deep") from deep
    if not isinstance(given, dict):
        raise BadRequest("JSON object expected in the request body")
    return given


async def _take_parts(
    request: web.Request, given: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    """Sort the parts of a multipart body into fields and files."""
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        size += len(content)
        if size > request.client_max_size:
            raise Refused(413, "Request Entity Too Large")
        if part.filename is None:
            given[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(name=part.filename, mime=mime, content=content)
