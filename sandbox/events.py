"""What the phones see happen, in order; a phone that was away asks for what it missed."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from sandbox.values import JsonObject

KEPT: Final = 5_000
"""Events; a phone away for longer reloads its chats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; `viewers` None means that everybody may see it."""

    seq: int
    body: JsonObject
    viewers: frozenset[int] | None

    def form(self) -> JsonObject:
        """Return the event as it goes to the page."""
        return {"seq": self.seq} | self.body

    def shown_to(self, viewer: int | None) -> bool:
        """Tell whether `viewer` sees it; None is the test, which sees all."""
        return viewer is None or self.viewers is None or viewer in self.viewers


class Events:
    """A log that readers follow."""

    def __init__(self) -> None:
        self._log: deque[Event] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()
        self._closed = False
        self.last = 0

    def add(self, body: JsonObject, viewers: frozenset[int] | None) -> None:
        """Write down what happened and wake the readers."""
        self.last += 1
        self._log.append(Event(seq=self.last, body=body, viewers=viewers))
        self._wake()

    def close(self) -> None:
        """Let every reader finish."""
        self._closed = True
        self._wake()

    async def follow(
        self, viewer: int | None, after: int, idle: float
    ) -> AsyncIterator[JsonObject | None]:
        """Yield events after `after`, then new ones; None after `idle` seconds without any."""
        while not self._closed:
            changed = self._changed
            missed = [event for event in self._log if event.seq > after]
            for event in missed:
                after = event.seq
                if event.shown_to(viewer):
                    yield event.form()
            if missed:
                continue
            try:
                await asyncio.wait_for(changed.wait(), idle)
            except TimeoutError:
                yield None

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
