"""Days within running words, and what is doubtful about them.

Everybody who reads a day out of a sentence asks here: which days were told, which words that could
belong to a day were left over, and why a person should look before it is acted on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vietnamese import day_words as words
from vietnamese.dates import FoundDate, NoSuchDay, Prefer, ReadDate, Worked, scan_dates
from vietnamese.day_words import aligned, as_spelt
from vietnamese.lunar import LunarDay, next_eve, next_solar, solar_of
from vietnamese.person_names import doubtful_names, name_spans
from vietnamese.text import fold, nfc

_FULL_MOON: Final = 15
_YEAR_END: Final = 12


class DoubtKind(StrEnum):
    """Why what was read should be read back."""

    LUNAR = "lunar"
    """A day of the lunar calendar; the solar day is offered."""
    NO_SUCH_DAY = "no_such_day"
    SEVERAL = "several"
    """More days than one, where one is wanted."""
    LEFT = "left"
    """Words that could belong to a day and were not understood."""
    LOOSE = "loose"
    """The words fit another day as well."""
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason to ask, with the words that give it, as typed."""

    kind: DoubtKind
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDays:
    """The days that words tell, in order, lunar ones by their solar day; and every doubt."""

    days: tuple[FoundDate, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nothing needs to be asked."""
        return not self.doubts


def read_days(
    text: str,
    today: date,
    prefer: Prefer = Prefer.FUTURE,
    worked: Worked | None = None,
    *,
    names: Iterable[str] = (),
) -> RunningDays:
    """Read the days of a text (NFC). `names` are people known to be in it, beside those it shows.

    `worked` counts working days; without it they are left over.
    """
    bare = without_names(text, names)
    lunar = tuple(_lunar(bare, today))
    rest = _blotted(bare, [(one.start, one.end) for one, _ in lunar])
    scanned = tuple(scan_dates(rest, today, prefer, worked))
    found = [one for one in scanned if isinstance(one, FoundDate)]
    wrong = [one for one in scanned if isinstance(one, NoSuchDay)]
    rest = _blotted(rest, [(one.start, one.end) for one in scanned])
    moons = [
        FoundDate(start=one.start, end=one.end, read=ReadDate(day)) for one, day in lunar if day
    ]
    wrong += [one for one, day in lunar if day is None]
    days = tuple(sorted((*found, *moons), key=lambda one: one.start))
    doubts = (
        *(_doubt(DoubtKind.LUNAR, text, one) for one in moons),
        *(_doubt(DoubtKind.NO_SUCH_DAY, text, one) for one in wrong),
        *(
            _doubt(DoubtKind.LOOSE, text, one)
            for one in found
            if not one.read.certain or _by_moon_too(bare, one)
        ),
        *(Doubt(kind=DoubtKind.LEFT, said=said) for said in _left(text, rest, days)),
        *(Doubt(kind=DoubtKind.LEFT, said=text[start:end]) for start, end in doubtful_names(bare)),
    )
    return RunningDays(days=days, doubts=doubts)


_TO: Final = re.compile(r"(?:den|toi|het|cho den|toi het)(?!\w)")
_TO_BEFORE: Final = re.compile(
    r"(?<!\w)(?:den|toi|het|sang|ra|lui|xin|truoc)(?:\s+(?:het|ngay))*\s*$"
)
_FROM: Final = re.compile(r"tu(?!\w)")
_FROM_BEFORE: Final = re.compile(r"(?<!\w)(?:tu|ke tu|bat dau)(?:\s+(?:het|ngay|hom))*\s*$")


def leads_to(text: str, one: FoundDate) -> bool:
    """Tell whether a day is one that something lasts to: "đến 20/11"."""
    folded = aligned(text)
    before = _TO_BEFORE.search(folded[: one.start])
    return bool(_TO.match(folded, one.start) or before)


def starts_from(text: str, one: FoundDate) -> bool:
    """Tell whether a day is one that something begins on: "từ 02/11"."""
    folded = aligned(text)
    before = _FROM_BEFORE.search(folded[: one.start])
    return bool(_FROM.match(folded, one.start) or before)


def without_names(text: str, names: Iterable[str] = ()) -> str:
    """Return a text with each name made one word without meaning, of the same length."""
    folded = fold(text)
    spans = list(name_spans(text))
    if len(folded) == len(text):
        for name in names:
            found = re.search(rf"(?<!\w){re.escape(fold(nfc(name)))}(?!\w)", folded)
            spans += [found.span()] if name.strip() and found else []
    return _blotted(text, spans)


def _blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _doubt(kind: DoubtKind, text: str, one: FoundDate | NoSuchDay) -> Doubt:
    return Doubt(kind=kind, said=text[one.start : one.end].strip())


def _by_moon_too(bare: str, one: FoundDate) -> bool:
    """Tell whether a day is worded as lunar ones are: "mùng 5 tháng 11"."""
    return re.search(r"(?<!\w)(?:mung|mong)\s", fold(bare[one.start : one.end])) is not None


# --- lunar days --------------------------------------------------------------------------------


def _lunar(text: str, today: date) -> Iterator[tuple[NoSuchDay, date | None]]:
    """Give the places of lunar days and the solar day of each; None where there is no such day."""
    folded, at = aligned(text), 0
    while at < len(folded):
        found = None
        if folded[at].isalnum() and not (at and folded[at - 1].isalnum()):
            found = _lunar_at(text, folded, at, today)
        if found is not None:
            yield found
        at = found[0].end if found is not None else at + 1


def _lunar_at(text: str, folded: str, at: int, today: date) -> tuple[NoSuchDay, date | None] | None:
    read: list[tuple[int, date | None]] = []
    for pattern in (words.NEW_YEAR, words.LUNAR_NAMED, words.LUNAR_DATE):
        match = pattern.match(folded, at)
        if match is not None and as_spelt(text[at : match.end()]) and _is_lunar(match, folded, at):
            read.append((match.end(), _solar(match, today)))
    if not read:
        return None
    end, day = max(read, key=lambda one: one[0])
    return NoSuchDay(start=at, end=end), day


def _is_lunar(match: re.Match[str], folded: str, at: int) -> bool:
    """Tell whether a match has words that only the other calendar has."""
    if match.re is words.NEW_YEAR:
        return True
    said = match.groupdict()
    before = re.search(r"(?<!\w)(?:am lich|lich ta)\s*\)?[\s:,]*(?:ngay\s+)?$", folded[:at])
    return bool(said.get("full") or said.get("lm") or said["tail"] or before)


def _solar(match: re.Match[str], today: date) -> date | None:
    """Return the solar day of a match."""
    said = match.groupdict()
    if said.get("eve"):
        return next_eve(today)
    if said.get("mid"):
        return next_solar(_FULL_MOON, 8, today)
    number = (
        _FULL_MOON if said.get("full") else words.DAYS.get(said["d"] or "", 0) or _figure(said["d"])
    )
    if match.re is words.NEW_YEAR:
        return _of_new_year(number, today)
    month = {"gieng": 1, "chap": 12}.get(said.get("lm") or "")
    told = said.get("m") or said.get("mw")
    if month is None and told is not None:
        month = int(told) if told.isdigit() else words.MONTHS[told]
    year = said.get("y") or said.get("yw")
    if month is None:
        return _next_of_any_month(number, today)
    if year is None:
        return next_solar(number, month, today)
    full = int(year) if len(year) == 4 else today.year - today.year % 100 + int(year)
    return solar_of(LunarDay(day=number, month=month, year=full))


def _of_new_year(number: int, today: date) -> date | None:
    """Return the day of "mùng 3 tết"; "30 tết" ends the old year, be it the 29th."""
    if number == 30:
        return next_eve(today)
    return next_solar(number, _YEAR_END if number > 20 else 1, today)


def _next_of_any_month(number: int, today: date) -> date | None:
    found = [next_solar(number, month, today) for month in range(1, 13)]
    return min((day for day in found if day is not None), default=None)


def _figure(said: str | None) -> int:
    return int(said) if said is not None and said.isdigit() else 0


# --- what is left over -------------------------------------------------------------------------

_STRONG: Final = re.compile(
    r"(?<!\w)(?:am lich|duong lich|lich ta|al|tet|ram|gieng|chap|nua|kia|KIA|MOT|giao thua"
    r"|(?:mung|mong)\s+(?:[0-9]|mot|hai|ba|bon|nam|SAU|bay|tam|chin|muoi)\w*"
    r"|ngay lam viec|ngay cong)(?!\w)"
    r"|(?<![\w/.,-])[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}(?:\s*[/.-]\s*[0-9]{2,4})?(?![\w/])"
)
"""Words that are a day's wherever they stand."""
_SPELT: Final = frozenset(
    nfc(
        "âm dương lịch ta âl tết rằm giêng chạp nữa kia kìa mốt giao thừa mùng mồng một hai ba bốn"
        " năm sáu bảy tám chín mười ngày làm việc công"
    ).split()
)
_WEAK: Final = re.compile(
    r"(?<!\w)(?:(?:ngay|hom)\s+(?:[0-9]+|nay|mai|qua|kia)|thu\s*[2-7]|thu\s+(?:hai|ba|tu|nam|SAU|bay)"
    r"|(?:thang|quy)\s*(?:[0-9]+|i{1,3}|iv|nay|sau|toi|truoc)|nam\s*(?:20[0-9]{2}|nay|sau|toi)"
    r"|sang nam|tuan\s+(?:nay|sau|toi|truoc)|(?:dau|giua|cuoi|het)\s+(?:tuan|thang|quy|nam))(?!\w)"
)
"""Words of a day that may as well say what is to be done: "báo cáo tháng 11"."""
_BESIDE: Final = re.compile(r"[\s,()]*")
_TORN: Final = re.compile(r"\s*[/\-.]\s*[0-9]")
_TORN_BEFORE: Final = re.compile(
    r"(?:[0-9]\s*[/\-.]|(?<!\w)(?:hai|ba|bon|muoi|ham|nam|SAU|bay|tam|chin))\s*$"
)
"""What before a day shows that it is a part of something longer: "hai" before "mốt"."""


def _left(text: str, rest: str, days: Sequence[FoundDate]) -> Iterator[str]:
    """Give the words that could belong to a day and that nothing was read from."""
    folded = aligned(rest)
    for match in _STRONG.finditer(folded):
        said = text[match.start() : match.end()]
        spelt = all(word == fold(word) or word in _SPELT for word in _letters(said))
        if spelt and not _a_share(said):
            yield said
    for match in _WEAK.finditer(folded):
        beside = any(
            _BESIDE.fullmatch(folded, one.end, match.start())
            or _BESIDE.fullmatch(folded, match.end(), one.start)
            for one in days
        )
        if (not days or beside) and as_spelt(text[match.start() : match.end()]):
            yield text[match.start() : match.end()]
    for one in days:
        after = _TORN.match(folded, one.end)
        if after is not None:
            yield text[one.start : after.end()]
        if _TORN_BEFORE.search(folded[: one.start]):
            yield text[folded.rfind(" ", 0, one.start - 1) + 1 : one.end].strip()


def _a_share(said: str) -> bool:
    """Tell whether two numbers are no day and month: "15/20"."""
    numbers = re.findall("[0-9]+", said)
    return len(numbers) == 2 and not (1 <= int(numbers[0]) <= 31 and 1 <= int(numbers[1]) <= 12)


def _letters(said: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", said.lower())
