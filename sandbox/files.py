"""The contents of files that were sent: in memory, or beside the state file."""

import secrets
from pathlib import Path
from typing import Final

from sandbox.fields import Upload
from sandbox.images import size_of
from sandbox.refusals import BadRequest
from sandbox.state import State, StoredFile

UPLOAD_BYTES: Final = 50 * 1024 * 1024
DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
PHOTO_BYTES: Final = 10 * 1024 * 1024
"""Telegram's limits for bots on its own server."""

PHOTO_SIDES: Final = 10_000
PHOTO_RATIO: Final = 20
"""Width and height together in pixels, and the longer side by the shorter."""

_FOLDERS: Final = {"document": "documents", "photo": "photos", "voice": "voice"}
_VOICE_STARTS: Final = (b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3")
"""First bytes of OGG and MP3, which Telegram plays as a voice message."""


class FileRoom:
    """Keeps contents by the path that getFile names."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}

    def store(self, state: State, upload: Upload, kind: str) -> StoredFile:
        """Keep an upload as document, photo or voice; raises BadRequest for what is none."""
        _check(upload, kind)
        if kind == "voice" and not _is_voice(upload.content):
            kind = "document"
        number = state.next_file
        state.next_file += 1
        suffix = Path(upload.name).suffix[:10] if kind == "document" else _suffix(kind)
        width, height = _photo_size(upload.content) if kind == "photo" else (0, 0)
        stored = StoredFile(
            id=f"{kind[:1].upper()}gAC{secrets.token_urlsafe(36)}",
            unique_id=f"AQAD{secrets.token_urlsafe(9)}",
            kind="photo" if kind == "photo" else "voice" if kind == "voice" else "document",
            name=upload.name,
            mime=upload.mime.partition(";")[0],
            size=len(upload.content),
            path=f"{_FOLDERS[kind]}/file_{number}{suffix}",
            width=width,
            height=height,
        )
        state.files[stored.id] = stored
        self._write(stored.path, upload.content)
        return stored

    def content(self, stored: StoredFile) -> bytes:
        """Return what was sent."""
        if self._folder is None:
            return self._memory[stored.path]
        return (self._folder / stored.path).read_bytes()

    def _write(self, path: str, content: bytes) -> None:
        if self._folder is None:
            self._memory[path] = content
            return
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _check(upload: Upload, kind: str) -> None:
    if not upload.content:
        raise BadRequest("file must be non-empty")
    if len(upload.content) > (PHOTO_BYTES if kind == "photo" else UPLOAD_BYTES):
        raise BadRequest(f"file is too big for a {kind}")


def _photo_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a photo that Telegram would take."""
    size = size_of(content)
    if size is None or not all(size):
        raise BadRequest("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _is_voice(content: bytes) -> bool:
    return content.startswith(_VOICE_STARTS) or content[4:8] == b"ftyp"


def _suffix(kind: str) -> str:
    return ".jpg" if kind == "photo" else ".oga"
