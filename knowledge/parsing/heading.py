"""The pieces a heading is printed in: motto, number, date, kind, "V/v", "Kính gửi"."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from functools import cache
from typing import Final

from knowledge.document_kinds import document_kinds
from knowledge.parsing.layout import Line, columns, ended, in_capitals, without_calls
from vietnamese.text import comparable

MOST_FRONT_LINES: Final = 60
MOST_ABOVE: Final = 400
"""Lines of menus and the like within which a letterhead must begin."""

LONGEST_NUMBER_LINE: Final = 60
LONGEST_HEADING_LINE: Final = 300
"""Characters; nothing is cut out of a longer line."""

LONGEST_DATE_LINE: Final = 70

_MOTTO: Final = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
    r"(?i:Độc\s+lập\s*[-–—]?\s*Tự\s+do\s*[-–—]?\s*Hạnh\s+phúc)"
)
"""Within a line only in its capitals: sentences name the Party too."""

_WHOLE_MOTTO: Final = re.compile(_MOTTO.pattern, re.IGNORECASE)
_RULED: Final = re.compile(r"\s*(?:-{3,}|_{3,}|\*{3,}|={3,}|—{2,})\s*")
_BLANK: Final = r"[.…_ ]{0,12}"
_DATE: Final = re.compile(
    rf"ngày (?P<d>\d{{1,2}}|{_BLANK}) ?"
    rf"(?:tháng (?P<m>\d{{1,2}}|{_BLANK}) ?năm ?|/ ?(?P<n>\d{{1,2}}) ?/ ?)"
    rf"(?P<y>\d{{4}}|\d{{0,3}}{_BLANK})[.,]?$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"[(]?(?:(?:Luật|Nghị quyết|Quyết định|Nghị định|Thông tư|Chỉ thị) (?=số\s?:))?"
    r"Số\s?[:.]?\s?(?P<rest>.*)$",
    re.IGNORECASE,
)
_NUMBER_WITHIN: Final = re.compile(r"(?<=[A-ZĐÀ-Ỹ*]) (?=Số\s?[:.]?\s?\d{1,6})")
_PLACE: Final = re.compile(r"[^\W\d_][^,;:!?\d]{0,40},\s*$")
"""Before the date of a heading: "Lâm Hà, "."""
_VALUE: Final = re.compile(
    r"(?P<ordinal>\d{1,6}[a-z]?(?: ?/ ?\d{4})?) ?(?P<stroke>[-/–]) ?"
    r"(?P<symbol>[^\W\d_][\w&.]*(?: ?[-/–&] ?[^\W\d_][\w&.]*)*)"
)
_NO_VALUE: Final = re.compile(r"[\d.…_ ]*(?:[-/–][\w&./\- ]*)?$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_EMPTY_NUMBER: Final = re.compile(r"Số\s?:", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"(?:V/v|V/V|v/v|VV:|Vv:|Trích yếu:|TRÍCH YẾU:)")
_ADDRESS: Final = re.compile(r"[-–*_#\s]*Kính\s+gửi[*_]*\s*[:.]?[*_\s]*", re.IGNORECASE)
_STAMP: Final = re.compile(
    r"\(?(?:HỎA TỐC|HOẢ TỐC|KHẨN|THƯỢNG KHẨN|DỰ THẢO|BẢN SAO|SAO Y|SAO LỤC)", re.IGNORECASE
)
_HEADINGS: Final = ("luật", "bộ luật", "pháp lệnh", "thông tư")
_PLACE_TITLES: Final = ("TP.", "TP", "T.P", "T.P.")


class Piece(Enum):
    """What a piece of a heading is."""

    RULE = auto()
    MOTTO = auto()
    NUMBER = auto()
    DATE = auto()
    KIND = auto()
    SUBJECT = auto()
    """ "V/v …", which stands for a title under the number of a công văn."""
    ADDRESS = auto()
    STAMP = auto()
    CAPITALS = auto()
    OTHER = auto()


SURE: Final = frozenset(
    {Piece.MOTTO, Piece.NUMBER, Piece.DATE, Piece.KIND, Piece.SUBJECT, Piece.ADDRESS}
)
"""Pieces that stand in a heading and hardly in a body."""


def healed(lines: Sequence[Line]) -> list[Line]:
    """Join the lines over which the cell of a heading's table broke a motto or a date."""
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if at < MOST_ABOVE and at < len(lines):
            both = f"{line.text} {lines[at].text}"
            if len(both) < LONGEST_HEADING_LINE and _is_torn(line.text, lines[at].text, both):
                line = line.with_text(both)
                at += 1
        whole.append(line)
    return whole


def _is_torn(above: str, below: str, both: str) -> bool:
    if _EMPTY_NUMBER.fullmatch(above):
        return _is_number(both) and _VALUE.match(below) is not None
    if _YEAR.fullmatch(below) and _is_date(above):
        return date_of(above) is None and date_of(both) is not None
    known = (Piece.MOTTO, Piece.DATE)
    return piece_of(both) in known and piece_of(above) not in known and piece_of(below) not in known


def pieces_of(line: Line) -> Iterator[tuple[Piece, str]]:
    """Yield what a line of the heading holds, its columns taken apart, flattened or not."""
    for cell in columns(line):
        bare = without_calls(cell)
        for text in _cut(bare) if len(bare) <= LONGEST_HEADING_LINE else [bare]:
            yield piece_of(text), text


def _cut(cell: str) -> Iterator[str]:
    """Part what one blank parts where two columns ran together."""
    parts = [part.strip() for part in _RULED.split(cell)]
    if len(parts) > 1 and any(parts):
        for part in parts:
            yield from _cut(part)
        return
    motto = _MOTTO.search(cell)
    if motto:
        yield from _cut(cell[: motto.start()].strip())
        yield motto.group()
        yield from _cut(cell[motto.end() :].strip())
        return
    number = _NUMBER_WITHIN.search(cell)
    if number and in_capitals(cell[: number.start()]) and _is_number(cell[number.end() :]):
        yield from (cell[: number.start()].strip(), cell[number.end() :].strip())
        return
    yield from _date_apart(cell)


def _date_apart(cell: str) -> Iterator[str]:
    """Part a date with its place from what stands left of it, if that is of a heading too."""
    date = _DATE.search(cell) if len(cell) < LONGEST_DATE_LINE * 2 else None
    if date:
        before = cell[: date.start()].rstrip(" ,")
        placed = cell[: date.start()].rstrip().endswith(",")
        start = _place_start(before) if placed else date.start()
        left = cell[:start].strip()
        if not left or in_capitals(left) or _is_number(left):
            yield from filter(None, (left, cell[start:].strip()))
            return
    if cell:
        yield cell


def _place_start(text: str) -> int:
    """Return where the words of a place begin at the end of `text`."""
    words = text.split(" ")
    kept = 0
    for word in reversed(words):
        named = word[:1].isupper() and (word[1:].islower() or word in _PLACE_TITLES)
        if not named or kept == 5:
            break
        kept += 1
    return len(text) - len(" ".join(words[len(words) - kept :])) if kept else len(text)


def piece_of(text: str) -> Piece:
    """Say what one piece of a heading is by its own words."""
    if not any(char.isalnum() for char in text):
        return Piece.RULE
    for piece, fits in _TESTS:
        if fits(text):
            return piece
    return Piece.CAPITALS if in_capitals(text) else Piece.OTHER


def _is_number(text: str) -> bool:
    found = _NUMBER.match(text)
    if not found or len(text) > LONGEST_NUMBER_LINE:
        return False
    rest = found["rest"].strip(" )*_")
    return _VALUE.fullmatch(rest) is not None or _NO_VALUE.fullmatch(rest) is not None


def number_of(text: str) -> str | None:
    """Return the number that a line states, as printed; None where it was left blank."""
    found = _VALUE.search(text)
    return found.group().replace(" ", "") if found else None


def date_of(text: str) -> datetime.date | None:
    """Return the date that a line states; None where a part was left blank or is no date."""
    found = _DATE.search(text)
    if not found:
        return None
    parts = [found["y"], found["m"] or found["n"] or "", found["d"]]
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return None
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def place_of(text: str) -> str | None:
    """Return the place before the date, as printed."""
    found = _DATE.search(text)
    return text[: found.start()].strip(" ,*_") or None if found else None


def address_start(text: str) -> int:
    """Return where the words after "Kính gửi:" begin."""
    found = _ADDRESS.match(text)
    return found.end() if found else 0


@cache
def _kinds() -> tuple[str, ...]:
    names = {kind.name for kind in document_kinds()} | set(_HEADINGS)
    return tuple(sorted(names, key=len, reverse=True))


def kind_of(text: str) -> tuple[str, str] | None:
    """Return the kind of document that a line in capitals names, and the words after it."""
    bare = text.strip("*_# ")
    if not in_capitals(bare) or bare.endswith((":", ";", ",")):
        return None
    plain = comparable(bare)
    for name in _kinds():
        if plain == name:
            return name, ""
        if plain.startswith((f"{name} của ", f"{name} số", f"{name} liên ")):
            return name, bare[len(name) :].strip()
    return None


def titled_kind(text: str) -> tuple[str, str] | None:
    """Return the kind that opens a line in capitals, and the title that follows it there."""
    bare = text.strip("*_# ")
    if not in_capitals(bare) or ended(bare):
        return None
    plain = comparable(bare)
    name = next((name for name in _kinds() if plain.startswith(f"{name} ")), None)
    return (name, bare[len(name) :].strip()) if name and name not in _HEADINGS else None


def _is_date(text: str) -> bool:
    """Tell whether `text` is a date after its place, not a sentence that ends with a day."""
    date = _DATE.search(text) if len(text) < LONGEST_DATE_LINE else None
    if date is None:
        return False
    before = text[: date.start()].strip("*_( ")
    return not before or _PLACE.match(f"{before} ") is not None


_TESTS: Final[tuple[tuple[Piece, Callable[[str], object]], ...]] = (
    (Piece.MOTTO, _WHOLE_MOTTO.fullmatch),
    (Piece.ADDRESS, _ADDRESS.match),
    (Piece.SUBJECT, _SUBJECT.match),
    (Piece.NUMBER, _is_number),
    (Piece.DATE, _is_date),
    (Piece.STAMP, _STAMP.match),
    (Piece.KIND, kind_of),
)
