"""Tables in the lines of a text: their columns, by name, and their rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from knowledge.parsing.layout import Line
from vietnamese.text import comparable

FEWEST_CELLS: Final = 3
"""Of a row; what has two is a heading or a signature in two columns."""

MOST_HEADING_ROWS: Final = 3
LONGEST_COLUMN: Final = 60
"""Characters of a column's name."""

_NUMBER: Final = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,2}){0,3}[a-zđ]?|[a-zđ])\s*[.)]?$")
_GROUP: Final = re.compile(r"(?P<label>[IVXLC]{1,6}|[A-ZĐ])\s*[.)]?$")
_COUNTED: Final = re.compile(r"\(?\d{1,2}\)?$")
"""A row under the heading that numbers the columns: "(1) (2) (3)"."""


class ColumnRole(Enum):
    """What a column of a table of duties says of each."""

    NUMBER = auto()
    WHAT = auto()
    LEAD = auto()
    SUPPORT = auto()
    TIME = auto()
    OTHER = auto()


_ROLES: Final = (
    (ColumnRole.NUMBER, re.compile(r"(?:s?tt|số tt|số thứ tự|số|stt\.)$")),
    (ColumnRole.SUPPORT, re.compile(r"phối hợp|tham gia thực hiện")),
    (
        ColumnRole.TIME,
        re.compile(r"thời (?:gian|hạn|điểm)|tiến độ|lộ trình|hoàn thành|kỳ hạn|hạn (?:xong|nộp)"),
    ),
    (
        ColumnRole.OTHER,
        re.compile(r"sản phẩm|kết quả|kinh phí|ghi chú|số lượng|địa điểm|điểm|đối tượng"),
    ),
    (
        ColumnRole.LEAD,
        re.compile(
            r"chủ trì|(?:cơ quan|đơn vị|bộ phận|người|phòng|ban)(?:,? (?:đơn vị|cá nhân|bộ phận))?"
            r"(?: được)? (?:thực hiện|phụ trách|chịu trách nhiệm|tham mưu|đầu mối)"
            r"|phân công|trách nhiệm|phụ trách|đầu mối|^thực hiện$"
        ),
    ),
    (
        ColumnRole.WHAT,
        re.compile(
            r"nhiệm vụ|nội dung|công việc|hoạt động|tên (?:việc|văn bản|đề án)|việc|giải pháp"
        ),
    ),
)


def role_of_column(name: str) -> ColumnRole | None:
    """Return what a column says by its name; None where the name tells nothing."""
    plain = " ".join(comparable(name).replace("/", " ").split())
    return next((role for role, form in _ROLES if form.search(plain)), None)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row that stands for itself. `label` is None where nothing numbers it."""

    label: str | None
    cells: tuple[str, ...]
    group: bool = False
    """A heading over the rows below it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns' names, () where it has none, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]

    def told(self, row: GridRow) -> str:
        """Return a row as lines: its number and what it says, then the other cells by name."""
        named = [*self.columns, *("" for _ in row.cells)][: len(row.cells)]
        roles = [role_of_column(name) for name in named]
        number = roles.index(ColumnRole.NUMBER) if ColumnRole.NUMBER in roles else None
        if number is None and row.label is not None:
            number = 0
        what = next((at for at, role in enumerate(roles) if role is ColumnRole.WHAT), None)
        if what is None:
            what = next((at for at in range(len(row.cells)) if at != number), 0)
        mark = f"{row.label}. " if row.label else ""
        lines = [f"{mark}{row.cells[what]}".strip()]
        lines += [
            f"{name}: {cell}" if name else cell
            for at, (name, cell) in enumerate(zip(named, row.cells, strict=True))
            if cell and at not in (number, what)
        ]
        return "\n".join(line for line in lines if line)


def cells_of(line: Line) -> tuple[str, ...]:
    """Return the cells of a table's row; () where a line is none."""
    mark = "\t" if line.tabular else "|" if line.raw.count("|") >= FEWEST_CELLS - 1 else ""
    if not mark:
        return ()
    raw = line.raw.strip(" ") if mark == "\t" else line.raw.strip(" |")
    cells = tuple(" ".join(cell.split()) for cell in raw.split(mark))
    return cells if len(cells) >= FEWEST_CELLS else ()


def parted(lines: Sequence[Line]) -> Iterator[Line | Grid]:
    """Yield the lines of a text, each run of rows that makes a table as one."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and cells_of(lines[end]):
            end += 1
        grid = _grid(lines[at:end]) if end > at + 1 else None
        if grid is not None:
            yield grid
        else:
            yield from lines[at : max(end, at + 1)]
        at = max(end, at + 1)


def _grid(lines: Sequence[Line]) -> Grid | None:
    """Read rows as a table; None where neither a column's name nor a number shows one."""
    rows = [cells_of(line) for line in lines]
    width = max(map(len, rows))
    rows = [(*row, *("" for _ in range(width - len(row)))) for row in rows]
    head = _heading_rows(rows)
    columns = _columns(rows[:head])
    roles = [role_of_column(name) for name in columns]
    numbered = sum(_NUMBER.match(row[0]) is not None for row in rows[head:])
    if sum(role is not None for role in roles) < 2 and 2 * numbered <= len(rows):
        return None
    number = roles.index(ColumnRole.NUMBER) if ColumnRole.NUMBER in roles else 0
    kept: list[GridRow] = []
    for row, line in zip(rows[head:], lines[head:], strict=True):
        if row in rows[:head] or all(_COUNTED.match(cell) for cell in row):
            continue  # the heading again on the next page, or the columns counted
        if kept and _goes_on(row, number) and line.page:
            kept[-1] = _joined(kept[-1], row)
        else:
            kept.append(_row(row, number))
    return Grid(columns, tuple(kept)) if kept else None


def _heading_rows(rows: Sequence[tuple[str, ...]]) -> int:
    """Count the rows of names above the first row that says something."""
    for at, row in enumerate(rows[:MOST_HEADING_ROWS]):
        named = sum(role_of_column(cell) is not None for cell in row if len(cell) <= LONGEST_COLUMN)
        numbered = _NUMBER.match(row[0]) or _GROUP.match(row[0])
        if numbered or named < (2 if at == 0 else 1):
            return at
    return min(len(rows) - 1, MOST_HEADING_ROWS)


def _columns(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the name of each column: of several rows the lowest that tells, else all of them."""
    names = []
    for held in zip(*rows, strict=True) if rows else ():
        told = list(dict.fromkeys(name for name in held if name))
        lowest = next((name for name in reversed(told) if role_of_column(name)), None)
        names.append(lowest or " ".join(told))
    return tuple(names)


def _row(cells: tuple[str, ...], number: int) -> GridRow:
    filled = sum(bool(cell) for cell in cells)
    found = _NUMBER.match(cells[number])
    heads = _GROUP.match(cells[number])
    rest = filled - bool(cells[number])
    if (heads and rest <= 1) or (rest <= 1 and not found and filled):
        return GridRow(heads["label"] if heads else None, cells, group=True)
    label = found or heads
    return GridRow(label["label"].lstrip("0") or "0" if label else None, cells)


def _goes_on(cells: tuple[str, ...], number: int) -> bool:
    """Tell whether a row at the top of a page goes on with the one at the foot of the last."""
    return not cells[number] and any(cells)


def _joined(row: GridRow, more: tuple[str, ...]) -> GridRow:
    cells = tuple(" ".join(filter(None, pair)) for pair in zip(row.cells, more, strict=True))
    return GridRow(row.label, cells, row.group)
