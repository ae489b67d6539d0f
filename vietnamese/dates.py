"""Days as officers type them on a phone: "5/11", "thứ sáu tuần sau", "cuoi thang", "3 ngày nữa".

Accents may be missing. Weeks begin on Monday. The lunar calendar is not read: "rằm tháng Giêng" is
no day here, because a wrong day is worse than a question.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vietnamese.text import fold, nfc

PLAIN_DISTANCE: Final = 122
"""Days; a third of a year: with a missing year, the other year is then at least twice as far."""

CENTURY_AHEAD: Final = 30
"""Years after today's that a year of two digits may name; beyond them it is of the last century."""


class Prefer(StrEnum):
    """Which day is meant where the words fit several."""

    PAST = "past"
    """The last one, today included."""
    FUTURE = "future"
    """The next one, today included."""
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day that was read; `certain` is false where the words could mean another one as well."""

    day: date
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A day inside a longer text, and where its words stand."""

    start: int
    end: int
    read: ReadDate


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the reading depends on beside the words."""

    today: date
    prefer: Prefer


_Reader = Callable[[re.Match[str], _Asked], ReadDate | None]

COUNTS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
"""Small numbers in words, folded."""

_WEEKDAYS: Final = {
    "2": 1, "hai": 1, "3": 2, "ba": 2, "4": 3, "tu": 3, "bon": 3, "5": 4, "nam": 4,
    "6": 5, "sau": 5, "7": 6, "bay": 6,
}  # fmt: skip
"""What stands after "thứ"; 1 is Monday."""

_WEEKDAY: Final = (
    r"(?:thu\s*(?P<wd>[2-7]|hai|ba|tu|bon|nam|sau|bay)|t\.?(?P<wt>[2-7])"
    r"|(?P<sun>chu\s*nhat|cn))(?![0-9])"
)
_COUNT: Final = rf"(?P<n>[0-9]{{1,3}}|{'|'.join(COUNTS)})"
_DAY: Final = rf"(?P<d>[0-9]{{1,2}}|{'|'.join(COUNTS)})"
_MONTH: Final = r"(?P<m>[0-9]{1,2}|hai|ba|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi)"
_YEAR: Final = r"(?P<y>(?:19|20|21)[0-9]{2}|[0-9]{2})"
_NEXT: Final = r"(?:sau|toi|ke tiep|tiep theo)"
_LAST: Final = r"(?:truoc|vua roi|roi|qua|ngoai)"
_WHICH: Final = rf"(?:(?P<this>nay)|(?P<next>{_NEXT})|(?P<last>{_LAST}))"
_LEAD: Final = r"(?:(?:vao|den|cho den|toi|den het|het|tu)\s+)?"
_HEAD: Final = rf"{_LEAD}(?:{_WEEKDAY}\s*,?\s*)?(?:(?:ngay|hom|mung|mong)\s+)?"

_ACCENTED: Final = frozenset(
    nfc(
        "hôm qua ngày mốt mùng mồng tháng năm tuần quý thứ chủ nhật một bốn sáu bảy tám chín mười"
        " tư này tới kế tiếp vừa rồi trước ngoái cuối đầu giữa nữa nửa cách đây vào đến hết từ kìa"
    ).split()
)
"""Words of the patterns as they are spelt; in running text "mại" is not "mai"."""

_LUNAR: Final = re.compile(r"(?<!\w)(?:ram|am lich|al|tet|gieng|chap)(?!\w)")


def aligned(text: str) -> str:
    """Return `text` (NFC) folded letter by letter, so that places in both are the same."""
    return "".join(bare if len(bare := fold(letter)) == 1 else letter for letter in text)


def read_date(text: str, today: date, prefer: Prefer = Prefer.NEAREST) -> ReadDate | None:
    """Read a text that is a day and nothing else; None where it is not, or no such day exists."""
    folded = " ".join(aligned(nfc(text)).split()).strip(" .,;!?")
    if _LUNAR.search(folded):
        return None
    asked = _Asked(today, prefer)
    for pattern, reader in _PATTERNS:
        match = pattern.fullmatch(folded)
        if match is not None:
            return _within_calendar(reader, match, asked)
    return None


def find_dates(text: str, today: date, prefer: Prefer = Prefer.FUTURE) -> Iterator[FoundDate]:
    """Give the days worded in a longer text (NFC), in order of place, the longest at each place."""
    folded, asked = aligned(text), _Asked(today, prefer)
    at = 0
    while at < len(folded):
        found = _at(text, folded, at, asked)
        if found is not None:
            yield found
        at = found.end if found is not None else at + 1


def _at(text: str, folded: str, at: int, asked: _Asked) -> FoundDate | None:
    """Read the longest day that begins at `at`, which must be the beginning of a word."""
    if not folded[at].isalnum() or (at and folded[at - 1].isalnum()):
        return None
    matches = [
        (match.end(), reader, match)
        for pattern, reader in _PATTERNS
        if (match := pattern.match(folded, at)) and _as_spelt(text[at : match.end()])
    ]
    for end, reader, match in sorted(matches, key=lambda one: -one[0]):
        read = _within_calendar(reader, match, asked)
        if read is not None:
            return FoundDate(start=at, end=end, read=read)
    return None


def _as_spelt(words: str) -> bool:
    """Tell whether each word has no accent at all or those of the word that is meant."""
    return all(
        word == fold(word) or word in _ACCENTED for word in re.findall(r"[^\W\d_]+", words.lower())
    )


def _within_calendar(reader: _Reader, match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read a match; None for a day that the calendar does not have."""
    try:
        return reader(match, asked)
    except (ValueError, OverflowError):
        return None


# --- days of a month -------------------------------------------------------------------------


def _full(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read a day and month, with or without a year, and its weekday where that is typed too."""
    day, month = _number(match["d"]), _number(match["m"])
    year = match["y"]
    if year is None:
        return _yearless(day, month, asked, _weekday(match))
    found = date(_full_year(year, asked.today), month, day)
    return ReadDate(found, _weekday(match) in (None, found.isoweekday()))


def _yearless(day: int, month: int, asked: _Asked, weekday: int | None) -> ReadDate | None:
    """Choose the nearest year that is allowed; a weekday typed beside it must agree."""
    span = range(asked.today.year - 8, asked.today.year + 9)
    """29 February comes every four years, around 1900 and 2100 every eight."""
    days = [date(year, month, day) for year in span if day <= monthrange(year, month)[1]]
    chosen = _chosen(days, asked)
    if chosen is None:
        return None
    plain = abs((chosen - asked.today).days) <= PLAIN_DISTANCE
    return ReadDate(chosen, plain if weekday is None else weekday == chosen.isoweekday())


def _chosen(days: list[date], asked: _Asked) -> date | None:
    """Return the day nearest to today on the side that is preferred."""
    today = asked.today
    allowed = [
        day
        for day in days
        if asked.prefer is Prefer.NEAREST or day == today or (day < today) == _back(asked)
    ]
    return min(allowed, key=lambda day: abs((day - today).days), default=None)


def _back(asked: _Asked) -> bool:
    return asked.prefer is Prefer.PAST


def _of_month(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "15 tháng này", "ngày 5 tháng sau"."""
    first = _first_of_month(asked.today, _step(match))
    return ReadDate(first.replace(day=_number(match["d"])))


def _day_alone(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "ngày 15": of this month or one beside it."""
    day = _number(match["d"])
    firsts = [_first_of_month(asked.today, step) for step in range(-2, 3)]
    days = [
        first.replace(day=day)
        for first in firsts
        if 1 <= day <= monthrange(first.year, first.month)[1]
    ]
    chosen = _chosen(days, asked)
    if chosen is None:
        return None
    same = (chosen.year, chosen.month) == (asked.today.year, asked.today.month)
    return ReadDate(chosen, same)


def _run_together(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "05112026"."""
    del asked
    return ReadDate(date(int(match["y"]), int(match["m"]), int(match["d"])))


# --- days beside today -----------------------------------------------------------------------

_BESIDE_TODAY: Final = {
    "hom nay": 0, "bua nay": 0, "hnay": 0, "ngay mai": 1, "mai": 1, "hom qua": -1, "bua qua": -1,
    "ngay kia": 2, "ngay mot": 2, "mot": 2, "hom kia": -2, "hom truoc": -2,
}  # fmt: skip
_TOLD_LOOSELY: Final = frozenset({"ngay mot", "mot", "hom truoc"})
""""Ngày một" is the first, "ngày mốt" the day after tomorrow; without accents they are one."""


def _beside_today(match: re.Match[str], asked: _Asked) -> ReadDate:
    words = match["beside"]
    return ReadDate(asked.today + timedelta(days=_BESIDE_TODAY[words]), words not in _TOLD_LOOSELY)


def _counted(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "3 ngày nữa", "trong 2 tuần", "cách đây 1 tháng"."""
    count = _number(match["n"])
    if _said(match, "ago") or _said(match, "since"):
        count = -count
    if match["of"] == "thang":
        return ReadDate(_months_on(asked.today, count))
    return ReadDate(asked.today + timedelta(days=count * (7 if match["of"] == "tuan" else 1)))


def _half_a_month(match: re.Match[str], asked: _Asked) -> ReadDate:
    """Read "nửa tháng nữa"."""
    del match
    return ReadDate(asked.today + timedelta(days=15), certain=False)


# --- weeks -----------------------------------------------------------------------------------


def _of_week(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read a weekday, of the week that is named or of the nearest that fits."""
    weekday = _weekday(match)
    if weekday is None:
        return None
    monday = asked.today - timedelta(days=asked.today.weekday())
    here = monday + timedelta(days=weekday - 1)
    if match["week"] or match["this"]:
        return ReadDate(here + timedelta(weeks=_step(match)))
    if match["next"]:
        return ReadDate(here if here > asked.today else here + timedelta(weeks=1), certain=False)
    if match["last"]:
        return ReadDate(here if here < asked.today else here - timedelta(weeks=1), certain=False)
    chosen = _chosen([here + timedelta(weeks=step) for step in (-1, 0, 1)], asked)
    told = asked.prefer is not Prefer.NEAREST and chosen != asked.today
    return None if chosen is None else ReadDate(chosen, told)


def _part_of_week(match: re.Match[str], asked: _Asked) -> ReadDate:
    """Read "tuần sau", "đầu tuần sau" (its Monday), "cuối tuần" (its Friday): all loosely told."""
    monday = asked.today - timedelta(days=asked.today.weekday())
    part = {"dau": 0, "giua": 2, "cuoi": 4, None: 0}[_said(match, "part")]
    return ReadDate(monday + timedelta(weeks=_step(match), days=part), certain=False)


# --- parts of months, quarters, years --------------------------------------------------------

_LENGTHS: Final = {"thang": 1, "quy": 3, "nam": 12}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _part_of_months(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read the beginning, middle or end of a month, quarter or year, named or told from today."""
    length, part = _LENGTHS[match["of"]], _said(match, "part")
    days = [_told(start, length, part) for start in _starts(match, asked, length)]
    chosen = days[0] if len(days) == 1 else _chosen(days, asked)
    return None if chosen is None else ReadDate(chosen, part in ("het", "ngay cuoi"))


def _told(start: date, length: int, part: str | None) -> date:
    """Return the day that stands for a part of the months from `start`; the first if none is."""
    last = _first_of_month(start, length) - timedelta(days=1)
    if part == "giua":
        return start + (last - start) // 2
    return start if part in ("dau", None) else last


def _starts(match: re.Match[str], asked: _Asked, length: int) -> list[date]:
    """Return the first days of the months, quarters or years that may be meant."""
    name = _said(match, "name")
    if name is None:
        month = asked.today.month - (asked.today.month - 1) % length
        here = date(asked.today.year, month, 1)
        if _said(match, "this") or _step(match):
            return [_first_of_month(here, _step(match) * length)]
        return [here] if not _back(asked) else [_first_of_month(here, -length), here]
    number = _ROMAN[name] if name in _ROMAN else _number(name)
    if length == 12:
        return [date(number, 1, 1)] if number > 1900 else []
    if number > 12 // length:
        return []
    year, month = _said(match, "y"), (number - 1) * length + 1
    if year is not None:
        return [date(_full_year(year, asked.today), month, 1)]
    return [date(asked.today.year + step, month, 1) for step in (-1, 0, 1)]


# --- small steps -----------------------------------------------------------------------------


def _weekday(match: re.Match[str]) -> int | None:
    """Return the weekday that was typed, 1 for Monday; None if there is none."""
    if match["sun"]:
        return 7
    typed = match["wd"] or match["wt"]
    return None if typed is None else _WEEKDAYS[typed]


def _step(match: re.Match[str]) -> int:
    """Return 1 for "sau", -1 for "trước", 0 for "này" and where nothing is said."""
    return 1 if _said(match, "next") else -1 if _said(match, "last") else 0


def _said(match: re.Match[str], name: str) -> str | None:
    """Return what a group holds; None where the pattern has no such group."""
    return match.groupdict().get(name)


def _number(words: str) -> int:
    """Read a small number in digits or folded words; "tư" is four in months and weekdays."""
    if words.isdigit():
        return int(words)
    return {"tu": 4, "muoi mot": 11, "muoi hai": 12, **COUNTS}[words]


def _full_year(year: str, today: date) -> int:
    """Return a year in full that may be typed in two digits."""
    if len(year) == 4:
        return int(year)
    full = today.year - today.year % 100 + int(year)
    return full - 100 if full > today.year + CENTURY_AHEAD else full


def _first_of_month(day: date, step: int) -> date:
    """Return the first day of the month `step` months on."""
    months = day.year * 12 + day.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)


def _months_on(day: date, step: int) -> date:
    """Return the same day `step` months on, or that month's last day where it is shorter."""
    first = _first_of_month(day, step)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _compiled() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """Return the ways a day is worded, each with its reader; the first that fits a whole text."""
    named = r"(?P<name>[0-9]{1,4}|iv|iii|ii|i)"
    written: tuple[tuple[str, _Reader], ...] = (
        (r"(?P<y>(?:19|20|21)[0-9]{2})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})", _run_together),
        (r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>(?:19|20|21)[0-9]{2})", _run_together),
        (
            rf"{_HEAD}{_DAY}\s*(?P<sep>[/.\- ])\s*(?P<m>[0-9]{{1,2}})(?:\s*(?P=sep)\s*{_YEAR})?",
            _full,
        ),
        (rf"{_HEAD}{_DAY}\s*,?\s*thang\s*{_MONTH}(?:\s*[,/]?\s*(?:nam\s*)?{_YEAR})?", _full),
        (rf"{_HEAD}{_DAY}\s*,?\s*thang\s+{_WHICH}", _of_month),
        (rf"{_LEAD}(?:ngay|mung|mong|hom)\s+{_DAY}", _day_alone),
        (rf"{_LEAD}(?P<beside>{'|'.join(_BESIDE_TODAY)})", _beside_today),
        (
            rf"(?:trong (?:vong )?|sau )?{_COUNT}\s*(?P<of>ngay|tuan|thang)"
            r"(?:\s+(?:nua|toi|toi day))?",
            _counted,
        ),
        (
            rf"(?P<since>cach day\s+)?{_COUNT}\s*(?P<of>ngay|tuan|thang)(?P<ago>\s+truoc)?",
            _counted,
        ),
        (r"(?:trong )?nua thang(?:\s+nua)", _half_a_month),
        (rf"{_LEAD}{_WEEKDAY}(?:\s*,?\s*(?P<week>tuan)?\s*{_WHICH})?", _of_week),
        (rf"{_LEAD}(?:(?P<part>dau|giua|cuoi)\s+)?tuan\s+{_WHICH}", _part_of_week),
        (rf"{_LEAD}(?P<part>cuoi)\s+tuan", _part_of_week),
        (
            rf"{_LEAD}(?P<part>dau|giua|ngay cuoi|cuoi|het)\s+(?P<of>thang|quy|nam)"
            rf"(?:\s+{_WHICH}|\s*{named}(?:\s*[,/]?\s*(?:nam\s*)?{_YEAR})?)?",
            _part_of_months,
        ),
        (
            rf"{_LEAD}(?P<of>thang|quy|nam)\s+(?:(?P<next>{_NEXT})|(?P<last>{_LAST}))",
            _part_of_months,
        ),
    )
    return tuple((re.compile(rf"{pattern}(?![^\W_])"), reader) for pattern, reader in written)


_PATTERNS: Final = _compiled()
