"""What comes in is handled once, in whichever process, and lost in none."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ExtBot

from bot.clock import system_clock
from bot.intake import Intake
from bot.senders import STRANGERS, Senders
from records.model import Incoming
from records.store import Store
from tests.unit.stores import Kept

JSON = dict[str, Any]


def message(number: int, chat: int = 1) -> JSON:
    """Make update `number`, a message in `chat`."""
    sender = {"id": chat, "is_bot": False, "first_name": "Lan"}
    held = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}}
    return {"update_id": number, "message": {**held, "from": sender, "text": f"câu {number}"}}


class Desk:
    """One process's intake, with what it has handled and whom it told that he sends too much."""

    def __init__(self, store: Store, handle: Callable[[Update], Awaitable[None]] | None = None):
        self.handled: list[int] = []
        self.told: list[int] = []
        self.backlog: list[bool] = []
        self.changed = asyncio.Event()
        self.store = store
        self.intake = Intake(
            bot=ExtBot("1:token"),
            store=store,
            now=system_clock,
            senders=Senders(lambda: 0.0, self._known, self._tell),
            handle=handle or self.handle,
            on_backlog=lambda: self.backlog.append(True),
        )
        self.intake.finish = 0.05

    async def handle(self, update: Update) -> None:
        """Note that an update is handled."""
        self.handled.append(update.update_id)
        self.changed.set()

    async def reaches(self, count: int) -> list[int]:
        """Return what was handled once it is so many."""
        async with asyncio.timeout(10):
            while len(self.handled) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.handled

    async def _known(self, sender: int) -> bool:
        return sender < 0

    async def _tell(self, sender: int) -> None:
        self.told.append(sender)


async def hang(_update: Update) -> None:
    """Never come to an end, as a handler does whose process is killed."""
    await asyncio.Event().wait()


async def test_what_a_killed_process_had_is_handled_by_the_next(kept: Kept) -> None:
    """300 were taken, none was handled: after the restart each is, once, in order of arrival."""
    first = Desk(kept.store, hang)
    await first.intake.open()
    await first.intake.take([message(number) for number in range(1, 101)])
    await first.intake.close()
    store = await kept.reopen()
    second = Desk(store)
    await second.intake.open()
    assert await second.reaches(100) == list(range(1, 101))
    await second.intake.close()
    third = Desk(await kept.reopen())
    await third.intake.open()
    await third.intake.take([message(number) for number in range(1, 101)])
    await third.intake.close()
    assert third.handled == []
    async with kept.store.begin() as tx:
        assert {one.content for one in await tx.find(Incoming)} == {""}


async def test_an_update_at_two_processes_is_handled_once(kept: Kept) -> None:
    """Telegram repeats a delivery; both get it at the same moment, one of them has it."""
    desks = Desk(kept.store), Desk(kept.store)
    for desk in desks:
        await desk.intake.open()
    await asyncio.gather(*(desk.intake.take([message(1)]) for desk in desks))
    await asyncio.gather(*(desk.intake.close() for desk in desks))
    assert sorted(desks[0].handled + desks[1].handled) == [1]
    assert not desks[0].backlog


async def test_one_that_hangs_stops_nobody_else(store: Store) -> None:
    """Its own chat waits; 150 others are handled, and the next are fetched."""
    desk = Desk(store)

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await hang(update)
        await desk.handle(update)

    desk = Desk(store, handle)
    await desk.intake.open()
    await desk.intake.take([message(number, chat=number) for number in range(1, 152)])
    assert len(await desk.reaches(150)) == 150
    assert desk.backlog
    await desk.intake.close()


async def test_an_answer_that_is_owed_is_handled_again(store: Store) -> None:
    """An update whose answer could not be said stays, also over the end of the process."""

    async def owe(update: Update) -> None:
        first.intake.owe(update.update_id)

    first = Desk(store, owe)
    await first.intake.open()
    await first.intake.take([message(1)])
    await first.intake.close()
    second = Desk(store)
    await second.intake.open()
    assert await second.reaches(1) == [1]
    await second.intake.close()


async def test_what_waited_through_many_ends_is_still_handled(store: Store) -> None:
    """A backlog outlives as many kills as come: waiting is no reason to be set aside."""
    for _ in range(6):
        desk = Desk(store, hang)
        await desk.intake.open()
        await desk.intake.take([message(1)])
        await desk.intake.close()
    last = Desk(store)
    await last.intake.open()
    assert await last.reaches(1) == [1]
    await last.intake.close()


async def test_what_is_older_than_a_day_is_set_aside(store: Store) -> None:
    """It is named in the log, and taken up no more: it may be what ends processes."""
    old = replace(
        Incoming(id="telegram:1", at=system_clock(), content=json.dumps(message(1)), holder="x"),
        at=system_clock() - timedelta(days=2),
    )
    async with store.begin() as tx:
        await tx.add(old)
    last = Desk(store)
    with capture_logs() as logged:
        await last.intake.open()
        await last.intake.close()
    assert last.handled == []
    assert "update set aside" in {one["event"] for one in logged}


@pytest.mark.parametrize("broken", ["junk", {"message": {}}, {"update_id": "seven"}, None])
async def test_what_cannot_be_read_is_passed_over(store: Store, broken: object) -> None:
    """The rest of its batch is handled."""
    desk = Desk(store)
    await desk.intake.open()
    with capture_logs() as logged:
        await desk.intake.take(
            [broken, {"update_id": 1, "message": {"text": "no chat"}}, message(2)]
        )
    assert await desk.reaches(1) == [2]
    assert [one["event"] for one in logged] == ["update without an id", "unreadable update"]
    await desk.intake.close()


async def test_a_flood_is_neither_kept_nor_handled(store: Store) -> None:
    """Of 10,000 messages of a stranger the limit is kept; he is told once; others are handled."""
    desk = Desk(store)
    await desk.intake.open()
    for start in range(0, 10_000, 100):
        await desk.intake.take([message(start + n, chat=7) for n in range(100)])
    await desk.intake.take([message(10_000, chat=8)])
    await desk.reaches(STRANGERS.burst + 1)
    await desk.intake.close()
    assert desk.told == [7]
    assert len(desk.handled) == STRANGERS.burst + 1
    async with store.begin() as tx:
        assert await tx.count(Incoming) == STRANGERS.burst + 1
