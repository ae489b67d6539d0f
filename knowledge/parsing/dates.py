"""Full dates in running text, in both printed forms."""

import re
from datetime import date
from typing import Final

from knowledge.deadline import FullDate

_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
"""No word boundary after it: a footnote mark may be glued on ("năm 20241")."""

FULL_DATE: Final = re.compile(
    r"(?<![0-9/])(?P<day>[0-9]{1,2})"
    rf"(?:\s*[/.-]\s*(?P<month>[0-9]{{1,2}})\s*[/.-]\s*{_YEAR}"
    rf"|\s+tháng\s+(?P<named>[0-9]{{1,2}})\s*,?\s+năm\s+{_YEAR.replace('year', 'spelt')})",
    re.IGNORECASE,
)
"""`26/11/2021` (also with dots or hyphens) and `26 tháng 11 năm 2021`."""


def full_date(match: re.Match[str]) -> FullDate:
    """Read a match of `FULL_DATE` as it is printed, be there such a day or not."""
    return FullDate(
        int(match["year"] or match["spelt"]),
        int(match["month"] or match["named"]),
        int(match["day"]),
    )


def read_date(match: re.Match[str]) -> date | None:
    """Read a match of `FULL_DATE`; None for a day the calendar does not have."""
    try:
        return full_date(match).date()
    except ValueError:
        return None
