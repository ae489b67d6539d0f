"""Times set in a directive's text: "trước ngày 05/11", "định kỳ 6 tháng", "khi có vướng mắc".

"Trước ngày 05/11" leaves the day itself out, "chậm nhất ngày 05/11" and "đến hết ngày 05/11" leave
it in. A day without a year comes round every year. How each day and period is worded stands in
`time_words`; here a day is joined to its period.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from knowledge.deadline import RETURNING, Deadline, DeadlineKind
from knowledge.parsing import time_words
from knowledge.parsing.time_words import FoundDeadline, found_at

BESIDE: Final = 40
"""Characters between a period and its day: "6 tháng (trước ngày 15/6)"."""


def deadlines(text: str) -> tuple[Deadline, ...]:
    """Read the deadlines that `text` words, in order."""
    return tuple(found.deadline for found in find_deadlines(text))


def find_deadlines(text: str) -> list[FoundDeadline]:
    """Read the deadlines of `text` with their places, in order.

    A period and the day that belongs to it are one deadline ("hằng năm … trước ngày 05/11"); the
    bare "định kỳ" is one only where the text gives no period.
    """
    days = _apart(time_words.days(text))
    events = _bare(text, time_words.EVENT, DeadlineKind.ON_EVENT, days)
    periods = [one for one in _periods(text, days) if not _inside(one, events)]
    found = _paired(text, days, periods)
    if not any(one.deadline.kind in RETURNING for one in found):
        found += _bare(text, time_words.REGULARLY, DeadlineKind.PERIODIC, found)
    found += [one for one in events if not _inside(one, found)]
    found += [
        found_at(text, match.span(), DeadlineKind.SPAN, starts=match["starts"], ends=match["ends"])
        for match in time_words.SPAN.finditer(text)
    ]
    return sorted((_with_also(text, one) for one in found), key=lambda one: one.start)


def _periods(text: str, days: Sequence[FoundDeadline]) -> list[FoundDeadline]:
    """Read period words that do not lie inside a day's own words."""
    found: list[FoundDeadline] = []
    for kind, pattern in time_words.PERIODS:
        for match in pattern.finditer(text):
            one = found_at(text, match.span(), kind)
            if not _inside(one, days) and not _inside(one, found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _paired(
    text: str, days: Sequence[FoundDeadline], periods: Sequence[FoundDeadline]
) -> list[FoundDeadline]:
    """Give each day without a year its period; a period that has a day is not told again."""
    found: list[FoundDeadline] = []
    used: set[int] = set()
    for index, day in enumerate(days):
        if day.deadline.kind is not DeadlineKind.YEARLY:
            found.append(day)
            used |= {i for i, one in enumerate(periods) if one.deadline.kind is day.deadline.kind}
            continue
        floor = days[index - 1].end if index else 0
        free = [(i, one) for i, one in enumerate(periods) if i not in used]
        beside = _period_of(text, day, free, floor)
        used |= {beside} if beside is not None else set()
        found.append(day if beside is None else _joined(text, periods[beside], day))
    told = {one.deadline.kind for one in found}
    for i, one in enumerate(periods):
        if i not in used and one.deadline.kind not in told:
            told.add(one.deadline.kind)
            found.append(one)
    return found


def _period_of(
    text: str, day: FoundDeadline, periods: Sequence[tuple[int, FoundDeadline]], floor: int
) -> int | None:
    """Find the period a day belongs to: the last before it, or one told right after."""
    before = [i for i, one in periods if floor <= one.start and one.end <= day.start]
    if before:
        return before[-1]
    after = [(i, one) for i, one in periods if 0 <= one.start - day.end <= BESIDE]
    between = text[day.end : after[0][1].start] if after else ";"
    return after[0][0] if after and not re.search(r"[.;]", between) else None


def _joined(text: str, period: FoundDeadline, day: FoundDeadline) -> FoundDeadline:
    start, end = min(period.start, day.start), max(period.end, day.end)
    near = day.start - period.end <= BESIDE and day.end > period.end
    end += text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")"
    words = text[start:end] if near else day.deadline.text
    deadline = replace(day.deadline, kind=period.deadline.kind, text=words.strip())
    return FoundDeadline(deadline, start if near else day.start, end)


def _bare(
    text: str, pattern: re.Pattern[str], kind: DeadlineKind, found: Sequence[FoundDeadline]
) -> list[FoundDeadline]:
    ones = [found_at(text, match.span(), kind) for match in pattern.finditer(text)]
    return [one for one in ones if not _inside(one, found)]


def _with_also(text: str, one: FoundDeadline) -> FoundDeadline:
    """Add the further reports named right after: "hằng năm, sơ kết và tổng kết"."""
    more = time_words.ALSO.match(text, one.end) if one.deadline.kind in RETURNING else None
    if more is None:
        return one
    also = tuple(word.lower() for word in time_words.REVIEW.findall(more["more"]))
    words = text[one.start : more.end()].strip()
    return FoundDeadline(replace(one.deadline, also=also, text=words), one.start, more.end())


def _inside(one: FoundDeadline, others: Sequence[FoundDeadline]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _apart(found: Iterable[FoundDeadline]) -> list[FoundDeadline]:
    """Keep the first of those that overlap, in order of the text."""
    kept: list[FoundDeadline] = []
    for one in found:
        if not _inside(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
