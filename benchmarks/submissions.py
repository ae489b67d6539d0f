"""Officers who submit reports to a store without end; the process is there to be killed.

    python -m benchmarks.submissions FOLDER|postgresql://… RUN OFFICERS

Prints `open` once the store is, then the id of each report after the store said that it is there.
Snapshots come every few hundred reports, so that some kills fall into one.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from records.ids import DraftId, PeriodKey, PersonId, ReportId, TaskId, UnitId
from records.model import Answer, Draft, Focus, OutboxMessage, Outcome, Report
from records.store import Store
from storage.embedded.store import EmbeddedStore

NOW: Final = datetime(2026, 11, 5, 7, tzinfo=UTC)
SNAPSHOT_AFTER: Final = 512 * 1024
"""Bytes of journal: far less than in earnest."""
ANSWERS: Final[Mapping[str, Answer]] = {
    "ket_qua": "Đã tổ chức 12 hội nghị tuyên truyền cho 1.250 lượt người tại các thôn, tổ dân phố; "
    "vận động 35 hộ hiến 1.200 m² đất làm đường liên thôn",
    "so_luot": "1250",
    "kho_khan": "Kinh phí còn hạn chế, một số hộ dân chưa đồng thuận",
    "ngay": "2026-11-04",
    "anh": ("AgACAgUAAxkBAAIB", "AgACAgUAAxkBAAIC"),
}


def report(key: str, number: int = 0) -> Report:
    """Make a report of ordinary size; `number` spreads authors, units and tasks."""
    return Report(
        id=ReportId(key),
        series=ReportId(key),
        version=1,
        author=PersonId(f"person{number % 3_000}"),
        unit=UnitId(f"unit{number % 400}"),
        form="tien-do",
        form_version=1,
        outcome=Outcome.DONE,
        submitted=NOW,
        draft=DraftId(f"draft-{key}"),
        task=TaskId(f"task{number % 5_000}"),
        period=PeriodKey("2026-Q4"),
        answers=ANSWERS,
        notes={"so_luot": "tăng 12% so với quý trước"},
    )


def draft(key: str) -> Draft:
    """Make the draft that a report comes from."""
    return Draft(
        id=DraftId(f"draft-{key}"),
        person=PersonId("an"),
        form="tien-do",
        form_version=1,
        started=NOW,
        changed=NOW,
        answers=ANSWERS,
    )


def notice(key: str) -> OutboxMessage:
    """Make the message that a report owes to whoever reviews it."""
    return OutboxMessage(
        key=f"notice-{key}",
        person=PersonId("binh"),
        template="submitted",
        facts={"report": key},
        created=NOW,
    )


async def submit(store: Store, officer: int, key: str) -> None:
    """Write a draft, then turn it into a report, its notice and the officer's last word."""
    async with store.begin(f"person:{officer}") as tx:
        await tx.put(draft(key))
    async with store.begin(f"person:{officer}", f"draft:{key}") as tx:
        await tx.add(report(key, officer))
        await tx.add(notice(key))
        await tx.remove(Draft, f"draft-{key}")
        first = Focus(id=PersonId(str(officer)), topic="report", subject="", since=NOW)
        last = await tx.get(Focus, str(officer)) or first
        await tx.put(replace(last, subject=key))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def opened(where: str) -> Store:
    """Open the store of a folder, or of a database by its address."""
    if where.startswith("postgresql://"):
        from storage.postgres.store import PostgresStore  # noqa: PLC0415 - a folder needs none

        return await PostgresStore.open(where)
    return await EmbeddedStore.open(Path(where), snapshot_after=SNAPSHOT_AFTER)


async def main(where: str, run: str, officers: int) -> None:
    """Submit without end."""
    store = await opened(where)
    _say("open")

    async def officer(number: int) -> None:
        count = 0
        while True:
            key = f"{run}-{number}-{count}"
            await submit(store, number, key)
            _say(key)
            count += 1

    await asyncio.gather(*map(officer, range(officers)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
