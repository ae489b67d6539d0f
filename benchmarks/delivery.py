"""A broadcast through the sandbox's limits, questions asked meanwhile, faults at a fifth of calls.

    python -m benchmarks.delivery [--people N]

The assistant is a process of its own, on an embedded store that owes a message to everybody;
Telegram is the sandbox, over HTTP, with the limits of a bot: 30 messages in any second.
"""

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from records.ids import PersonId, UnitId
from records.model import Address, Delivery, OutboxMessage, Person, Role, Unit, UnitName
from sandbox.limits import BOT_PER_SECOND
from storage.embedded.store import EmbeddedStore
from tests.e2e.conftest import serving
from tests.e2e.phone import Town, sandbox

PEOPLE: Final = 600
"""The short form; the bar is 10,000."""

ASKED: Final = 25
"""Questions asked idle, and as many during the broadcast."""

QUESTION: Final = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"
MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
LOOKED_EVERY: Final = 3.0
"""Seconds between two looks at what arrived: looking costs the sandbox some milliseconds."""

SHARE: Final = 0.2
"""Share of calls that a fault strikes."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a broadcast."""

    per_second: float
    counts: Counter[int]
    """Messages by chat."""
    flooded: int = 0
    """Calls refused for the limits."""


async def main(people: int) -> None:
    """Run the broadcast, then the faults."""
    print(f"A message to {people:,} people; the limit is {BOT_PER_SECOND}/s.\n")
    print("| what | bar | reached |\n|---|---|---|")
    await broadcast(people)
    for name, fault in FAULTS.items():
        await faulty(name, fault, min(people, 200))


async def broadcast(people: int) -> None:
    """Measure the pace of a broadcast and the wait of somebody who asks meanwhile."""
    async with sandbox() as town:
        with TemporaryDirectory() as folder:
            data = Path(folder)
            chats = await seed(town, data, people, at=datetime.now(UTC) + timedelta(seconds=20))
            process = serving(town, data)
            await process.start()
            idle = await asked(town, ASKED)
            await until(town, chats, lambda counts: len(counts) > 0)
            busy = await asked(town, ASKED)
            await until(town, chats, lambda counts: len(counts) == people, people / 20 + 60)
            found = arrived(await town.calls("sendMessage"), chats)
            await process.stop()
            lost, twice = people - len(found.counts), sum(n > 1 for n in found.counts.values())
    reached = found.per_second / BOT_PER_SECOND
    print(f"| pace, of the limit's | ≥ .95 | **{reached:.3f}** ({found.per_second:.1f}/s) |")
    print(f"| lost / twice | 0 / 0 | **{lost} / {twice}** |")
    print(f"| refused with 429 meanwhile | | {found.flooded} |")
    ratio = np.percentile(busy, 95) / np.percentile(idle, 95)
    told = f"{np.percentile(idle, 95):.0f} → {np.percentile(busy, 95):.0f} ms"
    print(f"| a question meanwhile, p95 ÷ idle | ≤ 1.5 | **{ratio:.2f}** ({told}) |")


FAULTS: Final[Mapping[str, Mapping[str, object]]] = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "answers lost (timeouts)": {"kind": "timeout"},
    "reset connections": {"kind": "reset"},
}


async def faulty(name: str, fault: Mapping[str, object], people: int) -> None:
    """Strike every fifth call with a fault; nothing may be lost."""
    async with sandbox() as town:
        with TemporaryDirectory() as folder:
            data = Path(folder)
            chats = await seed(town, data, people, at=datetime.now(UTC))
            process = serving(town, data)
            await process.start()
            await town.fault(method="sendMessage", share=SHARE, **fault)
            await settled(town, chats, people)
            await town.heal()
            await asyncio.sleep(20)
            counts = arrived(await town.calls("sendMessage"), chats).counts
            await process.stop()
            rows = await outbox(data)
    states = Counter(str(one.state) for one in rows)
    sent_to = {int(one.key.partition(":")[2]) for one in rows if one.state is Delivery.UNKNOWN}
    lost = [chat for chat in chats if chat not in counts and chat not in sent_to]
    owed = states.get("owed", 0)
    twice = sum(n > 1 for n in counts.values())
    print(
        f"| {name} at {SHARE:.0%}: lost | 0 | **{len(lost) - owed}** "
        f"({dict(states)}, {twice} arrived twice) |",
        flush=True,
    )


async def seed(town: Town, data: Path, people: int, at: datetime) -> list[int]:
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
                await tx.add(_row(number, phone["id"], at))
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


async def until(town: Town, chats: Sequence[int], enough: Any, patience: float = 120) -> None:
    """Wait until enough has arrived."""
    for _ in range(int(patience / LOOKED_EVERY)):
        if enough(arrived(await town.calls("sendMessage"), chats).counts):
            return
        await asyncio.sleep(LOOKED_EVERY)
    raise TimeoutError


async def settled(town: Town, chats: Sequence[int], people: int) -> None:
    """Wait until all have theirs, or nothing new arrives for a while."""
    before, still = -1, 0
    while still < 25:
        counts = arrived(await town.calls("sendMessage"), chats).counts
        still = still + 1 if len(counts) == before else 0
        before = len(counts)
        if len(counts) == people:
            return
        await asyncio.sleep(1)


def arrived(calls: Sequence[Mapping[str, Any]], chats: Sequence[int]) -> Arrived:
    """Count what Telegram took, by chat, and how fast it came."""
    wanted = frozenset(chats)
    good = [
        one
        for one in calls
        if one["result"].get("ok") or one["result"].get("performed")
        if int(one["params"]["chat_id"]) in wanted
    ]
    times = [one["time"] for one in good]
    span = max(times) - min(times) if len(times) > 1 else 0.0
    rate = (len(times) - 1) / span if span else 0.0
    flooded = sum(one["result"].get("error_code") == 429 for one in calls)
    return Arrived(rate, Counter(int(one["params"]["chat_id"]) for one in good), flooded)


async def outbox(data: Path) -> list[OutboxMessage]:
    """Return the rows of a folder whose process has ended."""
    store = await EmbeddedStore.open(data / "records")
    async with store.begin() as tx:
        rows = await tx.find(OutboxMessage)
    await store.close()
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    asyncio.run(main(parser.parse_args().people))
