"""What waits for the bot: kills in the midst of it, Telegram's limits, faults, and one who floods.

    python -m benchmarks.backlog [kills|limits|faults|flood …] [--small]

The assistant is a process of its own; Telegram is the sandbox, over HTTP. Each waiting message is a
greeting, answered by one message, so that an answer is known by its chat.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from bot.order import WORKING
from sandbox.limits import STRICT, Limits
from sandbox.settings import SandboxSettings
from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.phone import Phone, Town, sandbox

GREETING: Final = "xin chào"
QUESTION: Final = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"

LOOKED_EVERY: Final = 3.0
"""Seconds between two looks at what was answered: a look holds the sandbox up."""

STILL: Final = 45.0
"""Seconds without a new answer after which no more is expected: a hanging request takes 20."""

ASKED: Final = 25
"""Questions asked idle, and as many during the flood."""

SHARE: Final = 0.2
"""Share of calls that meet a fault."""

FAULTS: Final[Mapping[str, Mapping[str, object]]] = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "hang before": {"kind": "timeout", "performed": False},
    "hang after": {"kind": "timeout", "performed": True},
    "reset before": {"kind": "reset"},
    "reset after": {"kind": "reset", "performed": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of a backlog."""

    wanted: Counter[int]
    """Answers that each chat waits for."""
    came: Counter[int]
    flooded: int
    """Calls refused for Telegram's limits."""

    @property
    def lost(self) -> int:
        """Return how many answers never came."""
        return (self.wanted - self.came).total()

    @property
    def twice(self) -> int:
        """Return how many came once more than was asked."""
        return (self.came - self.wanted).total()


async def main(asked: Sequence[str], *, small: bool) -> None:
    """Run the parts that are asked for."""
    print("| what | bar | reached |\n|---|---|---|")
    for name in asked or PARTS:
        await PARTS[name](small)


async def kills(small: bool) -> None:  # noqa: FBT001 - one switch for all parts
    """Kill the process again and again while it works a backlog off."""
    pending, times = (60, 3) if small else (300, 20)
    done = await killed(pending, times)
    print(f"| {pending} pending, {times} kills: lost | 0 | **{done.lost}** |")
    most = times * WORKING
    print(f"| answered twice (in flight: ≤ {WORKING} a kill) | ≤ {most} | **{done.twice}** |")


async def killed(pending: int, times: int) -> Answered:
    """Return what came of a backlog over so many kills."""
    dice = random.Random(1)  # noqa: S311 - the same instants each time are wanted
    async with sandbox() as town:
        chats = await people(town, pending)
        wait_for_answers(town, chats)
        with TemporaryDirectory() as folder:
            bot = serving(town, Path(folder))
            for left in range(times, 0, -1):
                await bot.start()
                so_far = (await answers(town, Counter(chats))).came.total()
                await until(town, Counter(chats), so_far + max(1, (pending - so_far) // (left + 1)))
                await asyncio.sleep(dice.uniform(0, 0.05))
                await bot.kill()
            await bot.start()
            done = await worked_off(town, Counter(chats))
            await bot.stop()
    return done


async def limits(small: bool) -> None:  # noqa: FBT001
    """Work backlogs off under Telegram's strict limits."""
    for pending, chats in (
        ((100, 100), (100, 20)) if small else ((500, 500), (1000, 1000), (1000, 100))
    ):
        done, seconds = await within(STRICT, pending, chats)
        told = f"{pending} pending of {chats} chats, strict limits"
        reached = f"{done.flooded} / {done.lost} / {done.twice}"
        print(f"| {told}: 429 / lost / twice | ≤ 1 / 0 / 0 | **{reached}** |")
        print(f"| … answers a second | | {pending / seconds:.1f} |", flush=True)


async def within(ceilings: Limits, pending: int, chats: int) -> tuple[Answered, float]:
    """Return what came of a backlog under these limits, and how long it took."""
    async with sandbox(SandboxSettings(limits=ceilings)) as town:
        everybody = await people(town, chats)
        for _ in range(pending // chats):
            wait_for_answers(town, everybody)
        wanted = Counter(everybody * (pending // chats))
        with TemporaryDirectory() as folder:
            bot = serving(town, Path(folder))
            await bot.start()
            began = time.perf_counter()
            done = await worked_off(town, wanted)
            seconds = time.perf_counter() - began
            await bot.stop()
    return done, seconds


async def faults(small: bool) -> None:  # noqa: FBT001
    """Strike every fifth answer with one of six faults."""
    pending = 60 if small else 500
    async with sandbox() as town:
        chats = await people(town, pending)
        wait_for_answers(town, chats)
        # Each is tried in its turn: the share of those that pass the ones before.
        for number, fault in enumerate(FAULTS.values()):
            share = SHARE / len(FAULTS) / (1 - SHARE * number / len(FAULTS))
            await town.fault(method="sendMessage", share=share, **fault)
        with TemporaryDirectory() as folder:
            bot = serving(town, Path(folder))
            await bot.start()
            done = await worked_off(town, Counter(chats))
            await bot.stop()
        unclear = await struck(town, performed=True)
    told = f"{pending} answers, {SHARE:.0%} of calls struck by six faults"
    print(f"| {told}: lost | 0 | **{done.lost}** |")
    unasked = sum(count - 1 for chat, count in done.came.items() if chat not in unclear)
    print(
        f"| … twice, of them without an unclear delivery | 0 | **{done.twice}, {unasked}** |",
        flush=True,
    )


async def flood(small: bool) -> None:  # noqa: FBT001
    """Let one stranger send without end while somebody asks."""
    messages = 1000 if small else 10_000
    async with sandbox() as town:
        with TemporaryDirectory() as folder:
            bot = serving(town, Path(folder))
            await bot.start()
            idle, busy, ended = await flooded(town, bot, messages)
    ratio = np.percentile(busy, 95) / np.percentile(idle, 95)
    reached = f"{ratio:.2f}** ({np.percentile(idle, 95):.0f} → {np.percentile(busy, 95):.0f} ms)"
    told = f"{messages:,} messages of one stranger: another's question, p95 ÷ idle"
    print(f"| {told} | ≤ 2 | **{reached} |")
    print(f"| … SIGTERM meanwhile ends the process in s | ≤ 10 | **{ended:.1f}** |", flush=True)


async def flooded(
    town: Town, bot: Assistant, messages: int, asked: int = ASKED
) -> tuple[list[float], list[float], float]:
    """Return the waits in milliseconds, idle and meanwhile, and the seconds that stopping took."""
    officer, (stranger,) = await town.phone("Lan"), await people(town, 1)
    idle = [await wait(officer) for _ in range(asked)]
    sending = asyncio.create_task(sent_without_end(town, stranger, messages))
    busy = [await wait(officer) for _ in range(asked)]
    await sending
    began = time.perf_counter()
    await bot.stop()
    return idle, busy, time.perf_counter() - began


async def sent_without_end(town: Town, stranger: int, messages: int) -> None:
    """Send messages as fast as Telegram would bring them: a hundred every 20th of a second."""
    for _ in range(messages // 100):
        wait_for_answers(town, [stranger] * 100, "A" * 1500)
        await asyncio.sleep(0.05)


async def wait(phone: Phone) -> float:
    """Ask, and return the milliseconds to the answer; not so fast that the chat's pace is met."""
    await asyncio.sleep(1.1)
    before = time.perf_counter()
    await phone.says(QUESTION)
    await phone.sees("11-QĐi/TW")
    return 1000 * (time.perf_counter() - before)


# --- the town ---------------------------------------------------------------------------------


async def people(town: Town, count: int) -> list[int]:
    """Enter people who have begun a chat, without a phone of their own; return their ids."""
    state, found = town.running.exchange.state, []
    for number in range(count):
        person = await town.act("users", {"first_name": f"P{number}"})
        state.persons[person["id"]].started = True
        state.chats[person["id"]].bot = "member"
        found.append(int(person["id"]))
    return found


def wait_for_answers(town: Town, chats: Sequence[int], text: str = GREETING) -> None:
    """Have a message of each chat wait for the bot."""
    exchange = town.running.exchange
    for chat in chats:
        sender = {"id": chat, "is_bot": False, "first_name": "P"}
        held = {"id": chat, "type": "private", "first_name": "P"}
        number = exchange.state.next_update
        message = {"message_id": number, "date": int(time.time()), "chat": held, "from": sender}
        exchange.updates.inject({"message": message | {"text": text}})


async def answers(town: Town, wanted: Counter[int]) -> Answered:
    """Count what Telegram took so far."""
    calls = await town.calls("sendMessage")
    came = Counter(int(one["params"]["chat_id"]) for one in calls if arrived(one))
    refused = sum(one["result"].get("error_code") == 429 for one in calls)
    return Answered(wanted=wanted, came=came, flooded=refused)


def arrived(call: Mapping[str, Any]) -> bool:
    """Tell whether a message was shown, whatever became of the answer to the bot."""
    return bool(call["result"].get("ok") or call["result"].get("performed"))


async def struck(town: Town, *, performed: bool) -> set[int]:
    """Return the chats of which a call met a fault, carried out or not."""
    calls = await town.calls("sendMessage")
    return {
        int(one["params"]["chat_id"])
        for one in calls
        if "fault" in one["result"] and bool(one["result"].get("performed")) is performed
    }


async def until(town: Town, wanted: Counter[int], enough: int) -> None:
    """Wait until so many of the wanted answers have arrived, or no more do."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since <= STILL:
        reached = ((await answers(town, wanted)).came & wanted).total()
        if reached >= enough:
            return
        if reached != before:
            before, since = reached, time.monotonic()
        await asyncio.sleep(LOOKED_EVERY)


async def worked_off(town: Town, wanted: Counter[int]) -> Answered:
    """Wait until every chat has its answers, or no more arrive; a moment for what is twice."""
    await until(town, wanted, wanted.total())
    await asyncio.sleep(2)
    return await answers(town, wanted)


PARTS: Final[Mapping[str, Callable[[bool], Awaitable[None]]]] = {
    "kills": kills,
    "limits": limits,
    "faults": faults,
    "flood": flood,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    asyncio.run(main(given.parts, small=given.small))
