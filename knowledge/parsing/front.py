"""Above the body: how far the heading reaches, and what each of its lines says."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.parsing.heading import (
    MOST_FRONT_LINES,
    SURE,
    Piece,
    address_start,
    date_of,
    kind_of,
    number_of,
    pieces_of,
    place_of,
    titled_kind,
)
from knowledge.parsing.issuer import names_body
from knowledge.parsing.layout import (
    LONGEST_PRINTED_LINE,
    Line,
    Setting,
    ended,
    in_capitals,
    starts_small,
    unfinished,
    without_calls,
)
from knowledge.parsing.lists import entries
from knowledge.parsing.marks import Level, marks_of

MOST_LINES_BETWEEN: Final = 6
"""Lines in a row that are neither in capitals nor known; after more, the heading is over."""

LONGEST_TITLE: Final = 300
"""Characters of a title's line; a longer one is the body's first paragraph."""

LONGEST_LAW_NAME: Final = 150

_LAW: Final = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Nghị định|Thông tư)(?!\w)", re.IGNORECASE
)
_OPENS_BODY: Final = re.compile(
    r"(?:Thực hiện|Căn cứ|Nhằm|Để|Qua|Trong|Sau|Những|Ngày|Triển khai|Theo|Xét|Vừa qua|Thời gian|"
    r"Hiện nay|Từ|Năm|Phát huy|Tiếp tục|Kính thưa|Bản tóm lược)(?!\w)"
)
_ENACTS: Final = re.compile(r"(?:Căn cứ|Xét|Thực hiện)(?!\w)|KH(?:ÓA|OÁ) [IVXLC]+")
_TERM: Final = re.compile(r"KH(?:ÓA|OÁ)\s+[IVXLC]+.*KỲ\s+HỌP")
"""The session of a council, below its name."""

_LEAGUE: Final = re.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH$")
"""Stands where State papers have the motto, beside the committee that issues."""

_GROUNDS: Final = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị)(?!\w)")
"""How the grounds of a decision open; the numbers and dates in them are not its own."""
_GOES_ON_TITLE: Final = re.compile(r"[“\"(\d]|(?:giai đoạn|năm)(?!\w)")
_ATTACHED: Final = re.compile(r"\((?:Ban hành )?kèm theo", re.IGNORECASE)


@dataclass(slots=True)
class Front:
    """What stands above the body, as printed. `end` is the number of the first line below it."""

    number: str | None = None
    kind: str | None = None
    motto: bool = False
    block: list[str] = field(default_factory=list)
    """The lines that name the issuing bodies, the highest first."""
    of: list[str] = field(default_factory=list)
    """What follows the kind: "CỦA BAN THƯỜNG VỤ TỈNH ỦY"."""
    place: str | None = None
    date: datetime.date | None = None
    title: list[str] = field(default_factory=list)
    addressed: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    printed_address: list[str] = field(default_factory=list)
    end: int = 0

    @property
    def addressed_to(self) -> tuple[str, ...]:
        """Whom "Kính gửi" names."""
        return entries(self.addressed)


def read_front(lines: Sequence[Line], setting: Setting) -> Front:
    """Read the heading that `lines` open with; an empty one where they open with text."""
    reach = _reach(lines)
    if not reach:
        return _law_article(lines)
    reading = _Reading(setting)
    for at, line in enumerate(lines):
        reading.following = lines[at + 1].text if at + 1 < len(lines) else ""
        if at >= reach and not reading.wants(line):
            break
        reading.line(line)
        reading.front.end = at + 1
    return reading.front


def _reach(lines: Sequence[Line]) -> int:
    """Return the number of the line after the last one that surely belongs to a heading."""
    reach = between = 0
    kinds: set[Piece] = set()
    for at, line in enumerate(lines[:MOST_FRONT_LINES]):
        if _GROUNDS.match(line.text):
            break
        found = [piece for piece, _ in pieces_of(line)]
        if Piece.CAPITALS in found and Piece.KIND not in kinds and kinds and titled_kind(line.text):
            found.append(Piece.KIND)
        again = Piece.KIND in found and Piece.KIND in kinds
        if SURE.intersection(found) and not again:
            reach, between = at + 1, 0
            kinds.update(found)
            if Piece.ADDRESS in found:
                break
        elif again or between >= MOST_LINES_BETWEEN or _is_text(line.text):
            break
        else:
            between += not {Piece.CAPITALS, Piece.RULE}.intersection(found)
    return reach


def _is_text(text: str) -> bool:
    ordered = any(mark.level < Level.DASH for mark in marks_of(text))
    return ordered or len(text) > LONGEST_PRINTED_LINE


def _law_article(lines: Sequence[Line]) -> Front:
    """Read the name of a law and the title of its article, which open a bare article."""
    if len(lines) < 3:
        return Front()
    law, title = lines[0].text, lines[1].text
    plain = not ended(law) and not ended(title) and not marks_of(title) and not starts_small(title)
    if not plain or not _LAW.match(law) or max(len(law), len(title)) > LONGEST_LAW_NAME * 2:
        return Front()
    if len(law) > LONGEST_LAW_NAME or (
        lines[2].gap <= lines[1].gap and not marks_of(lines[2].text)
    ):
        return Front()
    found = _LAW.match(law)
    kind = found.group().lower() if found else None
    return Front(kind=kind, title=[f"{law}: {title}"], printed=[law, title], end=2)


@dataclass(slots=True)
class _Reading:
    """The heading while it is read; `context` is what the line above left open."""

    setting: Setting
    front: Front = field(default_factory=Front)
    context: Piece | None = None
    last: Line | None = None
    following: str = ""
    """The line below the one that is read."""

    def wants(self, line: Line) -> bool:
        """Tell whether a line below the last sure one still belongs to the heading."""
        text = without_calls(line.text)
        if self.context is Piece.ADDRESS:
            return self._wants_address(line)
        if _TERM.match(text):
            return True
        ruled = not any(char.isalnum() for char in text)
        if self.context not in (Piece.KIND, Piece.SUBJECT):
            enacts = names_body(text) and _ENACTS.match(self.following)
            return bool(enacts) or (ruled and len(text) > 1)
        if self.context is Piece.KIND and not self.front.title and not ruled:
            return self._opens_title(line)
        enacting = in_capitals(text) and names_body(text) and self._enacts()
        return ruled or enacting or self._goes_on_title(line)

    def _opens_title(self, line: Line) -> bool:
        text = line.text
        if len(text) > LONGEST_TITLE or ended(text) or marks_of(text):
            return _ATTACHED.match(text) is not None
        if in_capitals(text):
            return True
        return not (self.setting.wrapped and line.gap > 1 and len(text) > self.setting.width)

    def _goes_on_title(self, line: Line) -> bool:
        title = self.front.title
        before, text = title[-1] if title else "", line.text
        if _ATTACHED.match(text):
            return True
        if ended(before) or len(text) > LONGEST_TITLE or marks_of(text):
            return False
        if starts_small(text) or unfinished(before) or (in_capitals(before) and in_capitals(text)):
            return True
        fits = ended(text) or _OPENS_BODY.match(text) or len(before) + len(text) > LONGEST_TITLE
        return bool(_GOES_ON_TITLE.match(text)) and not fits

    def _wants_address(self, line: Line) -> bool:
        if not self.front.addressed:
            return len(line.text) <= LONGEST_PRINTED_LINE or bool(marks_of(line.text))
        marks = marks_of(line.text)
        if marks:
            return marks[0].level >= Level.DASH
        before = self.front.addressed[-1]
        if starts_small(line.text):
            return True
        if before.endswith((",", ";")):
            return not self._is_body(line)
        deep = line.indent >= 8 and self.last is not None and self.last.indent >= 8
        return not ended(before) and deep and not self._is_body(line)

    def _is_body(self, line: Line) -> bool:
        return len(line.text) > LONGEST_PRINTED_LINE or _OPENS_BODY.match(line.text) is not None

    def line(self, line: Line) -> None:
        """Take a line of the heading."""
        for piece, text in pieces_of(line):
            if self.context is Piece.ADDRESS and piece is not Piece.ADDRESS:
                self.front.addressed.append(text)
                self.front.printed_address.append(text)
            else:
                self._piece(piece, text)
        self.last = line

    def _piece(self, piece: Piece, text: str) -> None:
        front = self.front
        bare = text.strip("*_# ")
        if piece is Piece.KIND and front.kind:  # "THÔNG BÁO" over "KẾT LUẬN CỦA …": the title
            piece = Piece.CAPITALS
        if piece is Piece.ADDRESS:
            self.context = piece
            rest = text[address_start(text) :]
            front.addressed += [rest] if rest else []
            front.printed_address.append(text)
            return
        if piece is Piece.RULE:
            self.context = None if front.title else self.context
            return
        front.printed.append(text)
        front.motto = front.motto or piece is Piece.MOTTO
        if piece is Piece.NUMBER:
            front.number = front.number or number_of(text)
        elif piece is Piece.DATE:
            front.date = front.date or date_of(text)
            front.place = front.place or place_of(text)
        elif piece is Piece.KIND:
            self._kind(text)
        elif piece is Piece.SUBJECT:
            self.context = piece
            front.title = [bare]
        elif piece in (Piece.CAPITALS, Piece.OTHER):
            self._words(bare)

    def _kind(self, text: str) -> None:
        found = kind_of(text)
        if not found:
            return
        self.context = Piece.KIND
        self.front.kind, rest = found
        if rest.startswith("SỐ"):
            self.front.number = self.front.number or number_of(rest)
        elif rest:
            self.front.of.append(rest)

    def _words(self, text: str) -> None:
        """Take a line that only its place explains."""
        front = self.front
        titled = None if front.kind or self.context else titled_kind(text)
        if _TERM.match(text) or (front.block and front.number and _LEAGUE.match(text)):
            return
        if titled and (front.date or front.number or front.motto):
            self.context, front.kind, front.title = Piece.KIND, titled[0], [titled[1]]
        elif self.context is None and names_body(text) and _ENACTS.match(self.following):
            front.of = [text]
        elif self.context is Piece.SUBJECT:
            front.title.append(text)
        elif self.context is Piece.KIND:
            self._below_kind(text)
        elif not front.title:
            front.block.append(text)

    def _enacts(self) -> bool:
        """Tell whether this line, between title and "Căn cứ", says who enacts."""
        whole = bool(self.front.title) and not unfinished(self.front.title[-1])
        return whole and _ENACTS.match(self.following) is not None

    def _below_kind(self, text: str) -> None:
        """Take a line under the kind: the body it is of, the title, or who enacts."""
        front = self.front
        named = text.upper()
        if names_body(text) and self._enacts():
            front.of, self.context = [text], None
            return
        about = named.find(" VỀ ")
        of = named.startswith("CỦA ") or (front.of and in_capitals(text))
        if front.title or not of or named.startswith(("VỀ ", "V/V")):
            front.title += [] if _ATTACHED.match(text) else [text]
        elif about > 0:
            front.of.append(text[:about])
            front.title.append(text[about + 1 :])
        else:
            front.of.append(text)
