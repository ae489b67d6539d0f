"""Read .xlsx: each sheet that is shown, its table as rows, what stands above and below as lines."""

import datetime
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from knowledge.reading.lines import FEWEST_COLUMNS, Allowance, Cell, Line, table, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.reading.word_package import Package
from knowledge.refusals import BrokenFile

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_SHEETS: Final = 40
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
"""Of a sheet; Excel itself keeps a million rows of 16,384."""

_BROKEN: Final = (
    *(ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError),
    zipfile.BadZipFile,
)
"""What the reader of sheets raises over files that are none."""


def read_spreadsheet(file: str, data: bytes) -> Extract:
    """Return the text of the sheets. Raises BrokenFile, ExpandsTooFar, TooMuchText and the like."""
    from openpyxl import load_workbook

    Package.open(file, data)  # holds the archive to its limits
    allowance = Allowance(file)
    lines: list[Line] = []
    try:
        book = load_workbook(BytesIO(data), data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        grids = [_values(sheet) for sheet in shown[:MOST_SHEETS]]
    except _BROKEN:
        raise BrokenFile(file=file) from None
    for grid in grids:
        lines += map(allowance.spend, _lines(grid))
    return Extract(text=text_of(lines))


def _values(sheet: "Worksheet") -> list[list[str]]:
    """Return the cells of a sheet as they are shown; one merged downwards is told in each row."""
    rows = [
        [_shown(value) for value in row]
        for row in sheet.iter_rows(
            max_row=min(sheet.max_row, MOST_ROWS),
            max_col=min(sheet.max_column, MOST_COLUMNS),
            values_only=True,
        )
    ]
    for area in sheet.merged_cells.ranges:
        column = area.min_col - 1
        for row in range(area.min_row, min(area.max_row, len(rows))):
            if column < len(rows[row]):
                rows[row][column] = rows[area.min_row - 1][column]
    return rows


def _shown(value: object) -> str:
    """Return a value as an office sees it: days as days, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    """Yield a sheet: its table from the first to the last wide row, the rest as lines."""
    wide = [at for at, row in enumerate(rows) if sum(map(bool, row)) >= FEWEST_COLUMNS]
    first, last = (wide[0], wide[-1]) if len(wide) > 1 else (len(rows), len(rows))
    yield from _free(rows[:first])
    kept = [row for row in rows[first : last + 1] if any(row)]
    yield from table([[Cell(_cell(text)) for text in row] for row in kept])
    yield from _free(rows[last + 1 :])


def _free(rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    for row in rows:
        for text in filter(None, row):
            yield from _cell(text)


def _cell(text: str) -> list[Line]:
    return [(Piece(line),) for line in text.split("\n") if line.strip()]
