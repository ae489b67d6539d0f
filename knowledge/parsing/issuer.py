"""Who issued a document, where heading, preamble and signature each say a part of it."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.parsing.capitals import written
from vietnamese.text import comparable

LONGEST_ISSUER: Final = 14
"""Words of a body's name in the sentence by which it acts."""

_ACTS: Final = re.compile(
    r"(?:^|[,.;:)]\s*|\s)(?P<name>[^,.;:()\n]{4,120}?)\s*(?:\([^()\n]{1,60}\)\s*)?"
    r"(?<!\w)(?:yêu cầu|đề nghị|ban hành|xây dựng|chỉ thị|kết luận|quyết nghị|hướng dẫn|thông báo|"
    r"triển khai|quyết định|chỉ đạo|giao|có ý kiến|báo cáo)(?!\w)"
)
_HEAD: Final = re.compile(
    r"(?<!\w)(?:Ban |Bộ |Sở |[ỦU][yỷ] ban|UBND|UBKT|HĐND|Hội |Văn phòng|Chủ tịch|Thủ tướng|"
    r"Chính phủ|Tỉnh [ủu][yỷ]|"
    r"Thành [ủu][yỷ]|Huyện [ủu][yỷ]|Thị [ủu][yỷ]|Quận [ủu][yỷ]|Đảng [ủu][yỷ]|Đảng đoàn|"
    r"Mặt trận|Liên đoàn|"
    r"Tỉnh đoàn|Đoàn |Cục |Vụ |Viện |Thường trực|Tổng |Công an|Thanh tra|Trung tâm|Trường )"
)
_LEVEL: Final = re.compile(
    r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|VÀ|ĐẢNG BỘ|-)\s"
)
_BODY: Final = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HĐND|SỞ|BAN(?! HÀNH)|BỘ|HỘI|TỈNH [ỦU][YỶ]|THÀNH [ỦU][YỶ]|"
    r"HUYỆN [ỦU][YỶ]|"
    r"THỊ [ỦU][YỶ]|QUẬN [ỦU][YỶ]|"
    r"ĐẢNG|VĂN PHÒNG|CHI BỘ|TRƯỜNG|CỤC|VIỆN|MẶT TRẬN|TỈNH ĐOÀN|ĐOÀN|LIÊN ĐOÀN|CÔNG AN|TỔNG|"
    r"THỦ TƯỚNG|CHÍNH PHỦ|BỘ TRƯỞNG|GIÁM ĐỐC|"
    r"QUỐC HỘI|BCH|BTV|TÒA ÁN|TOÀ ÁN|KHO BẠC|CHI CỤC|THANH TRA|TRUNG TÂM|CHỦ TỊCH|UBMTTQ|BCĐ)(?!\w)"
)
_COMMITTEE: Final = re.compile(
    r"(?:(?:TỈNH|THÀNH|HUYỆN|THỊ|QUẬN|ĐẢNG) [ỦU][YỶ]|(?:TỈNH|THÀNH|XÃ|PHƯỜNG|HUYỆN) ĐOÀN)(?!\w)",
    re.IGNORECASE,
)


def issuer_of(
    *, of: Sequence[str], block: Sequence[str], acts: Sequence[str], behalf: str | None, text: str
) -> str | None:
    """Return the issuing body as written in sentences.

    What follows the kind ("CỦA BAN THƯỜNG VỤ …") says it outright. Else the heading says it, unless
    it names a party committee, in whose place its standing body acts: then the preamble's sentence
    does ("Ban Thường vụ Tỉnh ủy yêu cầu"), or the signature. Of two names the fuller counts.
    """
    if of:
        named = " ".join(of)
        return written(named[4:] if named.upper().startswith("CỦA ") else named, text)
    headed = _lowest(block)
    acting = next((name for name in map(_actor, acts) if name), None)
    if headed and not _COMMITTEE.match(headed):
        if acting and comparable(acting).startswith(comparable(headed)):
            return acting
        return written(headed, text)
    if acting:
        return _placed(acting, written(headed, text) if headed else "")
    if behalf:
        named = f"{behalf} {headed}" if headed and len(behalf.split()) <= 3 else behalf
        return written(named, text)
    return written(headed, text) if headed else None


def _placed(acting: str, headed: str) -> str:
    """Add the place that the heading has: "Ban Thường vụ Tỉnh ủy" under "TỈNH ỦY LÂM HÀ"."""
    if headed and _OFFICE.fullmatch(acting.upper()):
        return f"{acting} {headed}"
    words, plain = acting.split(), comparable(headed)
    for at in range(len(words)):
        end = comparable(" ".join(words[at:]))
        if plain.startswith(f"{end} "):
            return f"{acting} {' '.join(headed.split()[len(words) - at :])}"
    return acting


def names_body(text: str) -> bool:
    """Tell whether a line in capitals opens with the name of a body or of its head."""
    return text.isupper() and _BODY.match(text) is not None


def names_level(text: str) -> bool:
    """Tell whether a line in capitals only says which place the body above is of: "XÃ TÂN PHÚ"."""
    return text.isupper() and _LEVEL.match(text) is not None


def _lowest(block: Sequence[str]) -> str | None:
    """Return the last body that a heading names, its lines joined."""
    bodies: list[str] = []
    for line in block:
        text = line.strip(" *_-")
        if not text:
            continue
        if bodies and (_LEVEL.match(text.upper()) or not _BODY.match(text.upper())):
            bodies[-1] += f" {text}"
        elif _BODY.match(text.upper()):
            bodies.append(text)
    return _whole(bodies) if bodies else None


_LEAGUE: Final = re.compile(
    r"(?:BCH|BAN CHẤP HÀNH|BTV|BAN THƯỜNG VỤ)?\s*ĐOÀN "
    r"(?P<level>TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|HUYỆN) (?P<place>.+)"
)
_OFFICE: Final = re.compile(r"(?:VĂN PHÒNG|BAN THƯỜNG TRỰC|BAN THƯỜNG VỤ|THƯỜNG TRỰC)$")
"""Bodies that every parent has one of."""

_PARTY_BODY: Final = re.compile(
    r"(?:BAN|ỦY BAN KIỂM TRA|UỶ BAN KIỂM TRA)(?!\w)(?!.* (?:TỈNH|XÃ|THÀNH) )"
)


def _whole(bodies: Sequence[str]) -> str:
    """Return the last body with the parent it is one of: "VĂN PHÒNG" under "TỈNH ỦY LÂM HÀ"."""
    last = bodies[-1]
    league = _LEAGUE.fullmatch(last.upper())
    if league:  # "BCH ĐOÀN TỈNH LÂM HÀ" is written "Tỉnh đoàn Lâm Hà"
        level = "THÀNH" if league["level"] == "THÀNH PHỐ" else league["level"]
        return f"{level} ĐOÀN {league['place']}"
    if len(bodies) == 1:
        return last
    parent = bodies[-2]
    party = _COMMITTEE.match(parent) and _PARTY_BODY.match(last.upper())
    if not party and not _OFFICE.match(last.upper()):
        return last
    front = parent.upper().startswith(("MẶT TRẬN", "MTTQ"))
    return f"{last} {'ỦY BAN ' if front else ''}{parent}"


def _actor(paragraph: str) -> str | None:
    """Return the body that a paragraph says acts, the last where it names several."""
    found: str | None = None
    for match in _ACTS.finditer(paragraph):
        name = match["name"]
        head = _HEAD.search(name)
        while head and name[head.start() :].count(" ") >= LONGEST_ISSUER:
            head = _HEAD.search(name, head.end())
        if head:
            found = name[head.start() :].strip()
    return found
