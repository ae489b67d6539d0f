"""Read .rtf: paragraphs and tables of a Rich Text file, without what it hides or strikes out."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from knowledge.reading.layout import SUPERSCRIPTS
from knowledge.reading.lines import Allowance, Cell, Line, table, text_of
from knowledge.reading.recovery import Piece
from knowledge.reading.source import Extract
from knowledge.refusals import BrokenFile

MARK: Final = b"{\\rtf"
MOST_GROUPS: Final = 500
"""Groups inside groups; a table in a table has about twenty."""

_TOKEN: Final = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?\x20?|'(?P<byte>[0-9a-fA-F]{2})|"
    r"(?P<sign>[^a-zA-Z]))|(?P<open>\{)|(?P<close>\})|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_SKIPPED: Final = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "generator"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("listtable", "listoverridetable", "revtbl", "rsidtbl", "xmlnstbl", "latentstyles"),
        *("themedata", "datastore"),
    }
)
"""Groups that hold no text of the body."""

_WORDS: Final = {
    "line": "\n",
    "tab": "\t",
    "page": "\f",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SIGNS: Final = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_SWITCHES: Final = {"v": "hidden", "strike": "struck", "striked": "struck", "deleted": "struck"}


@dataclass(frozen=True, slots=True)
class _Look:
    """What a group passes on to the groups inside it."""

    skipped: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    wide: int = 1
    """Characters that follow each \\u for readers without Unicode."""


def read_rich_text(file: str, data: bytes) -> Extract:
    """Return the text of an .rtf. Raises BrokenFile, TooMuchText."""
    if not data.lstrip().startswith(MARK):
        raise BrokenFile(file=file)
    text = data.decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,4})", text)
    walk = _Walk(Allowance(file), f"cp{page[1]}" if page else "cp1252")
    return Extract(text=text_of(walk.read(text)))


@dataclass(slots=True)
class _Walk:
    """The walk over one file: what is open, and the lines so far."""

    allowance: Allowance
    encoding: str
    looks: list[_Look] = field(default_factory=lambda: [_Look()])
    line: list[str] = field(default_factory=list)
    cell: list[Line] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    in_table: bool = False
    left_out: int = 0
    """Characters still to be skipped after a \\u."""
    lines: list[Line] = field(default_factory=list)

    def read(self, text: str) -> list[Line]:
        """Go through the tokens once."""
        for match in _TOKEN.finditer(text):
            self._token(match)
        self._end_line()
        self._end_table()
        return self.lines

    def _token(self, match: re.Match[str]) -> None:
        if match["open"]:
            if len(self.looks) > MOST_GROUPS:
                raise BrokenFile(file=self.allowance.file)
            self.looks.append(self.looks[-1])
        elif match["close"]:
            self.looks[1:] = self.looks[1:-1]
        elif match["word"]:
            self._word(match["word"], match["number"])
        elif match["byte"]:
            self._say(bytes.fromhex(match["byte"]).decode(self._codec(), "replace"), one=True)
        elif match["sign"] == "*":
            self.looks[-1] = replace(self.looks[-1], skipped=True)
        elif match["sign"]:
            self._say(_SIGNS.get(match["sign"], ""))
        elif match["text"]:
            self._say(match["text"])

    def _codec(self) -> str:
        try:
            "".encode(self.encoding)
        except LookupError:
            self.encoding = "cp1252"
        return self.encoding

    def _word(self, word: str, number: str | None) -> None:
        look = self.looks[-1]
        if word in _SKIPPED:
            self.looks[-1] = replace(look, skipped=True)
        elif word in _SWITCHES:
            self.looks[-1] = replace(look, **{_SWITCHES[word]: number != "0"})
        elif word in {"super", "nosupersub", "plain"}:
            fresh = replace(look, hidden=False, struck=False) if word == "plain" else look
            self.looks[-1] = replace(fresh, raised=word == "super")
        elif word == "uc":
            self.looks[-1] = replace(look, wide=min(int(number or 1), 8))
        elif word == "u" and number:
            code = int(number) % 0x10000
            self._say(chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd")
            self.left_out = look.wide
        elif word in _WORDS:
            self._say(_WORDS[word])
        else:
            self._block(word)

    def _block(self, word: str) -> None:
        """Take a word that ends a paragraph, a cell or a row, or says where it stands."""
        if self.looks[-1].skipped:
            return
        if word == "pard":
            self.in_table = False
        elif word == "intbl":
            self.in_table = True
        elif word in {"par", "sect"}:
            self._end_line()
        elif word in {"cell", "nestcell"}:
            self._end_line(cell=True)
            self.row.append(Cell(self.cell))
            self.cell = []
        elif word in {"row", "nestrow"} and self.row:
            self.rows.append(self.row)
            self.row = []

    def _say(self, text: str, *, one: bool = False) -> None:
        look = self.looks[-1]
        if self.left_out:
            skipped = 1 if one else min(self.left_out, len(text))
            self.left_out -= skipped
            text = text[skipped:]
        if text and not (look.skipped or look.hidden or look.struck):
            self.line.append(text.translate(SUPERSCRIPTS) if look.raised else text)

    def _end_line(self, *, cell: bool = False) -> None:
        for text in "".join(self.line).split("\n"):
            line = self.allowance.spend((Piece(text),))
            if self.in_table or cell:
                self.cell += [line] if text.strip() else []
            else:
                self._end_table()
                self.lines.append(line)
        self.line = []

    def _end_table(self) -> None:
        if self.rows:
            self.lines += table(self.rows)
            self.rows = []
