"""What belongs to the page and not to the text: numbers, stamps, menus, a portal's foot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.parsing.heading import MOST_ABOVE, SURE, Piece, kind_of, pieces_of
from knowledge.parsing.issuer import names_body, names_level
from knowledge.parsing.layout import LONGEST_PRINTED_LINE, Line, stopped
from knowledge.parsing.tail import opens_tail

MOST_SENTENCES_ABOVE: Final = 3
"""Long lines that end a sentence; with more above it, a letterhead is that of an annex."""

LONGEST_SENTENCE_FREE: Final = 100
"""Characters; a longer line that ends with a full stop is running text."""

CENTRED: Final = 20
"""Blanks before a figure that stands in the middle of its line."""

MOST_STAMP_LINES: Final = 6
LONGEST_STAMP_LINE: Final = 80

_NUMBERED_PAGE: Final = re.compile(
    r"(?P<sure>[-–—|•.\s]*(?:Trang|Page|Tr\.)\s*(?P<named>\d{1,3})(?:\s*(?:/|of|trên)\s*\d{1,3})?"
    r"|[-–—~•|]\s*(?P<dashed>\d{1,3})\s*[-–—~•|]|(?P<share>\d{1,3})\s*/\s*\d{1,3})[-–—|\s]*"
    r"|(?P<bare>\d{1,3})",
    re.IGNORECASE,
)
_INCOMING: Final = re.compile(r"(?:CÔNG VĂN|VĂN BẢN)?\s*ĐẾN(?:\s|$|:)")
_INCOMING_LINE: Final = re.compile(
    r"(?:ĐẾN|Số|Ngày|Giờ|Chuyển|Lưu hồ sơ|Kính chuyển|Số và ký hiệu HS)(?:\s+(?:số|đến))?\s*[:.….]",
    re.IGNORECASE,
)
_SIGNED_BY_MACHINE: Final = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Signed by|Signature Valid|Email|Cơ quan|Thời gian ký|"
    r"Ngày ký|Signing time)\s*:",
    re.IGNORECASE,
)
_PORTAL_FOOT: Final = re.compile(
    r"[\W_]*(?:(?:các |những )?(?:tin|bài|tin bài|bài viết|văn bản|thông báo)"
    r"(?: tức)?(?: đã đưa| mới(?: nhất| hơn| ban hành)?| cũ hơn| khác| liên quan| cùng chuyên mục"
    r"| cùng lĩnh vực| nổi bật| đọc nhiều)+|xem nhiều(?: nhất)?|đọc nhiều(?: nhất)?|"
    r"(?:các )?tệp đính kèm|(?:file|tài liệu) đính kèm|ý kiến bạn đọc|bình luận|"
    r"chia sẻ|in bài viết|"
    r"gửi bài viết|về đầu trang|lượt truy cập.*|thống kê truy cập|liên kết website|"
    r"(?:copyright|©|bản quyền)(?:\s.*)?)[\W_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a document, and those of its pages that are no part of it."""

    kept: list[Line]
    above: list[Line]
    """What a page shows over the letterhead."""
    furniture: list[Line]
    """Everything else that was taken out, in order."""


def cleared(lines: Sequence[Line]) -> Sheet:
    """Part what belongs to the page from `lines`; nothing is lost."""
    start = letterhead(lines)
    above, rest = list(lines[:start]), list(lines[start:])
    foot = _foot(rest)
    text = rest[:foot]
    dropped = {*_page_numbers(text), *_stamps(text), *_contents(text)}
    kept: list[Line] = []
    for at, line in enumerate(rest[:foot]):
        if at in dropped:
            continue
        after = at - 1 in dropped
        kept.append(Line(line.text, line.raw, line.indent, 0, line.page) if after else line)
    furniture = [rest[at] for at in sorted(dropped)] + rest[foot:]
    return Sheet(kept, above, furniture)


def letterhead(lines: Sequence[Line]) -> int:
    """Return the number of the line that a letterhead opens with, below what a page shows."""
    found = _motto(lines)
    if found is None:
        return 0
    start = found
    while start and _of_letterhead(lines[start - 1]):
        start -= 1
    above = lines[:start]
    sentences = sum(len(line.text) > LONGEST_SENTENCE_FREE and stopped(line.text) for line in above)
    addressed = any(Piece.ADDRESS in _kinds(line) or kind_of(line.text) for line in above)
    short = all(names_body(line.text) or _kinds(line) <= _PLAIN for line in above)
    only_names = len(above) <= 4 and short and all(line.text.isupper() for line in above)
    return 0 if addressed or only_names or sentences > MOST_SENTENCES_ABOVE else start


_PLAIN: Final = frozenset({Piece.CAPITALS, Piece.RULE})


def _kinds(line: Line) -> set[Piece]:
    return {piece for piece, _ in pieces_of(line)}


def _motto(lines: Sequence[Line]) -> int | None:
    """Return the line of the first motto; a page's own title may name the Party in a sentence."""
    for at, line in enumerate(lines[:MOST_ABOVE]):
        if Piece.MOTTO in _kinds(line):
            return at
    return None


def _of_letterhead(line: Line) -> bool:
    if len(line.text) > LONGEST_PRINTED_LINE:
        return False
    return all(
        piece in SURE - {Piece.ADDRESS, Piece.KIND}
        or piece in (Piece.RULE, Piece.STAMP)
        or names_body(text)
        or names_level(text)
        for piece, text in pieces_of(line)
    )


def _foot(lines: Sequence[Line]) -> int:
    """Return the line at which a portal's foot begins: no signature stands below it."""
    for at, line in enumerate(lines):
        if at and _PORTAL_FOOT.fullmatch(line.text):
            below = lines[at + 1 :]
            if not any(opens_tail(one.text) for one in below):
                return at
    return len(lines)


def _page_numbers(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines that only number a page: each one more than the last, apart from the text."""
    expected = {1, 2}
    for at, line in enumerate(lines):
        found = _NUMBERED_PAGE.fullmatch(line.text)
        if found is None:
            continue
        figure = found["named"] or found["dashed"] or found["share"] or found["bare"]
        number = int(figure)
        if found["sure"] and (found["named"] or found["dashed"]):
            yield at
        elif number not in expected or not _apart(lines, at):
            continue
        else:
            yield at
        expected = {number + 1}


def _apart(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a figure alone on its line stands between pages, not in a column of figures."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    gaps = bool(line.gap) + bool(below is None or below.gap)
    edge = line.page or (below is not None and below.page)
    centred = line.indent >= CENTRED and all(
        other.indent < CENTRED // 2 for other in lines[max(0, at - 1) : at + 2] if other is not line
    )
    return edge or gaps == 2 or centred or at == 0


_CONTENTS: Final = re.compile(r"[\W_]*MỤC LỤC[\W_]*", re.IGNORECASE)
_ENTRY: Final = re.compile(r"\S.*?(?:\t|\s{3,}|[.…·_]{3,}|(?:\. ){3,})[\s.…·_]*\d{1,3}\s*$")
FEWEST_ENTRIES: Final = 3
MOST_WRAPPED: Final = 2
"""Lines of an entry before the one that ends with its page."""


def _contents(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of a table of contents, its heading too: each entry ends with a page."""
    at = 0
    while at < len(lines):
        headed = _CONTENTS.fullmatch(lines[at].text) is not None
        first = at + headed
        end = first
        while (found := _entry_end(lines, end)) is not None:
            end = found
        if end - first >= (1 if headed else FEWEST_ENTRIES):
            yield from range(at, end)
        at = max(end, at + 1)


def _entry_end(lines: Sequence[Line], at: int) -> int | None:
    """Return the number of the line below the entry that opens at `at`."""
    for end in range(at, min(at + MOST_WRAPPED, len(lines))):
        if _ENTRY.match(lines[end].raw.strip()) and not lines[end].tabular:
            return end + 1
        if stopped(lines[end].text) or lines[end].text.endswith(":"):
            return None
    return None


def _stamps(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of an incoming stamp ("ĐẾN", "Số: …") or of an electronic signature."""
    at = 0
    while at < len(lines):
        form = next((form for opens, form in _STAMPS if opens.match(lines[at].text)), None)
        end = at + 1
        while form and end < min(len(lines), at + MOST_STAMP_LINES):
            if not form.match(lines[end].text):
                break
            end += 1
        if form and len(lines[at].text) <= LONGEST_STAMP_LINE and end > at + 1:
            yield from range(at, end)
        at = end


_STAMPS: Final = ((_INCOMING, _INCOMING_LINE), (_SIGNED_BY_MACHINE, _SIGNED_BY_MACHINE))
"""How a stamp opens, and how its further lines do."""
