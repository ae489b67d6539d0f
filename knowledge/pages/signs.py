"""A letter where the page shows it, and the rows that letters make, whatever drew them first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

BLANK: Final = 0.12
"""Gap between two letters, in heights, that is a blank: it has about 0.35, kerning below 0.1."""

AFTER_CALL: Final = 2
"""How many times wider a blank after the call of a note must be: calls stand a little apart."""

TOUCHING: Final = 0.02
"""Gap from which a blank that the file itself writes is believed."""

COLUMN_GAP: Final = 1.5
"""Gap in a line, in heights of its letters, that parts two columns; a blank is about 0.25."""

RAISED: Final = 0.15
"""Height above the line, in heights of the letter beside it, from which a figure is raised."""

SMALLER: Final = 0.9
"""Share of that letter's height below which a raised figure is a superscript."""

LONGEST_CALL: Final = 3
"""Figures in the call of a note."""

ROWS_BACK: Final = 3
"""Rows among which the one of the next letter is looked for."""

_SUPERSCRIPTS: Final = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_LINE_END_HYPHEN: Final = frozenset("\x02\ufffe")
"""What the library gives for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character where the page shows it, in points; its box is as high as its font."""

    character: str
    left: float
    right: float
    low: float
    high: float
    base: float
    """Height of the line it stands on."""
    place: int = 0
    """Its number in the file."""
    spaced: bool = False
    """Whether the file writes a blank before it."""

    @property
    def height(self) -> float:
        """Never zero."""
        return max(self.high - self.low, 0.1)


@dataclass(slots=True)
class Segment:
    """Letters that stand together on a line, from left to right."""

    signs: list[Sign]
    unit: float
    """The usual height of a letter on its row."""

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.signs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.signs[-1].right

    @property
    def text(self) -> str:
        """The letters as text, with blanks, raised figures as superscripts."""
        return "".join(_shown(self.signs, self.unit))


@dataclass(slots=True)
class Row:
    """What stands on one height of the page."""

    signs: list[Sign] = field(default_factory=list)
    tallest: Sign | None = None

    @property
    def top(self) -> float:
        """The height of its tallest letter's upper edge."""
        return self.tallest.high if self.tallest else 0.0

    @property
    def low(self) -> float:
        """The height of its tallest letter's lower edge."""
        return self.tallest.low if self.tallest else 0.0

    def holds(self, sign: Sign) -> bool:
        """Tell whether `sign` stands on this row."""
        other = self.tallest
        if other is None:
            return True
        shared = min(other.high, sign.high) - max(other.low, sign.low)
        near = abs(other.base - sign.base) < max(other.height, sign.height) / 2
        return near and shared > min(other.height, sign.height) / 2

    def add(self, sign: Sign) -> None:
        """Take a letter onto the row."""
        self.signs.append(sign)
        if self.tallest is None or sign.height > self.tallest.height:
            self.tallest = sign

    def segments(self) -> list[Segment]:
        """Return its letters from left to right, parted where two columns are."""
        parted: list[Segment] = []
        heights = sorted(sign.height for sign in self.signs)
        unit = heights[len(heights) // 2] if heights else 1.0
        for sign in sorted(self.signs, key=lambda one: (one.left, one.right)):
            before = parted[-1].signs[-1] if parted else None
            if before is None or sign.left - before.right > COLUMN_GAP * unit:
                parted.append(Segment([sign], unit))
            elif not _overprinted(before, sign):
                parted[-1].signs.append(sign)
        return parted


def rows_of(signs: Iterable[Sign]) -> list[Row]:
    """Return the rows of a page from the top down."""
    rows: list[Row] = []
    for sign in sorted(signs, key=lambda one: (-one.base, one.left)):
        row = next((row for row in rows[: -ROWS_BACK - 1 : -1] if row.holds(sign)), None)
        if row is None:
            row = Row()
            rows.append(row)
        row.add(sign)
    return sorted(rows, key=lambda one: -(one.top + one.low))


def _overprinted(before: Sign, sign: Sign) -> bool:
    """Tell whether a letter was drawn twice over itself, as imitated bold type is."""
    same = before.character == sign.character
    return same and abs(before.left - sign.left) < sign.height / 10


def _shown(signs: Sequence[Sign], unit: float) -> Iterable[str]:
    raised = False
    for at, sign in enumerate(signs):
        before = signs[at - 1] if at else None
        if before and _blank_between(before, sign, unit * (AFTER_CALL if raised else 1)):
            yield " "
        raised = sign.character in _SUPERSCRIPTS and _raised(signs, at)
        if sign.character in _LINE_END_HYPHEN:
            yield "-"
        elif raised:
            yield _SUPERSCRIPTS[sign.character]
        else:
            yield sign.character


def _blank_between(before: Sign, sign: Sign, unit: float) -> bool:
    gap = sign.left - before.right
    written = sign.spaced and before.place + 2 >= sign.place > before.place
    return gap > BLANK * unit or (written and gap > TOUCHING * unit)


def _raised(line: Sequence[Sign], place: int) -> bool:
    """Compare a figure with what stands before the figures on its height, else after them."""
    sign = line[place]
    start, end = place, place + 1
    while start > 0 and place - start <= LONGEST_CALL and _beside(line[start - 1], sign):
        start -= 1
    while end < len(line) and end - place <= LONGEST_CALL and _beside(line[end], sign):
        end += 1
    if end - start > LONGEST_CALL:
        return False
    around = [line[at] for at in (start - 1, end) if 0 <= at < len(line)]
    rises = (sign.base - other.base > RAISED * other.height for other in around)
    smaller = (sign.height < SMALLER * other.height for other in around)
    return any(up and small for up, small in zip(rises, smaller, strict=True))


def _beside(other: Sign, sign: Sign) -> bool:
    return other.character in _SUPERSCRIPTS and abs(other.base - sign.base) < 0.5
