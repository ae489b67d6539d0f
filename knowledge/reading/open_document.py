"""Read .odt: paragraphs, lists and tables of an OpenDocument text, as its program shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.limits import DEPTH
from knowledge.reading.lines import Allowance, Cell, Line, table, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.reading.word_numbering import written
from knowledge.reading.word_package import Package
from knowledge.reading.word_styles import child, local, value
from knowledge.refusals import BrokenFile

_SKIPPED: Final = frozenset(
    (
        "tracked-changes",
        "annotation",
        "sequence-decls",
        "forms",
        "table-of-content",
        "soft-page-break",
    )
)
"""What was struck out stands apart, and so do remarks; a table of contents is not the text."""

_FORMS: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_MOST_REPEATED: Final = 100
"""Times that a blank or an empty cell is repeated."""


def read_open_document(file: str, data: bytes) -> Extract:
    """Return the text of an .odt. Raises BrokenFile, ExpandsTooFar, TooMuchText and the like."""
    package = Package.open(file, data)
    root = package.part("content.xml")
    body = child(root, "body", "text")
    if root is None or body is None:
        raise BrokenFile(file=file)
    walk = _Walk(Allowance(file), _Styles.of(root, package.part("styles.xml")))
    lines = [*walk.blocks(body, 0)]
    return Extract(text=text_of([*lines, *walk.notes]))


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the styles say of a run and of a list: gone from sight, and how levels are counted."""

    gone: frozenset[str]
    raised: frozenset[str]
    lists: dict[str, dict[int, etree._Element]]

    @classmethod
    def of(cls, *roots: etree._Element | None) -> "_Styles":
        """Read the styles of the parts that hold any."""
        gone: set[str] = set()
        raised: set[str] = set()
        lists: dict[str, dict[int, etree._Element]] = {}
        for style in (each for root in roots if root is not None for each in root.iter()):
            name = value(style, "name") or ""
            if local(style) == "style":
                look = child(style, "text-properties")
                struck = value(look, "text-line-through-style") not in (None, "none")
                if struck or value(look, "display") == "none":
                    gone.add(name)
                if (value(look, "text-position") or "").startswith("super"):
                    raised.add(name)
            elif local(style) == "list-style":
                lists[name] = {int(value(level, "level") or 1): level for level in style}
        return cls(frozenset(gone), frozenset(raised), lists)


@dataclass(slots=True)
class _Walk:
    """The walk over one document; `notes` are those that were called."""

    allowance: Allowance
    styles: _Styles
    notes: list[Line] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """The last number of each list, for one that goes on."""

    def blocks(self, holder: Iterable[etree._Element], depth: int) -> Iterator[Line]:
        """Yield the lines of paragraphs, lists and tables."""
        if depth > DEPTH:
            raise BrokenFile(file=self.allowance.file)
        for element in holder:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element)
            elif name == "list":
                yield from self._list(element, value(element, "style-name") or "", 1, depth)
            elif name == "table":
                yield from self._table(element, depth)
            elif name not in _SKIPPED:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element) -> Iterator[Line]:
        if value(element, "style-name") in self.styles.gone:
            return
        for text in self._inline(element, 0).split("\n"):
            yield self.allowance.spend((Piece(text),))

    def _inline(self, element: etree._Element, depth: int) -> str:
        if depth > DEPTH:
            raise BrokenFile(file=self.allowance.file)
        parts = [element.text or ""]
        for part in element:
            parts += (self._part(part, depth), part.tail or "")
        return "".join(parts)

    def _part(self, part: etree._Element, depth: int) -> str:
        name, style = local(part), value(part, "style-name")
        if name in {"tab", "line-break"}:
            return "\t" if name == "tab" else "\n"
        if name == "s":
            return " " * _count(value(part, "c"))
        if name == "note":
            return self._note(part, depth)
        if name in _SKIPPED or style in self.styles.gone:
            return ""
        text = self._inline(part, depth + 1)
        return text.translate(SUPERSCRIPTS) if style in self.styles.raised else text

    def _note(self, note: etree._Element, depth: int) -> str:
        mark = str(len(self.notes) + 1).translate(SUPERSCRIPTS)
        body = child(note, "note-body")
        text = "" if body is None else self._inline(body, depth + 1)
        self.notes.append((Piece(f"{mark} {' '.join(text.split())}"),))
        return mark

    def _list(self, element: etree._Element, style: str, level: int, depth: int) -> Iterator[Line]:
        """Yield the items of a list, each first line after its mark."""
        form = self.styles.lists.get(style, {}).get(level)
        key = f"{style}/{level}"
        goes_on = value(element, "continue-numbering") == "true" or value(element, "continue-list")
        number = self.counts.get(key, 0) if goes_on else _count(value(form, "start-value")) - 1
        for item in element:
            lines: list[Line] = []
            for part in item:
                if local(part) == "list":
                    lines += self._list(
                        part, value(part, "style-name") or style, level + 1, depth + 1
                    )
                else:
                    lines += self.blocks((part,), depth + 1)
            if local(item) == "list-item" and lines:
                number = (
                    _count(value(item, "start-value")) if value(item, "start-value") else number + 1
                )
                lines[0] = (Piece(_mark(form, number)), *lines[0])
            yield from lines
        self.counts[key] = number

    def _table(self, element: etree._Element, depth: int) -> Iterator[Line]:
        rows = []
        for row in element.iter("{*}table-row"):
            cells: list[Cell] = []
            for cell in row:
                if local(cell) == "table-cell":
                    span, down = (
                        value(cell, "number-columns-spanned"),
                        value(cell, "number-rows-spanned"),
                    )
                    lines = [*self.blocks(cell, depth + 1)]
                    below = _count(down) - 1
                    cells.append(Cell(lines, span=_count(span), below=below))
            rows.append(cells)
        yield from table(rows)


def _mark(form: etree._Element | None, number: int) -> str:
    """Return what a list shows before an item."""
    if form is None or local(form) != "list-level-style-number":
        return "- "
    name = _FORMS.get(value(form, "num-format") or "")
    if name is None:
        return ""
    before, after = value(form, "num-prefix") or "", value(form, "num-suffix") or ""
    return f"{before}{written(number, name)}{after.rstrip()} "


def _count(text: str | None) -> int:
    """Read a count of at most two figures; anything else is one."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) < 3
    return min(int(text), _MOST_REPEATED) if sound and text is not None else 1
