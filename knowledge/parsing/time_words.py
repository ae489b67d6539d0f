"""How directives word a time: limits, days, periods, events, spans; and the days they name."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from knowledge.deadline import Day, Deadline, DeadlineKind, FullDate, MonthDay, Weekday
from knowledge.parsing.dates import FULL_DATE, full_date
from vietnamese.text import fold

_CLOCK: Final = (
    r"(?:(?:(?:[0-9]{1,2}\s*(?:giờ|h|g)\s*[0-9]{0,2}\s*(?:phút|')?|[0-9]{1,2}:[0-9]{2}|"
    r"(?:buổi\s+)?(?:sáng|chiều)|\(?thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])\)?|"
    r"\(?chủ nhật\)?)\s*,?\s*(?:của\s+)?)(?=[0-9(]|ngày|thứ|chủ|sáng|chiều|buổi)){0,3}"
)
"""An hour of the day and the day's name before its date: "17h00, thứ Sáu, ngày 25/9/2026"."""
_BEFORE: Final = r"(?P<before>(?:trước|xong trước)(?!\s+hết))"
_BY: Final = (
    r"(?P<by>(?:chậm|muộn) nhất(?:\s+(?:là|vào|đến|trước))*|(?:cho\s+)?đến hết|hết|trước hết|"
    r"(?:thời\s+)?hạn\s+(?:cuối|chót|nộp|gửi|hoàn thành)(?:\s+(?:cùng|là|vào|đến|báo cáo))*\s*:?|"
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
    rf"(?:{_LIMIT}ngày\s+|(?<!\w)(?:{_BEFORE.replace('before', 'short')}|"
    rf"(?P<by_short>(?:chậm|muộn) nhất|hạn cuối))\s+"
    r"(?=[0-9]{1,2}/[0-9]{1,2}(?!\s*(?:số|tổng|dân|hộ|thành viên|đại biểu)))|"
    rf"(?<!\w)(?:vào\s+)?ngày\s+(?=[0-9/ ]{{3,7}},?\s*(?:của\s+)?{EVERY}\s+năm)){_DAY_MONTH}"
    rf"(?:\s*,?\s*(?:(?:của\s+)?{EVERY}\s+năm|(?:của\s+)?năm\s+(?P<y>{_YEAR})))?"
)
"""A limit and a day of the year; `y` where the year is told apart."""

AND_DAY: Final = _words(rf"\s*(?:và|,)\s*(?:ngày\s+)?{_DAY_MONTH}")

MONTH_DAY: Final = _words(
    rf"(?:{_LIMIT}|(?<!\w)(?:vào\s+)?(?=ngày\s+[0-9]{{1,2}},?\s+"
    rf"(?:của\s+)?(?:{EVERY}\s+tháng|tháng\s+(?:cuối|đầu)\s*(?:của\s+)?(?:{EVERY}\s+)?quý)))"
    r"ngày\s+(?P<d>[0-9]{1,2})(?![/0-9])(?!\s+tháng\s+[0-9])"
    rf"(?:\s*(?:,|của)?\s*(?:(?P<monthly>{EVERY}\s+tháng)|"
    rf"tháng\s+(?P<which>cuối|đầu)\s*(?:của\s+)?(?:{EVERY}\s+)?quý"
    r"(?P<quarter>\s+sau|\s+tiếp theo)?|"
    r"(?P<next>(?:của\s+)?tháng\s+(?:sau|tiếp theo|kế tiếp|liền kề))))?"
)
"""A limit and a day of a month or quarter."""

WEEK_DAY: Final = _words(
    rf"(?:{_LIMIT}|(?<!\w)(?:vào\s+)?)(?:ngày\s+)?thứ\s+(?P<w>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)"
    rf"(?:\s*,?\s*(?P<weekly>(?:của\s+)?{EVERY}\s+tuần))?"
)
"""A day of the week, with a limit or alone; `weekly` where it is said to come round."""

WEEKDAYS: Final = {
    name: day
    for day, names in zip(Weekday, ("hai", "ba", "tu", "nam", "sau", "bay"), strict=False)
    for name in (names, str(day + 1))
}
"""Days of the week by their folded name or number: "thứ Hai", "thứ 2"."""

EVERY_WEEK_BEFORE: Final = _words(rf"{EVERY} tuần[^.;]{{0,40}}$")
"""Tells that the day that follows is a day of every week."""

MONTHS: Final = _words(
    r"(?<!\w)(?P<limit>trong|hết|đến hết|hoàn thành(?: trong| vào)?|xong trong|trước|vào)\s+"
    r"(?:tháng\s+(?P<m>[0-9]{1,2})|quý\s+(?P<q>IV|I{1,3}|[1-4]))"
    r"\s*(?:/|-|,?\s*năm\s+)\s*(?P<y>20[0-9]{2})(?![0-9])"
)
"""A month or quarter of a year as limit."""

YEAR_END: Final = _words(
    r"(?<!\w)(?:(?:hoàn thành|xong)(?:\s+\w+){0,3}?\s+(?:trong|hết)|(?:từ nay\s+)?đến hết|"
    r"(?:trước|hết)(?=\s+năm\s+20[0-9]{2}\s*(?:[.;,)]|$))|"
    r"trong(?=\s+năm\s+20[0-9]{2}\s*(?:[.;)]|$)))\s+năm\s+"
    r"(?P<y>20[0-9]{2})(?![0-9])"
)
"""A year as limit; "trong năm 2026" only where nothing follows."""

_ABOUT: Final = "".join(
    f"(?<!{word} )"
    for word in (
        *("tình hình", "kết quả", "công tác", "báo cáo", "kế hoạch", "dân vận", "nhiệm vụ"),
        *("kỳ", "đợt", "của", "lần", "trong", "so với"),
    )
)
"""What a month after such a word is the subject of, not the limit."""

BARE_MONTHS: Final = _words(
    rf"(?<!\w){_ABOUT}(?P<list>(?:tháng\s+[0-9]{{1,2}}\s*(?:,|và)\s*)*)"
    r"(?:tháng\s+(?P<m>[0-9]{1,2})|quý\s+(?P<q>IV|I{1,3}|[1-4]))"
    r"\s*(?:/|-|,?\s*năm\s+)\s*(?P<y>20[0-9]{2})(?![0-9])(?=\s*(?:[.;)]|$))"
)
"""A month or quarter that ends what is said: "…, quý III/2026."; elsewhere it may be a subject."""

LISTED_MONTH: Final = _words(r"tháng\s+([0-9]{1,2})")
YEARLY_MONTH: Final = _words(
    rf"(?<!\w)(?:(?:trong|vào|hết)\s+)?tháng\s+(?P<m>[0-9]{{1,2}})\s*,?\s*(?:của\s+)?{EVERY}\s+năm"
)
"""A month of every year, which ends with its last day."""

QUARTERS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_PERIOD_WORDS: Final = (
    (
        DeadlineKind.WEEKLY,
        rf"{EVERY} tuần|(?:theo|báo cáo|định kỳ) tuần(?! [0-9])|tuần một lần|1 tuần/lần",
    ),
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
        r"|(?:(?<=tháng, )|(?<=tháng và )|(?<=tháng hoặc )|(?<=quý, ))"
        r"(?:(?:một|0?1) )?năm(?! [0-9])"
        r"|(?<=\), )năm(?= \()|cuối năm(?! [0-9])",
    ),
)
PERIODS: Final = tuple(
    (kind, _words(rf"(?<!\w)(?:định kỳ\s+)?(?:{words})(?!\w)")) for kind, words in _PERIOD_WORDS
)
"""How each returning period is worded."""

EVERY_MONTH_BEFORE: Final = _words(rf"{EVERY} tháng[^.;]{{0,160}}$")
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
    r"|(?:trong (?:thời hạn|vòng|thời gian)\s+(?:không quá\s+)?|(?:chậm|muộn) nhất(?: là)?\s+|"
    r"không quá\s+)[0-9]{1,3}(?:\s*\([^()]{1,20}\))?\s+ngày(?: làm việc)?"
    r"(?:,?\s*(?:(?:kể )?từ|sau|trước)(?: khi| ngày)?[^.;:,()\n]{0,80})?"
    r"|(?:trước|sau)(?: khi diễn ra| khi kết thúc)?\s+(?:mỗi\s+)?"
    r"(?:kỳ họp|phiên họp|hội nghị|cuộc họp|đợt kiểm tra|"
    r"đợt giám sát)[^.;:,()\n]{0,60})"
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


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline and where its words stand."""

    deadline: Deadline
    start: int
    end: int


def found_at(
    text: str,
    span: tuple[int, int],
    kind: DeadlineKind,
    *,
    starts: str | None = None,
    ends: str | None = None,
) -> FoundDeadline:
    """Make the deadline that a span of the text words, without a day."""
    deadline = Deadline(kind=kind, text=text[slice(*span)].strip(), starts=starts, ends=ends)
    return FoundDeadline(deadline, *span)


def days(text: str) -> Iterator[FoundDeadline]:
    """Read the days that `text` sets as limits; some of them may overlap, the surest first."""
    yield from _dated(text)
    yield from _year_days(text)
    yield from _month_days(text)
    yield from _months(text)
    yield from _bare_months(text)
    yield from _week_days(text)


def _limited(match: re.Match[str], kind: DeadlineKind, day: Day) -> FoundDeadline:
    """Make a deadline of a limit and a day: before it, or by it."""
    words = match.group().strip()
    if not _exists(day):
        return FoundDeadline(Deadline(kind=kind, text=words, impossible=True), *match.span())
    before, by = (day, None) if _is_before(match) else (None, day)
    return FoundDeadline(Deadline(kind=kind, text=words, before=before, by=by), *match.span())


def _is_before(match: re.Match[str]) -> bool:
    said = match.groupdict()
    return bool(said.get("before") or said.get("short"))


def _exists(day: Day) -> bool:
    """Tell whether any calendar has `day`; that of a month's or quarter's any month may have."""
    if isinstance(day, FullDate):
        return 1 <= day.month <= 12 and 1 <= day.day <= monthrange(day.year, day.month)[1]
    if isinstance(day, MonthDay):
        return day.day <= monthrange(_LEAP_YEAR, (day.month - 1) % 12 + 1)[1]
    return True


_LEAP_YEAR: Final = 2024


def _dated(text: str) -> Iterator[FoundDeadline]:
    for match in DATED.finditer(text):
        yield _limited(match, DeadlineKind.DATED, full_date(match))


def _year_days(text: str) -> Iterator[FoundDeadline]:
    """Read days without a year: "trước ngày 15/6", and the "và 15/12" that goes on with it."""
    for match in YEAR_DAY.finditer(text):
        day = _month_and_day(match)
        if day is None:
            continue
        if match["y"]:
            full = FullDate(int(match["y"]), day.month, day.day)
            yield _limited(match, DeadlineKind.DATED, full)
            continue
        one = _limited(match, DeadlineKind.YEARLY, day)
        yield one
        more = AND_DAY.match(text, match.end())
        following = _month_and_day(more) if more else None
        if more and following:
            before, by = (following, None) if _is_before(match) else (None, following)
            words = text[match.start() : more.end()]
            deadline = replace(one.deadline, before=before, by=by, text=words)
            yield FoundDeadline(deadline, *more.span())


def _month_and_day(match: re.Match[str]) -> MonthDay | None:
    day, month = int(match["d"]), int(match["m"] or match["mm"])
    return MonthDay(month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _month_days(text: str) -> Iterator[FoundDeadline]:
    """Read a day of a month or quarter; the month counts from the first of the period."""
    for match in MONTH_DAY.finditer(text):
        day = int(match["d"])
        if not 1 <= day <= 31:
            continue
        if match["which"]:
            month = 3 if match["which"].lower() == "cuối" else 1
            month += 3 if match["quarter"] else 0
            yield _limited(match, DeadlineKind.QUARTERLY, MonthDay(month, day))
        elif match["monthly"] or match["next"] or EVERY_MONTH_BEFORE.search(text[: match.start()]):
            month = 2 if match["next"] else 1
            yield _limited(match, DeadlineKind.MONTHLY, MonthDay(month, day))


def _months(text: str) -> Iterator[FoundDeadline]:
    """Read months, quarters and years as limits; the last day is in, unless "trước" is said."""
    for match in MONTHS.finditer(text):
        year = int(match["y"])
        last = int(match["m"]) if match["m"] else 3 * QUARTERS[match["q"].upper()]
        if not 1 <= last <= 12:
            continue
        first = last if match["m"] else last - 2
        before = FullDate(year, first, 1) if match["limit"].lower() == "trước" else None
        by = None if before else FullDate(year, last, monthrange(year, last)[1])
        deadline = Deadline(kind=DeadlineKind.DATED, text=match.group(), before=before, by=by)
        yield FoundDeadline(deadline, *match.span())
    for match in YEAR_END.finditer(text):
        end = FullDate(int(match["y"]), 12, 31)
        deadline = Deadline(kind=DeadlineKind.DATED, text=match.group(), by=end)
        yield FoundDeadline(deadline, *match.span())


def _bare_months(text: str) -> Iterator[FoundDeadline]:
    """Read "tháng 3 và tháng 9/2026", "quý III/2026", "tháng 10 hằng năm"; the last day is in."""
    for match in BARE_MONTHS.finditer(text):
        year = int(match["y"])
        listed = [int(month) for month in LISTED_MONTH.findall(match["list"])]
        last = int(match["m"]) if match["m"] else 3 * QUARTERS[match["q"].upper()]
        months = [month for month in (*listed, last) if 1 <= month <= 12]
        for at, month in enumerate(months):
            by = FullDate(year, month, monthrange(year, month)[1])
            deadline = Deadline(kind=DeadlineKind.DATED, text=match.group(), by=by)
            place = match.start() + at  # each apart, or the first alone would be kept
            yield FoundDeadline(
                deadline, place, match.end() if at == len(months) - 1 else place + 1
            )
    for match in YEARLY_MONTH.finditer(text):
        month = int(match["m"])
        if 1 <= month <= 12:
            by_day = MonthDay(month, monthrange(_LEAP_YEAR - 1, month)[1])
            deadline = Deadline(kind=DeadlineKind.YEARLY, text=match.group(), by=by_day)
            yield FoundDeadline(deadline, *match.span())


def _week_days(text: str) -> Iterator[FoundDeadline]:
    """Read a day of every week; one that is not said to come round is no deadline."""
    for match in WEEK_DAY.finditer(text):
        if match["weekly"] or EVERY_WEEK_BEFORE.search(text[: match.start()]):
            yield _limited(match, DeadlineKind.WEEKLY, WEEKDAYS[fold(match["w"])])
