"""Read .docx: paragraphs, tables, text boxes and notes in document order, as Word shows them.

The parts are walked directly: python-docx sees neither automatic numbers, text boxes, footnotes,
content controls nor tracked insertions, and unpacks whatever an archive holds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Final

from lxml import etree

from knowledge.reading.encodings import unicode_text
from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.limits import DEPTH
from knowledge.reading.lines import Allowance, Cell, Line, table, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.reading.webpage import read_webpage
from knowledge.reading.word_numbering import Numbering, numbering
from knowledge.reading.word_package import Package
from knowledge.reading.word_styles import RunLook, Styles, child, local, value
from knowledge.refusals import BrokenFile, OldWordFile, PasswordProtected

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of the container of old Word files, and of a .docx that is locked by a password."""
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")

_SKIPPED: Final = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText"),  # what was struck out, how a field is made
        *("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"),
        *("Fallback", "rt"),  # an older Word's copy of a drawing, a reading aid
    }
)
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_FORMULAS: Final = frozenset({"f", "sSup", "sSub"})
"""Of Office Math: a fraction, a power, an index (ECMA-376, part 1, 22.1)."""

_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read_word(file: str, data: bytes) -> Extract:
    """Return the text of a .docx, its page headers beside it.

    Raises PasswordProtected, OldWordFile, ExpandsTooFar, TooMuchText, BrokenFile.
    """
    if data.startswith(_OLE):
        raise PasswordProtected(file=file) if _LOCKED in data else OldWordFile(file=file)
    package = Package.open(file, data)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    body = child(package.part(main), "body")
    if body is None:
        raise BrokenFile(file=file)
    reading = _Document.of(package, main)
    lines = [*reading.blocks(body, 0), *reading.notes()]
    margins = [part for kind in ("header", "footer") for part in package.related(main, kind)]
    beside = [*chain.from_iterable(reading.margin(package.part(part)) for part in margins)]
    return Extract(text=text_of(lines), beside=text_of(beside), unread=tuple(reading.unread))


@dataclass(slots=True)
class _Document:
    """The walk over one document: its styles, lists and notes, and which notes were called."""

    allowance: Allowance
    package: Package
    main: str
    styles: Styles
    numbering: Numbering
    note_texts: dict[tuple[str, str], etree._Element]
    called: dict[tuple[str, str], str] = field(default_factory=dict)
    """Notes and the marks of their calls, in order."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    carried: list[Piece] = field(default_factory=list)
    """What is left of paragraphs whose end was struck out: it goes on in the next one."""
    unread: list[str] = field(default_factory=list)
    """Parts that hold text and are of a kind that is not read."""

    @classmethod
    def of(cls, package: Package, main: str) -> "_Document":
        """Read the parts that the main part relies on."""

        def part(kind: str) -> etree._Element | None:
            names = package.related(main, kind)
            return package.part(names[0]) if names else None

        styles = Styles.of(part("styles"))
        notes: dict[tuple[str, str], etree._Element] = {}
        for kind in _NOTES.values():
            root = part(kind)
            held = () if root is None else root
            notes |= {(kind, value(note, "id") or ""): note for note in held}
        lists = numbering(part("numbering"), styles)
        return cls(Allowance(package.file), package, main, styles, lists, notes)

    def margin(self, part: etree._Element | None) -> Iterator[Line]:
        """Yield the lines of a page header or footer."""
        return self.blocks(part, 0) if part is not None else iter(())

    def blocks(self, holder: etree._Element, depth: int) -> Iterator[Line]:
        """Yield the lines of paragraphs and tables under `holder`."""
        if depth > DEPTH:
            raise BrokenFile(file=self.allowance.file)
        for element in holder:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield from self._table(element, depth)
            elif name == "altChunk":
                yield from self._chunk(value(element, "id") or "")
            elif name not in _SKIPPED:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Line]:
        """Yield the lines of a paragraph, after those of the text boxes anchored in it."""
        properties = child(element, "pPr")
        boxes: list[Line] = []
        run = _Run(RunLook(), value(child(properties, "pStyle")), boxes)
        pieces = [*self.carried, *self._inline(element, run, depth)]
        yield from boxes
        if any(child(properties, "rPr", name) is not None for name in ("del", "moveFrom")):
            self.carried = pieces  # its end is struck out, and with it its number
            return
        self.carried = []
        mark = self.numbering.mark(properties)
        if mark and pieces:
            pieces.insert(0, Piece(mark))
        yield from map(self.allowance.spend, _split(pieces))

    def _inline(self, holder: etree._Element, run: "_Run", depth: int) -> Iterator[Piece]:
        """Yield what stands in a line; text boxes go to `run.boxes`."""
        if depth > DEPTH:
            raise BrokenFile(file=self.allowance.file)
        for element in holder:
            name = local(element)
            if name == "t":
                yield Piece(_shown(element.text or "", run.look), run.look.font)
            elif name == "r":
                self.allowance.spend_run()
                look = self.styles.look(child(element, "rPr"), run.style)
                if not look.gone:
                    yield from self._inline(element, replace(run, look=look), depth + 1)
            elif name == "txbxContent":
                run.boxes.extend(self.blocks(element, depth + 1))
            elif name in _FORMULAS:
                yield from self._formula(element, name, run, depth)
            elif sign := self._sign(element, name):
                yield Piece(sign)
            elif name not in _SKIPPED and name not in _NOTES:
                yield from self._inline(element, run, depth + 1)

    def _sign(self, element: etree._Element, name: str) -> str:
        """Return what an element stands for, "" for nothing."""
        return self._call(element, _NOTES[name]) if name in _NOTES else _sign(element, name)

    def _formula(
        self, element: etree._Element, name: str, run: "_Run", depth: int
    ) -> Iterator[Piece]:
        """Yield a fraction as "90/100", a power with its exponent raised."""
        between = {"f": "/", "sSup": "^", "sSub": ""}[name]
        parts = ("num", "den") if name == "f" else ("e", "sup" if name == "sSup" else "sub")
        first, second = (
            [*self._inline(part, run, depth + 1)]
            if (part := child(element, each)) is not None
            else []
            for each in parts
        )
        figures = "".join(piece.text for piece in second)
        if name == "sSup" and figures.isascii() and figures.isdigit():
            yield from (*first, Piece(figures.translate(SUPERSCRIPTS)))
            return
        for at, side in enumerate((first, second)):
            whole = "".join(piece.text for piece in side).strip()
            yield from [Piece(between)] * at
            grouped = name == "f" and any(sign in whole for sign in "+- /")
            yield from (Piece("("), *side, Piece(")")) if grouped else side

    def _chunk(self, relation: str) -> Iterator[Line]:
        """Yield the lines of another file that was put into this one whole."""
        name = self.package.target(self.main, relation)
        data = self.package.bytes_of(name) if name else None
        kind = (name or "").rpartition(".")[2].lower()
        if data is None or kind not in {"html", "htm", "xhtml", "txt"}:
            self.unread.append(name or relation)
            return
        file = self.allowance.file
        text = unicode_text(file, data) if kind == "txt" else read_webpage(file, data).text
        for line in text.split("\n"):
            yield self.allowance.spend((Piece(line),))

    def _call(self, reference: etree._Element, kind: str) -> str:
        """Return the raised number of a note's call; its text may bear a mark of its own."""
        note = (kind, value(reference, "id") or "")
        if note not in self.called:
            self.called[note] = (
                ""
                if value(reference, "customMarkFollows") in {"1", "true", "on"}
                else str(next(self.numbers)).translate(SUPERSCRIPTS)
            )
        return self.called[note]

    def _table(self, element: etree._Element, depth: int) -> Iterator[Line]:
        rows = [
            [self._cell(cell, depth) for cell in _under(line, "tc", depth)]
            for line in _under(element, "tr", depth)
            if child(line, "trPr", "del") is None
        ]
        yield from table(rows)

    def _cell(self, element: etree._Element, depth: int) -> Cell:
        merged = child(element, "tcPr", "vMerge")
        goes_on = merged is not None and value(merged) != "restart"
        span = value(child(element, "tcPr", "gridSpan")) or ""
        return Cell(
            lines=list(self.blocks(element, depth + 1)),
            span=int(span) if re.fullmatch(r"[1-9]\d?", span) else 1,
            goes_on=goes_on,
        )

    def notes(self) -> Iterator[Line]:
        """Yield the notes that were called, each after its number, in the order of their calls."""
        for note, mark in list(self.called.items()):
            text = self.note_texts.get(note)
            if text is not None:
                first, *others = [*self.blocks(text, 0)] or [()]
                yield ()
                yield (Piece(f"{mark} " if mark else ""), *first)
                yield from others


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the walk stands inside a paragraph."""

    look: RunLook
    style: str | None
    boxes: list[Line]


def _under(holder: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    """Yield rows or cells, also those inside content controls."""
    for element in holder:
        if local(element) == name:
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml", "ins"} and depth <= DEPTH:
            yield from _under(element, name, depth + 1)


def _shown(text: str, look: RunLook) -> str:
    if look.raised:
        text = text.translate(SUPERSCRIPTS)
    return text.upper() if look.capitals else text


def _sign(element: etree._Element, name: str) -> str:
    """Return the character that an element stands for, "" for none."""
    if name == "br":
        return "\f" if value(element, "type") == "page" else "\n"
    if name == "sym":
        code = value(element, "char") or ""
        return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
    return _SIGNS.get(name, "")


def _split(pieces: Iterable[Piece]) -> Iterator[Line]:
    """Yield lines, of pieces in which line feeds may stand."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for other in others:
            yield tuple(line)
            line = [replace(piece, text=other)]
    yield tuple(line)
