"""Recognise the letters of scanned pages by Tesseract: a machine's reading, and marked as such."""

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from knowledge.pages.columns import in_order
from knowledge.pages.signs import Row, Sign
from knowledge.reading.limits import PAGE_SECONDS, PROGRAM_MEMORY_BYTES, SCANNED_PAGES
from knowledge.reading.programs import TESSERACT, installed, run
from knowledge.refusals import BrokenFile, TooSlow

_WORKER: Final = Path(__file__).with_name("picture_worker.py")
POINTS: Final = 72
DOTS: Final = 300
"""An inch; what Tesseract was trained on."""

_COMMAND: Final = (TESSERACT, "stdin", "stdout", "-l", "vie", "--psm", "4", "tsv")
_WORD: Final = "5"
"""Level of a word in Tesseract's table (the others are page, block, paragraph, line)."""

_FIELDS: Final = 12


def readable(pages: int) -> bool:
    """Tell whether so many scanned pages can be recognised on this machine."""
    return pages <= SCANNED_PAGES and installed(TESSERACT)


def recognised(file: str, data: bytes, pages: Iterable[int]) -> dict[int, str]:
    """Return the text of each of the `pages` (from 1) of a PDF. Raises BrokenFile, TooSlow."""
    return {
        page: lines_of_table(run(file, _COMMAND, _drawn(file, data, page), PAGE_SECONDS))
        for page in pages
    }


def _drawn(file: str, data: bytes, page: int) -> bytes:
    """Let the worker draw a page; one that crashes or runs out of memory gives a refusal."""
    limits = map(str, (page, DOTS, PROGRAM_MEMORY_BYTES, PAGE_SECONDS))
    try:
        worker = subprocess.run(  # noqa: S603 - our own interpreter and file; the PDF is data
            [sys.executable, "-I", str(_WORKER), *limits],
            input=data,
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=True,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(file=file, seconds=PAGE_SECONDS) from None
    except subprocess.CalledProcessError:
        raise BrokenFile(file=file) from None
    return worker.stdout


def lines_of_table(table: bytes) -> str:
    """Return the lines that Tesseract found, in the order in which they are read."""
    fields = (line.split("\t") for line in table.decode("utf-8", "replace").split("\n"))
    words = [row for row in fields if len(row) == _FIELDS and row[0] == _WORD and _means(row)]
    rows: list[Row] = []
    for _, line in groupby(words, key=lambda row: row[1:5]):
        _beside(rows, [_sign(row) for row in line])
    rows.sort(key=lambda row: -row.top - row.low)
    return "\n".join(line.text for line in in_order(rows))


def _means(row: list[str]) -> bool:
    """Tell whether a word is one; a rule or a stain comes as signs."""
    word = row[11].strip()
    if any(letter.isalnum() for letter in word):
        return True
    return word in _SIGNS and float(row[10]) >= SURE


_SIGNS: Final = frozenset('-–+*•/:;.,()“”"%')
SURE: Final = 50.0
"""Of 100: how sure Tesseract must be of a sign that stands alone."""


def _sign(row: list[str]) -> Sign:
    """Return a word as one sign; heights count from the foot of the page, in points."""
    left, top, width, height = (int(field) * POINTS / DOTS for field in row[6:10])
    return Sign(row[11].strip(), left, left + width, -top - height, -top, -top - height)


def _beside(rows: list[Row], signs: Sequence[Sign]) -> None:
    """Put a line on the row that stands on its height, if its place there is free."""
    tallest = max(signs, key=lambda sign: sign.height)
    left, right = signs[0].left, signs[-1].right
    row = next(
        (
            row
            for row in rows
            if row.holds(tallest)
            and all(sign.right < left or sign.left > right for sign in row.signs)
        ),
        None,
    )
    if row is None:
        row = Row()
        rows.append(row)
    for sign in signs:
        row.add(sign)


_ROMAN: Final = re.compile(r"(?P<mark>[IlL1|VX]{1,5})[.,]\s*(?=\S)")
_ROMANS: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def with_sections_in_order(text: str) -> str:
    """Return `text` with the Roman numbers of its headings put right by their sequence.

    One misread stroke ("II" for "III") would hang all that follows under another section. Only a
    heading in capitals whose number is a stroke or two away from the one expected is mended.
    """
    lines = text.split("\n")
    expected = 1
    for at, line in enumerate(lines):
        found = _ROMAN.match(line)
        if found is None or expected >= len(_ROMANS) or not line[found.end() :].isupper():
            continue
        mark = found["mark"].upper().replace("L", "I").replace("1", "I").replace("|", "I")
        if mark == "I" and expected > _NEAR + 1:
            expected = 1  # another list begins
        right = _ROMANS[expected]
        if mark != right and abs(len(mark) - len(right)) <= _NEAR and mark in _ROMANS:
            mark = right
        if mark in _ROMANS:
            lines[at] = f"{mark}. {line[found.end() :]}"
            expected = _ROMANS.index(mark) + 1
    return "\n".join(lines)


_NEAR: Final = 2
"""Strokes that may be lost or added."""
