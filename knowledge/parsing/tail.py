"""Below the body: who gets a copy, who signs and as what, and where annexes begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.parsing.capitals import written
from knowledge.parsing.layout import (
    Line,
    columns,
    in_capitals,
    starts_small,
    stopped,
    without_calls,
)
from knowledge.parsing.lists import entries
from knowledge.parsing.marks import Level, marks_of
from knowledge.parsing.tables import table_start

LONGEST_SIGNATURE_LINE: Final = 90
"""Characters; a longer line below the signature is text again."""

RIGHT_COLUMN: Final = 25
"""Blanks before a line that stands in the right half of a page."""

TITLE_REACH: Final = 6
"""Lines from the name of an annex to its table."""

NAME_REACH: Final = 14
"""Lines from a role in capitals within which the name of its holder must stand."""

LONGEST_NAME: Final = 6
"""Words of a person's name, a title such as "TS." included."""

_DRESS: Final = "*_#> \t"
_COPIES: Final = re.compile(r"N(?:ơi|ƠI)\s+(?:nhận|NHẬN)[*_]*\s*(?::|$|(?=T/?M|K/?T|T/?L))[*_:\s]*")
_ON_BEHALF: Final = re.compile(
    r"(?P<how>T/M|T\.M|TM|K/T|KT|T/L|TL|TUQ|T/UQ|TƯQ)(?:\.\s*|\s+)(?=[^\W\d_a-z]{2})"
)
_ROLE: Final = re.compile(
    r"(?:QUYỀN\s+|Q\.\s*)?(?:PHÓ\s+)?(?:TỔNG\s+)?(?:CHI\s+)?(?:CHỦ TỊCH|BÍ THƯ|"
    r"CHÁNH VĂN PHÒNG|GIÁM ĐỐC|"
    r"TRƯỞNG (?:BAN|PHÒNG|ĐOÀN|CÔNG AN|TIỂU BAN)|CHỦ NHIỆM|CỤC TRƯỞNG|VỤ TRƯỞNG|BỘ TRƯỞNG|"
    r"THỨ TRƯỞNG|"
    r"THỦ TƯỚNG|VIỆN TRƯỞNG|CHÁNH ÁN|CHÁNH THANH TRA|CHỈ HUY TRƯỞNG|HIỆU TRƯỞNG|TỔNG BIÊN TẬP|"
    r"[ỦU][YỶ] VIÊN)(?!\w)"
)
_ADDED_ROLE: Final = re.compile(r"(?:THƯỜNG TRỰC|PHỤ TRÁCH|KIÊM|ĐIỀU HÀNH)\b")
_ANNEX: Final = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s+|SỐ\s+)?(?:[IVX]+|\d{1,2}|[A-ZĐ])(?!\w))?"
)
_ATTACHED: Final = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH|DANH MỤC|DANH SÁCH|ĐỀ CƯƠNG|ĐỀ ÁN|BIỂU|MẪU|"
    r"HƯỚNG DẪN|"
    r"ĐIỀU LỆ|NỘI QUY|TIÊU CHÍ|BỘ TIÊU CHÍ|BẢNG|THỐNG KÊ)(?!\w)"
)
_TABLES: Final = frozenset({"BẢNG", "BIỂU", "DANH MỤC", "DANH SÁCH", "THỐNG KÊ"})
"""What names a table and not a text of its own: its rows are cited as an annex's."""

_NAME_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-])*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What stands below the body, as printed; `behalf` is the body in whose name it is signed."""

    recipients: tuple[str, ...] = ()
    recipients_text: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    signature_text: str | None = None
    behalf: str | None = None


def is_name(text: str) -> bool:
    """Tell whether `text` can be a person's name: two to six words, each with a capital."""
    words = text.split()
    if not 2 <= len(words) <= LONGEST_NAME or in_capitals(text):
        return False
    return all(_NAME_WORD.match(word) and _capitalised(word) for word in words)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper() or word.endswith("."))


def opens_tail(text: str) -> bool:
    """Tell whether `text` is "Nơi nhận", "TM. …" or a signer's role, which stand below a body."""
    bare = without_calls(text).strip(_DRESS)
    return _COPIES.match(bare) is not None or _signs(bare)


def _signs(bare: str) -> bool:
    if len(bare) > LONGEST_SIGNATURE_LINE:
        return False
    on_behalf = _ON_BEHALF.match(bare)
    if on_behalf:
        return bare[on_behalf.end() :].split(" ", 1)[0].isupper()
    return in_capitals(bare) and _ROLE.match(bare) is not None


def tail_start(lines: Sequence[Line]) -> int:
    """Return the number of the first line below the body; all lines where nothing stands below."""
    for at, line in enumerate(lines):
        bare = without_calls(line.text).strip(_DRESS)
        if len(bare) < LONGEST_SIGNATURE_LINE * 2 and any(map(opens_tail, columns(line)[:1])):
            sure = _COPIES.match(bare) or _ON_BEHALF.match(bare)
            following = lines[at : at + NAME_REACH]
            if sure or any(is_name(cell) for near in following for cell in columns(near)):
                return at
    return len(lines)


def tail_end(lines: Sequence[Line], start: int) -> int:
    """Return the number of the line below `start` where text begins again: an annex, or more."""
    signed = False
    table = table_start(lines, start)
    for at in range(start, len(lines)):
        if at == table:
            return _titled(lines, start, at)
        text = without_calls(lines[at].text)
        listed = any(mark.level >= Level.DASH for mark in marks_of(text))
        if at > start and annex_name(text, signed=signed or lines[at].page):
            return at
        if not listed and at > start and _is_text_again(text, signed=signed):
            return at
        signed = signed or _signs(text.strip(_DRESS)) or any(map(is_name, columns(lines[at])))
    return len(lines)


def annex_start(lines: Sequence[Line]) -> int:
    """Return the number of the line that names an annex of a table, where nothing is signed."""
    table = table_start(lines, 0)
    if table is None:
        return len(lines)
    for at in range(max(1, table - TITLE_REACH), table):
        bare = lines[at].text.strip(_DRESS)
        if _ANNEX.match(bare) and annex_name(bare):
            return at
    return len(lines)


def _titled(lines: Sequence[Line], start: int, table: int) -> int:
    """Return the number of the first line of the title over a table below the signature."""
    at = table
    while at > start + 1:
        text = without_calls(lines[at - 1].text).strip(_DRESS)
        titled = in_capitals(text) or text.startswith("(")
        if not titled or _signs(text) or marks_of(text):
            break
        at -= 1
    return at


def _is_text_again(text: str, *, signed: bool) -> bool:
    if len(text) > LONGEST_SIGNATURE_LINE * 2:
        return True
    ordered = any(mark.level <= Level.NUMBER and " " in mark.rest for mark in marks_of(text))
    return signed and (ordered or (len(text) > LONGEST_SIGNATURE_LINE and stopped(text)))


def annex_name(text: str, *, signed: bool = True) -> str | None:
    """Return what an annex that opens with `text` is called; None where none opens."""
    bare = text.strip(_DRESS)
    found = _ANNEX.match(bare)
    if found and (in_capitals(bare) or found.end() == len(bare) or bare[found.end()] in ".:"):
        return _annex_words(found.group())
    attached = _ATTACHED.match(bare)
    if attached and signed and in_capitals(bare):
        if attached.group() in _TABLES:
            return "Phụ lục"
        return _annex_words(attached.group())
    return None


def opens_next_annex(text: str) -> bool:
    """Tell whether `text`, inside one annex, is the name of another."""
    bare = text.strip(_DRESS)
    return annex_name(bare, signed=False) is not None or _ATTACHED.fullmatch(bare) is not None


def _annex_words(name: str) -> str:
    first, *others = name.split()
    kept = [word if set(word) <= set("IVXABCDĐ") else word.lower() for word in others]
    return " ".join([first.capitalize(), *kept])


@dataclass(slots=True)
class _Reading:
    """The two columns of a tail while they are told apart."""

    copies: list[str] = field(default_factory=list)
    printed_copies: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    in_copies: bool = False

    def line(self, line: Line) -> None:
        """Take a line of one or two columns."""
        cells = columns(line)
        for at, cell in enumerate(cells):
            self.cell(without_calls(cell), right=at > 0 or line.indent >= RIGHT_COLUMN)

    def cell(self, cell: str, *, right: bool) -> None:
        """Put a cell among the copies or into the signature."""
        bare = cell.strip(_DRESS)
        found = _COPIES.match(bare)
        if found:
            self.in_copies = True
            self.printed_copies.append(bare[: found.end()].strip())
            bare = bare[found.end() :]
            if bare:
                self.cell(bare, right=False)
        elif self._is_signature(bare, right=right):
            self.signature.append(bare)
            self.in_copies = self.in_copies and right
        elif self.in_copies and not right:
            self.in_copies = self._goes_on(cell)
            self.copies += [cell] if self.in_copies else []
            self.printed_copies += [cell] if self.in_copies else []

    def _goes_on(self, cell: str) -> bool:
        """Tell whether a cell belongs to the list; below its full stop stands the typist's sign."""
        closed = bool(self.copies) and self.copies[-1].endswith(".")
        return not closed or starts_small(cell) or bool(marks_of(cell))

    def _is_signature(self, bare: str, *, right: bool) -> bool:
        if any(mark.level >= Level.DASH for mark in marks_of(bare)):
            return False
        if _signs(bare) or is_name(bare) or bare.startswith(("(Đã ký", "(đã ký", "Đã ký")):
            return True
        if right or not self.in_copies:
            return in_capitals(bare) or in_capitals(bare.split(" ", 1)[0])
        return in_capitals(bare) and len(bare.split()) > 1 and not bare.endswith((";", ".", ","))


def read_tail(lines: Sequence[Line], text: str) -> Tail:
    """Read the lines below a body; `text` is the body, where names stand in small letters."""
    reading = _Reading()
    for line in lines:
        reading.line(line)
    signature = _apart(reading.signature)
    signer = next((cell for cell in reversed(signature) if is_name(cell)), None)
    return Tail(
        recipients=entries(reading.copies),
        recipients_text="\n".join(reading.printed_copies) or None,
        signer=signer,
        signer_role=_role(signature, text),
        signature_text="\n".join(reading.signature) or None,
        behalf=_behalf(signature),
    )


def _apart(cells: Sequence[str]) -> list[str]:
    """Part "PHÓ BÍ THƯ Trần Văn A" into role and name."""
    apart: list[str] = []
    for cell in cells:
        words = cell.split()
        at = next((n for n, word in enumerate(words) if len(word) > 1 and not word.isupper()), 0)
        both = at and in_capitals(" ".join(words[:at])) and is_name(" ".join(words[at:]))
        apart += [" ".join(words[:at]), " ".join(words[at:])] if both else [cell]
    return apart


def _role(signature: Sequence[str], text: str) -> str | None:
    """Return the role under the last "TM.", "KT." or "TL.", which the signer holds."""
    behalf = [at for at, cell in enumerate(signature) if _ON_BEHALF.match(cell)]
    below = signature[behalf[-1] + 1 :] if behalf else signature
    for at, cell in enumerate(below):
        if in_capitals(cell) and _ROLE.match(cell):
            more = below[at + 1 : at + 2]
            added = [word for word in more if _ADDED_ROLE.match(word)]
            return written(" ".join([cell, *added]).strip(" ,.;"), text)
    return None


def _behalf(signature: Sequence[str]) -> str | None:
    for cell in signature:
        found = _ON_BEHALF.match(cell)
        if found and found["how"] in ("T/M", "T.M", "TM"):
            return cell[found.end() :]
    return None
