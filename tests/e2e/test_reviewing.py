"""From the report to its acceptance: the supervisor reads and answers, the officer is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.forging import answered, injected_press
from tests.e2e.office import Office, denied_in, enter, found_in, reports_in, task
from tests.e2e.phone import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TITLE = "Rà soát tổ dân vận"


@pytest_asyncio.fixture(loop_scope="module")
async def office(town: Town, tmp_path: Path) -> AsyncIterator[tuple[Office, Assistant, Path]]:
    """Give an office with one task, its assistant running."""
    held = Office(
        officer=await town.phone("Lan"),
        supervisor=await town.phone("Hùng"),
        other=await town.phone("Mai"),
    )
    await found_in(tmp_path, held, task("rasoat", TITLE))
    process = serving(town, tmp_path)
    await process.start()
    for phone in (held.officer, held.supervisor, held.other):
        await phone.says("/start")
        await phone.sees("Kính chào")
    yield held, process, tmp_path
    await process.stop()


async def test_a_report_goes_back_and_forth_until_it_is_accepted(
    office: tuple[Office, Assistant, Path],
) -> None:
    """Submitted → returned with a reason → a new version → accepted; each hears of it."""
    held, process, data = office
    await held.officer.says("/baocao")
    await held.officer.taps(TITLE, "Đang làm")
    await held.officer.sees("Đã gửi")
    received = await held.supervisor.sees("Có báo cáo chờ duyệt")
    assert "Xã An Hòa" in received.text
    await held.supervisor.presses(received, "Xem và duyệt")
    await held.supervisor.sees("Đang thực hiện")
    await held.supervisor.taps("Trả lại")
    await held.supervisor.sees("vì lý do gì")
    await process.kill()
    await process.start()
    await held.supervisor.says("Cần nêu rõ kết quả")
    await held.supervisor.sees("Đã trả lại")
    told = await held.officer.sees("được trả lại để bổ sung")
    assert "Cần nêu rõ kết quả" in told.text
    await held.officer.says("/baocao")
    await held.officer.taps(TITLE, "Hoàn thành")
    await held.officer.sees("Đã gửi")
    again = await held.supervisor.sees("bản thứ 2")
    await held.supervisor.presses(again, "Xem và duyệt")
    await held.supervisor.taps("Chấp nhận")
    await held.supervisor.sees("Đã chấp nhận báo cáo")
    await held.officer.sees("đã được chấp nhận")
    await held.supervisor.says("/duyet")
    await held.supervisor.sees("Không có báo cáo nào chờ")
    await process.stop()
    versions = [(one.version, str(one.state)) for one in await reports_in(data)]
    assert versions == [(1, "superseded"), (2, "accepted")]


async def test_an_officer_cannot_review(town: Town, office: tuple[Office, Assistant, Path]) -> None:
    """His list is empty; a button that was passed on is refused, and the try is on record."""
    held, process, data = office
    await held.officer.says("/baocao")
    await held.officer.taps(TITLE, "Hoàn thành")
    received = await held.supervisor.sees("Có báo cáo chờ duyệt")
    await held.other.says("/duyet")
    await held.other.sees("Không có báo cáo nào")
    opening = received.button("Xem và duyệt")
    assert opening is not None
    accept = str(opening["callback_data"]).replace(":vr:", ":va:").removesuffix(":0")
    await injected_press(town, held.other, accept)
    await held.other.says("/duyet")
    await held.other.sees("Không có báo cáo nào")
    (call,) = await answered(town, held.other)
    assert "ngoài phạm vi" in call["params"]["text"]
    await process.stop()
    assert [one.action for one in await denied_in(data)] == ["review"]


async def test_several_are_accepted_at_once_but_not_an_obstacle(
    office: tuple[Office, Assistant, Path],
) -> None:
    """The page has a mark for what may go with others; what hinders is left for a reader."""
    held, process, data = office
    await process.stop()
    await enter(data, task("quyche", "Sửa quy chế"), task("vuong", "Nhà văn hóa"))
    await process.start()
    for title, said in ((TITLE, "Hoàn thành"), ("Sửa quy chế", "Hoàn thành")):
        await held.officer.says("/baocao")
        await held.officer.taps(title, said)
        await held.officer.sees("Đã gửi")
    await held.officer.says("/baocao")
    await held.officer.taps("Nhà văn hóa", "⚠️ Vướng mắc")
    await held.officer.sees("ghi")
    await held.officer.says("Chưa có kinh phí")
    await held.officer.sees("Đã gửi")
    head = held.supervisor
    await head.says("/duyet")
    await head.sees("Báo cáo chờ duyệt (3)")
    await head.taps("Chấp nhận nhiều báo cáo")
    page = await head.sees("có khó khăn, vướng mắc")
    assert not page.button("✔️ Chấp nhận")
    await head.taps("▫️ 1.", "Chọn cả trang này", "Chấp nhận 2 báo cáo")
    done = await head.sees("Đã chấp nhận 2 báo cáo")
    assert TITLE in done.text
    assert page.id == done.id
    await held.officer.sees("đã được chấp nhận")
    await head.taps("Báo cáo chờ duyệt khác")
    left = await head.sees("Báo cáo chờ duyệt (1)")
    assert "Nhà văn hóa" in left.text
    await process.stop()
    states = sorted(str(one.state) for one in await reports_in(data))
    assert states == ["accepted", "accepted", "submitted"]


async def test_marks_of_a_list_that_changed_accept_nothing(
    town: Town, office: tuple[Office, Assistant, Path]
) -> None:
    """A report came or went meanwhile: the tap is told to be old, and nobody's is accepted."""
    held, process, data = office
    await held.officer.says("/baocao")
    await held.officer.taps(TITLE, "Hoàn thành")
    await held.supervisor.sees("Có báo cáo chờ duyệt")
    await injected_press(town, held.supervisor, "1:vx:0:1:00000000")
    await held.supervisor.says("/duyet")
    await held.supervisor.sees("Báo cáo chờ duyệt (1)")
    (call,) = await answered(town, held.supervisor)
    assert call["params"].get("text")
    await process.stop()
    assert [str(one.state) for one in await reports_in(data)] == ["submitted"]
