"""Sending at Telegram's pace, over a line without faults and over a faulty one.

    python -m benchmarks.delivery [--short]

The assistant is a process of its own, on an embedded store that owes a message to everybody;
Telegram is the sandbox, over HTTP, with the limits of a bot: 30 messages in any second. What
arrived is what stands in the chats, whatever the bot was told of it.
"""

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from records.ids import PersonId, UnitId
from records.model import Address, Delivery, OutboxMessage, Person, Role, Unit, UnitName
from sandbox.limits import BOT_PER_SECOND
from scheduler.digest_plan import PRIORITY as DIGEST
from storage.embedded.journal import read_kind
from storage.embedded.store import EmbeddedStore
from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.phone import Town, sandbox

ASKED: Final = 25
"""Questions asked idle, and as many during the broadcast."""

QUESTION: Final = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"
MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
LOOKED_EVERY: Final = 1.0
"""Seconds between two looks at what arrived."""

SHARE: Final = 0.2
"""Share of calls that a fault strikes."""

MARK: Final = "Gửi lại"
"""How a message that may have come before begins."""

STILL: Final = 200.0
"""Seconds after which an outbox that still owes something is looked at as it is."""

FAULTS: Final[Mapping[str, Mapping[str, object]]] = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "hang before": {"kind": "timeout", "performed": False},
    "hang after": {"kind": "timeout", "performed": True},
    "reset before": {"kind": "reset", "performed": False},
    "reset after": {"kind": "reset", "performed": True},
}
"""Before or after: the request is carried out, or not, when the line fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many people each part is run with."""

    broadcast: int
    digests: int
    storm: int


LONG: Final = Size(broadcast=10_000, digests=900, storm=500)
SHORT: Final = Size(broadcast=600, digests=200, storm=120)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a broadcast."""

    per_second: float
    counts: Counter[int]
    """Messages by chat."""
    flooded: int
    """Calls refused for the limits."""


@dataclass(frozen=True, slots=True)
class Served:
    """A town whose people are each owed one message, and the assistant that owes it."""

    town: Town
    data: Path
    chats: Sequence[int]
    process: Assistant

    def texts(self, chat: int) -> list[str]:
        """Return what the bot wrote to a chat, in order."""
        entries = self.town.running.exchange.state.chats[chat].entries.values()
        written = [one.message for one in entries if one.message["from"]["is_bot"]]
        return [str(one.get("text", "")) for one in written]

    def reached(self) -> int:
        """Return how many have something."""
        return sum(bool(self.texts(chat)) for chat in self.chats)

    async def until(self, reached: int, patience: float) -> None:
        """Wait until so many have something, or for so many seconds."""
        for _ in range(int(patience / LOOKED_EVERY)):
            if self.reached() >= reached:
                return
            await asyncio.sleep(LOOKED_EVERY)

    async def settle(self) -> None:
        """Wait until nothing is owed any more, or nothing has changed for long."""
        left, since = -1, time.monotonic()
        while left and time.monotonic() - since < STILL:
            owed = sum(one.state is Delivery.OWED for one in await outbox(self.data))
            if owed != left:
                left, since = owed, time.monotonic()
            await asyncio.sleep(LOOKED_EVERY)


async def main(size: Size) -> None:
    """Run every part, and print a table."""
    print(f"Messages to many; the limit is {BOT_PER_SECOND}/s.\n")
    print("| what | bar | reached |\n|---|---|---|", flush=True)
    await broadcast(size.broadcast)
    await digests(size.digests)
    await storm(size.storm)


async def broadcast(people: int) -> None:
    """Measure the pace of a broadcast and the wait of somebody who asks meanwhile."""
    async with owing(people, in_seconds=20 + people / 500) as served:
        idle = await asked(served.town, ASKED)
        await served.until(1, patience=120)
        busy = await asked(served.town, ASKED)
        await served.until(people, patience=people / 15)
        await served.settle()
        found = arrived(await served.town.calls("sendMessage"), served.chats)
        pace = found.per_second / BOT_PER_SECOND
        print(f"| {people:,} reminders: pace ÷ limit | ≥ .95 | **{pace:.3f}** |")
        told_of(served, f"{people:,} reminders, no fault", await outbox(served.data))
    print(f"| … refused with 429 | | {found.flooded} |")
    for name, share in (("p50", 50), ("p95", 95)):
        before, during = np.percentile(idle, share), np.percentile(busy, share)
        ratio, told = during / before, f"{before:.0f} → {during:.0f} ms"
        print(f"| a question meanwhile, {name} ÷ idle | ≤ 1.5 | **{ratio:.2f}** ({told}) |")


async def digests(people: int) -> None:
    """Send what is never sent twice on suspicion: nothing may be taken for silence."""
    async with owing(people, priority=DIGEST) as served:
        await served.settle()
        told_of(served, f"{people:,} digests, no fault", await outbox(served.data))


async def storm(people: int) -> None:
    """Strike a fifth of all calls with six kinds of faults."""
    async with owing(people, started=False) as served:
        each = SHARE / len(FAULTS)
        for before, fault in enumerate(FAULTS.values()):
            # A fault meets what those before it left.
            share = each / (1 - before * each)
            await served.town.fault(method="sendMessage", share=share, **fault)
        await served.process.start()
        await served.settle()
        told_of(
            served, f"{people:,} reminders, six faults at {SHARE:.0%}", await outbox(served.data)
        )


def told_of(served: Served, what: str, rows: Sequence[OutboxMessage]) -> None:
    """Print who got a message never, and twice; and whether anybody is told."""
    states = {int(one.key.partition(":")[2]): one.state for one in rows}
    never = [chat for chat in served.chats if not served.texts(chat)]
    open_states = (Delivery.OWED, Delivery.UNKNOWN, Delivery.POISON, Delivery.UNREACHABLE)
    silent = [chat for chat in never if states[chat] not in open_states]
    twice = [served.texts(chat) for chat in served.chats if len(served.texts(chat)) > 1]
    unmarked = [one for one in twice if not all(MARK in text for text in one[1:])]
    counted = dict(Counter(str(state) for state in states.values()))
    print(f"| {what}: never arrived | 0 | **{len(never)}** {counted} |")
    print(f"| … and nobody told | 0 | **{len(silent)}** |")
    print(f"| … twice, of them unmarked | 0 | {len(twice)}, **{len(unmarked)}** |", flush=True)


@asynccontextmanager
async def owing(
    people: int, *, in_seconds: float = 0, priority: int = 0, started: bool = True
) -> AsyncIterator[Served]:
    """Run an assistant that owes everybody a message."""
    at = datetime.now(UTC) + timedelta(seconds=in_seconds)
    async with sandbox() as town:
        with TemporaryDirectory() as folder:
            data = Path(folder)
            chats = await seed(town, data, people, at, priority=priority)
            served = Served(town, data, chats, serving(town, data))
            if started:
                await served.process.start()
            try:
                yield served
            finally:
                await served.process.stop()


async def seed(
    town: Town, data: Path, people: int, at: datetime, *, priority: int = 0
) -> list[int]:
    """Enter people who have begun a chat, and owe each a message from `at` on."""
    state = town.running.exchange.state
    chats = []
    store = await EmbeddedStore.open(data / "records")
    for start in range(0, people, 1000):
        async with store.begin() as tx:
            if not start:
                await tx.add(Unit(id=UnitId("u"), kind="xã", names=(UnitName(text="Xã"),)))
            for number in range(start, min(start + 1000, people)):
                phone = await town.act("users", {"first_name": f"P{number}"})
                state.persons[phone["id"]].started = True
                state.chats[phone["id"]].bot = "member"
                chats.append(int(phone["id"]))
                await tx.add(_person(number, phone["id"]))
                row = _row(number, phone["id"], at)
                await tx.add(replace(row, priority=priority) if priority else row)
    await store.close()
    return chats


def _person(number: int, chat: int) -> Person:
    return Person(
        id=PersonId(f"p{number}"),
        name=f"P{number}",
        unit=UnitId("u"),
        role=Role.OFFICER,
        addresses=(Address(channel="telegram", value=str(chat)),),
    )


def _row(number: int, chat: int, at: datetime) -> OutboxMessage:
    return OutboxMessage(
        key=f"b:{chat}",
        person=PersonId(f"p{number}"),
        template="personal",
        facts={"text": "Phổ biến"},
        created=MADE,
        not_before=at,
    )


def arrived(calls: Sequence[Mapping[str, Any]], chats: Sequence[int]) -> Arrived:
    """Count what Telegram said it took, by chat, and how fast it came."""
    wanted = frozenset(chats)
    good = [one for one in calls if one["result"].get("ok") and _chat(one) in wanted]
    times = [one["time"] for one in good]
    span = max(times) - min(times) if len(times) > 1 else 0.0
    rate = (len(times) - 1) / span if span else 0.0
    flooded = sum(one["result"].get("error_code") == 429 for one in calls)
    return Arrived(rate, Counter(map(_chat, good)), flooded)


def _chat(call: Mapping[str, Any]) -> int:
    return int(call["params"]["chat_id"])


async def outbox(data: Path) -> list[OutboxMessage]:
    """Return the rows of a folder as they are now, beside the assistant if it is at work."""
    return await asyncio.to_thread(read_kind, data / "records", OutboxMessage)


async def asked(town: Town, times: int) -> list[float]:
    """Ask so many questions, one after the other; return the waits in milliseconds."""
    waits = []
    for _ in range(times):
        phone = await town.phone("Người hỏi")
        before = time.perf_counter()
        await phone.says(QUESTION)
        await phone.sees("11-QĐi/TW")
        waits.append(1000 * (time.perf_counter() - before))
        await asyncio.sleep(0.4)
    return waits


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="minutes, not a quarter hour")
    asyncio.run(main(SHORT if parser.parse_args().short else LONG))
