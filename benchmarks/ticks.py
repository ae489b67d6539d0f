"""One of several processes that plan and send from one database; what it does goes into a log.

python -m benchmarks.ticks URL LOG
"""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from records.model import TELEGRAM, OutboxMessage, Person
from scheduler.outbox import Sender
from scheduler.planner import LEADING
from scheduler.reachability import tell_those_who_rely
from scheduler.ticks import PLAN_EVERY, SEND_EVERY, Tick, Ticks
from scheduler.verdicts import Sent, Verdict
from storage.postgres.store import PostgresStore

PACE = 0.1
"""Seconds that the channel takes for a message, so that a death finds some on their way."""


@dataclass
class Post:
    """A channel that writes down what it took."""

    log: Path
    name: str = TELEGRAM

    async def send(
        self, address: str, message: OutboxMessage, person: Person, *, again: bool
    ) -> Verdict:
        """Take the message, then say so."""
        del address, person, again
        await asyncio.sleep(PACE)
        note(self.log, message.key)
        return Sent(message.key)


def note(log: Path, word: str) -> None:
    """Write a word to the log."""
    with log.open("a") as file:
        file.write(f"{word}\n")


async def main(url: str, log: Path) -> None:
    """Tick until killed."""
    store = await PostgresStore.open(url)
    sender = Sender(
        store=store,
        channel=Post(log),
        now=lambda: datetime.now(UTC),
        on_gone=tell_those_who_rely,
    )

    async def lead() -> None:
        if await store.lead(LEADING):
            note(log, "lead")

    await lead()
    ticks = Ticks(
        [Tick("send", SEND_EVERY, sender.send_owed), Tick("plan", PLAN_EVERY, lead)],
        lambda: datetime.now(UTC),
    )
    ticks.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
