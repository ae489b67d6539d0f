"""Who got several notices within a minute gets the next ones together, when the minute is over."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from records.ids import PersonId

AT_ONCE: Final = 3
"""Notices to one person that are not held back: as many as one action of somebody else causes."""

WITHIN: Final = timedelta(minutes=1)


class Lull:
    """Remembers when notices went to whom, as far as it matters; a new process begins anew."""

    def __init__(self) -> None:
        self._sent: dict[PersonId, deque[datetime]] = {}

    def until(self, person: PersonId, now: datetime) -> datetime | None:
        """Return until when the next notice waits for others; None if it goes at once."""
        lately = [at for at in self._sent.get(person, ()) if now - WITHIN < at <= now]
        return lately[0] + WITHIN if len(lately) == AT_ONCE else None

    def sent(self, person: PersonId, now: datetime) -> None:
        """Note that a notice went to a person."""
        for one, times in list(self._sent.items()):
            if not now - WITHIN < times[-1] <= now:
                del self._sent[one]
        self._sent.setdefault(person, deque(maxlen=AT_ONCE)).append(now)
