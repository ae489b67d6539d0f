"""The chat page in a browser: real sandbox, real bot on long polling, headless Chromium."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from sandbox.server import Running, serve
from sandbox.settings import NewGroup, NewPerson, SandboxSettings
from tests.e2e.sample_bot import LONG_CLAUSE, sample_bot
from tests.e2e.screen import (
    Opening,
    attaches,
    becomes,
    bubbles,
    field,
    holds_phone_of,
    picture,
    says,
    taps,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TOWN: Final = SandboxSettings(
    port=0,
    people=(
        NewPerson(first_name="Lan", last_name="Nguyễn Thị", username="lan_nt"),
        NewPerson(first_name="Hùng", last_name="Trần Văn"),
    ),
    groups=(NewGroup(title="Nhóm công tác"),),
)


@pytest_asyncio.fixture(loop_scope="module")
async def running() -> AsyncIterator[Running]:
    """Run a sandbox with two people, a group, and the sample bot."""
    async with AsyncExitStack() as stack:
        town = await serve(TOWN)
        stack.push_async_callback(town.stop)
        await stack.enter_async_context(sample_bot(town.api_url, town.file_url, town.token))
        yield town


@pytest_asyncio.fixture(loop_scope="module")
async def lan(opening: Opening, running: Running) -> Page:
    """Open the page as Lan, who has started the bot."""
    page = await opening(running.url)
    await page.get_by_role("button", name="BẮT ĐẦU").click()
    await expect(bubbles(page).last).to_contain_text("Chào đồng chí: /start")
    return page


async def test_what_is_typed_is_seen_and_answered(lan: Page) -> None:
    """A message stands in the chat, and the bot's answer under it quotes it."""
    await says(lan, "Ai chủ trì?")
    await expect(bubbles(lan).nth(-2)).to_contain_text("Ai chủ trì?")
    await expect(bubbles(lan).last).to_contain_text("Lan Nguyễn Thị viết: Ai chủ trì?")
    await expect(bubbles(lan).last.get_by_title("Tin được trả lời")).to_contain_text("Ai chủ trì?")
    await expect(field(lan)).to_have_value("")


async def test_a_keyboard_of_the_bot_writes_for_the_person(lan: Page) -> None:
    """The bot's keyboard and placeholder are shown, fold away, and a key sends its label."""
    keyboard = lan.get_by_role("group", name="Bàn phím của bot")
    await expect(field(lan)).to_have_attribute("placeholder", "Đồng chí cần hỏi gì?")
    await taps(lan, "Ẩn bàn phím của bot")
    await expect(keyboard).to_be_hidden()
    await taps(lan, "Hiện bàn phím của bot")
    await keyboard.get_by_role("button", name="Hỏi lại").click()
    await expect(bubbles(lan).last).to_contain_text("Đơn vị nào?")


async def test_a_forced_reply_answers_the_question(lan: Page) -> None:
    """After a forced reply the next text answers the bot's question, and only that one."""
    await taps(lan, "Hỏi lại")
    await expect(lan.get_by_text("Trả lời Trợ lý Dân vận")).to_be_visible()
    await expect(field(lan)).to_have_attribute("placeholder", "Viết câu trả lời")
    await says(lan, "Phường Một")
    await expect(bubbles(lan).nth(-2).get_by_title("Tin được trả lời")).to_contain_text(
        "Đơn vị nào?"
    )
    await lan.reload()
    await expect(bubbles(lan).last).to_contain_text("viết: Phường Một")
    await expect(lan.get_by_text("Trả lời Trợ lý Dân vận")).to_be_hidden()


async def test_a_pressed_button_changes_its_message(lan: Page) -> None:
    """An inline button reaches the bot, and its edit is seen in place, marked as edited."""
    await taps(lan, "Trích đoạn")
    await taps(lan, "Xem tiếp")
    await expect(bubbles(lan).last).to_contain_text("Đây là phần tiếp theo")
    await expect(bubbles(lan).last).to_contain_text("đã sửa")
    await expect(lan.get_by_role("group", name="Nút bấm kèm tin nhắn")).to_have_count(0)


async def test_the_bots_notice_is_shown(lan: Page) -> None:
    """The answer to a press is a passing notice, or an alert that waits for the person."""
    await taps(lan, "Trích đoạn")
    await taps(lan, "Thông báo")
    await expect(lan.get_by_role("status")).to_have_text("Đã ghi nhận")
    await taps(lan, "Cảnh báo")
    alert = lan.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Việc này cần xác nhận")
    await alert.get_by_role("button", name="Đã rõ").click()
    await expect(alert).to_have_count(0)
    await expect(lan.locator("[aria-busy=true]")).to_have_count(0)


async def test_a_press_waits_visibly_for_the_bot(lan: Page) -> None:
    """Until the bot answers, the pressed button says that it works."""
    await taps(lan, "Trích đoạn")
    await lan.route("**/app/press", lambda _: None)
    await taps(lan, "Thông báo")
    pressed = lan.get_by_role("button", name="Thông báo", exact=True)
    await expect(pressed).to_have_attribute("aria-busy", "true")


async def test_a_button_copies_its_text(lan: Page) -> None:
    """A copying button puts exactly its text on the clipboard."""
    await taps(lan, "Trích đoạn")
    await taps(lan, "Chép số")
    await expect(lan.get_by_role("status")).to_have_text("Đã sao chép")
    assert await lan.evaluate("navigator.clipboard.readText()") == "12-CT/TU"


async def test_an_inline_result_is_sent(lan: Page) -> None:
    """A button opens inline mode here; the result chosen by keys is sent in the person's name."""
    await taps(lan, "Trích đoạn")
    await taps(lan, "Tra tại đây")
    await expect(field(lan)).to_have_value("@danvan_sandbox_bot dân vận")
    await expect(lan.get_by_role("option")).to_have_count(2)
    await field(lan).press("ArrowDown")
    await field(lan).press("ArrowDown")
    await expect(lan.get_by_role("option", selected=True)).to_contain_text("Kết quả 2")
    await field(lan).press("Enter")
    await expect(bubbles(lan).last).to_contain_text("Trích 2 về dân vận")
    await expect(bubbles(lan).last).to_contain_text("qua @danvan_sandbox_bot")
    await expect(field(lan)).to_have_value("")


async def test_the_list_of_commands_sends_one(lan: Page) -> None:
    """Typing a slash offers the commands that fit, with what they do."""
    await field(lan).fill("/st")
    await expect(lan.get_by_role("option")).to_have_count(1)
    await lan.get_by_role("option", name="/start").click()
    await expect(bubbles(lan)).to_have_count(4)
    await expect(bubbles(lan).nth(2)).to_contain_text("/start")


async def test_a_long_quotation_unfolds(lan: Page) -> None:
    """A folded quotation shows its beginning, and all of it after a press."""
    await taps(lan, "Trích đoạn")
    quote = bubbles(lan).last.get_by_role("blockquote")
    words = quote.get_by_text("Dòng thứ 1")
    hidden = "node => node.scrollHeight - node.clientHeight"
    assert await words.evaluate(hidden) > 0
    await quote.get_by_role("button", name="Xem hết đoạn trích").click()
    await expect(quote.get_by_role("button", name="Thu gọn đoạn trích")).to_be_visible()
    assert await words.evaluate(hidden) == 0
    assert await words.inner_text() == LONG_CLAUSE


async def test_another_person_has_another_phone(lan: Page) -> None:
    """After a change of the user the private chat is the other's; a new person can join."""
    await becomes(lan, "Trần Văn Hùng")
    await expect(bubbles(lan)).to_have_count(0)
    await expect(lan.get_by_role("button", name="BẮT ĐẦU")).to_be_visible()
    await lan.get_by_role("button", name="Đang dùng máy của Trần Văn Hùng").click()
    await taps(lan, "Thêm người dùng")
    await lan.get_by_label("Họ và tên").fill("Lê Thị Mai")
    await taps(lan, "Thêm")
    await holds_phone_of(lan, "Lê Thị Mai")
    await says(lan, "xin chào")
    await expect(bubbles(lan).last).to_contain_text("Lê Thị Mai viết: xin chào")


async def test_a_group_counts_what_is_unread(lan: Page, opening: Opening) -> None:
    """What one member writes in a group is counted in another's list until it is read."""
    hung = await opening(lan.url.partition("#")[0])
    await becomes(hung, "Trần Văn Hùng")
    await taps(hung, "Về danh sách trò chuyện")
    await hung.get_by_role("button", name="Nhóm công tác").click()
    await taps(hung, "Về danh sách trò chuyện")
    await taps(lan, "Về danh sách trò chuyện")
    await lan.get_by_role("button", name="Nhóm công tác").click()
    await says(lan, "Mời họp sáng mai")
    await expect(hung.get_by_label("1 tin chưa đọc")).to_be_visible()
    await expect(hung).to_have_title("(1) Trợ lý Dân vận")
    await hung.get_by_role("button", name="Nhóm công tác").click()
    await expect(bubbles(hung).last).to_contain_text("Nguyễn Thị Lan")
    await expect(hung).to_have_title("Trợ lý Dân vận")


async def test_a_group_is_founded_and_the_bot_hears_its_name(lan: Page) -> None:
    """A new group opens at once, and the bot answers who calls it there."""
    await taps(lan, "Thêm lựa chọn")
    await taps(lan, "Lập nhóm")
    await lan.get_by_label("Tên nhóm").fill("Tổ dân vận")
    await lan.get_by_role("checkbox", name="Trần Văn Hùng").check()
    await taps(lan, "Thêm")
    await expect(lan.get_by_role("heading", name="Tổ dân vận")).to_be_visible()
    await expect(lan.get_by_text("3 thành viên")).to_be_visible()
    await says(lan, "Hạn nộp? @danvan_sandbox_bot")
    await expect(bubbles(lan).last).to_contain_text("viết: Hạn nộp?")


async def test_a_document_goes_up_and_comes_down(lan: Page) -> None:
    """The bot gets the bytes that were chosen, and the page gives back the same."""
    content = "Báo cáo quý III".encode()
    await attaches(lan, "Tệp văn bản", "báo cáo.txt", content, "Kính gửi")
    await expect(bubbles(lan).last).to_contain_text(f"Tệp báo cáo.txt: {len(content)} byte")
    await expect(bubbles(lan).nth(-2)).to_contain_text("Kính gửi")
    async with lan.expect_download() as download:
        await lan.get_by_role("link", name="Tải về báo cáo.txt").click()
    taken = await download.value
    assert taken.suggested_filename == "báo cáo.txt"
    kept = await taken.path()
    assert await asyncio.to_thread(kept.read_bytes) == content


async def test_a_photo_is_seen_and_reacted_to(lan: Page) -> None:
    """A photo is shown as a picture on both sides, with the bot's reaction, and enlarges."""
    await attaches(lan, "Ảnh", "hop.png", picture(64))
    await expect(bubbles(lan).last).to_contain_text("Ảnh gửi lại")
    shown = bubbles(lan).last.get_by_role("img", name="Ảnh")
    await expect(shown).to_have_js_property("naturalWidth", 64)
    await expect(bubbles(lan).nth(-2).get_by_role("img", name="Biểu cảm: 👍")).to_be_visible()
    await bubbles(lan).last.get_by_role("button", name="Xem ảnh cỡ lớn").click()
    await expect(lan.get_by_role("dialog", name="Ảnh").get_by_role("img")).to_be_visible()


async def test_a_voice_message_can_be_played(lan: Page) -> None:
    """A voice message has a player, whose sound is what was sent."""
    await attaches(lan, "Tệp âm thanh (tin nhắn thoại)", "loi-nhan.oga", b"OggS and then some")
    player = bubbles(lan).last.get_by_label("Tin nhắn thoại")
    await expect(player).to_have_js_property("controls", True)
    assert await player.evaluate("one => fetch(one.src).then(answer => answer.text())") == (
        "OggS and then some"
    )


async def test_a_resting_finger_opens_the_menu(lan: Page) -> None:
    """On a touch screen a long press offers to answer the message."""
    bubble = bubbles(lan).last.locator(".bubble")
    await bubble.dispatch_event("pointerdown", {"pointerType": "touch"})
    await taps(lan, "Trả lời")
    await says(lan, "Đã rõ")
    await expect(bubbles(lan).nth(2).get_by_title("Tin được trả lời")).to_contain_text("Chào")


async def test_an_own_message_is_edited(lan: Page) -> None:
    """The menu of an own message changes its text; the bot hears of it."""
    await says(lan, "Hạn nôp?")
    await expect(bubbles(lan)).to_have_count(4)
    await bubbles(lan).nth(2).locator(".bubble").click(button="right")
    await taps(lan, "Sửa")
    await expect(field(lan)).to_have_value("Hạn nôp?")
    await says(lan, "Hạn nộp?")
    await expect(bubbles(lan).nth(2)).to_contain_text("Hạn nộp?")
    await expect(bubbles(lan).nth(2)).to_contain_text("đã sửa")
    await expect(bubbles(lan).last).to_contain_text("Sửa thành: Hạn nộp?")


async def test_a_blocked_bot_can_be_let_in_again(lan: Page) -> None:
    """Blocking takes the text field away; unblocking gives it back."""
    await taps(lan, "Thêm lựa chọn")
    await taps(lan, "Chặn bot")
    await expect(field(lan)).to_be_hidden()
    await lan.reload()
    await taps(lan, "Bỏ chặn bot")
    await says(lan, "xin chào lại")
    await expect(bubbles(lan).last).to_contain_text("viết: xin chào lại")


async def test_the_bot_is_seen_writing(lan: Page) -> None:
    """A chat action stands under the bot's name."""
    await says(lan, "Soạn")
    await expect(lan.get_by_text("đang soạn…")).to_be_visible()


async def test_markup_in_names_and_texts_stays_text(opening: Opening, running: Running) -> None:
    """Whatever people call themselves or write, nothing of it becomes part of the page."""
    evil = "<img src=x onerror='window.taken=1'><script>window.taken=1</script>"
    running.exchange.join(evil, None, None)
    page = await opening(f"{running.url}/#{max(running.exchange.state.persons)}")
    await page.get_by_role("button", name="Trợ lý Dân vận").click()
    await says(page, f"{evil} javascript:alert(1)")
    await expect(bubbles(page).last).to_contain_text(f"{evil} viết: {evil}")
    await expect(page.locator("#app script, #app img, #app a")).to_have_count(0)
    assert await page.evaluate("window.taken") is None


async def test_a_reload_keeps_place_and_history(lan: Page) -> None:
    """After a reload the same person sees the same chat, with its draft."""
    await says(lan, "một")
    await expect(bubbles(lan)).to_have_count(4)
    await field(lan).fill("viết dở")
    await lan.reload()
    await expect(bubbles(lan)).to_have_count(4)
    await expect(bubbles(lan).nth(2)).to_contain_text("một")
    await expect(field(lan)).to_have_value("viết dở")
    await expect(lan.get_by_role("group", name="Bàn phím của bot")).to_be_visible()


async def test_older_messages_come_when_scrolling_up(lan: Page, running: Running) -> None:
    """A long chat opens at its end, and its beginning is loaded when somebody looks for it."""
    chat = running.exchange.state.chats[5_000_001]
    person = running.exchange.state.persons[5_000_001]
    for number in range(150):
        running.exchange.post(chat, person.form(), {"text": f"tin số {number}."})
    await lan.reload()
    await expect(lan.get_by_text("tin số 149.")).to_be_in_viewport()
    await expect(lan.get_by_text("tin số 0.")).to_have_count(0)
    await lan.get_by_role("log").press("Home")
    await expect(lan.get_by_text("tin số 0.")).to_have_count(1)
    await expect(lan.get_by_role("separator")).to_have_count(1)
    await taps(lan, "Xuống tin mới nhất")
    await expect(lan.get_by_text("tin số 149.")).to_be_in_viewport()


async def test_a_lost_connection_is_told_and_mended(opening: Opening, tmp_path: Path) -> None:
    """While the sandbox is away nothing typed is lost; when it is back, the chat goes on."""
    kept = replace(TOWN, state_file=tmp_path / "town.json")
    first = await serve(kept)
    page = await opening(first.url)
    await says(page, "trước")
    await expect(bubbles(page).last).to_contain_text("trước")
    await first.stop()
    await expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
    await says(page, "giữa")
    await expect(page.get_by_role("status")).to_contain_text("Chưa gửi được")
    await expect(field(page)).to_have_value("giữa")
    second = await serve(replace(kept, port=urlsplit(first.url).port or 0))
    try:
        await page.get_by_role("button", name="Thử ngay").click()
        await expect(page.get_by_role("alert")).to_be_hidden()
        await field(page).press("Enter")
        await expect(bubbles(page)).to_have_count(2)
        await expect(bubbles(page).last).to_contain_text("giữa")
    finally:
        await page.close()
        await second.stop()


@pytest.mark.parametrize("size", ["normal", "huge"])
async def test_nothing_sticks_out_of_a_narrow_phone(lan: Page, size: str) -> None:
    """At 320 pixels, in any size of letters, the page is as wide as the screen."""
    await lan.evaluate("size => localStorage.setItem('type', size)", size)
    await lan.set_viewport_size({"width": 320, "height": 640})
    await lan.reload()
    await says(lan, "x" * 200)
    await taps(lan, "Trích đoạn")
    await expect(lan.get_by_role("button", name="Xem tiếp")).to_be_in_viewport()
    for part in (lan.locator("html"), lan.get_by_role("log"), lan.locator(".composer")):
        assert await part.evaluate("node => node.scrollWidth - node.clientWidth") == 0
