"""Lines of a document whose runs of characters know their font, and rows of a table as lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.reading.limits import LINE_CHARS, RUN_CHARS, TEXT_CHARS
from knowledge.reading.recovery import Piece, join
from knowledge.refusals import TooMuchText

Line = tuple[Piece, ...]


@dataclass(slots=True)
class Allowance:
    """How much text one document may still give."""

    file: str
    left: int = TEXT_CHARS

    def spend(self, line: Line) -> Line:
        """Return `line` if there is still room for it. Raises TooMuchText."""
        self.left -= LINE_CHARS + sum(len(piece.text) for piece in line)
        if self.left < 0:
            raise TooMuchText(file=self.file, limit=TEXT_CHARS)
        return line

    def spend_run(self) -> None:
        """Count a run of a line, whatever it holds. Raises TooMuchText."""
        self.left -= RUN_CHARS
        if self.left < 0:
            raise TooMuchText(file=self.file, limit=TEXT_CHARS)


def row(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """Return a table's row: one line with tabs, or cell after cell where one has several lines.

    The second is how the two columns of an office heading, or of recipients and signature, read.
    """
    filled = [[line for line in cell if _written(line)] for cell in cells]
    if any(len(cell) > 1 for cell in filled):
        return [line for cell in cells for line in cell]
    pieces: list[Piece] = []
    for place, cell in enumerate(filled):
        pieces += [Piece("\t")] * bool(place)
        pieces += cell[0] if cell else ()
    return [tuple(pieces)]


@dataclass(slots=True)
class Cell:
    """A cell of a table's row: its lines, over how many columns, and whether it goes on from above.

    `below` counts the rows under it over which it reaches, where the file tells that beforehand.
    """

    lines: list[Line]
    span: int = 1
    goes_on: bool = False
    below: int = 0


FEWEST_COLUMNS: Final = 3
"""Of a table; two are a heading or a signature, whose cells are read as lines."""

MOST_COLUMNS: Final = 60
MOST_REACH: Final = 1_000
"""Rows over which a merged cell is followed."""


def table(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    """Return a table: each row as one line with a tab between any two columns.

    A cell merged downwards is told in each row, one merged to the right stands in the first of its
    columns. What has fewer than three columns in two of its rows comes as `row` gives it.
    """
    wide = sum(sum(bool(_told(cell)) for cell in cells) >= FEWEST_COLUMNS for cells in rows)
    if wide < 2:
        return [line for cells in rows for line in row([c.lines for c in cells if not c.goes_on])]
    above: dict[int, tuple[Line, int]] = {}
    lines = []
    for cells in rows:
        told, above = _columns(cells, above)
        lines.append(_tabbed(told))
    return lines


def _columns(
    cells: Sequence[Cell], above: Mapping[int, tuple[Line, int]]
) -> tuple[list[Line], dict[int, tuple[Line, int]]]:
    """Give a row's columns, and what each may lend to the row below, for how many rows."""
    told: list[Line] = []
    lent: dict[int, tuple[Line, int]] = {}

    def lend() -> None:
        while len(told) in above and above[len(told)][1] > 0:
            held, reach = above[len(told)]
            lent[len(told)] = (held, reach - 1)
            told.append(held)

    for cell in cells:
        lend()
        at = len(told)
        line = above.get(at, ((), 0))[0] if cell.goes_on else _told(cell)
        lent[at] = (line, min(cell.below, MOST_REACH))
        told += [line, *[()] * (min(cell.span, MOST_COLUMNS) - 1)]
    lend()
    return told, lent


def _told(cell: Cell) -> Line:
    """Return a cell's lines as one, parted where one does not go on with the other."""
    pieces: list[Piece] = []
    for line in cell.lines:
        if not _written(line):
            continue
        text = "".join(piece.text for piece in line).strip()
        if pieces:
            before = "".join(piece.text for piece in pieces).rstrip()
            apart = before[-1:].isalnum() and (text[:1].isupper() or text[:1] in "-+•")
            pieces.append(Piece("; " if apart else " "))
        pieces += line
    return tuple(pieces)


def _tabbed(columns: Sequence[Line]) -> Line:
    pieces: list[Piece] = []
    for place, column in enumerate(columns):
        pieces += [Piece("\t")] * bool(place)
        pieces += [replace(piece, text=_BREAKS.sub(" ", piece.text)) for piece in column]
    return tuple(pieces)


_BREAKS: Final = re.compile(r"[\t\n\r\f\v]+")


def text_of(lines: Iterable[Line]) -> str:
    """Return `lines` as Unicode text, legacy fonts decoded."""
    end = Piece("\n")
    return join([piece for line in lines for piece in (*line, end)])


def _written(line: Line) -> bool:
    return any(not piece.text.isspace() for piece in line)
