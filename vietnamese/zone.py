"""The one time zone that officers live in, and the day that a moment falls on there."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

ZONE: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""No summer time has been kept since 1975, so no zone database is needed."""


def day_of(moment: datetime) -> date:
    """Return the day of a moment in Vietnam: of `now`, today."""
    return moment.astimezone(ZONE).date()
