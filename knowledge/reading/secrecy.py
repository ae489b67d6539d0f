"""The gate for State secrets: find the stamp of secrecy a document bears.

The stamp is MẬT, TỐI MẬT or TUYỆT MẬT on a line or in a cell of its own near the head of the
document, in a page header or in a text box; "bí mật", "bảo mật", "mật độ" in sentences are none.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from vietnamese.text import fold, has_diacritics

HEAD_LINES: Final = 40
"""Lines with text in which a stamp counts; a heading with its addressees takes about twenty."""

PAGE_LINES: Final = 4
"""Lines with text at the head of each further page in which a stamp counts."""

LONGEST: Final = 120
"""Characters of a line or cell in which a stamp is looked for, spaced letters included."""

_LEVELS: Final = {"mật": "MẬT", "tốimật": "TỐI MẬT", "tuyệtmật": "TUYỆT MẬT"}
_BARE_LEVELS: Final = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_CELLS: Final = re.compile(r"\t|\||\s{3,}")
_STAMP: Final = re.compile(
    r"(?P<label>(?:mứcđộ|cấpđộ|độ|dấuđộ|dấu|loại)mật|(?:tàiliệu|vănbản|côngvăn|hồsơ))?"
    r"(?P<level>(?:tuyệt|tối)?mật)(?:bảnsố|sốbản|số)?"
)
_NUMBERED: Final = re.compile(r"Số\b.{0,60}\d.{0,60}[\s(,–-](?P<level>(?:TUYỆT |TỐI )?MẬT)\)?")
_LETTER: Final = re.compile(r"[^\W\d_]")
_NUMBERED_ITEM: Final = re.compile(r"^\s*\w{1,3}[.)]\s")
_ENDS_SENTENCE: Final = re.compile(r"[.;:,]\s*$|^\s*[-+•*]\s")
_WORD_BEFORE: Final = re.compile(r"(?:\b(?:bí|bảo|cơ|độ|và|hoặc|giữ|lộ)|\bmật,)\s*$", re.IGNORECASE)
"""Ends a line or cell whose phrase the next one goes on: "bảo vệ bí / mật nhà nước"."""
_WORD_AFTER: Final = re.compile(
    r"\s*nhà\s+nước\b|(?:mã|khẩu|vụ|thiết|độ(?!\s+(?:mật|khẩn)))\b", re.IGNORECASE
)
"""Goes on such a phrase: "nhà nước" on the next line too, the others only in the next cell."""


def stamp(text: str, beside: str) -> str | None:
    """Return the level of secrecy stamped on a document, None if it bears no stamp.

    `text` (NFC) is its body, of which the heads of pages count; of `beside`, each line does.
    """
    lines = [*_heads(text), "", *filter(str.strip, beside.splitlines())]
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    found = {level for before, line, after in around if (level := _of_line(before, line, after))}
    if not has_diacritics("\n".join(lines)):
        found |= {level for line in lines for level in _bare(line)}
    return max(found, key=len, default=None)


def _heads(text: str) -> Iterator[str]:
    """Yield the first lines with text of the document, then of each further page."""
    for page, content in enumerate(text.split("\f")):
        written = filter(str.strip, content.split("\n"))
        yield from islice(written, PAGE_LINES if page else HEAD_LINES)


def _of_line(before: str, line: str, after: str) -> str | None:
    """Return the level stamped on a line or in one of its cells.

    Several levels on one line are the head of a table about secrecy.
    """
    below = f"\n{after}"
    whole = _of(before, line, below)
    cells = _CELLS.split(line.strip())
    around = zip([before, *cells], cells, [*cells[1:], below], strict=False)
    levels = {level for each in around if (level := _of(*each))}
    return whole or (levels.pop() if len(levels) == 1 else None)


def _of(before: str, text: str, after: str) -> str | None:
    """Return the level that `text` states as a stamp does, and not as part of a longer phrase."""
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered:
        return numbered["level"]
    letters = "".join(_LETTER.findall(text[:LONGEST]))
    found = _STAMP.fullmatch(letters.lower())
    if not found or _NUMBERED_ITEM.search(text):
        return None
    level = _LEVELS[found["level"]]
    if found["label"] and "mật" in found["label"]:
        return level
    titled = letters[0].isupper() and not _ENDS_SENTENCE.search(text) and not found["label"]
    goes_on = _WORD_BEFORE.search(before) or _WORD_AFTER.match(after)
    return level if (letters.isupper() or titled) and not goes_on else None


def _bare(line: str) -> Iterator[str]:
    """Yield the level stamped in a document that is typed without diacritics."""
    for cell in (line, *_CELLS.split(line)):
        letters = "".join(_LETTER.findall(cell))
        if letters.isupper() and fold(letters) in _BARE_LEVELS:
            yield _BARE_LEVELS[fold(letters)]
