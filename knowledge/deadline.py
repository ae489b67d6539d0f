"""When a duty is due, as its directive words it: a kind of time, and a day by its type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


class DeadlineKind(StrEnum):
    """How a directive words the time of a duty."""

    YEARLY = "yearly"
    PERIODIC = "periodic"
    """Repeated, with no date given: "định kỳ"."""
    SPAN = "span"
    """A period of years that the work covers; not a day to report by."""
    ON_EVENT = "on_event"
    """When something happens: "khi có vướng mắc"."""
    DATED = "dated"
    """Once, by a full date."""
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


MONTHS_OF: Final[Mapping[DeadlineKind, int]] = {
    DeadlineKind.MONTHLY: 1,
    DeadlineKind.QUARTERLY: 3,
    DeadlineKind.HALF_YEARLY: 6,
    DeadlineKind.YEARLY: 12,
}
"""Months of the periods that are made of months."""

RETURNING: Final = frozenset({DeadlineKind.WEEKLY, *MONTHS_OF})
"""Kinds that come round; beside one of them "định kỳ" says nothing more."""


class Weekday(IntEnum):
    """A day of every week, numbered as ISO 8601 does."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class FullDate:
    """A day of one year as it is printed; a misprint may name one that no calendar has."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}-{self.day:02d}"

    def date(self) -> date:
        """Return the day; raises ValueError where there is none."""
        return date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every period: the month counts from the period's first, 1.

    Of a year it is the month's own number: "05/11" is (11, 5). "Ngày 15 tháng cuối quý" is (3, 15),
    "ngày 05 của tháng sau" (2, 5). As printed: a misprint may name a day that no month has.
    """

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


Day = FullDate | MonthDay | Weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a duty is due, as the directive words it.

    `before` is the first day that is too late ("trước ngày 05/11"), `by` the last day that is in
    time ("chậm nhất ngày 05/11"). `also` names further reports ("sơ kết"). `starts` and `ends` are
    years of a span. `impossible` tells that the text names a day that no calendar has ("31/11"):
    then neither day is given. `text` is verbatim.
    """

    kind: DeadlineKind
    text: str
    before: Day | None = None
    by: Day | None = None
    also: tuple[str, ...] = ()
    starts: str | None = None
    ends: str | None = None
    impossible: bool = False

    @property
    def day(self) -> Day | None:
        """The day that is named, in time or not."""
        return self.by if self.before is None else self.before

    def last_day(self, today: date) -> date | None:
        """Return the last day in time, from `today` on; None where no day is named.

        "Trước ngày 05/11" leaves 04/11 as the last day; a day that has passed comes again in the
        next period, the last of the month where that is shorter; a full date stays where it is.
        """
        day = self.day
        if isinstance(day, FullDate):
            try:
                return day.date() - self.out
            except ValueError:
                return None
        if day is None or (isinstance(day, MonthDay) and not 1 <= day.month <= 12):
            return None
        return next(one for one in self._coming(day, today) if one >= today)

    @property
    def out(self) -> timedelta:
        """How much earlier than the day that is named the last day in time is."""
        return timedelta() if self.before is None else _DAY

    def _coming(self, day: MonthDay | Weekday, today: date) -> Iterator[date]:
        """Yield last days in time, the first of them too early, until one is not."""
        if isinstance(day, Weekday):
            this_week = today + (day - today.isoweekday()) * _DAY - self.out
            yield from (this_week, this_week + _WEEK, this_week + 2 * _WEEK)
            return
        length = MONTHS_OF.get(self.kind, MONTHS_OF[DeadlineKind.YEARLY])
        first = (today.year - 1) * 12 + day.month - 1
        for months in range(first, first + 48, length):
            yield _day_in(months, day.day) - self.out


def _day_in(months: int, day: int) -> date:
    """Return a day of a month counted from the year 0, or the month's last where it is shorter."""
    first = date(months // 12, months % 12 + 1, 1)
    after = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first + (max(day, 1) - 1) * _DAY, after - _DAY)
