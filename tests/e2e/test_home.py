"""The home stays below the chat: its entries are commands, by role, and it can be put away."""

import pytest

from tests.e2e.desk import DIALOGUE, REVIEW, Desk, opened, tapped, typed
from tests.e2e.phone import Phone, Shown

pytestmark = pytest.mark.asyncio(loop_scope="module")


def entries(shown: Shown) -> list[str]:
    """Return the labels of the keyboard that a message brought, without their counts."""
    markup = shown.message["reply_markup"]
    assert markup["is_persistent"]
    assert "inline_keyboard" not in markup
    return [one.partition(" (")[0] for one in shown.labels]


async def at_home(phone: Phone) -> Shown:
    """Call the home."""
    return await typed(phone, "Trang chính", "Nhắn “Ẩn nút”")


async def test_each_role_has_its_entries_with_counts(desk: Desk) -> None:
    """An officer has four, a supervisor six; what waits for review is counted."""
    lan, head = desk.officer, desk.office.supervisor
    shown = await typed(lan, "/start", "Kính chào đồng chí Lan")
    assert entries(shown) == ["Việc của tôi", "Báo cáo", "Hỏi văn bản", "Báo cáo đã gửi"]
    await tapped(lan, "Báo cáo (", "Cần báo cáo")
    await tapped(lan, REVIEW, "Biểu mẫu")
    await tapped(lan, "Đang làm", "Đã gửi")
    shown = await at_home(head)
    assert "Duyệt (1)" in shown.labels
    assert "1 báo cáo chờ đồng chí duyệt" in shown.text
    assert entries(shown)[-2:] == ["Duyệt", "Tổng hợp"]
    await tapped(head, "Duyệt (1)", "Báo cáo chờ duyệt (1)")
    await tapped(head, "Tổng hợp", "Tỉnh Thử")


async def test_an_entry_is_a_command_whatever_its_count(desk: Desk) -> None:
    """The keyboard was sent when another number waited."""
    await typed(desk.officer, "Báo cáo (17)", "Cần báo cáo")
    await typed(desk.officer, "Việc của tôi", REVIEW)
    await typed(desk.officer, "Hỏi văn bản", "Văn bản trong thư viện")


async def test_an_entry_is_no_answer_of_a_dialog(desk: Desk) -> None:
    """In a step that takes any words the label opens its screen; the step rests and says so."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await typed(lan, "Việc của tôi", "Đang dở: " + REVIEW)
    shown = await tapped(lan, "Viết tiếp", "Kết quả cụ thể")
    assert "Đang ghi" not in shown.text
    await typed(lan, "trang chinh", "Đang dở: " + REVIEW)
    await tapped(lan, "Viết tiếp", "Kết quả cụ thể")
    await typed(lan, "Duyệt", "Đang dở: " + REVIEW)


async def test_words_that_hold_a_label_are_words(desk: Desk) -> None:
    """Only the exact label is the entry."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await typed(lan, "Báo cáo đã xong ở các thôn", "Đã ghi: Báo cáo đã xong")


async def test_the_home_is_put_away_and_called_back(desk: Desk) -> None:
    """By words, or by a button of /caidat; any spelling calls it."""
    lan = desk.officer
    await typed(lan, "/start", "Kính chào")
    gone = await typed(lan, "Ẩn nút", "Đã ẩn các nút")
    assert gone.message["reply_markup"] == {"remove_keyboard": True}
    assert entries(await typed(lan, "trang chinh", "Nhắn “Ẩn nút”"))
    await typed(lan, "/caidat", "Giờ giấc")
    gone = await tapped(lan, "Ẩn các nút dưới ô nhập", "Đã ẩn các nút")
    assert gone.message["reply_markup"] == {"remove_keyboard": True}


async def test_what_an_admin_does_is_not_for_others(desk: Desk) -> None:
    """The label, kept from before or typed, shows nobody else the commands."""
    shown = await typed(desk.officer, "Quản trị", "Mục này dành cho quản trị viên")
    assert "/nguoi" not in shown.text


async def test_a_draft_lives_through_a_visit_home(desk: Desk) -> None:
    """What was typed before stays."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    await typed(lan, "12", "Đã ghi: 12 cuộc")
    await typed(lan, "Trang chính", "Đang dở: " + DIALOGUE)
    await tapped(lan, "Viết tiếp", "Câu 2/")
