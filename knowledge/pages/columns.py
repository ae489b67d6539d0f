"""The lines of a page in the order in which they are read, two columns one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.pages.signs import Row, Segment

NEAR: Final = 2.2
"""Heights of a line within which the next row still belongs to two columns."""

NARROWEST: Final = 6.0
"""Points of a gutter."""

FILLED: Final = 0.6
"""Share of its column's width that a line of running text fills on the average."""

FEWEST_ROWS: Final = 3
"""Rows with both columns that prove running text in two columns."""

_HEADING: Final = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập\s*[-–]\s*Tự\s+do|Nơi\s+nhận"
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page and where it stands, in points."""

    text: str
    top: float
    low: float


@dataclass(slots=True)
class _Band:
    """Rows that a gutter from top to bottom parts in two."""

    rows: list[tuple[Row, list[Segment]]]
    left: float
    right: float
    """The gutter's edges."""

    def takes(self, parts: Sequence[Segment]) -> bool:
        """Tell whether a row keeps the gutter free, and narrow the gutter to it."""
        if not 1 <= len(parts) <= 2:
            return False
        if len(parts) == 2:
            low, high = parts[0].right, parts[1].left
        elif parts[0].left > self.left:
            low, high = self.left, parts[0].left
        else:
            low, high = parts[0].right, self.right
        low, high = max(self.left, low), min(self.right, high)
        if high - low < NARROWEST:
            return False
        self.left, self.right = low, high
        return True

    def both(self) -> int:
        """Count the rows that have both columns."""
        return sum(len(parts) == 2 for _, parts in self.rows)

    def is_apart(self) -> bool:
        """Tell whether each column is read down: a heading, a signature, or running text."""
        lefts, rights = self.columns()
        if any(_HEADING.search(part.text) for part in (*lefts, *rights)):
            return len(self.rows) > 1
        return self.is_running()

    def is_running(self) -> bool:
        """Tell whether both columns hold running text."""
        return self.both() >= FEWEST_ROWS and all(map(_running, self.columns()))

    def columns(self) -> tuple[list[Segment], list[Segment]]:
        """Return what stands left of the gutter, and what right of it."""
        parts = [part for _, row in self.rows for part in row]
        return [p for p in parts if self.is_left(p)], [p for p in parts if not self.is_left(p)]

    def is_left(self, part: Segment) -> bool:
        """Tell on which side of the gutter a part stands."""
        return part.right <= self.left + 1


def _running(column: Sequence[Segment]) -> bool:
    """Tell whether a column holds running text: most of its lines fill it."""
    edge = min(part.left for part in column)
    width = max(part.right for part in column) - edge
    filled = sum((part.right - edge) / width for part in column) / len(column)
    flush = sum(part.left - edge < width / 8 for part in column)
    return filled >= FILLED and 2 * flush > len(column)


def in_order(rows: Sequence[Row]) -> Iterator[PageLine]:
    """Yield the lines of a page as they are read."""
    band: _Band | None = None
    for row in rows:
        parts = row.segments()
        near = band is None or _near(band.rows[-1][0], row)
        if band is not None and near and band.takes(parts):
            band.rows.append((row, parts))
            continue
        if band is not None:
            yield from _of_band(band)
            band = None
        if len(parts) == 2:
            band = _Band([(row, parts)], parts[0].right, parts[1].left)
        else:
            yield _line(row, parts)
    if band is not None:
        yield from _of_band(band)


def _near(above: Row, below: Row) -> bool:
    return above.low - below.top < NEAR * max(above.top - above.low, 1.0)


def _of_band(band: _Band) -> Iterator[PageLine]:
    """Yield the rows of a band, the left column first where each is read down."""
    if not band.is_apart():
        yield from (_line(row, parts) for row, parts in band.rows)
        return
    rest: list[tuple[Row, list[Segment]]] = []
    running = band.is_running()
    while not running and len(band.rows) > 1 and _leaves(band):
        rest.insert(0, band.rows.pop())  # below a heading, text of the whole page begins
    for left in (True, False):
        for row, parts in band.rows:
            yield from (_line(row, [part]) for part in parts if band.is_left(part) is left)
    yield from (_line(row, parts) for row, parts in rest)


def _leaves(band: _Band) -> bool:
    """Tell whether the last row begins what stands below: alone, and wider than the left column."""
    last = band.rows[-1][1]
    if len(last) > 1 or not band.is_left(last[0]):
        return False
    above = [part for part in band.columns()[0] if part is not last[0]]
    left = min((part.left for part in above), default=last[0].right)
    right = max((part.right for part in above), default=last[0].left)
    return last[0].left < left - 1 or last[0].right > right + 1


def _line(row: Row, parts: Sequence[Segment]) -> PageLine:
    return PageLine("    ".join(part.text for part in parts), row.top, row.low)
