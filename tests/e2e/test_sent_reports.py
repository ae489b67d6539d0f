"""What was sent stays in reach of who sent it."""

import pytest

from tests.e2e.desk import REVIEW, RULES, Desk, tapped, typed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_sent_is_listed_read_and_corrected(desk: Desk) -> None:
    """State and who has it; while it is open it is changed from there, or taken back."""
    lan = desk.officer
    await typed(lan, "/dagui", "chưa gửi báo cáo nào")
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, REVIEW, "Biểu mẫu")
    await tapped(lan, "Đang làm", "Đã gửi: đang thực hiện")
    await typed(lan, "/dagui quý này", "Báo cáo đã gửi trong quý này")
    shown = await tapped(lan, "1. " + REVIEW, "chờ đồng chí Hùng duyệt")
    assert "Lấy lại" in " ".join(shown.labels)
    await tapped(lan, "Sửa báo cáo", "Câu ")


async def test_nobody_elses_reports_are_listed(desk: Desk) -> None:
    """A report of a colleague of another unit is not one's own."""
    lan, mai = desk.officer, desk.office.other
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, RULES, "Biểu mẫu")
    await tapped(lan, "Đang làm", "Đã gửi")
    await typed(mai, "/dagui", "chưa gửi báo cáo nào")
