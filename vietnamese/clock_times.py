"""When and what a person wants to be reminded of: "15h mai họp giao ban", "30 phút nữa gọi lại".

The moment is told at the beginning or the end, or by an hour in the middle; the rest is the text.
A clock shows the hours of Asia/Ho_Chi_Minh.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from vietnamese.dates import find_dates
from vietnamese.day_words import aligned
from vietnamese.number_words import read_numeral
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
    r"(?P<m>[0-5]?[0-9])(?![0-9]*[/.:-][0-9]|[0-9]))?|:(?P<c>[0-5][0-9]))"
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
    r"\s*(?:hay\s+)?nhac(?:\s+(?:toi|em|minh))?(?:\s+(?:la|rang))?(?!\w)[\s:,]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReminder:
    """What to be reminded of, and when; `text` is empty where nothing but the moment was told.

    `at` lies in the past only where a past moment was told. `certain` is false where the hour or
    the day was guessed.
    """

    at: datetime
    text: str
    certain: bool


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


def read_reminder(text: str, now: datetime) -> ReadReminder | None:
    """Read a wish to be reminded; None where no moment is told. `now` is aware."""
    typed = " ".join(nfc(text[:LONGEST]).split())
    local = now.astimezone(ZONE)
    try:
        told = _moment(typed, local)
        at = None if told is None else _at(told, local)
    except OverflowError:
        return None
    if told is None or at is None:
        return None
    certain = at[1] and all(piece.certain for piece in told)
    return ReadReminder(at=at[0], text=_rest(typed, told), certain=certain)


def _moment(typed: str, local: datetime) -> Sequence[_Told] | None:
    """Return the pieces that tell the moment: a run with an hour, else a day at either end."""
    runs = list(_runs(typed, local))
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


def _runs(typed: str, local: datetime) -> Iterator[list[_Told]]:
    """Give the pieces that stand side by side, run by run."""
    folded, run = aligned(typed), list[_Told]()
    for piece in sorted(_pieces(typed, folded, local), key=lambda one: one.start):
        if run and not _JOIN.fullmatch(folded, run[-1].end, piece.start):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _pieces(typed: str, folded: str, local: datetime) -> Iterator[_Told]:
    """Find the delays, hours, parts of a day and days of a text; none lies in another."""
    taken = typed
    for match in _DELAY.finditer(folded):
        delay = _delay(match)
        if delay is not None:
            yield _Told(start=match.start(), end=match.end(), at=local + delay)
            taken = _blotted(taken, match)
    for match in _HOUR.finditer(aligned(taken)):
        yield _hour(match, typed, local)
        taken = _blotted(taken, match)
    for match in _PART_OF_DAY.finditer(aligned(taken)):
        if _spelt_part(typed, match):
            day = local.date() if match["now"] else None
            yield _Told(start=match.start(), end=match.end(), day=day, part=match["part"])
            taken = _blotted(taken, match)
    for found in find_dates(taken, local.date()):
        start, end, read = found.start, found.end, found.read
        if not (start and typed[start:end] == _NAME):
            yield _Told(start=start, end=end, day=read.day, certain=read.certain)


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
    before = typed[: told[0].start].rstrip()
    before = before[: len(_CONNECTED.sub("", aligned(before)))]
    rest = f"{before.rstrip()} {typed[told[-1].end :].lstrip()}".strip(" ,.;:-")
    call = _CALL.match(aligned(rest))
    return rest[call.end() if call else 0 :].strip(" ,.;:-")
