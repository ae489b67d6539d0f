"""Tables that admins send, .xlsx or .csv, as rows of plain text; hostile files are refused.

Offices put a title above a table, totals and signatures below it, and hide what is old. Such lines
are no rows; they are named, so that nothing is left out unseen.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from services.sheets.cells import MOST_COLUMNS, MOST_ROWS, MOST_SCANNED, Cell, Leaf, Line, cell_of
from services.sheets.refusals import (
    SheetEmpty,
    SheetHeaderTwice,
    SheetHeaderWrong,
    SheetKindUnknown,
    SheetTooLarge,
    SheetTooLong,
    SheetUnreadable,
)
from services.sheets.workbook import read_workbook
from vietnamese.text import fold

MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of a file: a roster of 2,000 people has about 150 KB."""

HEADER_WITHIN: Final = 30
"""Lines, blank ones aside, among which the header stands."""

_FORMULA: Final = re.compile(r"[=+@]")
_SEPARATORS: Final = ";,\t|"
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)
"""What Excel writes first into a CSV file to tell its separator."""

_TOTAL: Final = re.compile(r"(?:tong(?: so| cong)?|cong)(?:\s*[:.(]|\s+[0-9]|\s+cong|$|\s+cua)")
_SIGNED: Final = re.compile(
    r"(?:(?:nguoi|can bo) (?:lap|ky|tong hop)|thu truong|(?:[tk]/?m|tl|kt|tuq)\.\s|noi nhan|ky ten"
    r"|\(?(?:da )?ky|xac nhan|nguoi lap|.{0,40}, ngay\s.{0,12}thang|ngay\s.{0,12}thang"
    r"|ghi chu|luu y|chu tich$|truong phong$|giam doc$|bi thu$)"
)
"""How the lines below a table begin, folded: totals, and whoever drew it up and signs for it."""

_NUMBER: Final = re.compile(r"(?:[0-9]+|[IVX]+|[A-Za-z])[.)]?")
"""What numbers the parts of a table, in a cell of its own."""
_NUMBER_BEFORE: Final = re.compile(r"^(?:[0-9]+|[IVX]+|[A-Z])[.)/]\s*(?=\S)")

_NUMBERING: Final = frozenset(["stt", "tt", "so tt", "so thu tu", "no", "ghi chu", "#"])
"""Titles of columns that every table has and nobody misses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its key, the titles it may have (the first is the template's)."""

    key: str
    titles: tuple[str, ...]
    required: bool = True
    parts: tuple[str, ...] = ()
    """Titles of columns that stand before it and hold the beginning of its text."""
    grouped: bool = False
    """A line by itself above a group of rows may say it for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its number as the program that made the file shows it, and its cells by key."""

    number: int
    cells: Mapping[str, str]
    formulas: frozenset[str] = frozenset()
    """Columns whose cell holds a formula: what it comes to is not known here."""
    errors: frozenset[str] = frozenset()
    """Columns whose cell holds no value but an error, as `#N/A`."""
    alone: str = ""
    """What its line says, numbering aside, where that is one thing by itself."""
    under: str = ""
    """What the last such line above it said."""
    under_row: int = 0
    """The number of that line."""


class AsideKind(StrEnum):
    """What of a file is no row of its table."""

    SHEET = "sheet"
    """A sheet that is hidden, or another one beside the one that is read."""
    HIDDEN = "hidden"
    """A row that is hidden."""
    LINE = "line"
    """A total, a signature or a remark below the table."""
    COLUMN = "column"
    """A column with a title that means nothing here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Something that was not taken; `row` is its line, 0 for what has none."""

    kind: AsideKind
    said: str
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file, and what beside them was not taken."""

    rows: tuple[Row, ...]
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """Where the header stands, and the places of the cells that make up each column."""

    line: Line
    places: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]
    required: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """Titles of required columns that only lines by themselves can say."""


def read_sheet(content: bytes, name: str, columns: Sequence[Column]) -> Table:
    """Return the rows below the header, blank ones left out. Blocks: call it beside the loop.

    Raises SheetRefused.
    """
    if len(content) > MOST_BYTES:
        raise SheetTooLarge(limit=MOST_BYTES)
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        book = read_workbook(content)
        return _chosen(book.shown, book.hidden, columns)
    if ending == ".csv":
        return _table(Leaf(lines=tuple(_of_csv(content))), columns)
    raise SheetKindUnknown


def write_sheet(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx of these titles and rows; every cell is text, so none becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    for line in (titles, *rows):
        sheet.append(list(line))
    for place, row in enumerate(sheet.iter_rows()):
        for cell in row:
            cell.data_type = "s"
            cell.font = Font(bold=place == 0)
    for place in range(1, len(titles) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 28
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _chosen(leaves: Sequence[Leaf], hidden: Sequence[str], columns: Sequence[Column]) -> Table:
    """Read the first sheet that is shown and has the header; the others are named."""
    failed: SheetEmpty | SheetHeaderWrong | None = None
    for leaf in leaves:
        try:
            table = _table(leaf, columns)
        except (SheetEmpty, SheetHeaderWrong) as wrong:
            failed = failed or wrong
            continue
        others = [one.name for one in leaves if one is not leaf and not _blank(one)]
        aside = tuple(Aside(kind=AsideKind.SHEET, said=one) for one in (*others, *hidden))
        return replace(table, aside=(*aside, *table.aside))
    raise failed or SheetEmpty


def _blank(leaf: Leaf) -> bool:
    return all(line.blank for line in leaf.lines)


def _table(leaf: Leaf, columns: Sequence[Column]) -> Table:
    header = _header(leaf, columns)
    rows: list[Row] = []
    aside = [Aside(kind=AsideKind.COLUMN, said=title) for title in header.unknown]
    after_blank = signed = False
    under, under_row = "", 0
    for line in leaf.lines:
        if line.number <= header.line.number or line.blank:
            after_blank = after_blank or line.blank
            continue
        row = replace(_row(line, header), under=under, under_row=under_row)
        if row.alone:
            under, under_row = row.alone, row.number
        kind = _beside(line, row, header, lonely_is_below=signed or (after_blank and bool(rows)))
        after_blank = False
        if kind is None and row.cells != _titles(header):
            rows.append(row)
        elif kind is not None:
            signed = signed or _SIGNED.match(fold(_first(line))) is not None
            if _first(line):
                aside.append(Aside(kind=kind, said=_first(line), row=line.number))
        if len(rows) > MOST_ROWS:
            raise SheetTooLong(limit=MOST_ROWS)
    if not rows:
        raise SheetEmpty
    if header.missing and not any(one.under for one in rows):
        raise SheetHeaderWrong(missing=header.missing, row=header.line.number, found=header.unknown)
    return Table(rows=tuple(rows), aside=tuple(aside))


def _row(line: Line, header: _Header) -> Row:
    held = {
        key: [line.cells[at] if at < len(line.cells) else Cell() for at in places]
        for key, places in header.places.items()
    }
    blank = dict.fromkeys(header.required, "")
    return Row(
        number=line.number,
        alone=_alone(line),
        cells=blank
        | {key: " ".join(one.text for one in cells if one.text) for key, cells in held.items()},
        formulas=frozenset(key for key, cells in held.items() if any(one.formula for one in cells)),
        errors=frozenset(key for key, cells in held.items() if any(one.error for one in cells)),
    )


def _beside(line: Line, row: Row, header: _Header, *, lonely_is_below: bool) -> AsideKind | None:
    """Tell what a line is if it is no row: hidden, or standing around the table.

    A line that has all its required cells is a row, whatever it says.
    """
    if line.hidden:
        return AsideKind.HIDDEN
    if all(row.cells[key] for key in header.required):
        return None
    said = fold(_first(line))
    lonely = sum(bool(cell.text) for cell in line.cells) <= 2
    below = _TOTAL.match(said) or _SIGNED.match(said) or (lonely and lonely_is_below)
    numbered_only = not any(row.cells.values()) and all(
        not cell.text or cell.text.isdigit() for cell in line.cells
    )
    return AsideKind.LINE if below or numbered_only else None


def _alone(line: Line) -> str:
    """Return what a line says by itself, its numbering aside; "" where it says several things."""
    said = [_NUMBER_BEFORE.sub("", one.text) for one in line.cells if one.text]
    said = [one for one in said if not _NUMBER.fullmatch(one)]
    return said[0].strip(" :") if len(said) == 1 else ""


def _first(line: Line) -> str:
    """Return what a line says first, its number in the table aside."""
    return next((one.text for one in line.cells if one.text and not one.text.isdigit()), "")


def _titles(header: _Header) -> Mapping[str, str]:
    """Return the header as a row: a second line of a merged header, or the next page's."""
    return _row(header.line, header).cells


def _header(leaf: Leaf, columns: Sequence[Column]) -> _Header:
    """Return the first line that names all required columns; raises SheetHeaderWrong, SheetEmpty.

    Where there is none, the line that names the most is judged.
    """
    filled = [line for line in leaf.lines if not line.blank and not line.hidden]
    if not filled:
        raise SheetEmpty
    required = {one.key: one.titles[0] for one in columns if one.required}
    line, places = filled[0], dict[str, tuple[int, ...]]()
    for each in filled[:HEADER_WITHIN]:
        held = _places(each, leaf, columns)
        if len(held) > len(places):
            line, places = each, held
        if required.keys() <= held.keys():
            break
    missing = tuple(title for key, title in required.items() if key not in places)
    said_alone = {one.titles[0] for one in columns if one.grouped}
    unknown = _unknown(line, places) if places else ()
    if not places or not said_alone.issuperset(missing):
        raise SheetHeaderWrong(missing=missing, row=line.number if places else 0, found=unknown)
    return _Header(
        line=line, places=places, unknown=unknown, required=tuple(required), missing=missing
    )


def _places(line: Line, leaf: Leaf, columns: Sequence[Column]) -> dict[str, tuple[int, ...]]:
    """Return where each column stands; raises SheetHeaderTwice where two lines up as one."""
    whole = {plain_title(title): one for one in columns for title in one.titles}
    begun = {plain_title(title): one for one in columns for title in one.parts}
    places: dict[str, tuple[int, ...]] = {}
    parts: dict[str, tuple[int, ...]] = {}
    for at in range(len(line.cells)):
        title = plain_title(line.text(at))
        if title in begun:
            key = begun[title].key
            parts[key] = (*parts.get(key, ()), at)
        elif title in whole:
            key = whole[title].key
            if key in places:
                raise SheetHeaderTwice(column=whole[title].titles[0], row=line.number)
            covered = range(at + 1, at + leaf.widths.get((line.number, at), 1))
            places[key] = (at, *(one for one in covered if not line.text(one)))
    return {
        key: tuple(dict.fromkeys(sorted((*parts.get(key, ()), *held))))
        for key, held in places.items()
    }


def _unknown(line: Line, places: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    """Return the titles of columns that are not used, the numbering aside."""
    used = {at for held in places.values() for at in held}
    return tuple(
        cell.text
        for at, cell in enumerate(line.cells)
        if at not in used and cell.text and plain_title(cell.text) not in _NUMBERING
    )


def plain_title(title: str) -> str:
    """Return a column's title as titles are compared: folded, remarks in brackets left out."""
    return " ".join(re.sub(r"\([^)]*\)|[*:.,]", " ", fold(title)).split())


def _of_csv(content: bytes) -> Iterator[Line]:
    """Give the lines of a CSV file: UTF-8, UTF-16 with its mark, or Windows-1258."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    told, shift = _SEPARATOR_LINE.match(first.strip('"\r ')), 0
    if told is not None:
        text, shift = rest, 1
    head = next((line for line in text.splitlines() if line.strip(" ;,\t|")), "")
    separator = told[1] if told is not None else max(_SEPARATORS, key=head.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, line in enumerate(read, 1 + shift):
            if number > MOST_SCANNED:
                raise SheetTooLong(limit=MOST_ROWS)
            cells = [cell_of(value, formula=_is_formula(value)) for value in line[:MOST_COLUMNS]]
            yield Line(number=number, cells=cells)
    except (csv.Error, TypeError, ValueError):
        raise SheetUnreadable from None


def _decoded(content: bytes) -> str:
    marked = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for encoding in (marked, "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise SheetUnreadable


def _is_formula(value: str) -> bool:
    return _FORMULA.match(value.strip()) is not None
