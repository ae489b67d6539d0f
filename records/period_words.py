"""Periods within running words: "tuần này", "quý trước", "6 tháng đầu năm", "từ 01/3 đến 15/4".

Accents may be missing. Where a year is not said, the period nearest to today is meant; "6 tháng"
and "9 tháng" alone are the first of the year, as reports of that name are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from records.ids import PeriodKey
from records.period_keys import (
    FIRST_YEAR,
    LAST_YEAR,
    PeriodKind,
    PeriodName,
    calendar_days,
    moved,
    name_at,
    parse_period,
    period_key,
)
from vietnamese.dates import Prefer, find_dates
from vietnamese.day_words import aligned
from vietnamese.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last, both included; `key` where they are one reporting period."""

    first: date
    last: date
    key: PeriodKey | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last

    def spans(self, key: PeriodKey) -> bool:
        """Tell whether a whole reporting period lies within. Raises NotAPeriod."""
        first, last = calendar_days(parse_period(key))
        return self.first <= first and last <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpan:
    """A period inside a longer text (NFC), and where its words stand."""

    start: int
    end: int
    span: Span


_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "SAU": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_COUNT: Final = r"(?:[0-9]{1,3}|muoi mot|muoi hai|mot|hai|ba|bon|tu|nam|SAU|bay|tam|chin|muoi)"
_WITHIN: Final = r"(?:(?:trong|ca|cuoi|het|suot|cua)\s+)?"
_THIS: Final = r"(?:nay|hien tai|hien nay)"
_NEXT: Final = r"(?:sau|toi|ke tiep|tiep theo)"
_LAST: Final = r"(?:truoc|vua roi|vua qua|roi|qua)"
_YEAR: Final = (
    r"(?:\s*(?:[/,]|nam)?\s*(?P<y>(?:19|20|21)[0-9]{2})"
    r"|\s+(?:cua\s+)?nam\s+(?P<yw>nay|ngoai|truoc|sau|toi))?"
)
_OF: Final = {
    "tuan": PeriodKind.WEEK,
    "thang": PeriodKind.MONTH,
    "quy": PeriodKind.QUARTER,
    "nam": PeriodKind.YEAR,
}
_STEPS: Final = {"nay": 0, "ngoai": -1, "truoc": -1, "sau": 1, "toi": 1}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the reading depends on beside the words."""

    today: date
    past: bool = False
    """Whether what has begun is meant where the year is not said; else what is nearest."""


_Reader = Callable[[re.Match[str], _Asked], Span | None]


def find_spans(text: str, today: date, prefer: Prefer = Prefer.NEAREST) -> Iterator[FoundSpan]:
    """Give the periods worded in a text (NFC), in order, the longest at each place.

    `prefer` is NEAREST or PAST: which year is meant where none is said.
    """
    folded, at, asked = aligned(text), 0, _Asked(today, prefer is Prefer.PAST)
    while at < len(folded):
        found = None
        if folded[at].isalnum() and not (at and folded[at - 1].isalnum()):
            found = _at(text, folded, at, asked)
        if found is not None:
            yield found
        at = found.end if found is not None else at + 1


def read_span(text: str, today: date, prefer: Prefer = Prefer.NEAREST) -> Span | None:
    """Return the first period worded in a text; None where there is none."""
    found = next(find_spans(nfc(text), today, prefer), None)
    return None if found is None else found.span


def _at(text: str, folded: str, at: int, asked: _Asked) -> FoundSpan | None:
    read = [_from_to(text, folded, at, asked.today)]
    for pattern, reader in _READERS:
        match = pattern.match(folded, at)
        span = None if match is None else _within_calendar(reader, match, asked)
        if match is not None and span is not None:
            read.append(FoundSpan(start=at, end=match.end(), span=span))
    return max((one for one in read if one is not None), key=lambda one: one.end, default=None)


def _within_calendar(reader: _Reader, match: re.Match[str], asked: _Asked) -> Span | None:
    """Read a match; None where it names no days that a record may be of."""
    try:
        span = reader(match, asked)
    except (ValueError, OverflowError):
        return None
    in_time = span is not None and span.first.year >= FIRST_YEAR and span.last.year <= LAST_YEAR
    return span if in_time else None


# --- one period ------------------------------------------------------------------------------


def _of(name: PeriodName) -> Span:
    first, last = calendar_days(name)
    return Span(first=first, last=last, key=period_key(name))


def _beside(match: re.Match[str], asked: _Asked) -> Span:
    """Read "tháng này", "quý trước", "năm ngoái"."""
    name = name_at(_OF[match["of"]], asked.today)
    step = -1 if match["last"] else 1 if match["next"] else 0
    return _of(moved(name, step))


def _running(match: re.Match[str], asked: _Asked) -> Span:
    """Read "trong tuần", "cả năm": the one that today is in."""
    return _of(name_at(_OF[match["of"]], asked.today))


def _numbered(match: re.Match[str], asked: _Asked) -> Span | None:
    """Read "quý III/2026", "tháng 10", "6 tháng cuối năm 2025"."""
    said, today = match.groupdict(), asked.today
    if said.get("half"):
        kind, ordinal = PeriodKind.HALF, 2 if (said.get("end") or "") == "cuoi" else 1
    elif said.get("nine"):
        kind, ordinal = PeriodKind.NINE_MONTHS, 1
    else:
        kind, ordinal = _OF[match["of"]], _number(match["n"])
    most = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.WEEK: 53}.get(kind, 2)
    if not 1 <= ordinal <= most:
        return None
    year = _year(match, today)
    if year is not None:
        return _of(PeriodName(kind=kind, year=year, ordinal=ordinal))
    if kind in (PeriodKind.HALF, PeriodKind.NINE_MONTHS) and ordinal == 1:
        return _of(PeriodName(kind=kind, year=today.year, ordinal=1))
    years = (today.year - 1, today.year, today.year + 1)
    near = [_of(PeriodName(kind=kind, year=one, ordinal=ordinal)) for one in years]
    begun = [span for span in near if span.first <= today]
    return min(begun if asked.past else near, key=lambda span: _distance(span, today))


def _whole_year(match: re.Match[str], _asked: _Asked) -> Span:
    return _of(PeriodName(kind=PeriodKind.YEAR, year=int(match["y"])))


def _distance(span: Span, today: date) -> int:
    """Return how many days lie between; a coming period is as far as a past one."""
    return max((span.first - today).days, (today - span.last).days, 0)


def _year(match: re.Match[str], today: date) -> int | None:
    """Return the year that was said."""
    if match["y"]:
        return int(match["y"])
    return today.year + _STEPS[match["yw"]] if match["yw"] else None


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    return _ROMAN.get(said) or _COUNTS[said]


# --- days ------------------------------------------------------------------------------------


def _today(match: re.Match[str], asked: _Asked) -> Span:
    step = -1 if match["qua"] else 1 if match["mai"] else 0
    day = asked.today + timedelta(days=step)
    return Span(first=day, last=day)


def _since(match: re.Match[str], asked: _Asked) -> Span:
    """Read "từ đầu năm đến nay"."""
    first, _ = calendar_days(name_at(_OF[match["of"]], asked.today))
    return Span(first=first, last=asked.today)


def _stretch(match: re.Match[str], asked: _Asked) -> Span:
    """Read "30 ngày qua", "2 tuần tới"."""
    today = asked.today
    days = _number(match["n"]) * {"ngay": 1, "tuan": 7, "thang": 30}[match["of"]]
    if match["next"]:
        return Span(first=today, last=today + timedelta(days=days))
    return Span(first=today - timedelta(days=days), last=today)


def _from_to(text: str, folded: str, at: int, today: date) -> FoundSpan | None:
    """Read "từ 01/3 đến 15/4", "từ tháng 1 đến tháng 6"."""
    opening = re.compile(r"(?:ke )?tu\s+").match(folded, at)
    if opening is None:
        return None
    ends = list(_ends(text, folded, opening.end(), today))
    for (_, early, first), (begins, end, last) in pairwise(ends[:2]):
        between = folded[early:begins].strip(" ,")
        if (
            begins >= early
            and between in ("", "den", "toi", "den het", "cho den")
            and (first.first <= last.last)
        ):
            return FoundSpan(start=at, end=end, span=Span(first=first.first, last=last.last))
    return None


def _ends(text: str, folded: str, at: int, today: date) -> Iterator[tuple[int, int, Span]]:
    """Give periods and days from a place on, in order."""
    days = [
        (one.start + at, one.end + at, Span(first=one.read.day, last=one.read.day))
        for one in find_dates(text[at:], today, Prefer.PAST)
    ]
    named = []
    for match in _NUMBERED.finditer(folded, at):
        span = _within_calendar(_numbered, match, _Asked(today, past=True))
        if span is not None:
            named.append((match.start(), match.end(), span))
    taken = [(one[0], one[1]) for one in named]
    free = [one for one in days if not any(a < one[1] and one[0] < b for a, b in taken)]
    yield from sorted((*named, *free), key=lambda one: one[0])


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}(?![^\W_])")


_NUMBERED: Final = _whole(
    _WITHIN + r"(?:(?P<half>(?:6|SAU)\s+thang|nua)(?:\s+(?P<end>dau|cuoi)(?:\s+nam)?)?"
    r"|(?P<nine>(?:9|chin)\s+thang(?:\s+dau(?:\s+nam)?)?)"
    rf"|(?P<of>quy|thang|tuan)\s*(?:thu\s+)?(?P<n>iv|iii|ii|i|{_COUNT})){_YEAR}"
)

_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (
        _whole(
            rf"{_WITHIN}(?P<of>tuan|thang|quy|nam)\s+(?:(?P<this>{_THIS})|(?P<next>{_NEXT})"
            rf"|(?P<last>{_LAST}|ngoai))"
        ),
        _beside,
    ),
    (_whole(r"(?P<next>sang)\s+(?P<of>tuan|thang|quy|nam)(?:\s+(?:sau|toi))?(?P<last>)"), _beside),
    (_whole(r"(?:trong|ca|cuoi|het|suot)\s+(?P<of>tuan|thang|quy|nam)(?:\s+nay)?"), _running),
    (_NUMBERED, _numbered),
    (_whole(rf"{_WITHIN}nam\s+(?P<y>(?:19|20|21)[0-9]{{2}})"), _whole_year),
    (
        _whole(
            r"(?:hom nay|bua nay|hnay|ngay hom nay|trong ngay|(?P<qua>hom qua|bua qua)"
            r"|(?P<mai>ngay mai))"
        ),
        _today,
    ),
    (
        _whole(
            r"(?:tinh\s+)?(?:ke\s+)?tu\s+dau\s+(?P<of>thang|quy|nam)(?:\s+(?:den|toi)\s+"
            r"(?:nay|gio|hom nay|hien tai))?"
        ),
        _since,
    ),
    (
        _whole(
            rf"(?P<n>{_COUNT})\s+(?P<of>ngay|tuan|thang)\s+(?:(?P<next>toi|sau|nua)"
            r"|qua|gan day|vua qua|vua roi|truoc)"
        ),
        _stretch,
    ),
)
