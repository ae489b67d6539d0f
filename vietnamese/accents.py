"""Words of deadlines with the accents that were not typed: "truoc ngay 5 hang thang".

Only words that mean one thing in a deadline are given theirs back; all else stays as typed.
"""

import re
from typing import Final

from vietnamese.text import fold

_SPELT: Final = {
    fold(phrase): phrase
    for phrase in (
        *("trước", "chậm nhất", "muộn nhất", "đến hết", "không quá", "ngày", "tháng", "năm"),
        *("quý", "tuần", "hằng", "hàng", "mỗi", "từng", "thứ", "hai", "tư", "sáu", "bảy"),
        *("chủ nhật", "đầu", "cuối", "giữa", "của", "và", "định kỳ", "giờ", "thường niên"),
        *("báo cáo", "tiếp theo", "kế tiếp", "liền kề", "sau", "trong", "là", "vào", "một lần"),
        *("khi có vướng mắc", "vướng mắc", "khó khăn", "phát sinh", "đột xuất", "yêu cầu"),
        *("hoàn thành", "xong", "gửi", "nửa năm", "hết"),
    )
}
"""The words of deadlines by what they are without accents; longer ones first."""
_WORD: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _SPELT), key=len, reverse=True))})(?!\w)"
)
_SIX: Final = re.compile(r"(?<=thứ )sau(?!\w)")
"""After "thứ" it is Friday: "thu sau"; everywhere else the period after."""


def with_accents(typed: str) -> str:
    """Return a text without accents, in lower case, with those of the words of deadlines."""
    spelt = _WORD.sub(lambda match: _SPELT[match.group()], typed.lower())
    return _SIX.sub("sáu", spelt)
