"""When a person is not to be woken."""

from datetime import datetime, timedelta

from records.model import Preference
from vietnamese.zone import ZONE


def quiet_until(hours: Preference, now: datetime) -> datetime | None:
    """Return when the person's quiet hours end; None outside them."""
    local = now.astimezone(ZONE)
    begin, end = hours.quiet_from, hours.quiet_to
    quiet = begin <= local.hour < end if begin <= end else not end <= local.hour < begin
    if not quiet or begin == end:
        return None
    wake = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return wake if wake > local else wake + timedelta(days=1)
