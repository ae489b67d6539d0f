"""Cells and lines of tables that admins send, whatever the file's format."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from vietnamese.text import one_line

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
"""What libraries raise for files that are damaged, protected, or something else altogether."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as one line of text."""

    text: str = ""
    formula: bool = False
    """What it comes to is not known here."""
    error: bool = False
    """The program that made the file shows `#N/A` or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the file: its number as shown, whether it is shown, and its cells."""

    number: int
    cells: Sequence[Cell]
    hidden: bool = False

    def text(self, at: int) -> str:
        """Return the text of a cell; "" beyond the last."""
        return self.cells[at].text if at < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(one.text for one in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A sheet of a file; a CSV file is one without a name."""

    lines: Sequence[Line]
    name: str = ""
    widths: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """How many columns a cell covers, by number of line and place, where it covers several."""


def cell_of(value: object, *, formula: bool = False, error: bool = False) -> Cell:
    """Return a value as a cell; a lone dash stands for nothing."""
    if value is None:
        return Cell(formula=formula, error=error)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    line = one_line(value.isoformat() if isinstance(value, date) else str(value))[:MOST_LETTERS]
    return Cell(text="" if line in {"-", "–"} else line, formula=formula, error=error)
