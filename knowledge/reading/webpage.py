"""Read HTML: paragraphs, lists and tables in document order, without what a browser hides."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from knowledge.reading.encodings import recognise
from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.legacy import Legacy
from knowledge.reading.limits import PAGE_BYTES
from knowledge.reading.lines import Allowance, Cell, Line, table, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.reading.word_numbering import written
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
_STYLE_GONE: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_STYLE_SHOWN: Final = re.compile(r"visibility\s*:\s*(visible|hidden|collapse)", re.IGNORECASE)
_STYLE_STRUCK: Final = re.compile(r"text-decoration[^;]{0,60}line-through", re.IGNORECASE)
_STYLE_LIST: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_STRUCK: Final = frozenset({"s", "strike", "del"})
_LIST_TYPES: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_LIST_FORMS: Final = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "none": "none",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
"""As HTML's `type` and CSS name the forms that Word's lists have too."""

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
    unseen: bool = False
    """As `visibility` says; an element inside may be seen again."""
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
    tables: list[list[list[Cell]]] = field(default_factory=list)
    """Rows so far of the open tables, the innermost last."""
    rows: list[list[Cell]] = field(default_factory=list)
    """Cells so far of the open rows, the innermost last."""
    counts: list["_Counter"] = field(default_factory=list)
    """The open lists, the innermost last."""

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
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.outer.append(self.lines)
            self.lines = []
            if self.rows:
                span, below = (_small(element.get(name), 1) for name in ("colspan", "rowspan"))
                self.rows[-1].append(Cell([], span=span, below=below - 1))
        elif tag in {"ol", "ul"}:
            self.counts.append(_Counter.of(element, tag))
        elif tag == "li" and not self.styles[-1].hidden:
            self._mark(element)

    def _end(self, tag: str) -> None:
        self.styles.pop()
        if tag in _BLOCKS or tag in {"tr", "td", "th"}:
            self._break()
        if tag in {"td", "th"}:
            self._close_cell()
        elif tag == "tr":
            cells = self.rows.pop()
            if self.tables:
                self.tables[-1].append(cells)
            else:
                self.lines += table([cells])
        elif tag == "table":
            self.lines += table(self.tables.pop())
        elif tag in {"ol", "ul"}:
            self.counts.pop()

    def _close_cell(self) -> None:
        cell, self.lines = self.lines, self.outer.pop()
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].lines = cell
        else:
            self.lines += cell

    def _mark(self, item: etree._Element) -> None:
        """Write what a browser shows before an item of a list."""
        mark = self.counts[-1].mark(item) if self.counts else "- "
        if mark:
            self.line.append(Piece(mark))

    def _text(self, text: str | None) -> None:
        style = self.styles[-1]
        if not text or style.hidden or style.unseen:
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
    shown = _STYLE_SHOWN.search(style)
    hides = tag in _HIDDEN or element.get("hidden") is not None or _STYLE_GONE.search(style)
    struck = tag in _STRUCK or _STYLE_STRUCK.search(style)
    return replace(
        outer,
        font=font or outer.font,
        hidden=bool(outer.hidden or hides or struck),
        unseen=shown[1].lower() != "visible" if shown else outer.unseen,
        raised=outer.raised or tag == "sup",
        kept=outer.kept or tag == "pre",
    )


@dataclass(slots=True)
class _Counter:
    """A list while its items are counted, in the form and by the step that its element says."""

    form: str | None
    """One of Word's names for forms of numbers; None for bullets, "none" for no mark at all."""
    number: int = 1
    step: int = 1

    @classmethod
    def of(cls, element: etree._Element, tag: str) -> "_Counter":
        """Read what a list's element says."""
        styled = _STYLE_LIST.search(element.get("style") or "")
        name = styled[1].lower() if styled else ""
        if tag == "ul":
            return cls("none" if name == "none" else None)
        form = _LIST_FORMS.get(name) or _LIST_TYPES.get(element.get("type") or "", "decimal")
        backwards = element.get("reversed") is not None
        items = sum(str(item.tag) == "li" for item in element) if backwards else 1
        return cls(form, _small(element.get("start"), items), -1 if backwards else 1)

    def mark(self, item: etree._Element) -> str:
        """Count an item; return its mark as Vietnamese offices print it: "1. ", "a) "."""
        if self.form is None or self.form == "none":
            return "" if self.form else "- "
        number = _small(item.get("value"), self.number)
        self.number = number + self.step
        stop = ")" if self.form.endswith("Letter") else "."
        return f"{written(number, self.form)}{stop} "


def _piece(text: str, style: _Style) -> Piece:
    return Piece(text.translate(SUPERSCRIPTS) if style.raised else text, style.font)


def _small(text: str | None, otherwise: int) -> int:
    """Read a number of at most four figures; anything else gives `otherwise`."""
    sound = text is not None and text.isascii() and text.isdigit() and len(text) < 5
    return int(text) if sound and text is not None else otherwise
