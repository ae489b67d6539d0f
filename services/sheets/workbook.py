"""Workbooks (.xlsx) as offices make them: sheets, merged cells and rows that are not shown.

Values come from openpyxl's stream; what that leaves out (merged ranges, hidden rows) is read from
the sheets' own parts, also as a stream: a sheet with a million merged cells costs nothing.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from services.sheets.cells import (
    BROKEN,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SCANNED,
    Cell,
    Leaf,
    Line,
    cell_of,
)
from services.sheets.refusals import SheetTooLarge, SheetTooLong, SheetUnreadable

MOST_UNPACKED: Final = 20 * 1024 * 1024
"""Bytes that an .xlsx may unpack to."""

MOST_MERGED: Final = 5_000
"""Merged ranges looked at."""

MOST_SHEETS: Final = 20
"""Sheets looked at."""

_DTD: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
"""No part of a workbook declares a document type; only who means harm does."""

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK: Final = "xl/workbook.xml"
_BOOK_PARTS: Final = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The sheets that are shown, and the names of those that are not."""

    shown: tuple[Leaf, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the stream of values leaves out: rows that are not shown, cells that cover others."""

    hidden: set[int] = field(default_factory=set)
    above: dict[tuple[int, int], int] = field(default_factory=dict)
    """The line whose cell covers a cell further down, by line and place."""
    widths: dict[tuple[int, int], int] = field(default_factory=dict)


def read_workbook(content: bytes) -> Workbook:
    """Return the sheets of a workbook; raises SheetUnreadable, SheetTooLarge, SheetTooLong."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check(package)
            parts = dict(_parts(package))
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            shown, hidden = [], []
            for sheet in book.worksheets[:MOST_SHEETS]:
                if sheet.sheet_state != "visible":
                    hidden.append(sheet.title)
                    continue
                layout = _layout(package, parts[sheet.title])
                values = (
                    [
                        cell_of(
                            cell.value, formula=cell.data_type == "f", error=cell.data_type == "e"
                        )
                        for cell in row
                    ]
                    for row in sheet.iter_rows(max_row=MOST_SCANNED + 1, max_col=MOST_COLUMNS)
                )
                lines = tuple(_lines(values, layout))
                shown.append(Leaf(name=sheet.title, lines=lines, widths=layout.widths))
            book.close()
    except BROKEN:
        raise SheetUnreadable from None
    return Workbook(shown=tuple(shown), hidden=tuple(hidden))


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetTooLarge(limit=MOST_UNPACKED)
    for part in parts:
        text = package.read(part)
        if any(mark in text for mark in _DTD):
            raise SheetUnreadable


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet and the part that holds it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(package.read(_BOOK_PARTS), parser)
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in etree.fromstring(package.read(_BOOK), parser).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _layout(package: zipfile.ZipFile, part: str) -> _Layout:
    layout, row, merged = _Layout(), 0, 0
    tags = (f"{_MAIN}row", f"{_MAIN}mergeCell")
    with package.open(part) as stream:
        for _, node in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
            if node.tag == tags[0]:
                row = int(node.get("r") or row + 1)
                if node.get("hidden") in ("1", "true"):
                    layout.hidden.add(row)
            elif merged < MOST_MERGED:
                merged += 1
                _cover(layout, node.get("ref", ""))
            node.clear()
    return layout


def _cover(layout: _Layout, ref: str) -> None:
    """Note which cells the first cell of a merged range covers: below it, and how wide."""
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = (int(one or 0) for one in range_boundaries(ref))
    if not 1 <= left <= MOST_COLUMNS or not 1 <= top <= MOST_SCANNED:
        return
    if right > left:
        layout.widths[top, left - 1] = min(right, MOST_COLUMNS) - left + 1
    room = MOST_SCANNED * MOST_COLUMNS - len(layout.above)
    for line in range(top + 1, min(bottom, MOST_SCANNED, top + room) + 1):
        layout.above[line, left - 1] = top


def _lines(rows: Iterator[list[Cell]], layout: _Layout) -> Iterator[Line]:
    """Give the rows with their numbers; a covered cell says what the one that covers it says."""
    tops: dict[tuple[int, int], Cell] = {}
    covering = {(top, at) for (_, at), top in layout.above.items()}
    for number, cells in enumerate(rows, 1):
        if number > MOST_SCANNED:
            raise SheetTooLong(limit=MOST_ROWS)
        for at, cell in enumerate(cells):
            if (number, at) in covering:
                tops[number, at] = cell
        yield Line(
            number=number,
            cells=[_seen(cell, number, at, layout.above, tops) for at, cell in enumerate(cells)],
            hidden=number in layout.hidden,
        )


def _seen(
    cell: Cell,
    number: int,
    at: int,
    above: Mapping[tuple[int, int], int],
    tops: Mapping[tuple[int, int], Cell],
) -> Cell:
    top = above.get((number, at))
    return cell if cell.text or top is None else tops.get((top, at), cell)
