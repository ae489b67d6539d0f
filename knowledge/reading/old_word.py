"""Read .doc of Word 97-2003 by way of antiword, which gives its paragraphs and tables as XML."""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.limits import DEPTH, PROGRAM_SECONDS
from knowledge.reading.lines import Allowance, Cell, Line, table, text_of
from knowledge.reading.programs import ANTIWORD, installed, run
from knowledge.reading.recovery import Piece
from knowledge.reading.rich_text import MARK, read_rich_text
from knowledge.reading.source import Extract
from knowledge.reading.webpage import read_webpage
from knowledge.reading.word import read_word
from knowledge.reading.word_numbering import written
from knowledge.reading.word_styles import child, local
from knowledge.refusals import BrokenFile, OldWordFile

_COMMAND: Final = (ANTIWORD, "-m", "UTF-8.txt", "-x", "db", "-")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMS: Final = {
    "arabic": "decimal",
    "loweralpha": "lowerLetter",
    "upperalpha": "upperLetter",
    "lowerroman": "lowerRoman",
    "upperroman": "upperRoman",
}
"""DocBook's names for forms of numbers, in Word's."""

_BLOCKS: Final = frozenset({"informaltable", "orderedlist", "itemizedlist"})
_BESIDE: Final = frozenset({"bookinfo", "colspec"})


def read_old_word(file: str, data: bytes) -> Extract:
    """Return the text of a .doc. Raises OldWordFile where antiword is missing, BrokenFile, TooSlow.

    Documents of a later Word and web pages that bear this extension are read as what they are.
    """
    if not data.startswith(_OLE):
        return _another(file, data)
    if not installed(ANTIWORD):
        raise OldWordFile(file=file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(run(file, _COMMAND, data, PROGRAM_SECONDS), parser)
    except etree.LxmlError:
        raise BrokenFile(file=file) from None
    if root is None:
        raise BrokenFile(file=file)
    walk = _Walk(Allowance(file))
    lines = [*walk.blocks(root, 0)]
    return Extract(text=text_of([*lines, *walk.notes]))


def _another(file: str, data: bytes) -> Extract:
    """Read what only bears the extension: a document of a later Word, or a page."""
    if data.startswith(b"PK"):
        return read_word(file, data)
    if data.lstrip().startswith(MARK):
        return read_rich_text(file, data)
    if b"<html" in data[:_PAGE_WITHIN].lower():
        return read_webpage(file, data)
    raise BrokenFile(file=file)


_PAGE_WITHIN: Final = 2_000
"""Bytes in which a page opens its first element."""


class _Walk:
    """The walk over one document; `notes` are the footnotes that were passed."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.notes: list[Line] = []

    def blocks(self, holder: Iterable[etree._Element], depth: int) -> Iterator[Line]:
        """Yield the lines of paragraphs, lists and tables."""
        if depth > DEPTH:
            raise BrokenFile(file=self.allowance.file)
        for element in holder:
            name = local(element)
            if name in _BESIDE:
                continue
            if name == "informaltable":
                yield from self._table(element, depth)
            elif name == "orderedlist":
                yield from self._list(element, depth)
            elif name in {"para", "title"}:
                yield from self._paragraph(element, depth)
            elif name == "listitem":
                yield from self._marked(element, "- ", depth)
            else:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Line]:
        """Yield a paragraph; antiword puts a table that stands above it inside."""
        parts = [element.text or ""]
        for part in element:
            if local(part) in _BLOCKS:
                yield from self._line("".join(parts))
                yield from self.blocks((part,), depth + 1)
                parts = []
            else:
                parts.append(self._part(part))
            parts.append(part.tail or "")
        yield from self._line("".join(parts))

    def _line(self, text: str) -> Iterator[Line]:
        words = " ".join(text.split())
        if words:
            yield self.allowance.spend((Piece(words),))

    def _inline(self, element: etree._Element) -> str:
        """Return the text of a paragraph, calls of notes as raised figures."""
        parts = [element.text or ""]
        for part in element:
            parts += (self._part(part), part.tail or "")
        return "".join(parts)

    def _part(self, part: etree._Element) -> str:
        name = local(part)
        if name == "footnote":
            mark = str(len(self.notes) + 1).translate(SUPERSCRIPTS)
            note = " ".join("".join(map(str, part.itertext())).split())
            self.notes.append((Piece(f"{mark} {note}"),))
            return mark
        if name == "superscript":
            return "".join(map(str, part.itertext())).translate(SUPERSCRIPTS)
        return "" if name in _BLOCKS else self._inline(part)

    def _list(self, element: etree._Element, depth: int) -> Iterator[Line]:
        form = _FORMS.get(element.get("numeration") or "", "decimal")
        stop = ")" if form.endswith("Letter") else "."
        items = [item for item in element if local(item) == "listitem"]
        for number, item in enumerate(items, 1):
            yield from self._marked(item, f"{written(number, form)}{stop} ", depth)

    def _marked(self, item: etree._Element, mark: str, depth: int) -> Iterator[Line]:
        for at, line in enumerate(self.blocks(item, depth + 1)):
            yield (Piece(mark), *line) if at == 0 else line

    def _table(self, element: etree._Element, depth: int) -> Iterator[Line]:
        """Yield the rows of a table, which has a group for each way its rows are parted."""
        groups = [(group, _edges(group)) for group in element if local(group) == "tgroup"]
        every = sorted({edge for _, edges in groups for edge in edges})
        rows: list[list[Cell]] = []
        for group, edges in groups:
            body = child(group, "tbody")
            for row in () if body is None else body:
                entries = [entry for entry in row if local(entry) == "entry"]
                ends = [*edges, *[0] * len(entries)]
                starts = [0, *ends]
                rows.append(
                    [
                        Cell(
                            list(self._cell(entry, depth)),
                            span=max(1, sum(starts[at] < edge <= ends[at] for edge in every)),
                        )
                        for at, entry in enumerate(entries)
                    ]
                )
        yield from table(rows)

    def _cell(self, entry: etree._Element, depth: int) -> Iterator[Line]:
        for line in self._inline(entry).split("\n"):
            if line.strip():
                yield self.allowance.spend((Piece(line.strip()),))
        yield from self.blocks(entry, depth + 1)


def _edges(group: etree._Element) -> list[int]:
    """Return where the columns of a group of rows end, in points."""
    edges: list[int] = []
    for column in group:
        if local(column) == "colspec":
            width = (column.get("colwidth") or "").removesuffix("pt").partition(".")[0]
            edges.append((edges[-1] if edges else 0) + (int(width) if width.isdecimal() else 0))
    return edges
