"""Days as officers type them on a phone: "5/11", "thứ sáu tuần sau", "cuoi thang", "3 ngày nữa".

Accents may be missing. Weeks begin on Monday. A text that is to be a day is not read where it is a
lunar one: "rằm tháng Giêng" is no day here, because a wrong day is worse than a question.
`vietnamese.running_days` offers the solar day it falls on.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vietnamese import day_words as words
from vietnamese.day_words import aligned, as_spelt
from vietnamese.text import has_diacritics, nfc

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


Worked = Callable[[date, int], date]
"""Gives the day so many working days after another; `Calendar.add_working_days`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchDay:
    """A place where a day is worded that no calendar has, as "31/11"."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the reading depends on beside the words."""

    today: date
    prefer: Prefer
    accented: bool
    """Whether the text has accents: without them "sau" may be six as well as after."""
    worked: Worked | None = None
    running: bool = False
    """Whether it stands in a longer text: "3 ngày" is a length there, "trong 3 ngày" a day."""


_Reader = Callable[[re.Match[str], _Asked], ReadDate | None]


def read_date(
    text: str, today: date, prefer: Prefer = Prefer.NEAREST, worked: Worked | None = None
) -> ReadDate | None:
    """Read a text that is a day and nothing else; None where it is not, or no such day exists."""
    folded = " ".join(aligned(nfc(text)).split()).strip(" .,;!?")
    if words.LUNAR.search(folded):
        return None
    asked = _Asked(today, prefer, has_diacritics(text), worked)
    for pattern, reader in _READERS:
        match = pattern.fullmatch(folded)
        if match is not None:
            return _within_calendar(reader, match, asked)
    return None


def find_dates(
    text: str, today: date, prefer: Prefer = Prefer.FUTURE, worked: Worked | None = None
) -> Iterator[FoundDate]:
    """Give the days worded in a longer text (NFC), in order of place, the longest at each place."""
    for found in scan_dates(text, today, prefer, worked):
        if isinstance(found, FoundDate):
            yield found


def scan_dates(
    text: str, today: date, prefer: Prefer = Prefer.FUTURE, worked: Worked | None = None
) -> Iterator[FoundDate | NoSuchDay]:
    """Give the days worded in a longer text (NFC), and those that no calendar has, in order."""
    folded = aligned(text)
    asked = _Asked(today, prefer, has_diacritics(text), worked, running=True)
    at = 0
    while at < len(folded):
        found = _at(text, folded, at, asked)
        if found is not None:
            yield found
        at = found.end if found is not None else at + 1


def _at(text: str, folded: str, at: int, asked: _Asked) -> FoundDate | NoSuchDay | None:
    """Read the longest day that begins at `at`, which must be the beginning of a word.

    A day and month that do not exist are not read as something shorter: "30/2/2027" is no 30th.
    """
    if not folded[at].isalnum() or (at and folded[at - 1].isalnum()):
        return None
    matches = [
        (match.end(), reader, match)
        for pattern, reader in _READERS
        if (match := pattern.match(folded, at)) and as_spelt(text[at : match.end()])
    ]
    for end, reader, match in sorted(matches, key=lambda one: -one[0]):
        read = _within_calendar(reader, match, asked)
        if read is not None:
            return FoundDate(start=at, end=end, read=read)
        if reader is _full and _like_a_day(match):
            return NoSuchDay(start=at, end=end)
    return None


def _like_a_day(match: re.Match[str]) -> bool:
    """Tell whether a day and month that do not exist were meant as such: "15/20" may be a share."""
    month = _number(match["m"])
    named = match.re in (words.WITH_WORDS, words.WITH_BLANKS) or match["y"] is not None
    return named or (1 <= month <= 12 and 1 <= _number(match["d"]) <= 31)


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
    certain = asked.accented or match["next"] != "sau"
    return ReadDate(first.replace(day=_number(match["d"])), certain)


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
    this_month = (chosen.year, chosen.month) == (asked.today.year, asked.today.month)
    return ReadDate(chosen, this_month and (asked.accented or match["d"].isdigit()))


def _run_together(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "05112026"."""
    del asked
    return ReadDate(date(int(match["y"]), int(match["m"]), int(match["d"])))


# --- days beside today -----------------------------------------------------------------------


def _beside_today(match: re.Match[str], asked: _Asked) -> ReadDate:
    return ReadDate(asked.today + timedelta(days=words.BESIDE_TODAY[match["beside"]]))


def _counted(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "3 ngày nữa", "trong 2 tuần"."""
    if asked.running and not (match["lead"] or match["tail"]):
        return None
    return ReadDate(_on(asked.today, _number(match["n"]), match["of"]))


def _counted_worked(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "10 ngày làm việc nữa" where there is a calendar to count by."""
    if asked.worked is None or (asked.running and not (match["lead"] or match["tail"])):
        return None
    return ReadDate(asked.worked(asked.today, _number(match["n"])))


def _counted_back(match: re.Match[str], asked: _Asked) -> ReadDate | None:
    """Read "3 ngày trước", "cách đây 1 tháng"."""
    return ReadDate(_on(asked.today, -_number(match["n"]), match["of"]))


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
    return None if typed is None else words.WEEKDAYS[typed]


def _step(match: re.Match[str]) -> int:
    """Return 1 for "sau", 2 for "sau nữa", -1 for "trước", 0 for "này" and where nothing is."""
    ahead = _said(match, "next")
    if ahead is not None:
        return 2 if ahead.endswith("nua") else 1
    return -1 if _said(match, "last") else 0


def _said(match: re.Match[str], name: str) -> str | None:
    """Return what a group holds; None where the pattern has no such group."""
    return match.groupdict().get(name)


def _number(name: str) -> int:
    """Read a small number in digits or folded words."""
    if name.isdigit():
        return int(name)
    return words.MONTHS[name] if name in words.MONTHS else words.DAYS[name]


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


def _on(day: date, count: int, of: str) -> date:
    """Return the day so many days, weeks or months on; a shorter month gives its last day."""
    if of != "thang":
        return day + timedelta(days=count * (7 if of == "tuan" else 1))
    first = _first_of_month(day, count)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (words.ISO, _run_together),
    (words.RUN_TOGETHER, _run_together),
    (words.WITH_SIGNS, _full),
    (words.WITH_BLANKS, _full),
    (words.OF_MONTH, _of_month),
    (words.WITH_WORDS, _full),
    (words.BESIDE, _beside_today),
    (words.DAY_ALONE, _day_alone),
    (words.AGO, _counted_back),
    (words.SINCE, _counted_back),
    (words.AHEAD, _counted),
    (words.WORKED, _counted_worked),
    (words.HALF_A_MONTH, _half_a_month),
    (words.OF_WEEK, _of_week),
    (words.PART_OF_WEEK, _part_of_week),
    (words.END_OF_WEEK, _part_of_week),
    (words.PART_OF_MONTHS, _part_of_months),
    (words.MONTHS_BESIDE, _part_of_months),
)
"""The ways a day is worded, each with its reader; the first that fits a whole text is taken."""
