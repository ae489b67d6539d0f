"""What a supervisor asks for no more, and what an officer takes back, by the clock."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from records.ids import TaskId
from records.model import AuditEntry, Person, Report, ReportState, Role, Waiver
from services.tasks.waiver import Place, waive
from tests.e2e.clockwork import Clockwork, assistant_at
from tests.e2e.office import COMMUNE, SUPERVISOR, WARD, Office, found, opened, task
from tests.e2e.phone import Town
from vietnamese.zone import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = "Rà soát tổ dân vận"
OTHER = "Đối thoại với Nhân dân"
REASON = "Đơn vị mới sáp nhập, chưa có số liệu"


def at(day: int, hour: int = 7) -> datetime:
    """Return a time of November 2026 in Vietnam."""
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


@pytest_asyncio.fixture(loop_scope="module")
async def days(quick_town: Town, tmp_path: Path) -> AsyncIterator[tuple[Office, Clockwork]]:
    """Give an office on Wednesday 4 November 2026 in which two units are late."""
    office = await opened(quick_town)
    made = datetime(2026, 9, 1, tzinfo=ZONE)
    late = replace(task("muon", LATE), due=date(2026, 11, 2), created=made)
    beside = replace(task("ben", OTHER, unit=WARD), due=date(2026, 11, 2), created=made)
    async with assistant_at(quick_town, tmp_path, at(4, 5)) as work:
        await found(work.store, office, late, beside)
        yield office, work


async def test_from_the_drill_down_a_period_is_waived_and_wanted_again(
    days: tuple[Office, Clockwork],
) -> None:
    """Whom it frees is shown first; he is told, and not reminded; the way back stands below."""
    office, work = days
    head, lan = office.supervisor, office.officer
    await head.says("/tonghop")
    await head.sees("0/2 đã báo cáo")
    await head.taps("Theo đơn vị", "Xã An Hòa", "Thôi yêu cầu một kỳ")
    await head.sees("quá hạn 2 ngày")
    await head.taps("1. " + LATE)
    asked = await head.sees("Được miễn: Lan")
    assert LATE in asked.text
    await head.says(REASON + ", hỏi 0912345678")
    await head.sees("giống số căn cước hoặc số điện thoại")
    await head.taps("Bỏ, gửi lại")
    await head.sees("đã bỏ nội dung đó")
    await head.says(REASON)
    await head.sees("Đã thôi yêu cầu báo cáo này")
    await work.passes(minutes=1)
    told = await lan.sees("Đồng chí Hùng thôi không yêu cầu báo cáo này")
    assert REASON in told.text
    await work.goes_to(at(5))
    await lan.says("/nhiemvu")
    assert "Quá hạn (0)" in (await lan.sees("Nhiệm vụ cần báo cáo (0)")).labels
    assert not any("quá hạn 3 ngày" in one.text for one in lan.messages)
    await head.taps("Yêu cầu lại kỳ này")
    await head.sees("Đã yêu cầu lại báo cáo này")
    await work.passes(minutes=1)
    await lan.sees("yêu cầu lại báo cáo này")
    async with work.store.begin() as tx:
        assert await tx.find(Waiver) == []
        noted = [one.action for one in await tx.find(AuditEntry)]
    assert [one for one in noted if one in ("waive", "want_again")] == ["waive", "want_again"]


async def test_the_log_says_why(days: tuple[Office, Clockwork]) -> None:
    """An admin reads the reason in `/nhatky`."""
    office, work = days
    head = office.supervisor
    async with work.store.begin() as tx:
        chief = await tx.get(Person, SUPERVISOR)
        assert chief is not None
        await tx.put(replace(chief, role=Role.ADMIN))
    await waive(
        work.store, SUPERVISOR, Place(task=TaskId("muon"), unit=COMMUNE, period=None), REASON, at(4)
    )
    await head.says("/nhatky")
    await head.sees(f"lý do: “{REASON}”")


async def test_the_card_of_a_task_says_who_waived_it_and_why(
    days: tuple[Office, Clockwork],
) -> None:
    """The officer has no such button; "Thôi, quay lại" changes nothing."""
    office, work = days
    head, lan = office.supervisor, office.officer
    await lan.says("/nhiemvu")
    await lan.taps("Quá hạn", "1. " + LATE)
    card = await lan.sees("Chủ trì")
    assert card.button("Thôi yêu cầu") is None
    await head.says("/nhiemvu")
    await head.taps("1. ")
    await head.taps("Thôi yêu cầu kỳ này")
    await head.sees("gõ lý do")
    await head.taps("Thôi, quay lại")
    await head.sees("vẫn được yêu cầu")
    await head.taps("Nhiệm vụ")
    await head.taps("Thôi yêu cầu kỳ này")
    await head.says(REASON)
    await head.sees("Đã thôi yêu cầu")
    await head.taps("‹ Nhiệm vụ")
    shown = await head.sees("thôi yêu cầu kỳ này ngày 04/11/2026")
    assert REASON in shown.text
    async with work.store.begin() as tx:
        assert len(await tx.find(Waiver)) == 1


async def test_after_ten_minutes_a_report_stays_sent(days: tuple[Office, Clockwork]) -> None:
    """Within them it goes; later one sentence says what can be done instead."""
    office, work = days
    lan = office.officer
    await lan.says("/baocao")
    await lan.taps("⏰ " + LATE, "Hoàn thành")
    await lan.sees("Đã gửi: hoàn thành")
    await work.passes(minutes=10)
    await lan.taps("Lấy lại")
    await lan.sees("Đã lấy lại báo cáo")
    await lan.taps("Báo cáo lại", "Hoàn thành")
    await lan.sees("Đã gửi: hoàn thành")
    await work.passes(minutes=11)
    await lan.taps("Lấy lại")
    await lan.notices("quá 10 phút")
    async with work.store.begin() as tx:
        states = [one.state for one in await tx.find(Report)]
    assert states == [ReportState.TAKEN_BACK, ReportState.SUBMITTED]
