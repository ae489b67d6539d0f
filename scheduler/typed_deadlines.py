"""Deadlines as an admin types them: a day, or the words of a directive, with or without accents.

A day typed without "hằng năm" is meant once; a limit with an hour has its day within: "trước 17h
ngày 20/12" ends on the 20th. Words that would be read in part are not read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from knowledge.deadline import Deadline, DeadlineKind
from knowledge.parsing.deadlines import deadlines
from records.model import Cadence, DueRule
from scheduler.worded_rules import rule_of
from services.tasks.proposal import Timing, check_day
from vietnamese.accents import with_accents
from vietnamese.dates import Prefer, Worked, read_date
from vietnamese.running_days import DoubtKind, read_days
from vietnamese.text import fold, has_diacritics, one_line

_LIMIT: Final = re.compile(
    r"(?:han|hoan thanh|xong|gui|nop|bao cao)?\s*(?:(?P<before>truoc)|cham nhat(?: la| vao)?"
    r"|muon nhat(?: la| vao)?|den het|het|den|khong qua|vao|trong|han)\s+",
)
_CLOCK: Final = re.compile(
    r"(?<!\w)(?:luc\s+)?[0-9]{1,2}\s*(?:gio|h|g)\s*(?:[0-9]{1,2}\s*(?:phut|')?)?(?!\w)\s*,?\s*"
)
_YEARLY: Final = re.compile(r"(?<!\w)(?:hang|moi|tung)\s+nam|thuong nien|nam mot lan")
_WORKED: Final = re.compile(r"ngay (?:lam viec|cong)(?!\w)")
_NUMBERS: Final = re.compile(r"[0-9]+")


def read_timing(words: str, today: date, worked: Worked | None = None) -> Timing | None:
    """Read a deadline; None where it is none, or could be read in part only.

    Raises ImpossibleDay, and DueInThePast for a day that is over.
    """
    typed = one_line(words)
    once = _once(typed, today, worked)
    if once is not None:
        check_day(once.due, today)
        return once
    if _WORKED.search(fold(typed)):
        return None
    spelt = typed if has_diacritics(typed) else with_accents(typed)
    found = [_with_hour(one) for one in deadlines(spelt)]
    impossible = any(one.impossible for one in found)
    if not found or impossible or not _whole(spelt, found, today):
        return None
    timings = list(dict.fromkeys(rule_of(one) for one in found))
    timing = timings[0] if len(timings) == 1 else _of_several(timings)
    if timing is None:
        return None
    if _meant_once(spelt, found):
        return _next_of_year(timing, today)
    check_day(timing.due, today)
    return timing


def _once(typed: str, today: date, worked: Worked | None) -> Timing | None:
    """Read one day, alone or behind a limit: "20/12", "trước 17h thứ 6 tuần sau"."""
    folded = fold(typed)
    if len(folded) != len(typed) or _YEARLY.search(folded):
        return None
    limit = _LIMIT.match(folded)
    rest = typed[limit.end() if limit else 0 :]
    bare, hour = _without_clock(rest)
    day = read_date(bare, today, Prefer.FUTURE, worked)
    if day is None:
        return None
    out = limit is not None and limit["before"] is not None and not hour
    return Timing(Cadence.ONCE, due=day.day - timedelta(days=out))


def _without_clock(typed: str) -> tuple[str, bool]:
    """Take an hour of the day away; tell whether there was one."""
    clock = _CLOCK.search(fold(typed))
    if clock is None:
        return typed, False
    return f"{typed[: clock.start()]}{typed[clock.end() :]}".strip(" ,"), True


def _with_hour(deadline: Deadline) -> Deadline:
    """Return a deadline with its day in, where an hour of that day is the limit."""
    if deadline.before is None or not _CLOCK.search(fold(deadline.text)):
        return deadline
    return replace(deadline, before=None, by=deadline.before)


def _whole(spelt: str, found: Sequence[Deadline], today: date) -> bool:
    """Tell whether every number and every word of a day belongs to what was found."""
    rest = fold(spelt)
    for words in sorted((fold(one.text) for one in found), key=len, reverse=True):
        rest = rest.replace(words, " ")
    rest, _ = _without_clock(rest)
    left = read_days(rest, today)
    lunar = any(one.kind is DoubtKind.LUNAR for one in read_days(spelt, today).doubts)
    return not lunar and not left.days and not left.doubts and not _NUMBERS.search(rest)


def _of_several(timings: Sequence[Timing]) -> Timing | None:
    """Join days of the year into one rule: "trước ngày 15/6 và 15/12 hằng năm"."""
    dates = tuple(sorted(day for one in timings if one.rule for day in one.rule.dates))
    yearly = all(one.cadence is Cadence.YEARLY and one.rule for one in timings)
    return Timing(Cadence.PERIODIC, DueRule(dates=dates)) if yearly and dates else None


def _meant_once(spelt: str, found: Sequence[Deadline]) -> bool:
    """Tell whether a day of the year was typed without a word that it comes round."""
    yearly = len(found) == 1 and found[0].kind is DeadlineKind.YEARLY and found[0].day is not None
    return yearly and not _YEARLY.search(fold(spelt))


def _next_of_year(timing: Timing, today: date) -> Timing | None:
    if timing.rule is None or len(timing.rule.dates) != 1:
        return None
    ((month, number),) = timing.rule.dates
    day = read_date(f"{number}/{month}", today, Prefer.FUTURE)
    return None if day is None else Timing(Cadence.ONCE, due=day.day)
