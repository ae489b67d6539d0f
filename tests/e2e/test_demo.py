"""Whoever tries the assistant meets a whole province at once, apart from all real records."""

from collections import Counter
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from records.ids import PersonId, UnitId
from records.model import OutboxMessage, Person, Report, ReportState, Role, Task, Unit, UnitName
from storage.embedded.store import EmbeddedStore
from tests.e2e.assistant import READY, Assistant, command
from tests.e2e.phone import Screen, Shown

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def run(data: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `danvan demo` on a data folder; return its status and what it said."""
    process = await command(["demo", *arguments], {"DATA_DIR": str(data)})
    said, complained = await process.communicate()
    return process.returncode or 0, said.decode(), complained.decode()


async def kept(folder: Path) -> tuple[list[Task], list[Report], list[Person]]:
    """Return what a demo holds."""
    store = await EmbeddedStore.open(folder)
    async with store.begin() as tx:
        found = (await tx.find(Task), await tx.find(Report), await tx.find(Person))
        assert await tx.count(OutboxMessage) == 0
        assert all(unit.id.startswith("demo-") for unit in await tx.find(Unit))
    await store.close()
    return found


def told(found: tuple[list[Task], list[Report], list[Person]]) -> list[object]:
    """Return what a demo says, whatever its ids."""
    tasks, reports, _ = found
    return [
        sorted((one.title, one.lead, one.cadence, str(one.due)) for one in tasks),
        sorted((one.unit, one.form, str(one.period), str(one.answers)) for one in reports),
    ]


async def test_the_demo_has_everything_in_every_state(tmp_path: Path) -> None:
    """About thirty people of all roles; duties with their clause; reports waiting, back, done."""
    status, said, _ = await run(tmp_path)
    assert (status, said) == (0, "The demo is made.\n")
    tasks, reports, people = await kept(tmp_path / "demo")
    assert 25 <= len(people) <= 35
    assert {one.role for one in people} == set(Role)
    assert sum(one.origin is not None for one in tasks) >= 10
    assert all(len(one.origin.version) == 64 for one in tasks if one.origin is not None)
    states = Counter(one.state for one in reports)
    wanted = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)
    assert all(states[state] >= 3 for state in wanted), states


async def test_the_same_seed_makes_the_same_demo(tmp_path: Path) -> None:
    """Another seed gives other answers."""
    demos = []
    for place, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        assert (await run(tmp_path / place, "--seed", seed))[0] == 0
        demos.append(told(await kept(tmp_path / place / "demo")))
    assert demos[0] == demos[1]
    assert demos[0][1] != demos[2][1]


async def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    """What somebody tried out in the demo stays."""
    await run(tmp_path)
    before = await kept(tmp_path / "demo")
    status, said, _ = await run(tmp_path, "--seed", "5")
    assert (status, "nothing was changed" in said) == (0, True)
    assert await kept(tmp_path / "demo") == before


async def test_real_records_are_left_alone(tmp_path: Path) -> None:
    """One real unit is enough to refuse; an empty store can take the demo."""
    store = await EmbeddedStore.open(tmp_path / "records")
    unit = Unit(id=UnitId("that"), kind="xã", names=(UnitName(text="Xã Thật"),))
    async with store.begin() as tx:
        await tx.add(unit)
    await store.close()
    status, _, complained = await run(tmp_path, "--records")
    assert status == 1
    assert "records" in complained
    assert "Traceback" not in complained
    store = await EmbeddedStore.open(tmp_path / "records")
    async with store.begin() as tx:
        assert await tx.find(Unit) == [unit]
        assert await tx.get(Person, PersonId("demo-p01")) is None
    await store.close()
    assert (await run(tmp_path / "empty", "--records"))[0] == 0
    assert (await kept(tmp_path / "empty" / "records"))[0]


async def test_the_sandbox_gives_every_role_to_try(tmp_path: Path) -> None:
    """Lan reports, Hùng follows the province, Thu assigns, and Minh is a stranger."""
    process = Assistant(tmp_path, {"SANDBOX_PORT": "0"})
    await process.start()
    ready = next(line for line in process.output if line.startswith(READY))
    async with aiohttp.ClientSession(ready.split()[-1]) as session:
        async with session.get("/app/state") as answer:
            people = {one["first_name"]: int(one["id"]) for one in (await answer.json())["users"]}
        for name, words, expected in (
            ("Lan", "/nhiemvu", "Nhiệm vụ cần báo cáo"),
            ("Hùng", "/duyet", "Báo cáo chờ duyệt"),
            ("Thu", "/giaoviec", "Giao việc"),
            ("Minh", "/nhiemvu", "chỉ phục vụ cán bộ đã được cấp quyền"),
        ):
            screen = Screen(session, people[name])
            await screen.open()
            fields = {"user": people[name], "chat": people[name], "text": words}
            async with session.post("/app/send", json=fields) as answer:
                assert answer.status == 200
            await screen.wait(partial(_seen, screen, people[name], expected), f"{name}: {expected}")
            await screen.close()
    await process.stop()
    assert not (tmp_path / "records").exists()
    assert (tmp_path / "demo").is_dir()


def _seen(screen: Screen, chat: int, expected: str) -> Shown | None:
    shown = screen.shown(chat).values()
    return next((one for one in shown if one.by_bot and expected in one.text), None)
