"""Take the text out of one PDF, as a process of its own: PDF from standard input, JSON to output.

Runs by its path, away from the rest of the product: a file that makes the library eat memory, run
on or crash ends this process and not the assistant. Arguments: the most characters to give, bytes
of memory, seconds of computing. Answers {"pages": [text, …], "scanned": [page, …], "notes": [text,
…]}, or {"refused": "password" | "broken" | "too much"}.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

FEW_LETTERS: Final = 200
"""Letters below which a page under a large picture is a scan: a digital signature writes about
150 over it, a page of running text has 1,500 and more."""

LARGE_PICTURE: Final = 0.5
"""Share of the page's area from which pictures are a scan of it; a seal or logo is below 0.1."""

PICTURES: Final = 500
"""Pictures of a page that are measured; some scanners cut a page into strips."""

NOTES: Final = 50
"""Annotations of a page that are read, for a stamp may be one."""

COLUMN_GAP: Final = 1.5
"""Gap in a line, in heights of its letters, that parts two columns; a blank is about 0.25."""

RAISED: Final = 0.15
"""Height above the line, in heights of the letter beside it, from which a figure is raised."""

SMALLER: Final = 0.9
"""Share of that letter's height below which a raised figure is a superscript."""

LONGEST_CALL: Final = 3
"""Figures in the call of a note."""

_SUPERSCRIPTS: Final = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_LINE_END_HYPHEN: Final = frozenset("\x02\ufffe")
"""What the library gives for a hyphen at the end of a line."""


def main() -> None:
    """Read the PDF on standard input and answer on standard output."""
    most, memory, seconds = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    json.dump(_answer(sys.stdin.buffer.read(), most), sys.stdout)


def _answer(data: bytes, most: int) -> dict[str, object]:
    texts: list[str] = []
    scanned: list[int] = []
    notes: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document, 1):
            texts.append(_text(page.get_textpage()))
            notes += _notes(page)
            if sum(map(len, texts)) > most:
                return {"refused": "too much"}
            if sum(map(str.isalpha, texts[-1])) < FEW_LETTERS and _pictured(page):
                scanned.append(number)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        return {"refused": "password" if locked else "broken"}
    return {"pages": texts, "scanned": scanned, "notes": notes}


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character where the page shows it, in points; its box is as high as its font."""

    character: str
    left: float
    right: float
    low: float
    high: float
    base: float
    """Height of the line it stands on."""

    @property
    def height(self) -> float:
        """Never zero."""
        return max(self.high - self.low, 0.1)


def _text(page: Any) -> str:
    """Return the text of a page: columns kept apart, raised figures as superscripts."""
    lines: list[list[_Sign]] = [[]]
    for place in range(page.count_chars()):
        sign = _sign(page, place)
        if sign.character == "\n":
            lines.append([])
        elif sign.character != "\r":
            lines[-1].append(sign)
    return "\n".join(_written(line) for line in _mended(lines))


def _sign(page: Any, place: int) -> _Sign:
    code = pdfium.FPDFText_GetUnicode(page, place)
    box, across, up = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(page, place, box)
    pdfium.FPDFText_GetCharOrigin(page, place, across, up)
    character = chr(code) if code <= sys.maxunicode else "\ufffd"
    return _Sign(character, box.left, box.right, box.bottom, box.top, up.value)


def _mended(lines: list[list[_Sign]]) -> Iterator[list[_Sign]]:
    """Join what stands on one line: the library ends the line after a raised figure."""
    open_line, *others = lines
    for line in others:
        if open_line and line and _goes_on(open_line[-1], line[0]):
            open_line += line
        else:
            yield open_line
            open_line = line
    yield open_line


def _goes_on(last: _Sign, first: _Sign) -> bool:
    """Tell whether `first` stands beside `last`, to its right."""
    shared = min(last.high, first.high) - max(last.low, first.low)
    return shared > min(last.height, first.height) / 2 and first.left > last.left


def _written(line: list[_Sign]) -> str:
    text = []
    for place, sign in enumerate(line):
        before = line[place - 1] if place else None
        if before and sign.left - before.right > COLUMN_GAP * sign.height:
            text.append("    ")
        if sign.character in _LINE_END_HYPHEN:
            text.append("-")
        elif sign.character in _SUPERSCRIPTS and _raised(line, place):
            text.append(_SUPERSCRIPTS[sign.character])
        else:
            text.append(sign.character)
    return "".join(text)


def _raised(line: list[_Sign], place: int) -> bool:
    """Compare a figure with what stands before the figures on its height, else after them."""
    sign = line[place]
    start, end = place, place + 1
    while start > 0 and place - start <= LONGEST_CALL and _beside(line[start - 1], sign):
        start -= 1
    while end < len(line) and end - place <= LONGEST_CALL and _beside(line[end], sign):
        end += 1
    if end - start > LONGEST_CALL:
        return False
    around = [line[at] for at in (start - 1, end) if 0 <= at < len(line)]
    rises = (sign.base - other.base > RAISED * other.height for other in around)
    smaller = (sign.height < SMALLER * other.height for other in around)
    return any(up and small for up, small in zip(rises, smaller, strict=True))


def _beside(other: _Sign, sign: _Sign) -> bool:
    return other.character in _SUPERSCRIPTS and abs(other.base - sign.base) < 0.5


def _pictured(page: Any) -> bool:
    """Tell whether pictures cover much of a page."""
    width, height = page.get_size()
    pictures = islice(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), PICTURES)
    covered = sum((right - left) * (top - low) for left, low, right, top in map(_bounds, pictures))
    return bool(covered >= LARGE_PICTURE * width * height)


def _bounds(picture: Any) -> tuple[float, float, float, float]:
    left, low, right, top = picture.get_bounds()
    return left, low, right, top


def _notes(page: Any) -> Iterator[str]:
    """Yield what the annotations of a page say."""
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        said = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFAnnot_GetStringValue(note, b"Contents", said, size)
        pdfium.FPDFPage_CloseAnnot(note)
        yield bytes(said).decode("utf-16-le", "replace").rstrip("\0")


if __name__ == "__main__":
    main()
