"""Names printed in capitals, set as they are written in a sentence."""

import re
from typing import Final

from knowledge.parsing.layout import in_capitals
from vietnamese.text import comparable

MOST_TRIES: Final = 8
"""Occurrences looked at before the rule decides."""

_NAMES: Final = """
Trung ương, Bộ Chính trị, Ban Bí thư, Tổng Bí thư, Bí thư, Ban Chấp hành, Ban Thường vụ,
Thường vụ, Thường trực, Đảng bộ, Đảng ủy, Đảng uỷ, Đảng đoàn, Đảng, Tỉnh ủy, Tỉnh uỷ, Thành ủy,
Thành uỷ, Huyện ủy, Huyện uỷ, Thị ủy, Thị uỷ, Quận ủy, Quận uỷ, Tỉnh đoàn, Thành đoàn,
Ban Dân vận, Dân vận, Ban Tuyên giáo, Tuyên giáo, Ban Tổ chức, Ban Nội chính, Ban cán sự,
Ban Chỉ đạo, Ủy ban, Uỷ ban, Ủy ban nhân dân, Uỷ ban nhân dân, Kiểm tra, Hội đồng, Mặt trận,
Tổ quốc, Việt Nam, Cộng sản, Hồ Chí Minh, Thanh niên, Phụ nữ, Nông dân, Cựu chiến binh, Liên đoàn,
Lao động, Văn phòng, Chính phủ, Thủ tướng, Phó Thủ tướng, Chủ tịch nước, Chủ tịch, Quốc hội,
Giám đốc, Tổng Giám đốc, Cục trưởng, Vụ trưởng, Bộ trưởng, Thứ trưởng, Trưởng ban, Trưởng phòng,
Chánh Văn phòng, Chánh Thanh tra, Thanh tra, Nội vụ, Tài chính, Tư pháp, Y tế, Công Thương,
Xây dựng, Giao thông, Vận tải, Nông nghiệp, Môi trường, Tài nguyên, Phát triển nông thôn,
Kế hoạch, Đầu tư, Giáo dục, Đào tạo, Khoa học, Công nghệ, Văn hóa, Văn hoá, Thể thao, Du lịch,
Thông tin, Truyền thông, Ngoại vụ, Dân tộc, Tôn giáo, Thương binh, Công an, Quân sự, Quốc phòng,
Ủy viên, Uỷ viên, Viện trưởng, Viện kiểm sát, Tòa án, Toà án, Bảo hiểm, Ngân hàng, Kho bạc,
Hải quan, Thuế, UBND, HĐND, MTTQ, BCH, BTV, TNCS, TW
"""
"""Names and offices in the capitals of Nghị định 30/2020/NĐ-CP, Phụ lục II."""

_WRITTEN: Final = {
    comparable(name.strip()): name.strip() for name in _NAMES.replace("\n", " ").split(",")
}
_LONGEST: Final = max(name.count(" ") + 1 for name in _WRITTEN)
_PLACES: Final = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu|"
    r"(?:tỉnh|thành|huyện|thị|quận) (?:ủy|uỷ)|(?:tỉnh|thành|xã|phường|huyện) đoàn)$"
)
_NUMERAL: Final = re.compile(r"[IVXLC]+$|.*\d")


def written(capitals: str, text: str = "") -> str:
    """Return `capitals` as `text` writes it elsewhere, or else by the rules of office style.

    "PHÓ BÍ THƯ" gives "Phó Bí thư", "ỦY BAN NHÂN DÂN TỈNH KON TUM" "Ủy ban nhân dân tỉnh Kon Tum".
    A name that is not in capitals comes back as it is.
    """
    if not in_capitals(capitals):
        return capitals
    return _elsewhere(capitals, text) or _by_rule(capitals.split())


def _elsewhere(capitals: str, text: str) -> str | None:
    sought, whole = comparable(capitals), comparable(text)
    if len(whole) != len(text) or not sought:
        return None
    at = -1
    for _ in range(MOST_TRIES):
        at = whole.find(sought, at + 1)
        if at < 0:
            return None
        found = text[at : at + len(sought)]
        if found[:1].isupper() and not in_capitals(found) and "\n" not in found:
            return found
    return None


def _by_rule(words: list[str]) -> str:
    lower = [word.lower() for word in words]
    out: list[str] = []
    at = 0
    place = False
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if _known(lower[at : at + n], n)), 0)
        if length:
            name = _WRITTEN[comparable(" ".join(lower[at : at + length]))].split()
            out += map(_like, lower[at : at + length], name)
            place = False
        else:
            length = 1
            out.append(_word(words[at], place=place, first=at == 0))
        ended = _PLACES.search(" ".join(lower[max(0, at + length - 2) : at + length]))
        place = bool(ended) or (place and not length > 1)
        at += length
    text = " ".join(out)
    return text[:1].upper() + text[1:]


def _known(words: list[str], length: int) -> bool:
    return len(words) == length and comparable(" ".join(words)) in _WRITTEN


def _like(word: str, written_word: str) -> str:
    """Give `word` the capitals of `written_word`; its own tone placement stays."""
    if written_word.isupper():
        return word.upper()
    return word.capitalize() if written_word[0].isupper() else word


def _word(word: str, *, place: bool, first: bool) -> str:
    if _NUMERAL.match(word):
        return word
    return word.capitalize() if place or first else word.lower()
