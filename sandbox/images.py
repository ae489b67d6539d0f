"""Reads width and height out of a picture's first bytes."""

from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_NO_SIZE: Final = frozenset({0xC4, 0xC8, 0xCC})
"""JPEG markers between C0 and CF that do not start a frame."""


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels of a PNG, JPEG or GIF; None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
        return _number(content[16:20]), _number(content[20:24])
    if content[:4] == b"GIF8" and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk the segments of a JPEG to the frame header."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            return _number(content[place + 7 : place + 9]), _number(content[place + 5 : place + 7])
        place += 2 + _number(content[place + 2 : place + 4])
    return None


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
