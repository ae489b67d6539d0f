"""Times set in a directive's text: "trước ngày 05/11", "định kỳ 6 tháng", "khi có vướng mắc".

"Trước ngày 05/11" leaves the day itself out, "chậm nhất ngày 05/11" and "đến hết ngày 05/11" leave
it in. A day without a year comes round every year.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.model import Deadline, DeadlineKind
from knowledge.parsing import time_words
from knowledge.parsing.dates import read_date

Span = tuple[int, int]

BESIDE: Final = 40
"""Characters between a period and its day: "6 tháng (trước ngày 15/6)"."""

_RETURNING: Final = frozenset(
    {
        DeadlineKind.YEARLY,
        DeadlineKind.HALF_YEARLY,
        DeadlineKind.QUARTERLY,
        DeadlineKind.MONTHLY,
    }
)
"""Kinds that come round; beside one of them "định kỳ" says nothing more."""


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline and where its words stand."""

    deadline: Deadline
    start: int
    end: int


def deadlines(text: str) -> tuple[Deadline, ...]:
    """Read the deadlines that `text` words, in order."""
    return tuple(found.deadline for found in find_deadlines(text))


def find_deadlines(text: str) -> list[FoundDeadline]:
    """Read the deadlines of `text` with their places, in order.

    A period and the day that belongs to it are one deadline ("hằng năm … trước ngày 05/11"); the
    bare "định kỳ" is one only where the text gives no period.
    """
    days = _apart([*_dated(text), *_year_days(text), *_month_days(text), *_months(text)])
    periods = _periods(text, days)
    found = _paired(text, days, periods)
    if not any(one.deadline.kind in _RETURNING for one in found):
        found += _bare(text, time_words.REGULARLY, DeadlineKind.PERIODIC, found)
    found += _bare(text, time_words.EVENT, DeadlineKind.ON_EVENT, found)
    found += [
        _found(text, match.span(), DeadlineKind.SPAN, starts=match["starts"], ends=match["ends"])
        for match in time_words.SPAN.finditer(text)
    ]
    return sorted((_with_also(text, one) for one in found), key=lambda one: one.start)


def _found(
    text: str,
    span: Span,
    kind: DeadlineKind,
    *,
    starts: str | None = None,
    ends: str | None = None,
) -> FoundDeadline:
    deadline = Deadline(kind=kind, text=text[slice(*span)].strip(), starts=starts, ends=ends)
    return FoundDeadline(deadline, *span)


def _limited(match: re.Match[str], kind: DeadlineKind, day: str) -> FoundDeadline:
    """Make a deadline of a limit and a day: before it, or by it."""
    words = match.group().strip()
    deadline = (
        Deadline(kind=kind, text=words, before=day)
        if match["before"]
        else Deadline(kind=kind, text=words, by=day)
    )
    return FoundDeadline(deadline, *match.span())


# Days


def _dated(text: str) -> Iterator[FoundDeadline]:
    for match in time_words.DATED.finditer(text):
        day = read_date(match)
        if day is not None:
            yield _limited(match, DeadlineKind.DATED, day.isoformat())


def _year_days(text: str) -> Iterator[FoundDeadline]:
    """Read days without a year: "trước ngày 15/6", and the "và 15/12" that goes on with it."""
    for match in time_words.YEAR_DAY.finditer(text):
        day = _month_and_day(match)
        if day is None:
            continue
        if match["y"]:
            yield _limited(match, DeadlineKind.DATED, f"{match['y']}-{day}")
            continue
        one = _limited(match, DeadlineKind.YEARLY, day)
        yield one
        more = time_words.AND_DAY.match(text, match.end())
        following = _month_and_day(more) if more else None
        if more and following:
            before, by = (following, None) if match["before"] else (None, following)
            deadline = replace(
                one.deadline, before=before, by=by, text=text[match.start() : more.end()]
            )
            yield FoundDeadline(deadline, *more.span())


def _month_and_day(match: re.Match[str]) -> str | None:
    day, month = int(match["d"]), int(match["m"] or match["mm"])
    return f"{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _month_days(text: str) -> Iterator[FoundDeadline]:
    """Read a day of a month or quarter; the month counts from the first of the period."""
    for match in time_words.MONTH_DAY.finditer(text):
        day = int(match["d"])
        if not 1 <= day <= 31:
            continue
        if match["which"]:
            month = 3 if match["which"].lower() == "cuối" else 1
            month += 3 if match["quarter"] else 0
            yield _limited(match, DeadlineKind.QUARTERLY, f"{month:02d}-{day:02d}")
        elif (
            match["monthly"]
            or match["next"]
            or time_words.EVERY_MONTH_BEFORE.search(text[: match.start()])
        ):
            month = 2 if match["next"] else 1
            yield _limited(match, DeadlineKind.MONTHLY, f"{month:02d}-{day:02d}")


def _monthly_before(text: str, at: int) -> bool:
    """Tell whether "hằng tháng" stands shortly before `at` in the same part of the sentence."""
    return time_words.EVERY_MONTH_BEFORE.search(text[:at]) is not None


def _months(text: str) -> Iterator[FoundDeadline]:
    """Read months, quarters and years as limits; the last day is in, unless "trước" is said."""
    for match in time_words.MONTHS.finditer(text):
        year = int(match["y"])
        last = int(match["m"]) if match["m"] else 3 * time_words.QUARTERS[match["q"].upper()]
        if not 1 <= last <= 12:
            continue
        first = last if match["m"] else last - 2
        before = f"{year}-{first:02d}-01" if match["limit"].lower() == "trước" else None
        by = None if before else f"{year}-{last:02d}-{monthrange(year, last)[1]:02d}"
        deadline = Deadline(kind=DeadlineKind.DATED, text=match.group(), before=before, by=by)
        yield FoundDeadline(deadline, *match.span())
    for match in time_words.YEAR_END.finditer(text):
        deadline = Deadline(kind=DeadlineKind.DATED, text=match.group(), by=f"{match['y']}-12-31")
        yield FoundDeadline(deadline, *match.span())


# Periods


def _periods(text: str, days: Sequence[FoundDeadline]) -> list[FoundDeadline]:
    """Read period words that do not lie inside a day's own words."""
    found: list[FoundDeadline] = []
    for kind, pattern in time_words.PERIODS:
        for match in pattern.finditer(text):
            one = _found(text, match.span(), kind)
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
    ones = [_found(text, match.span(), kind) for match in pattern.finditer(text)]
    return [one for one in ones if not _inside(one, found)]


def _with_also(text: str, one: FoundDeadline) -> FoundDeadline:
    """Add the further reports named right after: "hằng năm, sơ kết và tổng kết"."""
    more = time_words.ALSO.match(text, one.end) if one.deadline.kind in _RETURNING else None
    if more is None:
        return one
    also = tuple(word.lower() for word in time_words.REVIEW.findall(more["more"]))
    words = text[one.start : more.end()].strip()
    return FoundDeadline(replace(one.deadline, also=also, text=words), one.start, more.end())


def _inside(one: FoundDeadline, others: Sequence[FoundDeadline]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _apart(found: Sequence[FoundDeadline]) -> list[FoundDeadline]:
    """Keep the first of those that overlap, in order of the text."""
    kept: list[FoundDeadline] = []
    for one in found:
        if not _inside(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
