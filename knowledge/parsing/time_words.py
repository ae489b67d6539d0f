"""The patterns by which directives word a time: limits, days, periods, events, spans."""

import re
from typing import Final

from knowledge.model import DeadlineKind
from knowledge.parsing.dates import FULL_DATE

_CLOCK: Final = r"(?:[0-9]{1,2}\s*(?:giờ|h|g)\s*[0-9]{0,2}\s*(?:phút|')?\s*,?\s*)?"
_BEFORE: Final = r"(?P<before>(?:trước|xong trước)(?!\s+hết))"
_BY: Final = (
    r"(?P<by>(?:chậm|muộn) nhất(?:\s+(?:là|vào|đến|trước))*|(?:cho\s+)?đến hết|hết|trước hết|"
    r"(?<!tính )đến(?! nay)|không quá)"
)
_LIMIT: Final = rf"(?<!\w)(?:gửi\s+|xong\s+)?(?:{_BEFORE}|{_BY})\s+{_CLOCK}"
"""Groups `before` (the day is out) or `by` (the day is in); an hour of the day may follow."""

EVERY: Final = r"(?:hằng|hàng|mỗi|từng)"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_DAY_MONTH: Final = (
    r"(?P<d>[0-9]{1,2})(?:\s*/\s*(?P<m>[0-9]{1,2})|\s+tháng\s+(?P<mm>[0-9]{1,2}))"
    r"(?![0-9]|[/.-][0-9])"
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DATED: Final = _words(rf"{_LIMIT}(?:ngày\s+)?{FULL_DATE.pattern}")
"""A limit and a full date."""

YEAR_DAY: Final = _words(
    rf"{_LIMIT}ngày\s+{_DAY_MONTH}"
    rf"(?:\s*,?\s*(?:(?:của\s+)?{EVERY}\s+năm|(?:của\s+)?năm\s+(?P<y>{_YEAR})))?"
)
"""A limit and a day of the year; `y` where the year is told apart."""

AND_DAY: Final = _words(rf"\s*(?:và|,)\s*(?:ngày\s+)?{_DAY_MONTH}")

MONTH_DAY: Final = _words(
    rf"{_LIMIT}ngày\s+(?P<d>[0-9]{{1,2}})(?![/0-9])"
    rf"(?:\s*(?:,|của)?\s*(?:(?P<monthly>{EVERY}\s+tháng)|"
    rf"tháng\s+(?P<which>cuối|đầu)\s*(?:của\s+)?(?:{EVERY}\s+)?quý"
    r"(?P<quarter>\s+sau|\s+tiếp theo)?|"
    r"(?P<next>(?:của\s+)?tháng\s+(?:sau|tiếp theo|kế tiếp|liền kề))))?"
)
"""A limit and a day of a month or quarter."""

MONTHS: Final = _words(
    r"(?<!\w)(?P<limit>trong|hết|đến hết|hoàn thành(?: trong| vào)?|xong trong|trước|vào)\s+"
    r"(?:tháng\s+(?P<m>[0-9]{1,2})|quý\s+(?P<q>IV|I{1,3}|[1-4]))"
    r"\s*(?:/|-|,?\s*năm\s+)\s*(?P<y>20[0-9]{2})(?![0-9])"
)
"""A month or quarter of a year as limit."""

YEAR_END: Final = _words(
    r"(?<!\w)(?:hoàn thành|xong)(?:\s+\w+){0,3}?\s+(?:trong|hết)\s+năm\s+"
    r"(?P<y>20[0-9]{2})(?![0-9])"
)
QUARTERS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_PERIOD_WORDS: Final = (
    (
        DeadlineKind.HALF_YEARLY,
        rf"(?:{EVERY}|định kỳ|báo cáo|sơ kết)\s+(?:(?:theo|báo cáo)\s+)?(?:0?6|sáu) tháng"
        r"|(?:0?6|sáu) tháng(?:\s*(?:/|một|1)\s*lần|(?=\s*(?:đầu năm|cuối năm|và|,|\(|\))))"
        r"|nửa năm",
    ),
    (
        DeadlineKind.QUARTERLY,
        rf"{EVERY} quý|(?:theo|báo cáo|định kỳ) quý(?! [IVX0-9])|quý một lần"
        r"|(?:0?3|ba) tháng(?:/| một) lần",
    ),
    (
        DeadlineKind.MONTHLY,
        rf"{EVERY} tháng|(?:theo|báo cáo|định kỳ) tháng(?! [0-9])|tháng một lần",
    ),
    (
        DeadlineKind.YEARLY,
        rf"{EVERY} năm|thường niên|năm một lần|1 năm/lần|một năm một lần"
        r"|(?:theo|báo cáo|định kỳ|tổng kết) năm(?! [0-9])"
        r"|(?:(?<=tháng, )|(?<=tháng và )|(?<=quý, ))(?:một )?năm(?! [0-9])"
        r"|(?<=\), )năm(?= \()|cuối năm(?! [0-9])",
    ),
)
PERIODS: Final = tuple(
    (kind, _words(rf"(?<!\w)(?:định kỳ\s+)?(?:{words})(?!\w)")) for kind, words in _PERIOD_WORDS
)
"""How each returning period is worded."""

EVERY_MONTH_BEFORE: Final = _words(rf"{EVERY} tháng[^.;]{{0,40}}$")
"""Tells that the day that follows is a day of every month."""

REGULARLY: Final = _words(
    r"(?<!\w)(?:theo\s+)?định kỳ"
    r"(?:\s+(?:hoặc|và)\s+(?:chuyên đề|đột xuất)(?:\s*\(nếu có\))?|\s+(?:báo cáo(?:\s+kết quả)?|"
    r"tham mưu|tổ chức|kiểm tra|đánh giá|sơ kết|tổng hợp|rà soát))?"
)
"""Again and again, with no period said."""

_TROUBLES: Final = "khó khăn|vướng mắc|phát sinh"
EVENT: Final = _words(
    r"(?<!\w)(?:(?:nếu|khi) (?:có|gặp|phát sinh|xảy ra)\s+(?:những\s+|các\s+|gì\s+)?"
    rf"(?:{_TROUBLES}|yêu cầu|vấn đề|tình huống|thay đổi|vụ việc|nội dung|biến động|phản ánh|"
    rf"kiến nghị|ý kiến|sự cố|diễn biến|đề nghị|văn bản)"
    rf"(?:(?:,|\s+\w+){{0,3}}?,?\s+(?:{_TROUBLES}))*"
    r"|phát sinh,?\s*(?:vướng mắc)?\s*\(nếu có\)"
    r"|(?:khó khăn|vướng mắc)(?:,?\s*\w+){0,2}\s*\(nếu có\)"
    r"|khi (?:phát sinh|cần thiết|được yêu cầu)|đột xuất (?:khi|theo)(?: có)? yêu cầu"
    r"|trong (?:thời hạn|vòng|thời gian)\s+(?:không quá\s+)?[0-9]{1,3}\s+ngày(?: làm việc)?"
    r"(?:,?\s*(?:kể )?từ)?)"
)
"""When something happens, or so many days after it."""

SPAN: Final = _words(
    r"(?<!\w)(?:(?:giai đoạn|nhiệm kỳ|trong các năm|các năm)\s+(?:từ\s+(?:năm\s+)?)?|từ năm\s+)"
    rf"(?P<starts>{_YEAR})\s*(?:[-–]|đến(?:\s+năm)?)\s*(?P<ends>{_YEAR})(?![0-9]{{4}})"
)
"""A period of years."""

_REVIEWS: Final = "sơ kết|tổng kết|chuyên đề|đột xuất"
ALSO: Final = _words(
    r"\s*(?:,|và|;)\s*(?P<more>(?:(?:,|và|hoặc)?\s*(?:báo cáo\s+)?"
    rf"(?:{_REVIEWS})(?!\s+(?:năm|khi|theo))\s*)+)"
)
"""Further reports named after a period: "hằng năm, sơ kết và tổng kết"."""

REVIEW: Final = _words(_REVIEWS)
