"""Two assistants share one PostgreSQL: whichever takes an update, the dialog goes on."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.clock import system_clock
from records.model import Report
from storage.postgres.store import PostgresStore
from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.office import Office, found, task
from tests.e2e.phone import Phone, Shown, Town
from tests.postgres import MISSING, Cluster, cluster

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "a-secret-of-the-webhook"
REVIEW = "Rà soát tổ dân vận"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    """Run a server of the tests' own."""
    if MISSING:
        pytest.skip(f"PostgreSQL's server programs are not here: {', '.join(MISSING)}")
    with cluster() as running:
        yield running


@dataclass(slots=True)
class Pair:
    """Two processes on one database; an officer's updates go to them by turns."""

    processes: tuple[Assistant, Assistant]
    ports: tuple[int, int]
    session: aiohttp.ClientSession
    officer: Phone
    url: str
    numbers: Iterator[int] = field(default_factory=lambda: count(70_000))

    def __post_init__(self) -> None:
        """Begin with the first."""
        self.turns = cycle(self.ports)

    turns: Iterator[int] = field(init=False)

    async def says(self, text: str, then: str) -> Shown:
        """Write, and wait for what comes of it."""
        number = next(self.numbers)
        message = {**self._message(number), "from": self._sender, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self.officer._turn()
        await self._post({"update_id": number, "message": message}, next(self.turns))
        return await self.officer.sees(then)

    async def taps(self, label: str, then: str, *, at_both: bool = False) -> Shown:
        """Tap the newest button of that label; the update may come to both processes at once."""
        shown = [one for one in self.officer.messages if one.button(label)][-1]
        button = shown.button(label)
        assert button is not None
        number = next(self.numbers)
        query = {
            "id": str(number),
            "from": self._sender,
            "chat_instance": "1",
            "message": {**self._message(shown.id), "text": "…"},
            "data": button["callback_data"],
        }
        self.officer._turn()
        update = {"update_id": number, "callback_query": query}
        ports = self.ports if at_both else (next(self.turns),)
        await asyncio.gather(*(self._post(update, port) for port in ports))
        return await self.officer.sees(then)

    async def settled(self) -> None:
        """Wait until both processes are through with what came: each keeps a chat's order."""
        for _ in self.ports:
            await self.says("/baocao", "Báo cáo")

    async def reports(self) -> list[Report]:
        """Return what is kept."""
        store = await PostgresStore.open(self.url)
        async with store.begin() as tx:
            kept = await tx.find(Report)
        await store.close()
        return kept

    @property
    def _sender(self) -> dict[str, Any]:
        return {"id": self.officer.id, "is_bot": False, "first_name": "Lan"}

    def _message(self, number: int) -> dict[str, Any]:
        chat = {"id": self.officer.chat, "type": "private"}
        return {"message_id": number, "date": int(system_clock().timestamp()), "chat": chat}

    async def _post(self, update: object, port: int) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        address = f"http://127.0.0.1:{port}/updates"
        async with self.session.post(address, json=update, headers=headers) as answer:
            assert answer.status == 200


@pytest_asyncio.fixture(loop_scope="module")
async def pair(town: Town, postgres: Cluster, tmp_path: Path) -> AsyncIterator[Pair]:
    """Start both on a fresh database in which the office stands."""
    phones = [await town.phone(name) for name in ("Lan", "Hùng", "Mai")]
    url = await asyncio.to_thread(postgres.fresh)
    store = await PostgresStore.open(url)
    office = Office(officer=phones[0], supervisor=phones[1], other=phones[2])
    await found(store, office, task("rasoat", REVIEW))
    await store.close()
    await phones[0].says("/start")
    ports = (free_port(), free_port())
    first, second = (
        serving(
            town,
            tmp_path / str(port),
            DATABASE_URL=url,
            WEBHOOK_URL="https://bot.example",
            WEBHOOK_SECRET=SECRET,
            WEBHOOK_PORT=str(port),
        )
        for port in ports
    )
    await asyncio.gather(first.start(), second.start())
    async with aiohttp.ClientSession() as session:
        yield Pair((first, second), ports, session, phones[0], url)
    await asyncio.gather(first.kill(), second.kill())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def test_a_dialog_goes_on_wherever_its_next_update_goes(pair: Pair) -> None:
    """Each step to the other process, one of them killed in the middle, "Gửi" to both at once."""
    await pair.says("/baocao", "Cần báo cáo")
    await pair.taps(REVIEW, "Biểu mẫu")
    await pair.taps("Báo cáo chi tiết", "Câu 1/")
    await pair.taps("Đang làm", "Câu 2/6")
    await pair.says("45%", "Đã ghi: 45%")
    await pair.processes[0].kill()
    await pair.processes[0].start()
    await pair.says("Đã rà soát 5 tổ", "Đã ghi: Đã rà soát 5 tổ")
    await pair.taps("◀ Quay lại", "Đang ghi: Đã rà soát 5 tổ")
    await pair.says("Đã rà soát 6 tổ", "Đã ghi: Đã rà soát 6 tổ")
    await pair.taps("Xem lại tất cả", "Xin đồng chí xem lại")
    await pair.taps("Gửi báo cáo", "Gửi ngày", at_both=True)
    await pair.settled()
    [report] = await pair.reports()
    assert report.answers["percent"] == "45"
    assert report.answers["result"] == "Đã rà soát 6 tổ"


async def test_one_tap_at_both_processes_is_one_report(pair: Pair) -> None:
    """The one that comes second shows the report of the first."""
    await pair.says("/baocao", "Cần báo cáo")
    await pair.taps(REVIEW, "Biểu mẫu")
    await pair.taps("Hoàn thành", "Gửi ngày", at_both=True)
    await pair.settled()
    assert len(await pair.reports()) == 1
