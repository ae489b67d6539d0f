"""Random offices in which every surface and the planner are asked who owes what.

python -m benchmarks.obligations [--situations N] [--seed N]
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from records.kinds import key_of
from records.model import AuditEntry, OutboxMessage
from storage.embedded.store import EmbeddedStore
from tests.situations import situation
from tests.surfaces import disagreements

SITUATIONS: Final = 20_000

SAID_EVERY: Final = 500
"""Situations between two words of how far it has come."""


async def compared(situations: int, seed: int) -> Counter[str]:
    """Return how often each surface disagreed, the number of situations under the empty name."""
    found: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        store = await EmbeddedStore.open(Path(folder))
        for number in range(situations):
            own = situation(Random(seed * 1_000_000 + number))  # noqa: S311 - the same each time
            async with store.begin() as tx:
                for one in own.records:
                    await tx.add(one)
            told = await disagreements(store, own)
            found[""] += 1
            if found[""] % SAID_EVERY == 0:
                print(f"{found['']:,} situations, {len(found) - 1} disagreements", file=sys.stderr)
            for line in told:
                found[f"seed {seed}, situation {number}: {line}"] += 1
            async with store.begin() as tx:
                for record in (*own.records, *await tx.find(OutboxMessage)):
                    await tx.remove(type(record), key_of(record))
                for entry in await tx.find(AuditEntry):
                    await tx.remove(AuditEntry, entry.id)
        await store.close()
    return found


def main(situations: int, seed: int) -> None:
    """Print the count, and each disagreement."""
    before = time.perf_counter()
    found = asyncio.run(compared(situations, seed))
    took = time.perf_counter() - before
    wrong = {name: count for name, count in found.items() if name}
    print("| what | bar | reached |\n|---|---|---|")
    print(f"| situations (seed {seed}), in {took:.0f} s | ≥ 20,000 | {found['']:,} |")
    print(f"| surfaces that disagree | 0 | **{sum(wrong.values())}** |")
    for name in list(wrong)[:20]:
        print(f"- {name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--situations", type=int, default=SITUATIONS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    main(given.situations, given.seed)
