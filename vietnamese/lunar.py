"""The Vietnamese lunar calendar: which solar day a lunar day falls on, by the meridian 105° E.

New moons and the sun's longitude after Jean Meeus, "Astronomical Algorithms" (1998); the rules of
months and leap months after Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar" (2004): the
month that holds the winter solstice is the eleventh; of thirteen months between two solstices, the
first without a major solar term is leap. The zone is 7, not China's 8: Tết 2007 fell on 17 February
here and on the 18th there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, sin
from typing import Final

ZONE: Final = 7
"""Hours east of Greenwich."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Lunar years that are computed; the formulas hold for them within a minute."""

_MONTH: Final = 29.530588853
"""Days from new moon to new moon."""

_EPOCH: Final = 2415021.076998695
"""Julian day of the new moon of January 1900, from which they are counted."""

_JULIAN: Final = 1721425
"""The Julian day number before 1 January 1 of `date.toordinal`, less one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarDay:
    """A day of the lunar calendar; `leap` for one of the month that is doubled."""

    day: int
    month: int
    year: int
    leap: bool = False


def solar_of(lunar: LunarDay) -> date | None:
    """Return the solar day of a lunar one; None where that year has no such day."""
    if not FIRST_YEAR <= lunar.year <= LAST_YEAR or not 1 <= lunar.day <= 30:
        return None
    months = {(number, leap): first for number, leap, first in _months(lunar.year)}
    first = months.get((lunar.month, lunar.leap))
    if first is None:
        return None
    day = first + timedelta(days=lunar.day - 1)
    after = min((one for one in _starts(lunar.year) if one > first), default=None)
    return None if after is not None and day >= after else day


def next_solar(day: int, month: int, today: date) -> date | None:
    """Return the next solar day, today included, of a lunar day and month, none of a leap month."""
    for year in range(today.year - 1, today.year + 3):
        found = solar_of(LunarDay(day=day, month=month, year=year))
        if found is not None and found >= today:
            return found
    return None


def next_eve(today: date) -> date | None:
    """Return the next last day of a lunar year, today included; months have 29 days or 30."""
    for year in range(today.year - 1, today.year + 3):
        new_year = solar_of(LunarDay(day=1, month=1, year=year + 1))
        if new_year is not None and new_year - timedelta(days=1) >= today:
            return new_year - timedelta(days=1)
    return None


def _starts(year: int) -> tuple[date, ...]:
    """Return the first days of the months of a lunar year, and of the next year."""
    return (*(first for _, _, first in _months(year)), _months(year + 1)[0][2])


@lru_cache(maxsize=64)
def _months(year: int) -> tuple[tuple[int, bool, date], ...]:
    """Return the months of a lunar year: number, whether leap, first day."""
    numbered = (*_from_solstice(year - 1), *_from_solstice(year))
    begin = next(at for at, one in enumerate(numbered) if one[0] == 1 and not one[1])
    rest = numbered[begin:]
    end = next(at for at, one in enumerate(rest) if at > 2 and one[0] == 1)
    return rest[:end]


@lru_cache(maxsize=64)
def _from_solstice(year: int) -> tuple[tuple[int, bool, date], ...]:
    """Return the months from the eleventh of a lunar year up to the next eleventh."""
    first, after = _eleventh(year), _eleventh(year + 1)
    count = round((after - first) / _MONTH)
    begins = [first]
    while len(begins) < count:
        begins.append(_new_moon(_index(begins[-1]) + 1))
    leap_at = _leap_place(begins, after) if count == 13 else None
    months, number = [], 10
    for at, begin in enumerate(begins):
        leap = at == leap_at
        number = number if leap else number % 12 + 1
        months.append((number, leap, date.fromordinal(begin - _JULIAN)))
    return tuple(months)


def _leap_place(begins: list[int], after: int) -> int:
    """Return the place of the first month that no major solar term begins in."""
    ends = [*begins[1:], after]
    return next(
        at
        for at, (begin, end) in enumerate(zip(begins, ends, strict=True))
        if at and _term(begin) == _term(end)
    )


def _eleventh(year: int) -> int:
    """Return the Julian day on which the month of the winter solstice of a solar year begins."""
    index = floor((date(year, 12, 31).toordinal() + _JULIAN - _EPOCH) / _MONTH)
    begin = _new_moon(index)
    return begin if _term(begin) < 9 else _new_moon(index - 1)


def _index(julian: int) -> int:
    return round((julian - _EPOCH) / _MONTH)


def _new_moon(index: int) -> int:
    """Return the Julian day, in the zone, of the new moon so many after January 1900's."""
    t = index / 1236.85
    mean = 2415020.75933 + 29.53058868 * index + (0.0001178 - 0.000000155 * t) * t * t
    mean += 0.00033 * _sin(166.56 + (132.87 - 0.009173 * t) * t)
    sun = 359.2242 + 29.10535608 * index - (0.0000333 + 0.00000347 * t) * t * t
    moon = 306.0253 + 385.81691806 * index + (0.0107306 + 0.00001236 * t) * t * t
    node = 21.2964 + 390.67050646 * index + (-0.0016528 - 0.00000239 * t) * t * t
    shift = (0.1734 - 0.000393 * t) * _sin(sun) + 0.0021 * _sin(2 * sun)
    shift += -0.4068 * _sin(moon) + 0.0161 * _sin(2 * moon) - 0.0004 * _sin(3 * moon)
    shift += 0.0104 * _sin(2 * node) - 0.0051 * _sin(sun + moon) - 0.0074 * _sin(sun - moon)
    shift += 0.0004 * _sin(2 * node + sun) - 0.0004 * _sin(2 * node - sun)
    shift += -0.0006 * _sin(2 * node + moon) + 0.001 * _sin(2 * node - moon)
    shift += 0.0005 * _sin(2 * moon + sun)
    ahead = -0.000278 + 0.000265 * t + 0.000262 * t * t
    return floor(mean + shift - ahead + 0.5 + ZONE / 24)


def _term(julian: int) -> int:
    """Return in which twelfth of the sun's way a day begins: 9 from the winter solstice on."""
    t = (julian - 2451545.5 - ZONE / 24) / 36525
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t * t
    sun = 357.5291 + 35999.0503 * t - (0.0001559 + 0.00000048 * t) * t * t
    centre = (1.9146 - 0.004817 * t - 0.000014 * t * t) * _sin(sun)
    centre += (0.019993 - 0.000101 * t) * _sin(2 * sun) + 0.00029 * _sin(3 * sun)
    return floor((mean + centre) % 360 / 30)


def _sin(degrees: float) -> float:
    return sin(degrees * pi / 180)
