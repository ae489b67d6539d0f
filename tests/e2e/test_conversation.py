"""An officer talks with the assistant on the shipped library: what is written, tapped and seen."""

import asyncio
import re

import pytest

from tests.e2e.assistant import Assistant
from tests.e2e.forging import answered, injected_press
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"
OTHER_QUESTION = "Ai chủ trì xây dựng bộ tiêu chí đánh giá công tác dân vận?"


async def test_the_assistant_says_what_it_is(town: Town, officer: Phone) -> None:
    """/start greets and warns; the menu and the description are there before it."""
    await officer.says("/start")
    shown = await officer.sees("Trợ lý Dân vận")
    assert "Lan" in shown.text
    assert "không gửi tài liệu mật" in shown.text
    async with town.session.get("/app/state") as answer:
        bot = (await answer.json())["bot"]
    assert {"start", "vanban", "trogiup"} <= {one["command"] for one in bot["commands"]}
    assert "không thay văn bản gốc" in bot["description"]


async def test_help_tells_how_to_ask(officer: Phone) -> None:
    """/trogiup names the ways: questions, documents, groups, inline."""
    await officer.says("/trogiup")
    shown = await officer.sees("/vanban")
    assert "@danvan_sandbox_bot" in shown.text


async def test_a_question_gets_the_clause_quoted(officer: Phone) -> None:
    """The answer names clause, number, date and issuer, quotes, and owns to be a digest."""
    await officer.says(QUESTION)
    shown = await officer.sees("11-QĐi/TW")
    first = shown.text.splitlines()[0]
    assert re.match(r"Khoản 6, Chỉ thị số 33-CT/TU, ngày 06/6/2023 của Ban Thường vụ", first)
    assert "<blockquote" in shown.html
    assert "Bản tóm lược, không thay văn bản gốc" in shown.text


async def test_an_unknown_matter_is_declined(officer: Phone) -> None:
    """What the library does not hold is said so, with what is near."""
    await officer.says("Luật Điện ảnh quy định giá vé thế nào?")
    shown = await officer.sees("Không tìm thấy")
    assert "đang lỗi" not in shown.text


async def test_what_may_not_be_meant_is_marked_and_two_more_can_be_opened(officer: Phone) -> None:
    """The nearest clause is shown as a guess; the next ones open below it."""
    await officer.says("Giá vé máy bay đi Phú Quốc dịp Tết là bao nhiêu?")
    shown = await officer.sees("Có thể đồng chí hỏi đoạn này")
    assert "chưa chắc" in shown.text
    await officer.presses(shown, shown.labels[0])
    await officer.sees("mở đầu")


async def test_small_talk_is_answered_as_such(officer: Phone) -> None:
    """A greeting is not searched for."""
    await officer.says("xin chào")
    await officer.sees("Kính chào đồng chí")


async def test_from_an_answer_to_the_whole_clause_and_on(officer: Phone) -> None:
    """Buttons open the clause, other results and related documents, each below the answer."""
    await officer.says(QUESTION)
    answer = await officer.sees("11-QĐi/TW")
    await officer.presses(answer, "Toàn văn")
    whole = await officer.sees("Thực hiện quy chế dân chủ cơ sở đi vào thực chất")
    assert whole.id > answer.id
    await officer.presses(answer, "Kết quả khác")
    others = await officer.sees("Kết quả khác")
    assert "Bấm số" in others.text
    await officer.presses(others, "2")
    assert (await officer.sees("Bản tóm lược")).id > others.id
    await officer.presses(answer, "Văn bản liên quan")
    related = await officer.sees("Văn bản này viện dẫn")
    assert "33/CT-TTg" in related.text


async def test_a_judgement_is_kept(officer: Phone, assistant: Assistant) -> None:
    """👍 and 👎 go to the question log and are thanked for."""
    await officer.says(QUESTION)
    answer = await officer.sees("11-QĐi/TW")
    await officer.presses(answer, "👎 Chưa đúng")
    await officer.notices("Cảm ơn đồng chí")
    await officer.presses(answer, "👍 Đúng ý")
    await officer.notices("Cảm ơn đồng chí")
    judged = [one for one in assistant.questions() if one["kind"] == "judgement"][-2:]
    assert [one["useful"] for one in judged] == [False, True]
    asked = [one for one in assistant.questions() if one["kind"] == "question"][-1]
    assert asked["text"] == QUESTION
    assert asked["quoted"]


async def test_browsing_from_the_list_to_a_clause_and_back(officer: Phone) -> None:
    """/vanban shows the documents; each step changes the message in place."""
    await officer.says("/vanban")
    listed = await officer.sees("Văn bản trong thư viện (5)")
    await officer.taps("33-CT/TU")
    document = await officer.sees("Chọn phần cần đọc")
    assert document.id == listed.id
    await officer.taps("5. Ban hành")
    clause = await officer.sees("trọng dân, gần dân, hiểu dân")
    assert clause.id == listed.id
    await officer.taps("Mở văn bản")
    await officer.sees("Chọn phần cần đọc")
    await officer.taps("Trang sau")
    await officer.sees("trang 2/2")
    await officer.taps("Danh sách văn bản")
    await officer.sees("Văn bản trong thư viện")
    assert len(officer.messages) == 2


async def test_a_double_tap_is_harmless(officer: Phone) -> None:
    """The same page asked for twice is answered twice and logged as no error."""
    await officer.says("/vanban")
    listed = await officer.sees("Văn bản trong thư viện")
    await asyncio.gather(officer.presses(listed, "33-CT/TU"), officer.presses(listed, "33-CT/TU"))
    await officer.sees("Chọn phần cần đọc")


async def test_a_foreign_button_gets_a_notice(town: Town, officer: Phone) -> None:
    """Data of another version, of what is gone, or nonsense, is answered politely."""
    for data in ("0:l:0", "1:d:000000000000:0:0", "1:j:0-00000000:1", "хакер", ""):
        await injected_press(town, officer, data)
    await officer.says("xin chào")
    await officer.sees("Kính chào")
    assert [call["params"].get("text", "")[:15] for call in await answered(town, officer)] == [
        "Nút này đã cũ h"
    ] * 5


async def test_an_edited_question_changes_its_answer(officer: Phone) -> None:
    """The answer is redrawn where it stands; no second one comes."""
    asked = await officer.says(QUESTION)
    answer = await officer.sees("11-QĐi/TW")
    await officer.edits(asked["message_id"], "xin chào")
    redrawn = await officer.sees("Kính chào đồng chí")
    assert redrawn.id == answer.id
    assert len(officer.messages) == 2


async def test_an_edited_command_is_ignored(officer: Phone) -> None:
    """Turning a message into a command, or changing one, carries nothing out."""
    asked = await officer.says("/trogiup")
    await officer.sees("/vanban")
    await officer.edits(asked["message_id"], "/vanban")
    await officer.says("xin chào")
    await officer.sees("Kính chào")
    assert not any("Văn bản trong thư viện" in one.text for one in officer.messages)


async def test_what_is_not_text_gets_one_line(officer: Phone) -> None:
    """A file is not read, and that is said."""
    await officer.uploads(b"abc", "anh.jpg", kind="document")
    await officer.sees("Đồng chí gõ câu hỏi, hoặc gửi ảnh")
    await officer.says("/khongco")
    await officer.sees("không có lệnh này")
    await officer.says("a" * 1500)
    await officer.sees("Câu hỏi dài quá")


async def test_inline_results_can_be_quoted_anywhere(town: Town, officer: Phone) -> None:
    """`@bot …` offers clauses; the chosen one carries its citation and a link to the clause."""
    group = officer.at(await town.group("Tổ dân vận", officer))
    results = await officer.inline("đối thoại trực tiếp với Nhân dân")
    assert 1 <= len(results) <= 15
    chosen = next(one for one in results if "Khoản 6" in one["title"])
    await officer.inline("đối thoại trực tiếp với Nhân dân")
    sent = await officer.chooses("Khoản 6")
    assert "33-CT/TU" in str(sent)
    assert group.messages
    url = chosen["reply_markup"]["inline_keyboard"][0][0]["url"]
    await officer.says("/start " + url.partition("start=")[2])
    await officer.sees("Thực hiện quy chế dân chủ cơ sở đi vào thực chất")
    await officer.says("/start c_000000000000_00000000")
    await officer.sees("không còn trong thư viện")


async def test_inline_without_words_offers_nothing(officer: Phone) -> None:
    """An empty query is answered, with no results."""
    assert await officer.inline("") == []


async def test_in_a_group_only_what_is_said_to_it_is_answered(town: Town, officer: Phone) -> None:
    """A mention and a reply are answered, pointing at the question; talk among others is not."""
    colleague = await town.phone("Hùng")
    number = await town.group("Nhóm công tác", officer, colleague)
    group, other = officer.at(number), colleague.at(number)
    await other.says("Chiều nay họp lúc mấy giờ?")
    asked = await group.says(f"@danvan_sandbox_bot {QUESTION}")
    answer = await group.sees("11-QĐi/TW")
    assert answer.message["reply_to_message"]["message_id"] == asked["message_id"]
    await other.says(QUESTION, reply_to=answer)
    second = await other.sees("11-QĐi/TW")
    assert second.id != answer.id
    await group.says("@danvan_sandbox_bot")
    await group.sees("Đồng chí cần hỏi gì?")
    assert sum(one.by_bot for one in group.messages) == 3


async def test_buttons_of_another_chat_mean_nothing_here(town: Town, officer: Phone) -> None:
    """A question's buttons work in its own chat only."""
    await officer.says(QUESTION)
    button = (await officer.sees("11-QĐi/TW")).button("👍 Đúng ý")
    assert button is not None
    stranger = await town.phone("Khách")
    await stranger.says("xin chào")
    await stranger.sees("Kính chào")
    await injected_press(town, stranger, button["callback_data"])
    await stranger.says("xin chào")
    await stranger.sees("Kính chào")
    [call] = await answered(town, stranger)
    assert call["params"]["text"].startswith("Nút này đã cũ")
