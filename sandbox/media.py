"""Files in messages: which one a request means, and the fields that show it."""

from sandbox.exchange import Exchange
from sandbox.fields import Upload
from sandbox.refusals import BadRequest
from sandbox.requests import Call
from sandbox.state import StoredFile
from sandbox.values import JsonObject


def media_content(stored: StoredFile, seconds: int = 0) -> JsonObject:
    """Return the `document`, `photo` or `voice` field that shows a file."""
    base: JsonObject = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
    if stored.kind == "photo":
        return {"photo": [base | {"width": stored.width, "height": stored.height}]}
    if stored.kind == "voice":
        return {"voice": base | {"duration": seconds, "mime_type": stored.mime}}
    return {"document": base | {"file_name": stored.name, "mime_type": stored.mime}}


def meant(exchange: Exchange, call: Call, given: object, kind: str) -> StoredFile:
    """Return the file that a field means: uploaded, attached, or sent before by its id.

    Raises BadRequest. The sandbox fetches nothing from the network.
    """
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.uploads.get(given.removeprefix("attach://"))
        if given is None:
            raise BadRequest("can't parse media: attached file not found in the request")
    if isinstance(given, Upload):
        return exchange.files.store(exchange.state, given, kind)
    if not isinstance(given, str) or not given:
        raise BadRequest(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise BadRequest("failed to get HTTP URL content: the sandbox fetches nothing")
    stored = exchange.state.files.get(given)
    if stored is None:
        raise BadRequest("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise BadRequest(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored
