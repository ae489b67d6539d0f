"""Which days offices work: weekends, Vietnamese holidays with their swaps, and announcements.

Holidays come from the package `holidays`, which knows the lunar new year by the Vietnamese
reckoning and the swaps announced so far. The swaps of later years are not decided; an admin's
overrides win over everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from records.model import CalendarOverride, DayKind

_SATURDAY: Final = 6
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working calendar with what an admin announced; each is equal to itself alone."""

    overrides: Mapping[date, DayKind] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on `day`."""
        announced = self.overrides.get(day)
        if announced is not None:
            return announced is DayKind.WORKED
        off, worked = _year(day.year)
        return day not in off and (day.isoweekday() < _SATURDAY or day in worked)

    def next_working(self, day: date) -> date:
        """Return `day` if it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return `day` if it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day `count` on, `day` itself not counted; negative counts back.

        Bộ luật Dân sự 2015, Điều 147: the first day of a period is not counted. No days on is
        `day` itself, worked or not.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to `last`, `last` included; 0 if it is earlier.

        "Còn 6 ngày làm việc": today is not among them, the due day is.
        """
        days = (last - first).days
        return sum(self.is_working(first + ahead * _DAY) for ahead in range(1, days + 1))


def calendar_of(overrides: Iterable[CalendarOverride]) -> Calendar:
    """Return the calendar with the overrides that are kept; the same one while they stay so."""
    return _calendar(frozenset((one.day, one.kind) for one in overrides))


@lru_cache(maxsize=8)
def _calendar(announced: frozenset[tuple[date, DayKind]]) -> Calendar:
    """Return one calendar for the same days, so that periods reckoned by it are kept too."""
    return Calendar(dict(announced))


@lru_cache(maxsize=64)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the holidays of a year, and its weekends that are worked for a swap."""
    from holidays import country_holidays

    known = country_holidays("VN", years=year)
    return frozenset(known), frozenset(day for day in known.weekend_workdays if day.year == year)
