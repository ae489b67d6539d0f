"""An officer reports on the phone, in one tap or by a dialog; nothing is lost or sent twice."""

import pytest

from records.model import ReportState
from tests.e2e.desk import DIALOGUE, PICTURE, REVIEW, RULES, Desk, opened, tapped, typed
from tests.e2e.office import (
    denied_in,
    reports_in,
    withdraw,
)
from tests.e2e.phone import Phone, Shown, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def pressed_again(town: Town, phone: Phone, shown: Shown, label: str) -> None:
    """Send the press of a button as it was on a message that looks otherwise by now."""
    button = shown.button(label)
    assert button is not None
    sender = {"id": phone.id, "is_bot": False, "first_name": phone.person["first_name"]}
    chat = {"id": phone.chat, "type": "private"}
    message = {"message_id": shown.id, "date": 1, "chat": chat, "text": "…"}
    query = {"id": "again", "from": sender, "message": message, "data": button["callback_data"]}
    await town.update({"callback_query": query | {"chat_instance": "1"}})


async def alerts(town: Town) -> list[str]:
    """Return what the presses sent again were answered with."""
    calls = await town.calls("answerCallbackQuery")
    told = (call["params"] for call in calls)
    return [one.get("text", "") for one in told if one["callback_query_id"] == "again"]


async def test_a_report_is_written_left_taken_up_after_a_kill_and_sent(desk: Desk) -> None:
    """Back, a photo, a kill in the middle, an edit from the summary; one report comes of it."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Đang làm", "Câu 2/6")
    assert "40%" in (await typed(lan, "bốn mươi phần trăm", "Kết quả cụ thể")).text
    await tapped(lan, "◀ Quay lại", "Đang ghi: 40%")
    await typed(lan, "45%", "Đã ghi: 45%")
    await typed(lan, "Đã rà soát 5 tổ", "Đã ghi: Đã rà soát 5 tổ")
    await desk.again()
    await typed(lan, "/baocao", "1 bản viết dở")
    await tapped(lan, "📝 " + REVIEW, "Câu 4/6")
    await tapped(lan, "Bỏ qua", "Câu 5/6")
    await tapped(lan, "Bỏ qua", "Câu 6/6")
    await lan.uploads(PICTURE, "anh.jpg", kind="photo")
    await lan.sees("1 tệp")
    await tapped(lan, "Xong, sang câu sau", "Xin đồng chí xem lại")
    await tapped(lan, "Kết quả đã đạt", "Đang ghi: Đã rà soát 5 tổ")
    await typed(lan, "Đã rà soát 6 tổ", "Xin đồng chí xem lại")
    await tapped(lan, "Gửi báo cáo", "Đã gửi: đang thực hiện")
    await desk.office.supervisor.sees(REVIEW)
    await desk.assistant.kill()
    [report] = await reports_in(desk.data)
    assert report.answers["percent"] == "45"
    assert report.answers["result"] == "Đã rà soát 6 tổ"
    assert isinstance(report.answers["evidence"], tuple)
    assert len(report.answers["evidence"]) == 1


async def test_two_taps_and_an_old_button_send_one_report(town: Town, desk: Desk) -> None:
    """An old button redraws the dialog as it is; the second tap on "Gửi" shows the report."""
    lan = desk.officer
    first = await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await pressed_again(town, lan, first, "Đang làm")
    await typed(lan, "Đã rà soát 12 tổ", "Đã ghi: Đã rà soát 12 tổ")
    assert "đã cũ" in (await alerts(town))[-1]
    ready = await tapped(lan, "Xem lại tất cả", "Xin đồng chí xem lại")
    await tapped(lan, "Gửi báo cáo", "Đã gửi: hoàn thành")
    await pressed_again(town, lan, ready, "Gửi báo cáo")
    await lan.sees("đã gửi trước đó")
    await desk.assistant.kill()
    [report] = await reports_in(desk.data)
    assert report.outcome == "done"


async def test_two_drafts_stand_side_by_side(desk: Desk) -> None:
    """Words go to the one that was opened last; each is found again."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await tapped(lan, "Lưu và thoát", "Đã lưu bản nháp")
    await opened(desk, RULES)
    await tapped(lan, "Đang làm", "Câu 2/6")
    await typed(lan, "/baocao", "2 bản viết dở")
    await tapped(lan, "📝 " + REVIEW, "Kết quả cụ thể")
    assert REVIEW in (await typed(lan, "Đã rà soát 12 tổ", "Đã ghi")).text
    await tapped(lan, "Hủy báo cáo", "sẽ mất")
    await tapped(lan, "Hủy hẳn", "Đã hủy bản nháp")
    await typed(lan, "/baocao", "1 bản viết dở")


async def test_nothing_to_report_takes_one_tap(town: Town, desk: Desk) -> None:
    """After the task is opened; a second tap on the same button sends nothing more."""
    lan = desk.officer
    await typed(lan, "/baocao", "Cần báo cáo")
    card = await tapped(lan, DIALOGUE, "Biểu mẫu")
    await tapped(lan, "Không phát sinh", "Đã gửi: không phát sinh")
    await pressed_again(town, lan, card, "Không phát sinh")
    await lan.sees("đã gửi trước đó")
    await desk.office.supervisor.sees(DIALOGUE)
    await desk.assistant.kill()
    assert len(await reports_in(desk.data)) == 1


async def test_done_in_one_tap_opens_a_form_that_needs_figures(desk: Desk) -> None:
    """Nothing is sent; the tap says why, and the dialog stands at the first figure."""
    lan = desk.officer
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, DIALOGUE, "Biểu mẫu này cần số liệu")
    await tapped(lan, "Hoàn thành", "Câu 1/")
    await lan.notices("cần số liệu")
    await desk.assistant.kill()
    assert await reports_in(desk.data) == []


async def test_figures_that_were_told_outlast_one_tap(desk: Desk) -> None:
    """After 45%, "Hoàn thành" opens the form with the outcome filled in; one tap more sends it."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Đang làm", "Câu 2/6")
    await typed(lan, "45%", "Đã ghi: 45%")
    await typed(lan, "Đã rà soát 5 tổ", "Đã ghi: Đã rà soát 5 tổ")
    await tapped(lan, "Xem lại tất cả", "Xin đồng chí xem lại")
    await tapped(lan, "Gửi báo cáo", "Đã gửi: đang thực hiện")
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, REVIEW, "Biểu mẫu")
    ready = await tapped(lan, "Hoàn thành", "Xin đồng chí xem lại")
    assert "Đã rà soát 5 tổ" in ready.text
    await tapped(lan, "Gửi báo cáo", "Đã gửi: hoàn thành")
    await desk.assistant.kill()
    before, after = await reports_in(desk.data)
    assert (before.answers["percent"], before.state) == ("45", ReportState.SUPERSEDED)
    assert (after.outcome, after.answers["result"]) == ("done", "Đã rà soát 5 tổ")


async def test_what_was_sent_by_one_tap_is_taken_back(town: Town, desk: Desk) -> None:
    """The reviewer hears of both; a second tap, and the old button, send nothing."""
    lan, hung = desk.officer, desk.office.supervisor
    await typed(lan, "/baocao", "Cần báo cáo")
    card = await tapped(lan, DIALOGUE, "Biểu mẫu")
    confirmed = await tapped(lan, "Không phát sinh", "chờ đồng chí Hùng duyệt")
    await hung.sees(DIALOGUE)
    await tapped(lan, "Lấy lại", "Đã lấy lại báo cáo")
    await hung.sees("Báo cáo đã được lấy lại")
    await hung.taps("Xem và duyệt")
    await hung.sees("đã được lấy lại")
    await pressed_again(town, lan, confirmed, "Lấy lại")
    await pressed_again(town, lan, card, "Không phát sinh")
    await tapped(lan, "Báo cáo lại", "Biểu mẫu")
    await desk.assistant.kill()
    [report] = await reports_in(desk.data)
    assert report.state is ReportState.TAKEN_BACK


async def test_a_paper_is_told_by_its_number(desk: Desk) -> None:
    """It asks for number and date, and is a full report."""
    lan = desk.officer
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, RULES, "Biểu mẫu")
    await tapped(lan, "Đã gửi bằng văn bản", "số, ký hiệu")
    await typed(lan, "125/BC-UBND", "Đã ghi: 125/BC-UBND")
    await typed(lan, "hôm nay", "Xin đồng chí xem lại")
    assert "125/BC-UBND" in (await tapped(lan, "Gửi báo cáo", "Đã ghi nhận")).text


async def test_an_obstacle_takes_one_sentence(desk: Desk) -> None:
    """The task's one-tap way asks one question, sends the answer, and may be taken back."""
    lan = desk.officer
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, RULES, "Biểu mẫu")
    await tapped(lan, "Vướng mắc", "Trả lời xong là gửi ngay")
    await typed(lan, "Chưa có văn bản hướng dẫn", "Đã gửi: vướng mắc")
    await tapped(lan, "Lấy lại", "Đã lấy lại báo cáo")
    await desk.assistant.kill()
    [report] = await reports_in(desk.data)
    assert report.state is ReportState.TAKEN_BACK


async def test_a_task_withdrawn_while_it_is_reported_keeps_the_draft(desk: Desk) -> None:
    """Sending is refused in one sentence; what was written can be read."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await typed(lan, "Đã rà soát 12 tổ", "Đã ghi: Đã rà soát 12 tổ")
    await tapped(lan, "Xem lại tất cả", "Xin đồng chí xem lại")
    await desk.assistant.stop()
    await withdraw(desk.data, "rasoat")
    await desk.assistant.start()
    await lan.taps("Gửi báo cáo")
    await lan.notices("đã được thu hồi")
    await typed(lan, "/baocao", "1 bản viết dở")
    assert "12 tổ" in (await tapped(lan, "📝 " + REVIEW, "Xin đồng chí xem lại")).text
    await desk.assistant.kill()
    assert await reports_in(desk.data) == []


async def test_what_does_not_count_is_told_in_one_sentence(desk: Desk) -> None:
    """A wrong figure, a file where words are due: the question stays."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    await typed(lan, "nhiều lắm", "Chưa đọc được số")
    await lan.uploads(PICTURE, "anh.jpg", kind="photo")
    await lan.sees("⚠️")
    assert "Câu 1/" in (await typed(lan, "-5", "từ 0 cuộc trở lên")).text
    await typed(lan, "1.250", "Đã ghi: 1.250 cuộc")


async def test_a_foreign_button_reaches_nothing_and_is_written_down(town: Town, desk: Desk) -> None:
    """Somebody else's draft is denied."""
    lan, mai = desk.officer, desk.office.other
    shown = await opened(desk, REVIEW)
    await pressed_again(town, mai, shown, "Hoàn thành")
    await typed(mai, "/baocao", "Báo cáo")
    assert "ngoài phạm vi" in (await alerts(town))[-1]
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await desk.assistant.kill()
    assert [one.actor for one in await denied_in(desk.data)] == ["other"]


async def test_the_dialog_stays_in_sight(desk: Desk) -> None:
    """What is typed stays; the dialog comes below it, and the old message loses its buttons."""
    lan = desk.officer
    first = await opened(desk, REVIEW)
    await tapped(lan, "Đang làm", "Câu 2/6")
    await typed(lan, "40", "Đã ghi: 40%")
    later = await typed(lan, "Đã rà soát 5 tổ", "Đã ghi: Đã rà soát 5 tổ")
    assert later.id > first.id
    await typed(lan, "/baocao", "1 bản viết dở")
    assert [one.id for one in lan.messages if one.button("Lưu và thoát")] == [later.id]


async def test_an_album_is_taken_whole_and_shown_once(desk: Desk, town: Town) -> None:
    """Each picture counts, the same one once; the dialog is drawn for the last of them."""
    lan = desk.officer
    await opened(desk, REVIEW)
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await typed(lan, "Đã rà soát 12 tổ", "Câu 3/")
    await tapped(lan, "Bỏ qua", "Câu 4/")
    calls = len(await town.calls("editMessageText")) + len(await town.calls("sendMessage"))
    for number in (1, 2, 3, 3):
        await town.update({"message": picture(lan, number)})
    await lan.sees("3 tệp")
    after = len(await town.calls("editMessageText")) + len(await town.calls("sendMessage"))
    assert after == calls + 1


def picture(phone: Phone, number: int) -> dict[str, object]:
    """Return a picture of an album as Telegram tells of it."""
    size = {"width": 320, "height": 200, "file_size": 2000}
    return {
        "message_id": 9000 + number,
        "date": 1,
        "chat": {"id": phone.chat, "type": "private"},
        "from": {"id": phone.id, "is_bot": False, "first_name": phone.person["first_name"]},
        "media_group_id": "album",
        "photo": [{"file_id": f"photo{number}", "file_unique_id": f"same{number}", **size}],
    }
