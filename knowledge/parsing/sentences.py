"""Sentences of a paragraph, and the parts of a sentence that semicolons make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_BREAK: Final = re.compile(
    r"(?P<stop>(?:[.!?…]+|\./\.?)[”\")]*(?=\s+[“\"(]*[A-ZÀ-ỸĐ0-9]|\s*$))|(?P<part>;)|(?P<open>[“(])|(?P<close>[”)])"
)
_SHORT: Final = re.compile(r"(?:(?<!\w)(?:TS|ThS|PGS|GS|TP|Tp|Tx|BS|KS|CN|đ/c|tr|v\.v|[A-ZĐ]))$")
"""Short forms whose full stop ends no sentence: "TP. Hồ Chí Minh"."""


_SHORT_REACH: Final = 8
"""Characters before a full stop in which a short form stands; more would take quadratic time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or what stands between semicolons; `opens` where a sentence begins."""

    start: int
    end: int
    opens: bool


def parts_of(text: str) -> Iterator[Part]:
    """Split a paragraph at sentence ends and semicolons outside quotes and brackets."""
    start, opens, depth = 0, True, 0
    for match in _BREAK.finditer(text):
        if match["open"] or match["close"]:
            depth = max(0, depth + (1 if match["open"] else -1))
            continue
        if match["part"] and depth:
            continue
        low = max(0, match.start() - _SHORT_REACH)
        if match["stop"] and _SHORT.search(text, low, match.start()):
            continue
        depth = 0
        yield from _part(text, start, match.end(), opens=opens)
        start, opens = match.end(), match["stop"] is not None
    yield from _part(text, start, len(text), opens=opens)


def _part(text: str, start: int, end: int, *, opens: bool) -> Iterator[Part]:
    words = text[start:end]
    if any(letter.isalpha() for letter in words):
        lead = len(words) - len(words.lstrip())
        yield Part(start + lead, start + len(words.rstrip()), opens)
