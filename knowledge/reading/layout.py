"""One form for characters and line ends, whatever file they come from."""

import re
from typing import Final

from vietnamese.text import nfc

_LINE_END: Final = re.compile("\r\n|[\r\v\u0085\u2028\u2029]")
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, soft hyphens, marks without width, and code points that are no characters.

U+FFFD stays: it says that the file lost a character there.
"""
_BULLETS: Final = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-"}
)
"""Places of the Symbol and Wingdings fonts, as Word and PDF writers use them."""

_HEAPED: Final = re.compile(
    r"([^\u0000-\u02ff\u1e00-\u2fff\w\s]{32})[^\u0000-\u02ff\u1e00-\u2fff\w\s]+"
)
"""Longer heaps of combining marks than any language has; composing them takes quadratic time."""

SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""For figures that a file shows raised, as footnote calls are."""


def settle(text: str) -> str:
    """Return `text` in NFC, with line feeds only, without characters that no reader sees."""
    text = _LINE_END.sub("\n", text).translate(_BULLETS)
    return nfc(_HEAPED.sub(r"\1", _DROPPED.sub("", text)))
