"""Read HTML: paragraphs, lists and tables in document order, without what a browser hides."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from knowledge.reading.encodings import recognise
from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.legacy import Legacy
from knowledge.reading.limits import PAGE_BYTES
from knowledge.reading.lines import Allowance, Line, row, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.refusals import BrokenFile, TooLarge

_HIDDEN: Final = frozenset(
    ("head", "script", "style", "noscript", "template", "svg", "button", "select", "nav", "iframe")
)
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tfoot"),
        *("thead", "ul"),
    }
)
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
"""As HTML counts them; a no-break space and a soft hyphen may be letters of a legacy encoding."""

_STYLE_FONT: Final = re.compile(r"font-family\s*:\s*([^;]{1,200})", re.IGNORECASE)
_STYLE_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_DECODED_LATER: Final = frozenset({Legacy.TCVN3, Legacy.VNI})
"""Left as bytes until the fonts of the page are known: .VnTimeH shows capitals."""


def read_webpage(file: str, data: bytes) -> Extract:
    """Return the text of an HTML page. Raises what bad input deserves."""
    if len(data) > PAGE_BYTES:
        raise TooLarge(file=file, limit=PAGE_BYTES)
    encoded = recognise(file, data, markup=True)
    text = encoded.text if encoded.legacy in _DECODED_LATER else encoded.decoded()
    root = _parsed(file, text)
    return Extract(text="" if root is None else text_of(_Page(Allowance(file)).read(root)))


def _parsed(file: str, text: str) -> etree._Element | None:
    """Return the root of a page, None where it has no element."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        raise BrokenFile(file=file) from None
    if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
        raise BrokenFile(file=file)  # nested too deep: the parser left out the rest
    return root


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element passes on to the text inside it."""

    font: str | None = None
    hidden: bool = False
    raised: bool = False
    kept: bool = False
    """Blanks and line ends stand as written."""


@dataclass(slots=True)
class _Page:
    """The walk over a page: what is open, and the lines so far."""

    allowance: Allowance
    lines: list[Line] = field(default_factory=list)
    line: list[Piece] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=lambda: [_Style()])
    outer: list[list[Line]] = field(default_factory=list)
    """Lines around the open cells, the innermost last."""
    rows: list[list[list[Line]]] = field(default_factory=list)
    """Cells so far of the open rows, the innermost last."""
    counts: list[int | None] = field(default_factory=list)
    """Next number of each open list; None where it has bullets."""

    def read(self, root: etree._Element) -> list[Line]:
        """Walk without recursion, for nothing bounds how deep a page nests."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
                self._text(element.text)
            else:
                self._end(str(element.tag))
                self._text(element.tail)
        self._break()
        return self.lines

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        self.styles.append(_styled(self.styles[-1], tag, element))
        if tag == "br" or tag in _BLOCKS or tag in {"tr", "td", "th"}:
            self._break(empty=tag == "br")
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.outer.append(self.lines)
            self.lines = []
        elif tag in {"ol", "ul"}:
            self.counts.append(_first(element) if tag == "ol" else None)
        elif tag == "li":
            self._mark()

    def _end(self, tag: str) -> None:
        self.styles.pop()
        if tag in _BLOCKS or tag in {"tr", "td", "th"}:
            self._break()
        if tag in {"td", "th"}:
            self._close_cell()
        elif tag == "tr":
            self.lines += row(self.rows.pop())
        elif tag in {"ol", "ul"}:
            self.counts.pop()

    def _close_cell(self) -> None:
        cell, self.lines = self.lines, self.outer.pop()
        if self.rows:
            self.rows[-1].append(cell)
        else:
            self.lines += cell

    def _mark(self) -> None:
        """Write what a browser shows before an item of a list."""
        count = self.counts[-1] if self.counts else None
        if count is not None:
            self.counts[-1] = count + 1
        self.line.append(Piece("- " if count is None else f"{count}. "))

    def _text(self, text: str | None) -> None:
        style = self.styles[-1]
        if not text or style.hidden:
            return
        if style.kept:
            self._lines(text, style)
            return
        text = _BLANKS.sub(" ", text)
        if not self.line or self.line[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.line.append(_piece(text, style))

    def _lines(self, text: str, style: _Style) -> None:
        for place, line in enumerate(text.splitlines()):
            if place:
                self._break(empty=True)
            self.line.append(_piece(line, style))

    def _break(self, *, empty: bool = False) -> None:
        """End the line; an empty one is kept only where the page asks for it."""
        if self.line or empty:
            self.lines.append(self.allowance.spend(tuple(self.line)))
            self.line = []


def _styled(outer: _Style, tag: str, element: etree._Element) -> _Style:
    style = element.get("style") or ""
    named = _STYLE_FONT.search(style)
    font = named[1] if named else element.get("face")
    return replace(
        outer,
        font=font or outer.font,
        hidden=outer.hidden or tag in _HIDDEN or bool(_STYLE_HIDDEN.search(style)),
        raised=outer.raised or tag == "sup",
        kept=outer.kept or tag == "pre",
    )


def _piece(text: str, style: _Style) -> Piece:
    return Piece(text.translate(SUPERSCRIPTS) if style.raised else text, style.font)


def _first(element: etree._Element) -> int:
    start = element.get("start") or ""
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
