"""The real assistant in this process, on a clock that a test moves; Telegram is the sandbox."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.application import Container, build
from bot.runner import run
from bot.settings import load
from bot.stores import opened_store
from records.model import OutboxMessage
from records.store import Store
from sandbox.limits import Limits
from scheduler.acknowledgements import plan_acknowledgements
from scheduler.digest_plan import plan_digests
from scheduler.planner import plan_if_leading
from tests.e2e.assistant import give_index
from tests.e2e.phone import Town

UNHURRIED = Limits(bot_per_second=1000, group_per_minute=1000, chat_burst=1000)
"""Days pass here in milliseconds; Telegram's pace is other tests' subject."""


@dataclass(slots=True)
class Hands:
    """The clock: it stands until it is moved."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the time it was moved to."""
        return self.at


@dataclass(slots=True)
class Clockwork:
    """An assistant at work and the clock it goes by."""

    house: Container
    store: Store
    hands: Hands

    async def goes_to(self, moment: datetime) -> None:
        """Move the clock and let the planning and the sending of that moment happen."""
        self.hands.at = moment
        await plan_if_leading(self.store, moment)
        await plan_acknowledgements(self.store, moment)
        await plan_digests(self.store, moment)
        await self.house.sender.send_owed()

    async def passes(self, **time: float) -> None:
        """Let so much time pass."""
        await self.goes_to(self.hands.at + timedelta(**time))

    async def owed(self) -> list[OutboxMessage]:
        """Return every row of the outbox."""
        async with self.store.begin() as tx:
            return await tx.find(OutboxMessage)


@asynccontextmanager
async def assistant_at(town: Town, data: Path, moment: datetime) -> AsyncIterator[Clockwork]:
    """Run the assistant at `moment` for as long as the block lasts."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    hands = Hands(moment)
    give_index(data)
    settings = load(None).model_copy(
        update={
            "bot_token": SecretStr(town.token),
            "telegram_api_url": town.running.url,
            "data_dir": data,
        }
    )
    ready = asyncio.Event()
    async with opened_store(settings) as store:
        house = build(settings, clock=hands, store=store)
        running = asyncio.create_task(run(house, lambda _: ready.set()))
        await asyncio.wait(
            {running, asyncio.ensure_future(ready.wait())}, return_when="FIRST_COMPLETED"
        )
        if running.done():
            running.result()
        try:
            yield Clockwork(house, store, hands)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
