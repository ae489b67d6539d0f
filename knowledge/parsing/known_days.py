"""What a document itself says of its deadlines' days: its one year, and the day it was issued."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from knowledge.deadline import Deadline, DeadlineKind, FullDate, MonthDay
from knowledge.model import Header

_PROGRAMMES: Final = frozenset({"kế hoạch", "chương trình", "chương trình công tác"})
"""Kinds that are made for a year."""

_YEAR: Final = re.compile(r"(?<!\w)năm\s+(20[0-9]{2})(?![0-9]|\s*[-–])", re.IGNORECASE)
_YEARS: Final = re.compile(r"giai đoạn|nhiệm kỳ|20[0-9]{2}\s*[-–]\s*20[0-9]{2}", re.IGNORECASE)
_AGAIN: Final = re.compile(
    r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng) (?:năm|quý|tháng)|thường niên|định kỳ)", re.IGNORECASE
)
_AFTER_ISSUE: Final = re.compile(
    r"(?P<days>[0-9]{1,3})(?:\s*\([^()]{1,20}\))? ngày,?\s+(?:kể )?từ(?: khi| ngày)?"
    r"(?: (?:ký|được))* ban hành(?: [^\W\d_]+){0,3} này",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KnownDays:
    """The year a plan is for, None where it is for several or none; and when it was issued."""

    year: int | None
    issued: date | None

    @classmethod
    def of(cls, header: Header) -> "KnownDays":
        """Read both from a heading."""
        years = set(_YEAR.findall(header.title or ""))
        one = len(years) == 1 and not _YEARS.search(header.title or "")
        planned = one and header.type in _PROGRAMMES
        return cls(int(years.pop()) if planned else None, header.date)

    def settled(self, deadline: Deadline | None, text: str) -> Deadline | None:
        """Return `deadline`, which `text` words, as a full date where the document tells it.

        In the plan of one year a day without a year is that year's, unless it is said to come
        again. Days from the issue count from the day after it (Bộ luật Dân sự 2015, Điều 147).
        """
        if deadline is None:
            return None
        found = _AFTER_ISSUE.search(deadline.text)
        if found and self.issued:
            last = self.issued + timedelta(days=int(found["days"]))
            by = FullDate(last.year, last.month, last.day)
            return replace(deadline, kind=DeadlineKind.DATED, by=by)
        day = deadline.day
        yearly = deadline.kind is DeadlineKind.YEARLY and isinstance(day, MonthDay)
        if self.year is None or not yearly or not isinstance(day, MonthDay):
            return deadline
        if "năm" in deadline.text.lower() or _AGAIN.search(text):
            return deadline
        full = FullDate(self.year, day.month, day.day)
        before, by_day = (full, None) if deadline.before is not None else (None, full)
        return replace(deadline, kind=DeadlineKind.DATED, before=before, by=by_day)
