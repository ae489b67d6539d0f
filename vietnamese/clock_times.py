"""When and what a person wants to be reminded of: "15h mai họp giao ban", "30 phút nữa gọi lại".

The moment is told at the beginning or the end, or by an hour in the middle; the rest is the text.
A clock shows the hours of Asia/Ho_Chi_Minh.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from vietnamese.dates import FoundDate, Prefer, Worked
from vietnamese.day_words import aligned
from vietnamese.number_words import read_numeral
from vietnamese.running_days import Doubt, DoubtKind, RunningDays, read_days, without_names
from vietnamese.text import fold, nfc
from vietnamese.zone import ZONE

MORNING: Final = 8
"""The hour of a day told without one: by eight the office has opened its letters."""

PARTS: Final = {
    "sang": (8, 10),
    "trua": (11, 12),
    "chieu": (14, 16),
    "toi": (19, 21),
    "dem": (21, 23),
}
"""The hour that a part of the day alone stands for, and the later one once that has passed."""

LONGEST: Final = 4000
"""Characters read; a message holds 4,096."""

_PART: Final = r"(?P<part>sang|trua|chieu|toi|dem)"
_SPELT_PARTS: Final = frozenset(nfc("sáng trưa chiều tối đêm").split())
_HOUR: Final = re.compile(
    r"(?<![\w/.,-])(?P<h>[01]?[0-9]|2[0-4])\s*"
    r"(?:(?:h|g|gio)\s*(?:(?P<half>ruoi)|(?P<less>kem)\s*(?P<k>[0-5]?[0-9])|"
    r"(?P<m>(?<! )[0-5]?[0-9]|[0-5]?[0-9](?! *(?:thang|chap|gieng|tet|am lich|al)(?!\w)))"
    r"(?![0-9]*[/.:-][0-9]|[0-9]))?|:(?P<c>[0-5][0-9]))"
    rf"(?:\s*(?:phut|'))?(?:\s+{_PART}(?:\s+(?P<now>nay))?)?(?!\w)"
)
_PART_OF_DAY: Final = re.compile(rf"(?<!\w){_PART}(?:\s+(?P<now>nay))?(?!\w)")
_DELAY: Final = re.compile(
    r"(?<!\w)(?:(?P<before>sau|trong)\s+)?(?P<n>[0-9]{1,3}|[a-zA-Z]+)\s*"
    r"(?P<of>phut|p|tieng|gio)(?:\s*(?P<half>ruoi))?(?:\s*(?:dong ho))?(?P<after>\s+nua)?(?!\w)"
)
_NAME: Final = "Mai"
"""A woman's name rather than tomorrow, unless it begins the text."""
_JOIN: Final = re.compile(r"[\s,]*(?:(?:vao|luc|ngay|ngay luc|vao luc)?[\s,]*)")
_CONNECTED: Final = re.compile(r"(?:(?<!\w)(?:vao luc|vao|luc|den|sau|truoc)\s*)$")
_CALL: Final = re.compile(
    r"\s*(?:(?:hay|nho)\s+)*(?:nhac|hen gio|dat gio)(?:\s+(?:toi|em|minh))?"
    r"(?:\s+(?:la|rang))?(?!\w)[\s:,]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReminder:
    """What to be reminded of, and when; `text` is empty where nothing but the moment was told.

    `at` is None where no moment can be offered, and lies in the past only where a past moment was
    told. `certain` is false where the hour or the day was guessed. Where there are doubts, it is
    read back before it is kept.
    """

    at: datetime | None
    text: str
    certain: bool
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A piece of the moment and its place; each piece tells the day, the hour, or all of it."""

    start: int
    end: int
    day: date | None = None
    clock: tuple[int, int] | None = None
    """Hour as told and the minutes to add, which may be negative: "9 giờ kém 15"."""
    part: str | None = None
    at: datetime | None = None
    certain: bool = True
    words: str = ""
    """A day's words, as typed."""


def read_reminder(text: str, now: datetime, worked: Worked | None = None) -> ReadReminder | None:
    """Read a wish to be reminded; None where no moment is told. `now` is aware.

    `worked` counts working days; without it they are a doubt.
    """
    typed = " ".join(nfc(text[:LONGEST]).split())
    local = now.astimezone(ZONE)
    try:
        return _read(typed, local, worked)
    except OverflowError:
        return None


def _read(typed: str, local: datetime, worked: Worked | None) -> ReadReminder | None:
    pieces, running = _pieces(typed, local, worked)
    told = _moment(typed, pieces)
    doubts = list(running.doubts)
    if told is None:
        unread = any(one.kind is DoubtKind.NO_SUCH_DAY for one in doubts)
        return (
            ReadReminder(at=None, text=typed, certain=False, doubts=running.doubts)
            if unread
            else None
        )
    others = [one for one in pieces if one.day and one.words and one not in told]
    if len(others) == 1 and not any(one.day or one.at for one in told):
        told = sorted((*told, others[0]), key=lambda one: one.start)
        doubts.append(Doubt(kind=DoubtKind.LOOSE, said=others[0].words))
    elif others:
        doubts += [Doubt(kind=DoubtKind.SEVERAL, said=one.words) for one in others]
    at = _at(told, local)
    if at is None:
        doubts += [Doubt(kind=DoubtKind.SEVERAL, said=one.words) for one in told if one.day]
        return ReadReminder(at=None, text=_rest(typed, told), certain=False, doubts=tuple(doubts))
    if any(one.kind is DoubtKind.NO_SUCH_DAY for one in doubts):
        return ReadReminder(at=None, text=_rest(typed, told), certain=False, doubts=tuple(doubts))
    certain = at[1] and all(piece.certain for piece in told)
    if at[0] <= local:
        doubts.append(Doubt(kind=DoubtKind.PAST, said=""))
    return ReadReminder(
        at=at[0], text=_rest(typed, told), certain=certain, doubts=tuple(dict.fromkeys(doubts))
    )


def _moment(typed: str, pieces: Sequence[_Told]) -> Sequence[_Told] | None:
    """Return the pieces that tell the moment: a run with an hour, else a day at either end."""
    runs = list(_runs(typed, pieces))
    for run in runs:
        if any(piece.clock or piece.at for piece in run) or _part_of_a_day(run):
            return run
    first = len(typed) - len(_CALL.sub("", aligned(typed), count=1))
    for run in runs:
        if any(piece.day for piece in run) and (run[0].start <= first or run[-1].end >= len(typed)):
            return run
    return None


def _part_of_a_day(run: Sequence[_Told]) -> bool:
    return any(piece.part for piece in run) and any(piece.day for piece in run)


def _runs(typed: str, pieces: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Give the pieces that stand side by side, run by run."""
    folded, run = aligned(typed), list[_Told]()
    for piece in pieces:
        if run and not _JOIN.fullmatch(folded, run[-1].end, piece.start):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _pieces(typed: str, local: datetime, worked: Worked | None) -> tuple[list[_Told], RunningDays]:
    """Find the delays, hours, parts of a day and days of a text; none lies in another or a name."""
    found, taken = list[_Told](), without_names(typed)
    for match in _DELAY.finditer(aligned(taken)):
        delay = _delay(match)
        if delay is not None:
            found.append(_Told(start=match.start(), end=match.end(), at=local + delay))
            taken = _blotted(taken, match)
    for match in _HOUR.finditer(aligned(taken)):
        found.append(_hour(match, typed, local))
        taken = _blotted(taken, match)
    for match in _PART_OF_DAY.finditer(aligned(taken)):
        if _spelt_part(typed, match):
            day = local.date() if match["now"] else None
            found.append(_Told(start=match.start(), end=match.end(), day=day, part=match["part"]))
            taken = _blotted(taken, match)
    running = read_days(taken, local.date(), Prefer.FUTURE, worked)
    found += [_day(one, typed) for one in running.days if not _name(one, typed)]
    return sorted(found, key=lambda one: one.start), running


def _day(one: FoundDate, typed: str) -> _Told:
    return _Told(
        start=one.start,
        end=one.end,
        day=one.read.day,
        certain=one.read.certain,
        words=typed[one.start : one.end].strip(),
    )


def _name(one: FoundDate, typed: str) -> bool:
    return one.start > 0 and typed[one.start : one.end] == _NAME


def _blotted(text: str, match: re.Match[str]) -> str:
    """Return the text with the match made one word without meaning, of the same length."""
    return text[: match.start()] + "x" * (match.end() - match.start()) + text[match.end() :]


def _delay(match: re.Match[str]) -> timedelta | None:
    """Read "30 phút nữa", "sau 2 tiếng", "nửa tiếng nữa"; None for a mere length.

    "Sau 5 giờ" is an hour of the clock.
    """
    if not match["after"] and (match["of"] == "gio" or not match["before"]):
        return None
    if match["n"] == "nua":
        count = 0.5
    else:
        read = read_numeral(match["n"].lower())
        if read is None or read[1]:
            return None
        count = float(read[0].value)
    count += 0.5 if match["half"] else 0
    return timedelta(minutes=count if match["of"] in ("phut", "p") else 60 * count)


def _hour(match: re.Match[str], typed: str, local: datetime) -> _Told:
    """Read an hour of the clock and the part of the day behind it."""
    part = match["part"] if match["part"] and _spelt_part(typed, match) else None
    minutes = int(match["m"] or match["c"] or (30 if match["half"] else 0)) - int(match["k"] or 0)
    end = match.end() if part or not match["part"] else match.start("part")
    day = local.date() if part and match["now"] else None
    clock = (int(match["h"]), minutes)
    return _Told(start=match.start(), end=end, day=day, clock=clock, part=part)


def _hours(hour: int, part: str | None) -> tuple[int, bool]:
    """Return the hour of 24 that is meant; an hour from 1 to 6 alone is of the afternoon."""
    if part in ("chieu", "toi") and hour < 12:
        return hour + 12, True
    if part == "trua" and hour < 3:
        return hour + 12, True
    if part == "dem":
        return (hour + 12, True) if 8 <= hour <= 12 else (hour, hour > 12)
    if part is None and 1 <= hour <= 6:
        return hour + 12, False
    return hour, True


def _spelt_part(typed: str, match: re.Match[str]) -> bool:
    """Tell whether the part of the day is one: "tới" and "tôi" are not "tối"."""
    word = typed[slice(*match.span("part"))].lower()
    return word == fold(word) or word in _SPELT_PARTS


def _at(told: Sequence[_Told], local: datetime) -> tuple[datetime, bool] | None:
    """Put the pieces together; tell whether nothing had to be guessed. None if they disagree."""
    moment = next((piece.at for piece in told if piece.at), None)
    if moment is not None:
        return moment, len(told) == 1
    days = {piece.day for piece in told if piece.day}
    if len(days) > 1:
        return None
    day = next(iter(days), local.date())
    midnight = datetime.combine(day, time(), ZONE)
    part = next((piece.part for piece in told if piece.part), None)
    clock = next((piece.clock for piece in told if piece.clock), None)
    if clock is None:
        first, later = PARTS[part] if part else (MORNING, MORNING)
        passed = midnight + timedelta(hours=first) <= local
        return midnight + timedelta(hours=later if passed else first), part is not None
    hour, certain = _hours(clock[0], part)
    at = midnight + timedelta(hours=hour, minutes=clock[1])
    if days or at > local:
        return at, certain
    return at + timedelta(days=1), False


def _rest(typed: str, told: Sequence[_Told]) -> str:
    """Return what is left when the moment and the call for a reminder are taken away."""
    parts, at = list[str](), 0
    for piece in told:
        before = typed[at : piece.start].rstrip()
        between = at > 0 and _JOIN.fullmatch(aligned(typed), at, piece.start)
        parts.append("" if between else before[: len(_CONNECTED.sub("", aligned(before)))].strip())
        at = piece.end
    rest = " ".join(filter(None, (*parts, typed[at:].lstrip()))).strip(" ,.;:-")
    call = _CALL.match(aligned(rest))
    return rest[call.end() if call else 0 :].strip(" ,.;:-")
