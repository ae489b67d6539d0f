"""What comes in: kept, lined up chat by chat, handled, and only then forgotten.

Telegram is told that it has an update (by the next poll's offset, or by 200) once the update is in
the store. A process that is killed leaves those it did not finish to the next one; an update that
comes twice, here or at another process, is found there and handled once.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import structlog
from telegram import Update
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.order import ChatOrder, line_of
from bot.senders import Passage, Senders, sender_of
from handlers.core.address import CHANNEL
from records import incoming
from records.ids import new_id
from records.model import Incoming
from records.refusals import StoreRefused
from records.store import Store

ROOM: Final = 2000
"""Updates that wait in memory at most; beyond it Telegram keeps them. One takes some 20 kB."""

BACKLOG: Final = 20
"""Updates that wait at once only after an outage: nobody leafs through a document then."""

FINISH: Final = 4.0
"""Seconds for which a stopping process lets what is begun come to its end."""

SETTLE_AGAIN: Final = 2.0
"""Seconds before what could not be noted as handled is noted again: the database was away."""

OWED: Final = timedelta(days=1)
"""For so long an update is handled again: its answer could not be said, or its process ended. One
that ends every process is set aside by it."""

Handle = Callable[[Update], Awaitable[None]]
"""Handles an update; raises nothing but its cancellation."""


class Intake:
    """Takes updates in, whichever way they come."""

    def __init__(
        self,
        *,
        bot: ExtBot[Any],
        store: Store,
        now: Clock,
        senders: Senders,
        handle: Handle,
        on_backlog: Callable[[], None],
    ) -> None:
        """`on_backlog` is called as long as many updates wait."""
        self._bot, self._store, self._now = bot, store, now
        self._senders, self._handle = senders, handle
        self._on_backlog = on_backlog
        self.finish = FINISH
        """Seconds for which closing lets what is begun go on."""
        self._holder = new_id()
        self._order = ChatOrder()
        self._taking = asyncio.Lock()
        self._counted: set[int] = set()
        """Updates that were let in and are not kept yet: brought again, they do not count again."""
        self._waiting = 0
        self._eased = asyncio.Event()
        self._owed: set[int] = set()
        self._done: list[Incoming] = []
        self._anything_done = asyncio.Event()
        self._settling: asyncio.Task[None] | None = None
        self._log = structlog.get_logger("bot.intake")

    async def open(self) -> None:
        """Take up what a process before this one left."""
        self._settling = asyncio.create_task(self._settle())
        await self._store.lead(incoming.seat(self._holder))
        await self.take_over()

    async def take(self, given: Iterable[object]) -> None:
        """Return once updates are kept, and there is room for more; raises StoreRefused."""
        async with self._taking:
            read = [found for one in given if (found := await self._let_in(one)) is not None]
            updates = {row.id: update for row, update in read}
            fresh = await incoming.keep(self._store, [row for row, _ in read])
            self._counted.clear()
            if self._waiting + len(fresh) >= BACKLOG:
                self._on_backlog()
            for row in fresh:
                self._line_up(row, updates[row.id])
        while self._waiting >= ROOM:
            self._eased.clear()
            await self._eased.wait()

    async def take_over(self) -> None:
        """Take up what processes left that have ended; called again and again."""
        for row in await incoming.take_over(self._store, self._holder):
            update = Update.de_json(json.loads(row.content), self._bot)
            if self._now() - row.at > OWED:
                self._log.error("update set aside", update=update.update_id, tries=row.tries)
                self._settled(row)
            else:
                self._line_up(row, update)

    async def forget(self) -> None:
        """Forget what was handled days ago."""
        await incoming.forget(self._store, self._now())

    def owe(self, update: int) -> None:
        """Have an update handled again: what it came to could not be said."""
        self._owed.add(update)

    async def close(self) -> None:
        """Begin nothing more, finish what is begun, and note what is handled."""
        await self._order.close(self.finish)
        if self._settling is not None:
            self._settling.cancel()
            await asyncio.gather(self._settling, return_exceptions=True)
        await self._note_done()

    async def _let_in(self, given: object) -> tuple[Incoming, Update] | None:
        """Read an update; None for what cannot be read, and for what is too much."""
        if not isinstance(given, dict) or not isinstance(given.get("update_id"), int):
            self._log.error("update without an id", kind=type(given).__name__)
            return None
        if not await self._within_limits(given):
            return None
        try:
            return self._row(given), Update.de_json(given, self._bot)
        except Exception as error:  # noqa: BLE001 - any shape can come; the others must go on
            self._log.error(
                "unreadable update", update=given["update_id"], error=type(error).__name__
            )
            return None

    async def _within_limits(self, given: dict[str, Any]) -> bool:
        """Tell whether an update is not too much; the first that is over is answered so."""
        sender, number = sender_of(given), given["update_id"]
        if sender is None or number in self._counted:
            return True
        passage = await self._senders.passage(sender)
        if passage is Passage.IN:
            self._counted.add(number)
            return True
        if passage is Passage.TOLD:
            self._log.warning("too many updates of one sender", update=number)
            self._order.add(("over", sender), lambda: self._told_over(sender))
        return False

    async def _told_over(self, sender: int) -> bool:
        await self._senders.tell(sender)
        return True

    def _row(self, raw: dict[str, Any]) -> Incoming:
        return Incoming(
            id=f"{CHANNEL}:{raw['update_id']}",
            at=self._now(),
            content=json.dumps(raw, ensure_ascii=False, separators=(",", ":")),
            holder=self._holder,
        )

    def _line_up(self, row: Incoming, update: Update) -> None:
        self._waiting += 1
        kept = replace(row, content="")
        self._order.add(line_of(update), lambda: self._do(kept, update))

    async def _do(self, row: Incoming, update: Update) -> bool:
        """Handle an update; False while its answer is owed."""
        await self._handle(update)
        owed = update.update_id in self._owed
        self._owed.discard(update.update_id)
        if owed and self._now() - row.at < OWED:
            return False
        self._waiting -= 1
        self._eased.set()
        if self._waiting >= BACKLOG:
            self._on_backlog()
        self._settled(row)
        return True

    def _settled(self, row: Incoming) -> None:
        self._done.append(row)
        self._anything_done.set()

    async def _settle(self) -> None:
        """Note what is handled, as much at a time as there is: nobody waits for it."""
        while True:
            await self._anything_done.wait()
            self._anything_done.clear()
            if not await self._note_done():
                await asyncio.sleep(SETTLE_AGAIN)
                self._anything_done.set()

    async def _note_done(self) -> bool:
        done, self._done = self._done, []
        try:
            await incoming.settle(self._store, done)
        except StoreRefused as refused:
            self._done = [*done, *self._done]
            self._log.warning("not noted as handled", reason=str(refused), updates=len(done))
            return False
        except asyncio.CancelledError:
            self._done = [*done, *self._done]
            raise
        return True
