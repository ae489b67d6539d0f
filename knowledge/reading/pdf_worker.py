"""Take the text out of one PDF, as a process of its own: PDF from standard input, JSON to output.

Runs by its path, away from the rest of the product: a file that makes the library eat memory, run
on or crash ends this process and not the assistant. Arguments: the most characters to give, bytes
of memory, seconds of computing. Answers {"pages": [text, …], "scanned": [page, …], "notes": [text,
…], "furniture": [text, …]}, or {"refused": "password" | "broken" | "too much"}.
"""

import ctypes
import json
import math
import re
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.pages.columns import PageLine, in_order
from knowledge.pages.margins import marginal
from knowledge.pages.signs import Sign, rows_of
from knowledge.pages.tables import Box, cell_text, ruled_tables

FEW_LETTERS: Final = 200
"""Letters below which a page under a large picture is a scan: a digital signature writes about
150 over it, a page of running text has 1,500 and more."""

LARGE_PICTURE: Final = 0.5
"""Share of the page's area from which pictures are a scan of it; a seal or logo is below 0.1."""

PICTURES: Final = 500
"""Pictures of a page that are measured; some scanners cut a page into strips."""

SHAPES: Final = 5_000
"""Drawn shapes of a page that are looked at."""

NOTES: Final = 50
"""Annotations of a page that are read, for a stamp may be one."""

STAMP_WIDTH, STAMP_HEIGHT = 0.5, 0.2
"""Shares of a page: a frame no larger, with "ĐẾN" in it, is the stamp of who received the paper."""

LEVEL: Final = 0.1
"""Radians by which a letter may lean; a watermark lies across the page."""

_INCOMING: Final = re.compile(r"(?<!\w)ĐẾN(?!\w)")
_PATH: Final = pdfium.FPDF_PAGEOBJ_PATH


def main() -> None:
    """Read the PDF on standard input and answer on standard output."""
    most, memory, seconds = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    json.dump(_answer(sys.stdin.buffer.read(), most), sys.stdout)


def _answer(data: bytes, most: int) -> dict[str, object]:
    pages: list[list[PageLine]] = []
    heights: list[float] = []
    scanned: list[int] = []
    notes: list[str] = []
    furniture: list[str] = []
    given = 0
    try:
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document, 1):
            lines, beside = _read(page)
            pages.append(lines)
            furniture += beside
            heights.append(page.get_height())
            notes += _notes(page)
            given += sum(len(line.text) + 1 for line in lines)
            if given > most:
                return {"refused": "too much"}
            letters = sum(sum(map(str.isalpha, line.text)) for line in lines)
            if letters < FEW_LETTERS and _pictured(page):
                scanned.append(number)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        return {"refused": "password" if locked else "broken"}
    texts = []
    for lines, dropped in zip(pages, marginal(pages, heights), strict=True):
        furniture += [lines[at].text for at in sorted(dropped)]
        texts.append("\n".join(line.text for at, line in enumerate(lines) if at not in dropped))
    return {"pages": texts, "scanned": scanned, "notes": notes, "furniture": furniture}


def _read(page: Any) -> tuple[list[PageLine], list[str]]:
    """Return the lines of a page in reading order, and what was printed over it."""
    signs, across = _signs(page.get_textpage())
    shapes = [Box(*box) for box in map(_bounds, islice(page.get_objects([_PATH]), SHAPES))]
    furniture = ["".join(across)] if across else []
    for frame in shapes:
        if _is_frame(frame, page):
            held = [sign for sign in signs if frame.holds(sign)]
            said = cell_text(held)
            if _INCOMING.search(said):
                places = {row.base for row in held}
                held = [s for s in signs if s.base in places and s.left < frame.right + 60]
                furniture.append(cell_text(held))
                signs = [sign for sign in signs if sign not in held]
    tables = ruled_tables(shapes, signs)
    free = [sign for sign in signs if not any(table.box.holds(sign) for table in tables)]
    lines: list[PageLine] = []
    rows = rows_of(free)
    for table in sorted(tables, key=lambda one: -one.box.high):
        above = [row for row in rows if row.low >= table.box.high - 1]
        rows = rows[len(above) :]
        lines += in_order(above)
        lines += [PageLine("\t".join(cells), table.box.high, table.box.low) for cells in table.rows]
    return [*lines, *in_order(rows)], furniture


def _is_frame(box: Box, page: Any) -> bool:
    width, height = page.get_size()
    wide, tall = box.right - box.left, box.high - box.low
    return bool(20 < wide < STAMP_WIDTH * width and 10 < tall < STAMP_HEIGHT * height)


def _signs(text: Any) -> tuple[list[Sign], list[str]]:
    """Return the letters that stand upright, and those that lie across the page."""
    signs: list[Sign] = []
    across: list[str] = []
    spaced = False
    for place in range(text.count_chars()):
        sign = _sign(text, place, spaced=spaced)
        if sign.character.isspace():
            spaced = spaced or pdfium.FPDFText_IsGenerated(text, place) != 1
            continue
        if abs(math.sin(pdfium.FPDFText_GetCharAngle(text, place))) > LEVEL:
            across.append(f" {sign.character}" if spaced else sign.character)
        else:
            signs.append(sign)
        spaced = False
    if len(across) > len(signs):  # the page itself was turned: its letters are the text
        return [_sign(text, at, spaced=False) for at in range(text.count_chars())], []
    return signs, across


def _sign(page: Any, place: int, *, spaced: bool) -> Sign:
    code = pdfium.FPDFText_GetUnicode(page, place)
    box, along, up = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(page, place, box)
    pdfium.FPDFText_GetCharOrigin(page, place, along, up)
    character = chr(code) if code <= sys.maxunicode else "\ufffd"
    return Sign(character, box.left, box.right, box.bottom, box.top, up.value, place, spaced)


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
