"""The queue of updates: what waits for the bot, who takes it, and who is sent away."""

import asyncio
from typing import Final

from sandbox.clock import Clock
from sandbox.refusals import Conflict
from sandbox.state import State
from sandbox.values import JsonObject

NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that a bot gets only when it names them."""

KEPT_SECONDS: Final = 24 * 3600
MOST_AT_ONCE: Final = 100
BY_POLLER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
BY_WEBHOOK: Final = "terminated by setWebhook request"
"""Why a poll ends with Conflict."""

LONGEST_POLL: Final = 50
"""Seconds; Telegram answers a longer poll after this time."""


class Updates:
    """Queues updates in the state and hands them to one poller at a time."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._arrived = asyncio.Event()
        self._poller: asyncio.Event | None = None
        self._born: dict[int, float] = {}

    def add(self, kind: str, payload: JsonObject) -> None:
        """Queue an update if the bot asked for its kind."""
        allowed = self._state.allowed_updates
        if kind in allowed or (not allowed and kind not in NOT_BY_DEFAULT):
            self.inject({kind: payload})

    def inject(self, raw: JsonObject) -> int:
        """Queue an update as it is, however it looks; return its id."""
        number = self._state.next_update
        self._state.next_update += 1
        update = {"update_id": number} | raw
        self._born[number] = self._clock.now()
        self._state.updates.append(update)
        self._arrived.set()
        return number

    def pending(self) -> list[JsonObject]:
        """Return what waits, without what is older than a day."""
        oldest = self._clock.now() - KEPT_SECONDS
        kept = [one for one in self._state.updates if self._time_of(one) >= oldest]
        self._state.updates[:] = kept
        return kept

    def confirm(self, offset: int) -> None:
        """Forget updates below `offset`; a negative one keeps that many from the end."""
        waiting = self._state.updates
        if offset < 0:
            del waiting[: max(len(waiting) + offset, 0)]
        elif offset > 0:
            waiting[:] = [one for one in waiting if _id(one) >= offset]

    def forget(self, update: JsonObject) -> None:
        """Forget an update: it was delivered, or given up."""
        self._state.updates[:] = [one for one in self._state.updates if one is not update]

    async def arrival(self) -> None:
        """Wait until an update is queued; return at once if one waits already."""
        while not self.pending():
            self._arrived.clear()
            await self._arrived.wait()

    async def poll(self, offset: int, limit: int, seconds: int) -> list[JsonObject]:
        """Return waiting updates, or those that come within `seconds`.

        A new poll ends the one that is under way, which gets Conflict.
        """
        if self._poller:
            self._poller.set()
        ended = self._poller = asyncio.Event()
        try:
            self.confirm(offset)
            if not self.pending() and seconds > 0:
                await self._wait(ended, min(seconds, LONGEST_POLL))
            if ended.is_set():
                raise Conflict(BY_WEBHOOK if self._state.webhook.url else BY_POLLER)
            return self.pending()[: limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE]
        finally:
            if self._poller is ended:
                self._poller = None

    def stop_poller(self) -> None:
        """End the poll under way: a webhook was set."""
        if self._poller:
            self._poller.set()

    async def _wait(self, ended: asyncio.Event, seconds: float) -> None:
        """Wait for an update, for another poller, or for the end of the time."""
        waits = [asyncio.ensure_future(one) for one in (self.arrival(), ended.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _time_of(self, update: JsonObject) -> float:
        """Return when an update was queued; after a restart, the time of the restart."""
        return self._born.setdefault(_id(update), self._clock.now())


def _id(update: JsonObject) -> int:
    number = update["update_id"]
    return number if isinstance(number, int) else 0
