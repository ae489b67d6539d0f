"""Lines of a document whose runs of characters know their font, and rows of a table as lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def text_of(lines: Iterable[Line]) -> str:
    """Return `lines` as Unicode text, legacy fonts decoded."""
    end = Piece("\n")
    return join([piece for line in lines for piece in (*line, end)])


def _written(line: Line) -> bool:
    return any(not piece.text.isspace() for piece in line)
