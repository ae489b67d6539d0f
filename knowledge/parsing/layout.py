"""Lines of an office text: where they stand, which are full, and how two of them join."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vietnamese.text import nfc

CALLS: Final = "\udc00-\udfff"
"""Where a note is called, its order in the text stands as one of these code points while the text
is taken apart. They are lone surrogates: no text that was read from a file can hold one."""

FIRST_CALL: Final = 0xDC00
MOST_CALLS: Final = 0x400

LONGEST_PRINTED_LINE: Final = 160
"""Characters; an A4 line holds about 80 in the body and 120 in a footnote."""

WRAPPED_SHARE: Final = 0.15
"""Of the lines: how many must go on in mid-sentence before all are taken for wrapped. Measured on
five real files: .45 and more where lines are wrapped, .02 and less where they are not."""

FULL_SHARE: Final = 0.85
"""Of the usual width: proportional letters make full lines differ by about a tenth."""

FIRST_LINE: Final = 3
"""Blanks by which the first line of a paragraph stands further in."""

_CALL: Final = re.compile(f"[{CALLS}]")
_ENDED: Final = re.compile(rf"[.;:!?…][”\"’'»)\]*_{CALLS}]*$")
_STOPPED: Final = re.compile(rf"(?:[.!?…]|/\.)[”\"’'»)\]*_{CALLS}]*$")
_OPEN_HYPHEN: Final = re.compile(r"\w-$")
_GOES_ON: Final = re.compile(rf"[{CALLS}]*[,.;:)\]”’»%/!?…]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_LEFT_BLANK: Final = re.compile(
    r"(?<=ngày)\s+(?=tháng)|(?<=tháng)\s+(?=năm)|(?<=năm)\s+(?=\d)|"
    r"(?<=số:)\s+(?=[-/])|(?<=số)\s+(?=[-/])",
    re.IGNORECASE,
)
"""A day, month or number to be filled in by hand: its blanks part no columns."""

_WIDE_GAP: Final = re.compile(r"\t+|\s{3,}|\s*\|\s*")
_REFERS: Final = re.compile(
    r"(?:,|[(“\-–]|(?<!\w)(?:và|của|các|những|tại|theo|với|hoặc|là|do|từ|số|khoản|điểm|điều|mục))$",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"(?:19|20)\d\d(?!\d)|\d+ ?[-/–%]|[-–] (?=[^\W\d_])")
_UNFINISHED: Final = re.compile(
    r"(?:,|[(“\-–]|(?<!\w)(?:và|của|các|những|về|tại|theo|cho|với|trong|hoặc|là|do|từ|đến|để|được|"
    r"có|không|số|ngày|tháng|năm|khoản|điểm|điều|mục|quý|cấp|giữa|bằng|trên|dưới|ở))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    """White space run together, ends trimmed."""
    raw: str
    indent: int
    """Characters of white space before the text."""
    gap: int
    """Blank lines above."""
    page: bool
    """Whether a new page seems to start here: a form feed, or one blank and no gap."""

    @property
    def tabular(self) -> bool:
        """Whether it is a row of a table with three cells or more."""
        return self.raw.count("\t") > 1

    def with_text(self, text: str) -> "Line":
        """Return the same line with other words."""
        return Line(text, text, self.indent, self.gap, self.page)


def lines_of(text: str) -> list[Line]:
    """Split `text` into its lines that are not blank. Lone surrogates become U+FFFD."""
    clean = _CALL.sub("\ufffd", nfc(text)).replace("\ufeff", "")
    lines: list[Line] = []
    gap = 0
    page = False
    for raw in _LINE_END.split(clean):
        pieces = raw.split("\f")
        for at, piece in enumerate(pieces):
            page = page or at > 0
            words = " ".join(piece.split())
            if not words:
                gap += at == len(pieces) - 1
                continue
            indent = len(piece) - len(piece.lstrip())
            opens = page or (indent == 1 and gap == 0 and bool(lines))
            lines.append(Line(words, piece, indent, gap, opens))
            gap, page = 0, False
    return lines


def columns(line: Line) -> list[str]:
    """Split a line where a table or two columns were flattened: tabs, bars, three blanks."""
    raw = _LEFT_BLANK.sub(" ", line.raw.strip())
    found = (" ".join(piece.split()) for piece in _WIDE_GAP.split(raw))
    return [piece for piece in found if piece]


def ended(text: str) -> bool:
    """Tell whether `text` closes with a mark that can stand before a new unit."""
    return _ENDED.search(text[-12:]) is not None


def stopped(text: str) -> bool:
    """Tell whether `text` closes a sentence."""
    return _STOPPED.search(text[-12:]) is not None


def unfinished(text: str) -> bool:
    """Tell whether `text` breaks off at a word or sign that needs another after it."""
    return _UNFINISHED.search(text[-12:]) is not None


def refers(text: str) -> bool:
    """Tell whether `text` breaks off where only its own sentence can go on: "tại khoản"."""
    return _REFERS.search(text[-12:]) is not None


def starts_small(text: str) -> bool:
    """Tell whether `text` opens inside a sentence: a small letter or a closing sign."""
    bare = text.lstrip("“\"'‘(*_[")
    return bare[:1].islower() or _GOES_ON.match(text) is not None


def in_capitals(text: str) -> bool:
    """Tell whether `text` has letters and none of them is small."""
    return text.upper() == text and text.lower() != text


def without_calls(text: str) -> str:
    """Take the places of notes out of `text`."""
    return _CALL.sub("", text)


def joined(parts: Sequence[str]) -> str:
    """Join the lines of one paragraph; a hyphen broken by the line end closes up."""
    text = parts[0] if parts else ""
    whole = [text]
    for before, part in pairwise(parts):
        broken = _OPEN_HYPHEN.search(before[-2:]) and (part[:1].isalnum() or part[:1] == "_")
        whole.append(part if broken else f" {part}")
    return "".join(whole)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text was set: whether its lines are wrapped, and at which width in characters."""

    wrapped: bool
    width: float
    margin: int = 0
    """Blanks before a line that goes on; a paragraph's first line may stand further in."""

    def full(self, before: str, after: str) -> bool:
        """Tell whether `before` ended because the first word of `after` had no room."""
        first = after.split(" ", 1)[0]
        return self.wrapped and len(before) + 1 + len(first) >= FULL_SHARE * self.width

    def goes_on(self, before: Line, line: Line) -> bool:
        """Tell whether `line`, which opens no unit, belongs to the paragraph of `before`."""
        last, text = before.text, line.text
        if _OPEN_HYPHEN.search(last[-2:]) and (text[:1].isalnum() or text[:1] == "_"):
            return True
        if starts_small(text):
            return self.wrapped or not ended(last) or _GOES_ON.match(text) is not None
        if not ended(last) and (refers(last) or self._is_figure(text)):
            return True
        if not self.wrapped:
            return False
        indented = line.indent >= self.margin + FIRST_LINE
        if ended(last):
            return stopped(last) and self.full(last, text) and not indented
        both_capitals = in_capitals(last) and in_capitals(text)
        return unfinished(last) or both_capitals or (self.full(last, text) and not indented)

    def _is_figure(self, text: str) -> bool:
        """Tell whether `text` opens with a year, a share, or the dash of a compound."""
        found = _FIGURE.match(text)
        return found is not None and (text[:1].isdecimal() or starts_small(text[found.end() :]))


def setting_of(lines: Sequence[Line], *, printed: bool = False) -> Setting:
    """Judge from the lines themselves how the text was set; `printed` says that pages broke it."""
    if not lines:
        return Setting(wrapped=False, width=LONGEST_PRINTED_LINE)
    lines = [line for line in lines if not line.tabular] or lines
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.8)]
    going_on = [
        line.indent
        for before, line in pairwise(lines)
        if line.text[:1].islower() and not ended(before.text)
    ]
    wrapped = len(going_on) >= WRAPPED_SHARE * len(lines) and width <= LONGEST_PRINTED_LINE
    if printed and not wrapped:
        wrapped, width = True, max(width, lengths[int(len(lengths) * 0.95)])
    margin = sorted(going_on)[len(going_on) // 4] if going_on else 0
    return Setting(wrapped=wrapped, width=width, margin=margin)
