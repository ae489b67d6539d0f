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


def _text(page: Any) -> str:
    """Return the text of a page: columns kept apart, raised figures as superscripts."""
    codes = [int(pdfium.FPDFText_GetUnicode(page, place)) for place in range(page.count_chars())]
    characters = [chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes]
    return "".join(_shown(page, characters, place) for place in range(len(characters)))


def _shown(page: Any, characters: list[str], place: int) -> str:
    character = characters[place]
    if character in _LINE_END_HYPHEN:
        return "-"
    if character == " " and _gap(page, place, len(characters)) > COLUMN_GAP:
        return "    "
    if character in _SUPERSCRIPTS and _raised(page, characters, place):
        return _SUPERSCRIPTS[character]
    return character


def _gap(page: Any, place: int, end: int) -> float:
    """Return the width of a blank between its neighbours, in heights of the one before."""
    if not 0 < place < end - 1:
        return 0.0
    before, after = _box(page, place - 1), _box(page, place + 1)
    return (after[0] - before[2]) / max(before[3] - before[1], 0.1)


def _raised(page: Any, characters: list[str], place: int) -> bool:
    """Compare a figure with the nearest character of its line that is no figure."""
    start, end = place, place
    while start >= 0 and place - start <= LONGEST_CALL and characters[start].isdigit():
        start -= 1
    while end < len(characters) and end - place <= LONGEST_CALL and characters[end].isdigit():
        end += 1
    beside = [
        at for at in (start, end) if 0 <= at < len(characters) and characters[at].isprintable()
    ]
    if not beside or end - start - 1 > LONGEST_CALL or characters[beside[0]] == " ":
        return False
    mine, its = _box(page, place), _box(page, beside[0])
    height = max(its[3] - its[1], 0.1)
    rise = _line(page, place) - _line(page, beside[0])
    return rise > RAISED * height and mine[3] - mine[1] < SMALLER * height


def _box(page: Any, place: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a character, as high as its font."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, place, box)
    return box.left, box.bottom, box.right, box.top


def _line(page: Any, place: int) -> float:
    """Return the height of the line that a character stands on."""
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, place, across, up)
    return up.value


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
