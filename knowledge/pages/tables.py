"""Ruled tables of a page: the grid that its lines make, and the text of each cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.pages.signs import Sign, rows_of

THIN: Final = 3.0
"""Points; a drawn shape no thicker is a line."""

SHORTEST: Final = 8.0
TOUCH: Final = 3.0
"""Points within which two lines meet, or are one."""

FEWEST_COLUMNS: Final = 3
"""Of a table; two columns are a heading or a signature, whose cells are read as lines."""

MOST_LINES: Final = 2_000
"""Lines of a page that are looked at; drawings have more."""


@dataclass(frozen=True, slots=True)
class Box:
    """A shape or a place on the page, in points."""

    left: float
    low: float
    right: float
    high: float

    def holds(self, sign: Sign) -> bool:
        """Tell whether the middle of a letter lies inside."""
        across, up = (sign.left + sign.right) / 2, (sign.low + sign.high) / 2
        return self.left <= across <= self.right and self.low <= up <= self.high


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table as rows of cells, those of a merged cell repeated downwards, empty to the right."""

    box: Box
    rows: list[list[str]]


def ruled_tables(shapes: Sequence[Box], signs: Sequence[Sign]) -> list[RuledTable]:
    """Return the tables of a page that lines part into at least three columns."""
    across, down = _lines(shapes[:MOST_LINES])
    tables = []
    for group in _connected([*across, *down]):
        grid = _Grid.of([box for box in group if _flat(box)], [b for b in group if not _flat(b)])
        if grid is not None:
            inside = [sign for sign in signs if grid.box.holds(sign)]
            tables.append(RuledTable(grid.box, grid.rows(inside)))
    return tables


def _flat(box: Box) -> bool:
    return box.right - box.left > box.high - box.low


def _lines(shapes: Iterable[Box]) -> tuple[list[Box], list[Box]]:
    """Part shapes into lines across and lines down; a rectangle gives its four edges."""
    across: list[Box] = []
    down: list[Box] = []
    for box in shapes:
        wide, tall = box.right - box.left, box.high - box.low
        if tall <= THIN and wide >= SHORTEST:
            across.append(box)
        elif wide <= THIN and tall >= SHORTEST:
            down.append(box)
        elif wide >= SHORTEST and tall >= SHORTEST:
            across += [
                Box(box.left, box.low, box.right, box.low),
                Box(box.left, box.high, box.right, box.high),
            ]
            down += [
                Box(box.left, box.low, box.left, box.high),
                Box(box.right, box.low, box.right, box.high),
            ]
    return across, down


def _connected(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield the lines that touch one another, group by group."""
    left = list(boxes)
    while left:
        group = [left.pop()]
        for box in group:
            touching = [other for other in left if _touch(box, other)]
            group += touching
            left = [other for other in left if other not in touching]
        yield group


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + TOUCH
        and other.left <= one.right + TOUCH
        and one.low <= other.high + TOUCH
        and other.low <= one.high + TOUCH
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the lines of one table stand."""

    across: list[Box]
    down: list[Box]
    columns: list[float]
    heights: list[float]

    @classmethod
    def of(cls, across: list[Box], down: list[Box]) -> "_Grid | None":
        """Return the grid of lines that touch; None where they make no table."""
        columns = _apart([(box.left + box.right) / 2 for box in down])
        heights = _apart([(box.low + box.high) / 2 for box in across])
        if len(columns) <= FEWEST_COLUMNS or len(heights) < 2:
            return None
        return cls(across, down, columns, heights)

    @property
    def box(self) -> Box:
        """What the table covers."""
        return Box(self.columns[0], self.heights[0], self.columns[-1], self.heights[-1])

    def rows(self, signs: Sequence[Sign]) -> list[list[str]]:
        """Return the texts of the cells, the topmost row first."""
        bands = list(pairwise(self.heights))[::-1]
        texts: list[list[str]] = []
        for low, high in bands:
            above = texts[-1] if texts else None
            texts.append(self._row(low, high, above, signs))
        return texts

    def _row(
        self, low: float, high: float, above: list[str] | None, signs: Sequence[Sign]
    ) -> list[str]:
        """Return one row; a cell that no line parts from the one above it says the same."""
        cells: list[str] = []
        spans = list(pairwise(self.columns))
        middle = (low + high) / 2
        at = 0
        while at < len(spans):
            end = at + 1
            while end < len(spans) and not self._ruled_down(spans[end][0], middle):
                end += 1
            left, right = spans[at][0], spans[end - 1][1]
            merged = above is not None and not self._ruled_across(high, (left + right) / 2)
            bottom = self._bottom(low, (left + right) / 2)
            held = [sign for sign in signs if Box(left, bottom, right, high).holds(sign)]
            cells.append(above[at] if merged and above is not None else cell_text(held))
            cells += [""] * (end - at - 1)
            at = end
        return cells

    def _bottom(self, low: float, across: float) -> float:
        """Return how far down a cell that reaches over several rows goes."""
        for height in reversed([one for one in self.heights if one <= low]):
            if self._ruled_across(height, across):
                return height
        return low

    def _ruled_down(self, column: float, height: float) -> bool:
        return any(
            abs((box.left + box.right) / 2 - column) <= TOUCH
            and box.low - TOUCH <= height <= box.high + TOUCH
            for box in self.down
        )

    def _ruled_across(self, height: float, column: float) -> bool:
        return any(
            abs((box.low + box.high) / 2 - height) <= TOUCH
            and box.left - TOUCH <= column <= box.right + TOUCH
            for box in self.across
        )


def _apart(places: Iterable[float]) -> list[float]:
    """Return the places in order, those that nearly coincide as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > TOUCH:
            kept.append(place)
    return kept


def cell_text(signs: Sequence[Sign]) -> str:
    """Return the lines of a cell as one."""
    lines = [" ".join(part.text for part in row.segments()) for row in rows_of(signs)]
    return " ".join(" ".join(lines).split())
