"""A stored file as the fields of a message."""

from sandbox.state import StoredFile
from sandbox.values import JsonObject


def media_content(stored: StoredFile) -> JsonObject:
    """Return the `document`, `photo` or `voice` field that shows a file."""
    base: JsonObject = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
    if stored.kind == "photo":
        return {"photo": [base | {"width": stored.width, "height": stored.height}]}
    if stored.kind == "voice":
        return {"voice": base | {"duration": stored.seconds, "mime_type": stored.mime}}
    return {"document": base | {"file_name": stored.name, "mime_type": stored.mime}}
