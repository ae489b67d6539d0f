"""Updates of one chat are handled in order, those of different chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

from telegram import Update

WORKING: Final = 64
"""Updates being handled at once; each may hold a connection while it waits for its chat's turn."""

AGAIN: Final = 10.0
"""Seconds before what could not be done is tried again: the line to Telegram was away for long."""

Job = Callable[[], Awaitable[bool]]
"""Handles an update; False: it is to be handled again. Raises nothing."""


class ChatOrder:
    """Handles each chat's updates one by one, in order of arrival.

    A chat that floods the bot fills its own line; a place to work is taken only by the update
    whose turn it is.
    """

    def __init__(self, *, again: float = AGAIN) -> None:
        self._again = again
        self._lines: dict[Hashable, deque[Job]] = {}
        self._places = asyncio.Semaphore(WORKING)
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_work: set[asyncio.Task[None]] = set()
        self._closing = False

    def add(self, line: Hashable, job: Job) -> None:
        """Have a job done after those of its line that came before."""
        waiting = self._lines.get(line)
        if waiting is not None:
            waiting.append(job)
            return
        self._lines[line] = deque([job])
        task = asyncio.create_task(self._work_off(line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, seconds: float) -> None:
        """Begin nothing more, and let what is begun come to its end for so long."""
        self._closing = True
        for task in self._tasks - self._at_work:
            task.cancel()
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work_off(self, line: Hashable) -> None:
        waiting = self._lines[line]
        try:
            while waiting and not self._closing:
                if await self._do(waiting[0]):
                    waiting.popleft()
                else:
                    await asyncio.sleep(self._again)
        finally:
            del self._lines[line]

    async def _do(self, job: Job) -> bool:
        """Do a job at a place to work; what is under way may come to its end."""
        task = asyncio.current_task()
        async with self._places:
            if task is not None:
                self._at_work.add(task)
            try:
                return await job()
            finally:
                if task is not None:
                    self._at_work.discard(task)


def line_of(update: Update) -> Hashable:
    """Return what the updates that must keep their order have in common."""
    if update.inline_query is not None:
        return ("inline", update.inline_query.from_user.id)
    if update.effective_chat is not None:
        return update.effective_chat.id
    return ("update", update.update_id)
