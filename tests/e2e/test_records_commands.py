"""`danvan records`, `schedule` and `outbox` as an operator types them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.lock import sole_owner
from records.ids import PersonId
from records.model import Delivery, OutboxMessage
from storage.embedded.store import EmbeddedStore
from tests.e2e.assistant import command


async def said(arguments: list[str], data: Path, **settings: str) -> tuple[int, list[str]]:
    """Run a command; return its status and what it said."""
    process = await command(arguments, {"DATA_DIR": str(data), **settings})
    out, error = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + error).decode().splitlines()


async def test_records_go_to_a_file_and_back(tmp_path: Path) -> None:
    """Backup, restore elsewhere, look over: the same counts; never over what is there."""
    data, other = tmp_path / "a", tmp_path / "b"
    status, _ = await said(["demo", "--records"], data)
    assert status == 0
    _, before = await said(["records", "check"], data)
    status, lines = await said(["records", "backup", str(tmp_path / "file")], data)
    assert status == 0, lines
    status, lines = await said(["records", "restore", str(tmp_path / "file")], other)
    assert status == 0, lines
    _, after = await said(["records", "check"], other)
    counts = [line for line in before if "writes" not in line]
    assert counts == [line for line in after if "writes" not in line]
    assert any(line.startswith("people: ") for line in counts)
    status, lines = await said(["records", "restore", str(tmp_path / "file")], other)
    assert status == 1
    assert "nothing is overwritten" in lines[-1]


async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    """In one line, and nothing is touched."""
    (tmp_path / "x").write_text("hello")
    status, lines = await said(["records", "restore", str(tmp_path / "x")], tmp_path / "a")
    assert status == 1
    assert len(lines) == 1
    assert "not a backup" in lines[0]


async def test_the_schedule_can_be_looked_at(tmp_path: Path) -> None:
    """A line a reminder; as JSON with the agreed names."""
    await said(["demo", "--records"], tmp_path)
    days = ["--from", "2026-11-01", "--to", "2026-12-31"]
    status, lines = await said(["schedule", "preview", *days, "--json"], tmp_path)
    assert status == 0, lines
    rows = [json.loads(line) for line in lines]
    assert rows
    names = ["at", "person", "unit", "task", "period", "stage", "due"]
    assert all(list(row) == names for row in rows)
    status, lines = await said(["schedule", "preview", *reversed_days()], tmp_path)
    assert status == 2


def reversed_days() -> list[str]:
    """Return days the wrong way round."""
    return ["--from", "2026-12-31", "--to", "2026-11-01"]


async def test_what_did_not_surely_arrive_is_listed_beside_the_running_assistant(
    tmp_path: Path,
) -> None:
    """Nobody has to stop it to see what is owed, unclear or set aside."""
    states = (Delivery.OWED, Delivery.UNKNOWN, Delivery.POISON, Delivery.SENT)
    with sole_owner(tmp_path):
        store = await EmbeddedStore.open(tmp_path / "records")
        async with store.begin() as tx:
            for state in states:
                await tx.add(
                    OutboxMessage(
                        key=f"of:{state}",
                        person=PersonId("lan"),
                        template="personal",
                        facts={},
                        created=datetime(2026, 11, 20, tzinfo=UTC),
                        state=state,
                    )
                )
        status, lines = await said(["outbox", "list"], tmp_path)
        await store.close()
    assert status == 0, lines
    listed = [line.split("\t")[0] for line in lines]
    assert listed == ["of:owed", "of:unknown", "of:poison"]


@pytest.mark.parametrize("what", ["retry", "drop"])
async def test_an_unknown_message_is_said_so(tmp_path: Path, what: str) -> None:
    """Status 1 and one line."""
    status, lines = await said(["outbox", what, "nobody:nothing"], tmp_path)
    assert (status, len(lines)) == (1, 1)
