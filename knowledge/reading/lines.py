"""Lines of a document whose runs of characters know their font, and rows of a table as lines."""

from collections.abc import Iterable, Sequence

from knowledge.reading.recovery import Piece, join

Line = tuple[Piece, ...]


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
