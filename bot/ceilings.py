"""Telegram's ceilings, kept by what it counts: a request counts when it arrives.

That is somewhere between its start and its end, and late where the line or either side is busy: an
even beat of starts may arrive in a crowd. So a request's place is free again some time after its
*end*, less what the next is on its way at least, and no window of that length can hold more.
"""

from collections import deque
from heapq import heappop, heappush
from math import inf
from typing import Final

HANGS: Final = 2.0
"""Seconds without an answer after which a request keeps nobody back any more: it was counted by
now, or is lost. Under a storm of faults those that hang would else take all places."""

MARGIN: Final = 0.02
"""Seconds kept of the time that a request is on its way at least: no window is met to the edge."""


class Allowance:
    """At most `most` requests, one after the other, within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._ended: deque[float] = deque(maxlen=most)

    def free_at(self) -> float:
        """Return when one more is allowed."""
        if len(self._ended) < (self._ended.maxlen or 0):
            return -inf
        return self._ended[0] + self._seconds

    def take(self, now: float) -> None:
        """Note the end of one."""
        self._ended.append(now)

    def at_rest(self, now: float) -> bool:
        """Tell whether forgetting what was taken would change nothing."""
        return not self._ended or self._ended[-1] + self._seconds <= now


class Ceiling:
    """At most `most` requests, side by side, within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._under_way: dict[object, float] = {}
        """Requests, and when they began, the first first."""
        self._ended: list[float] = []
        """When others ended: a heap."""
        self._quickest: float | None = None
        """Seconds of the quickest answer: every request is as long on its way at least."""

    def wait(self, now: float) -> float:
        """Return the seconds until one more may be allowed; 0: now."""
        for request, began in list(self._under_way.items()):
            if began + HANGS > now:
                break
            self.end(request, began + HANGS)
        # The one to come arrives after now, those that ended arrived before their end.
        held = self._seconds - max((self._quickest or 0.0) - MARGIN, 0.0)
        while self._ended and self._ended[0] + held <= now:
            heappop(self._ended)
        if len(self._under_way) + len(self._ended) < self._most:
            return 0.0
        # What is under way ends now at the earliest.
        return min([now, *self._ended[:1]]) + held - now

    def begin(self, request: object, now: float) -> None:
        """Note that a request begins."""
        self._under_way[request] = now

    def end(self, request: object, now: float, *, answered: bool = False) -> None:
        """Note that a request has its answer, or none to come."""
        began = self._under_way.pop(request, None)
        if began is not None:
            heappush(self._ended, now)
            if answered:
                self._quickest = min(self._quickest or HANGS, now - began)
