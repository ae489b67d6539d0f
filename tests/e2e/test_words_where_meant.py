"""Words and files land where they were meant, or the officer is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import system_clock
from records.ids import DraftId, PeriodKey, ReportId
from records.model import Outcome, Person, Report, ReportState, Role
from services.people.invitations import Wanted, invite
from storage.embedded.store import EmbeddedStore
from tests.e2e.desk import DIALOGUE, PICTURE, REVIEW, Desk, opened, tapped, typed
from tests.e2e.office import COMMUNE, OFFICER, SUPERVISOR, reports_in
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Hạn nộp báo cáo dân vận là ngày nào?"


async def at_a_free_text(desk: Desk) -> Phone:
    """Bring the officer to a question that takes any words."""
    await opened(desk, REVIEW)
    await tapped(desk.officer, "Hoàn thành", "Kết quả cụ thể")
    return desk.officer


# --- turning to something else ---------------------------------------------------------------


@pytest.mark.parametrize("command", ["/vanban", "/trogiup", "/nhiemvu"])
async def test_who_turns_away_is_told_what_lies_unfinished(desk: Desk, command: str) -> None:
    """One line with a button to go on; words meanwhile are no answer."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    await typed(lan, command, "Đang dở: " + DIALOGUE)
    await typed(lan, "cảm ơn", "đồng chí")
    await tapped(lan, "Viết tiếp", "Câu 1/")
    await typed(lan, "12", "Đã ghi: 12 cuộc")


async def test_a_text_opened_meanwhile_ends_the_step_too(desk: Desk) -> None:
    """The list of texts was above; its button is another screen."""
    lan = desk.officer
    await typed(lan, "/vanban", "Văn bản trong thư viện")
    above = lan.last
    await opened(desk, DIALOGUE)
    await lan.presses(above, above.labels[0])
    await lan.sees("Đang dở: " + DIALOGUE)


async def test_what_was_ended_on_purpose_is_not_unfinished(desk: Desk) -> None:
    """Who leaves a draft was told that it is kept."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    await tapped(lan, "Lưu và thoát", "Đã lưu bản nháp")
    await typed(lan, "/trogiup", "Hỏi văn bản")
    assert not any("Đang dở" in one.text for one in lan.messages if one.by_bot)


# --- a question where an answer was asked for ------------------------------------------------


async def test_a_question_in_a_free_text_is_asked_about_and_answered(desk: Desk) -> None:
    """After "Hỏi trợ lý" the library answers, the step rests, and nothing was written."""
    lan = await at_a_free_text(desk)
    await typed(lan, QUESTION, "Ghi làm câu trả lời, hay hỏi trợ lý?")
    await tapped(lan, "Hỏi trợ lý", "Đang dở: " + REVIEW)
    assert any("05/11" in one.text for one in lan.messages if one.by_bot)
    shown = await tapped(lan, "Viết tiếp", "Kết quả cụ thể")
    assert "Đang ghi" not in shown.text


async def test_a_question_may_be_the_answer(desk: Desk) -> None:
    """By "Ghi làm câu trả lời", also after a restart."""
    lan = await at_a_free_text(desk)
    await typed(lan, "Nhân dân hỏi bao giờ trả tiền đền bù?", "Ghi làm câu trả lời")
    await desk.again()
    await lan.taps("Ghi làm câu trả lời")
    await lan.sees("Đã ghi: Nhân dân hỏi bao giờ trả tiền đền bù?")


async def test_other_words_instead_are_the_answer(desk: Desk) -> None:
    """The choice lapses: its buttons mean nothing then."""
    lan = await at_a_free_text(desk)
    doubted = await typed(lan, "Quay lại", "Ghi làm câu trả lời, hay hỏi trợ lý?")
    await typed(lan, "Đã rà soát 12 tổ", "Đã ghi: Đã rà soát 12 tổ")
    await lan.presses(doubted, "Ghi làm câu trả lời")
    await lan.notices("cũ")


# --- a keyboard left off ---------------------------------------------------------------------


@pytest.mark.parametrize("typed_so", ["ddax raf soats 12 toor", "d9a4 ra2 soa1t 12 to63"])
async def test_words_of_a_keyboard_left_off_are_asked_about(desk: Desk, typed_so: str) -> None:
    """Telex or VNI: taken as they are read once the officer says so."""
    lan = await at_a_free_text(desk)
    await typed(lan, typed_so, "Có phải đồng chí muốn viết “đã rà soát 12 tổ”?")
    await tapped(lan, "Đúng", "Đã ghi: đã rà soát 12 tổ")


async def test_what_was_typed_may_stand(desk: Desk) -> None:
    """It is a code, for all we know."""
    lan = await at_a_free_text(desk)
    await typed(lan, "soos taams", "Có phải")
    await tapped(lan, "Giữ như đã gõ", "Đã ghi: soos taams")


async def test_a_name_is_asked_before_it_is_kept(desk: Desk, town: Town) -> None:
    """A stranger's name in Telex, and one with a Cyrillic letter in it."""
    stranger = await town.phone("Hoa")
    for name, meant in (("Nguyeenx Vawn Huwng", "Nguyễn Văn Hưng"), ("Trần Х\u043eà", "Trần Xoà")):
        await typed(stranger, "/dangky", "tên")
        await typed(stranger, name, f"“{meant}”?")
        await tapped(stranger, "Đúng", meant)
    assert desk.assistant.output


# --- a citizen's number ----------------------------------------------------------------------


async def at_a_reason(desk: Desk) -> Phone:
    """Bring the officer to a figure that stands out, where a word of reason is asked for."""
    await desk.assistant.kill()
    store = await EmbeddedStore.open(desk.data / "records")
    async with store.begin() as tx:
        for year in (2022, 2023, 2024, 2025):
            await tx.add(told_before(year))
    await store.close()
    await desk.assistant.start()
    await opened(desk, DIALOGUE)
    await typed(desk.officer, "9000", "lý do")
    return desk.officer


def told_before(year: int) -> Report:
    """Return an accepted report of the commune's meetings in a quarter of an earlier year."""
    name = ReportId(f"truoc{year}")
    return Report(
        id=name,
        series=name,
        version=1,
        author=OFFICER,
        unit=COMMUNE,
        form="doi_thoai",
        form_version=2,
        outcome=Outcome.DONE,
        submitted=system_clock() - timedelta(days=400),
        draft=DraftId(f"cu{year}"),
        period=PeriodKey(f"{year}-Q1"),
        answers={"dialogues": "4"},
        state=ReportState.ACCEPTED,
    )


async def test_a_number_in_a_reason_is_asked_about_and_may_be_needed(desk: Desk) -> None:
    """Beside a figure: nothing is written down before the officer says so."""
    lan = await at_a_reason(desk)
    await typed(lan, "theo ông Pó, 0912 345 678", "giống số căn cước hoặc số điện thoại")
    await tapped(lan, "Cần số này", "Đã ghi: 9.000")


async def test_a_number_that_is_not_needed_is_forgotten(desk: Desk) -> None:
    """Other words are taken then."""
    lan = await at_a_reason(desk)
    await typed(lan, "theo ông Pó, CCCD 001085012345", "001085012345")
    await tapped(lan, "Bỏ, gửi lại", "đã bỏ nội dung đó")
    await typed(lan, "nhiều xã cùng tổ chức", "Đã ghi: 9.000")


# --- edits -----------------------------------------------------------------------------------


async def test_an_edited_answer_changes_the_figure(desk: Desk) -> None:
    """At question 2 the message that answered question 1 is edited: 12 becomes 21."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    sent = await lan.says("12")
    await lan.sees("Đã ghi: 12 cuộc")
    await lan.edits(sent["message_id"], "21")
    assert "Câu 2/" in (await lan.sees("Đã ghi: 21 cuộc")).text


async def test_an_edited_mistake_becomes_the_answer(desk: Desk) -> None:
    """What could not be read is mended where it was typed."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    sent = await lan.says("12 vs 13 cuoc")
    await lan.sees("⚠️")
    await lan.edits(sent["message_id"], "13")
    assert "Câu 2/" in (await lan.sees("Đã ghi: 13 cuộc")).text


async def test_an_edit_that_cannot_count_says_what_stays(desk: Desk) -> None:
    """A figure below zero is no number of meetings."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    sent = await lan.says("12")
    await lan.sees("Đã ghi: 12 cuộc")
    await lan.edits(sent["message_id"], "-5")
    await lan.sees("vẫn ghi: 12 cuộc")


async def test_an_edit_of_a_draft_at_rest_is_taken_and_said(desk: Desk) -> None:
    """The next words are still a question."""
    lan = desk.officer
    await opened(desk, DIALOGUE)
    sent = await lan.says("12")
    await lan.sees("Đã ghi: 12 cuộc")
    await typed(lan, "/trogiup", "Đang dở")
    await lan.edits(sent["message_id"], "21")
    await lan.sees("Đã sửa “")
    await typed(lan, "cảm ơn", "đồng chí")
    assert "Đang ghi" not in (await tapped(lan, "Viết tiếp", "Câu 2/")).text


async def test_an_edit_after_sending_says_that_it_stays(desk: Desk) -> None:
    """The report is with the reviewer; the line says how to change it."""
    lan = desk.officer
    await typed(lan, "/baocao", "Cần báo cáo")
    await tapped(lan, REVIEW, "Biểu mẫu")
    await tapped(lan, "Vướng mắc", "?")
    sent = await lan.says("Thiếu kinh phí")
    await lan.sees("Đã gửi")
    await lan.edits(sent["message_id"], "Thiếu kinh phí và người")
    await lan.sees("giữ nguyên")
    await desk.assistant.kill()
    [report] = await reports_in(desk.data)
    assert "Thiếu kinh phí" in report.answers.values()


# --- files -----------------------------------------------------------------------------------


async def test_words_under_a_picture_are_answered(desk: Desk) -> None:
    """A question is one wherever it stands."""
    lan = desk.officer
    await lan.uploads(PICTURE, "anh.jpg", kind="photo", caption=QUESTION)
    await lan.sees("05/11")


async def test_a_picture_is_given_to_the_report_that_is_chosen(desk: Desk) -> None:
    """One that is due is opened with the picture in it."""
    lan = desk.officer
    await lan.uploads(PICTURE, "anh.jpg", kind="photo")
    await lan.sees("Gắn vào báo cáo nào?")
    await tapped(lan, REVIEW, "Đã ghi: 1 tệp")
    await tapped(lan, "Hoàn thành", "Kết quả cụ thể")
    await typed(lan, "Đã rà soát 12 tổ", "Câu 3/")
    assert "1 tệp" in (await tapped(lan, "Bỏ qua", "Câu 4/")).text


async def test_an_album_outside_a_dialog_gets_one_reply(desk: Desk, town: Town) -> None:
    """Three pictures, one question, and all three are given to the draft."""
    lan = desk.officer
    await typed(lan, "/trogiup", "Hỏi văn bản")
    before = len(await town.calls("sendMessage"))
    for number in (1, 2, 3):
        await town.update({"message": picture(lan, number)})
    await lan.sees("Đã nhận 3 tệp")
    assert len(await town.calls("sendMessage")) == before + 1
    await tapped(lan, REVIEW, "Đã ghi: 3 tệp")


async def test_an_album_whose_words_ask_is_answered_once(desk: Desk, town: Town) -> None:
    """The words stand under its first picture; the others are not asked about."""
    lan = desk.officer
    await typed(lan, "/trogiup", "Hỏi văn bản")
    before = len(await town.calls("sendMessage"))
    await town.update({"message": picture(lan, 1, "asking") | {"caption": QUESTION}})
    for number in (2, 3):
        await town.update({"message": picture(lan, number, "asking")})
    await lan.sees("05/11")
    await town.update({"message": picture(lan, 4, "after")})
    await lan.sees("Đã nhận 1 tệp")
    assert len(await town.calls("sendMessage")) == before + 2


def picture(phone: Phone, number: int, album: str = "album") -> dict[str, object]:
    """Return a picture of an album as Telegram tells of it."""
    size = {"width": 320, "height": 200, "file_size": 2000}
    return {
        "message_id": 9000 + number,
        "date": 1,
        "chat": {"id": phone.chat, "type": "private"},
        "from": {"id": phone.id, "is_bot": False, "first_name": phone.person["first_name"]},
        "media_group_id": album,
        "photo": [{"file_id": f"photo{number}", "file_unique_id": f"{album}{number}", **size}],
    }


# --- groups and links ------------------------------------------------------------------------


async def test_a_command_in_a_group_points_to_the_private_chat(desk: Desk, town: Town) -> None:
    """One of ours, with the assistant's name or without; another bot's is left alone."""
    group = desk.officer.at(await town.group("Tổ dân vận", desk.officer))
    await typed(
        group, f"/baocao@{town.running.exchange.bot_user()['username']}", "trò chuyện riêng"
    )
    await typed(group, "/tonghop", "trò chuyện riêng")
    await group.says("/baocao@bot_khac")
    await group.says("/khongco")
    await typed(group, "/vanban", "Văn bản trong thư viện")
    assert len([one for one in group.messages if one.by_bot]) == 3


async def test_a_mention_under_a_picture_is_answered(desk: Desk, town: Town) -> None:
    """In a group the caption that names the assistant speaks to it."""
    group = desk.officer.at(await town.group("Tổ dân vận", desk.officer))
    name = town.running.exchange.bot_user()["username"]
    await group.uploads(PICTURE, "anh.jpg", kind="photo", caption=f"@{name} {QUESTION}")
    await group.sees("05/11")


@pytest.mark.parametrize("whole", [True, False])
async def test_a_link_pasted_as_text_opens_the_invitation(
    desk: Desk, town: Town, whole: bool
) -> None:
    """The whole link, or its code alone; some phones drop what stands behind it."""
    await desk.assistant.kill()
    store = await EmbeddedStore.open(desk.data / "records")
    async with store.begin() as tx:
        head = await tx.get(Person, SUPERVISOR)
        assert head is not None
        await tx.put(replace(head, role=Role.ADMIN))
    wanted = Wanted(unit=COMMUNE, role=Role.OFFICER, days=7)
    code = (await invite(store, SUPERVISOR, wanted, system_clock())).code
    await store.close()
    await desk.assistant.start()
    stranger = await town.phone("Hoa")
    text = f"https://t.me/tro_ly_bot?start=i_{code}" if whole else f"i_{code}"
    await typed(stranger, text, "Xã An Hòa")
    await tapped(stranger, "Vào", "Xã An Hòa")
