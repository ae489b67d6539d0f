"""Laws, programmes and rules that a text names without a number."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_ROMAN: Final = "[IVXLC]+"
_SIGN: Final = r"\s*(?:[.;:()“”\"\n…]|,(?!\s+(?:chống|phường|thị trấn)(?!\w)))"
_WORDS_AFTER: Final = (
    "nhằm|để|trong|theo|gắn|đến|cho|tại|với|được|do|của|về|quy định|đảm bảo|bảo đảm|là|vào|tới|từ|"
    "như|ngày|khi|có|này|trên|bằng|hiện hành|đã|đối"
)
_STOP: Final = rf"(?={_SIGN}|\s+(?:{_WORDS_AFTER}|và)(?!\w))"
_LAW_STOP: Final = (
    rf"(?={_SIGN}|\s+(?:{_WORDS_AFTER})(?!\w)"
    r"|\s+và\s+(?:[A-ZĐ]|(?:các|những|pháp|văn bản|tổ chức|triển khai|thực hiện|quy)(?!\w)))"
)
"""A law's own name may hold "và": "Luật Hôn nhân và gia đình"."""

_PERIOD: Final = r"giai đoạn\s+[0-9]{4}\s*[-–]\s*[0-9]{4}"
_YEAR: Final = r"năm\s+[0-9]{4}"
_WORDS: Final = r"(?:\s+(?!số\s)[^\s.,;:()“”\"]+)"

_LAW: Final = re.compile(
    rf"(?<!\w)(?:Bộ luật|Luật)(?!\s+(?:sư|gia|số|này|trên)(?!\w))"
    rf"(?:{_WORDS}|,(?=\s+chống\s))+?(?:\s+{_YEAR}|{_LAW_STOP}|\s*$)"
)
_CONGRESS: Final = re.compile(
    rf"(?<!\w)Nghị quyết\s+(?:Đại hội|Trung ương)(?:\s+đại biểu)?(?:\s+Đảng bộ\s+\w+|\s+Đảng)?"
    rf"(?:\s+toàn quốc)?(?:\s+lần thứ)?\s+(?:{_ROMAN}|[0-9]+)(?!\w)"
    rf"(?:\s+của\s+Đảng(?:\s+bộ\s+(?:tỉnh|thành phố|huyện|xã))?)?"
    rf"(?:\s*,?\s*\(?kh(?:óa|oá)\s+{_ROMAN}\)?)?"
)
_PROGRAMME: Final = re.compile(
    rf"(?<!\w)(?:Chương trình|Quy chế|Đề án|Chiến lược|Pháp lệnh)"
    rf"(?!\s+(?:số|này|trên|hành động\s+số|phối hợp\s+số|của|nêu)(?!\w))"
    rf"(?:{_WORDS}|,)+?(?:\s+{_PERIOD}|\s+{_YEAR}|{_STOP}|\s*$)"
)
_BASIC: Final = re.compile(r"(?<!\w)(?:Hiến pháp(?:\s+năm\s+[0-9]{4})?|Điều lệ Đảng)(?!\w)")
_NUMBER_AHEAD: Final = re.compile(r"\s*,?\s*(?:số|ngày)\s")
_TITLE_WORDS: Final = re.compile(
    r"(?<!\w)(?:về|ban hành|thực hiện|quy định|phê duyệt|triển khai|của|hướng dẫn)(?!\w)"
)
_OWN_ANNEX: Final = re.compile(r"kèm theo\s+\S+(?:\s+\S+)?\s+này\s+$")
"""What a decision itself enacts: "Ban hành kèm theo Quyết định này Quy chế …"."""

_TITLE_END: Final = re.compile(r"[;\n]|\.\s|”(?!\w)")


def named_documents(text: str, number_ends: Sequence[int]) -> Iterator[str]:
    """Yield the names, in order, of documents that `text` cites by name.

    `number_ends` is where the document numbers of `text` end: a programme inside the title of a
    numbered document ("Quyết định số … ban hành Quy chế …") is not cited on its own; a law or a
    congress resolution always is.
    """
    found: list[tuple[int, str]] = []
    for pattern in (_LAW, _CONGRESS, _BASIC):
        found += [(match.start(), match.group()) for match in pattern.finditer(text)]
    found += [
        (match.start(), match.group())
        for match in _PROGRAMME.finditer(text)
        if not _in_title(text, match.start(), number_ends)
        and not _OWN_ANNEX.search(text, 0, match.start())
        and not _NUMBER_AHEAD.match(text, match.end())
    ]
    for _, name in sorted(found):
        if len(name.split()) > 2 or name.startswith(("Luật", "Hiến")):
            yield name.strip()


def _in_title(text: str, at: int, number_ends: Sequence[int]) -> bool:
    """Tell whether `at` lies in the title of a document whose number stands before."""
    ends = [end for end in number_ends if end <= at]
    if not ends or _TITLE_END.search(text, ends[-1], at):
        return False
    return _TITLE_WORDS.search(text, ends[-1], at) is not None
