"""Tables that admins send, .xlsx or .csv, as rows of plain text; hostile files are refused."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from services.sheets.refusals import (
    SheetEmpty,
    SheetHeaderWrong,
    SheetKindUnknown,
    SheetTooLarge,
    SheetTooLong,
    SheetUnreadable,
)
from vietnamese.text import fold, nfc

MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of a file: a roster of 2,000 people has about 150 KB."""

MOST_UNPACKED: Final = 20 * 1024 * 1024
"""Bytes that an .xlsx may unpack to."""

MOST_ROWS: Final = 2000
"""Rows below the header: several provinces' worth of officers."""

MOST_SCANNED: Final = 5 * MOST_ROWS
"""Rows looked at, blank ones included: some programs save thousands of them."""

MOST_COLUMNS: Final = 30
"""Columns looked at."""

MOST_LETTERS: Final = 500
"""Characters of a cell that are kept; every column's own limit is lower."""

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
"""What the library raises for files that are damaged, protected, or something else altogether."""

_DTD: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
"""No part of a workbook declares a document type; only who means harm does."""

_FORMULA: Final = re.compile(r"[=+@]")
_SEPARATORS: Final = ";,\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its key, the titles it may have (the first is the template's)."""

    key: str
    titles: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its number as the program that made the file shows it, and its cells by key."""

    number: int
    cells: Mapping[str, str]
    formulas: frozenset[str] = frozenset()
    """Columns whose cell holds a formula: what it comes to is not known here."""


Cell = tuple[str, bool]
"""Text of a cell, and whether it is a formula."""


def read_sheet(content: bytes, name: str, columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the rows below the header, blank ones left out. Blocks: call it beside the loop.

    Raises SheetRefused.
    """
    if len(content) > MOST_BYTES:
        raise SheetTooLarge(limit=MOST_BYTES)
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        lines = _of_workbook(content)
    elif ending == ".csv":
        lines = _of_csv(content)
    else:
        raise SheetKindUnknown
    return _rows(lines, columns)


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


def _rows(lines: Iterator[list[Cell]], columns: Sequence[Column]) -> tuple[Row, ...]:
    places: Mapping[str, int] | None = None
    rows = []
    for number, line in enumerate(lines, 1):
        if number > MOST_SCANNED:
            raise SheetTooLong(limit=MOST_ROWS)
        if not any(text for text, _ in line):
            continue
        if places is None:
            places = _header([text for text, _ in line], columns)
            continue
        held = {key: line[at] if at < len(line) else ("", False) for key, at in places.items()}
        rows.append(
            Row(
                number=number,
                cells={key: text for key, (text, _) in held.items()},
                formulas=frozenset(key for key, (_, formula) in held.items() if formula),
            )
        )
        if len(rows) > MOST_ROWS:
            raise SheetTooLong(limit=MOST_ROWS)
    if not rows:
        raise SheetEmpty
    return tuple(rows)


def _header(titles: Sequence[str], columns: Sequence[Column]) -> Mapping[str, int]:
    """Return where each column stands; raises SheetHeaderWrong."""
    known = {_plain(title): one for one in columns for title in one.titles}
    places: dict[str, int] = {}
    for at, title in enumerate(titles):
        column = known.get(_plain(title))
        if column is not None and column.key in places:
            raise SheetHeaderWrong(missing=(column.titles[0],))
        if column is not None:
            places[column.key] = at
    missing = tuple(one.titles[0] for one in columns if one.required and one.key not in places)
    if missing:
        raise SheetHeaderWrong(missing=missing)
    return places


def _of_workbook(content: bytes) -> Iterator[list[Cell]]:
    """Give the lines of a workbook's first sheet."""
    from openpyxl import load_workbook

    try:
        _check_package(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_SCANNED + 1, max_col=MOST_COLUMNS):
            yield [_cell(cell.value, formula=cell.data_type == "f") for cell in row]
        book.close()
    except BROKEN:
        raise SheetUnreadable from None


def _check_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise SheetTooLarge(limit=MOST_UNPACKED)
        for part in parts:
            text = package.read(part)
            if any(mark in text for mark in _DTD):
                raise SheetUnreadable


def _of_csv(content: bytes) -> Iterator[list[Cell]]:
    """Give the lines of a CSV file: UTF-8, UTF-16 with its mark, or Windows-1258."""
    text = _decoded(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [_cell(value, formula=_is_formula(value)) for value in line[:MOST_COLUMNS]]
    except csv.Error:
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


def _cell(value: object, *, formula: bool) -> Cell:
    if value is None:
        return "", formula
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else str(value)
    line = " ".join(nfc(text).split())[:MOST_LETTERS]
    return "" if line in {"-", "–"} else line, formula


def _is_formula(value: str) -> bool:
    return _FORMULA.match(value.strip()) is not None


def _plain(title: str) -> str:
    return " ".join(fold(title).split())
