"""The lists around a body: "Kính gửi" and "Nơi nhận", one body or office to an entry."""

import re
from collections.abc import Iterable
from typing import Final

from knowledge.parsing.layout import joined, starts_small
from knowledge.parsing.marks import Level, marks_of

_INNER_DASH: Final = re.compile(r"(?<=[;,.])\s+[-–]\s+(?=[^\W\d_a-z])")
_EDGES: Final = " \t;,.:*_"


def entries(lines: Iterable[str]) -> tuple[str, ...]:
    """Join wrapped lines to entries, without their dashes and closing signs."""
    found: list[list[str]] = []
    dashed = False
    for line in lines:
        for at, text in enumerate(_INNER_DASH.split(line)):
            item = next((mark for mark in marks_of(text) if mark.level >= Level.DASH), None)
            dashed = dashed or item is not None or at > 0
            if item or at > 0:
                found.append([item.rest if item else text])
            elif found and _goes_on(found[-1][-1], text, dashed=dashed):
                found[-1].append(text)
            else:
                found.append([text])
    whole = [joined(parts) for parts in found]
    if not dashed:
        whole = [piece for text in whole for piece in text.split(";")]
    return tuple(entry for entry in map(_bare, whole) if entry)


def _goes_on(before: str, text: str, *, dashed: bool) -> bool:
    if starts_small(text):
        return True
    if before.endswith((";", ".")):
        return False
    return dashed or not before.endswith(",")


def _bare(entry: str) -> str:
    return entry.strip(_EDGES).removesuffix("/").strip(_EDGES)
