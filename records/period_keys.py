"""Names of reporting periods: `2026`, `2026-H1`, `2026-9M`, `2026-Q4`, `2026-11`, `2026-W47`, days.

A name says which months, week or day a report is about; on which days its figures open and close is
the scheduler's to say.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from records.ids import PeriodKey
from records.refusals import RecordsRefused

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Years that a period may be of; beyond them a key is a slip."""


@dataclass(eq=False, kw_only=True)
class NotAPeriod(RecordsRefused):
    """`key` names no period of the calendar."""

    key: str


class PeriodKind(StrEnum):
    """What a period is."""

    YEAR = "year"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    """Of ISO 8601: from Monday, the week of its Thursday's year."""
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodName:
    """A period: the `ordinal`-th of its kind in `year`, counted from 1."""

    kind: PeriodKind
    year: int
    ordinal: int = 1


MONTHS: Final = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
}
"""Months that a period takes."""

_IN_A_YEAR: Final = {
    PeriodKind.YEAR: 1,
    PeriodKind.HALF: 2,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.QUARTER: 4,
    PeriodKind.MONTH: 12,
}

_KEY: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<nine>9M)|H(?P<half>[1-2])|Q(?P<quarter>[1-4])"
    r"|W(?P<week>[0-9]{2})|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


def parse_period(key: str) -> PeriodName:
    """Read a key. Raises NotAPeriod for what names no period, 2026-W54 and 2026-02-30 included."""
    match = _KEY.fullmatch(key)
    name = None if match is None else _named(match)
    if name is None or not FIRST_YEAR <= name.year <= LAST_YEAR:
        raise NotAPeriod(key=key)
    return name


def period_key(name: PeriodName) -> PeriodKey:
    """Write the key of a period."""
    return PeriodKey(f"{name.year}{_tail(name)}")


def parts_of(key: PeriodKey) -> tuple[PeriodKey, ...]:
    """Return the periods that add up to this one: months of a quarter, quarters of what is longer.

    Months, weeks and days have none. Raises NotAPeriod.
    """
    name = parse_period(key)
    if name.kind is PeriodKind.QUARTER:
        part, length = PeriodKind.MONTH, 3
    elif name.kind in (PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR):
        part, length = PeriodKind.QUARTER, MONTHS[name.kind] // 3
    else:
        return ()
    first = (name.ordinal - 1) * length + 1
    return tuple(
        period_key(PeriodName(kind=part, year=name.year, ordinal=ordinal))
        for ordinal in range(first, first + length)
    )


def before(key: PeriodKey) -> PeriodKey | None:
    """Return the period of the same kind just before; None for a day, whose rule names the others.

    Raises NotAPeriod.
    """
    name = parse_period(key)
    if name.kind is PeriodKind.DAY:
        return None
    earlier = moved(name, -1)
    return period_key(earlier) if earlier.year >= FIRST_YEAR else None


def moved(name: PeriodName, steps: int) -> PeriodName:
    """Return the period so many of its kind on, negative for back."""
    if name.kind in (PeriodKind.WEEK, PeriodKind.DAY):
        length = 7 if name.kind is PeriodKind.WEEK else 1
        return name_at(name.kind, calendar_days(name)[0] + timedelta(days=length * steps))
    many = _IN_A_YEAR[name.kind]
    index = name.year * many + name.ordinal - 1 + steps
    return PeriodName(kind=name.kind, year=index // many, ordinal=index % many + 1)


def name_at(kind: PeriodKind, day: date) -> PeriodName:
    """Return the period of that kind in whose calendar days `day` lies, or whose year it ends."""
    if kind is PeriodKind.WEEK:
        week = day.isocalendar()
        return PeriodName(kind=kind, year=week.year, ordinal=week.week)
    if kind is PeriodKind.DAY:
        return PeriodName(kind=kind, year=day.year, ordinal=day.timetuple().tm_yday)
    ordinal = min((day.month - 1) // MONTHS[kind] + 1, _IN_A_YEAR[kind])
    return PeriodName(kind=kind, year=day.year, ordinal=ordinal)


def calendar_days(name: PeriodName) -> tuple[date, date]:
    """Return the first and last day of a period by the calendar, not by the closing of figures."""
    if name.kind is PeriodKind.WEEK:
        monday = date.fromisocalendar(name.year, name.ordinal, 1)
        return monday, monday + timedelta(days=6)
    if name.kind is PeriodKind.DAY:
        day = date(name.year, 1, 1) + timedelta(days=name.ordinal - 1)
        return day, day
    first = (name.ordinal - 1) * MONTHS[name.kind] + 1
    last = first + MONTHS[name.kind] - 1
    return date(name.year, first, 1), date(name.year, last, monthrange(name.year, last)[1])


def order(key: PeriodKey) -> tuple[date, int]:
    """Return what to sort periods by: the day they end, the shorter first. Raises NotAPeriod."""
    first, last = calendar_days(parse_period(key))
    return last, (last - first).days


def earlier_this_year(key: PeriodKey, keys: Iterable[PeriodKey]) -> tuple[PeriodKey, ...]:
    """Return those of `keys` that are of the same year and end before `key` does, in order.

    A cumulative figure may not fall from the last of them to `key`. Raises NotAPeriod.
    """
    year, (ends, _) = parse_period(key).year, order(key)
    earlier = {one for one in keys if parse_period(one).year == year and order(one)[0] < ends}
    return tuple(sorted(earlier, key=order))


def _named(match: re.Match[str]) -> PeriodName | None:
    """Return the period of a well-formed key; None for one that the calendar does not have."""
    year = int(match["year"])
    if match["nine"]:
        return PeriodName(kind=PeriodKind.NINE_MONTHS, year=year)
    if match["half"]:
        return PeriodName(kind=PeriodKind.HALF, year=year, ordinal=int(match["half"]))
    if match["quarter"]:
        return PeriodName(kind=PeriodKind.QUARTER, year=year, ordinal=int(match["quarter"]))
    if match["week"]:
        week = int(match["week"])
        last = date(max(year, 1), 12, 28).isocalendar().week
        name = PeriodName(kind=PeriodKind.WEEK, year=year, ordinal=week)
        return name if 1 <= week <= last else None
    if match["month"] is None:
        return PeriodName(kind=PeriodKind.YEAR, year=year)
    return _month_or_day(year, int(match["month"]), match["day"])


def _month_or_day(year: int, month: int, day: str | None) -> PeriodName | None:
    try:
        first = date(year, month, 1 if day is None else int(day))
    except ValueError:
        return None
    return name_at(PeriodKind.MONTH if day is None else PeriodKind.DAY, first)


def _tail(name: PeriodName) -> str:
    """Write what stands behind the year."""
    if name.kind is PeriodKind.DAY:
        return f"{calendar_days(name)[0]:-%m-%d}"
    return {
        PeriodKind.YEAR: "",
        PeriodKind.NINE_MONTHS: "-9M",
        PeriodKind.HALF: f"-H{name.ordinal}",
        PeriodKind.QUARTER: f"-Q{name.ordinal}",
        PeriodKind.MONTH: f"-{name.ordinal:02d}",
        PeriodKind.WEEK: f"-W{name.ordinal:02d}",
    }[name.kind]
