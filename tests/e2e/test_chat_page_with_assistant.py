"""What a newcomer sees after `danvan run` without a token: the page, and the assistant in it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.e2e.assistant import READY, Assistant
from tests.e2e.screen import Opening, bubbles, field, holds_phone_of, says, taps

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

QUESTION = "Ai trực tiếp phụ trách công tác dân vận ở địa phương?"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Run the assistant without a token; give the address that it prints."""
    process = Assistant(tmp_path_factory.mktemp("data"), {"SANDBOX_PORT": "0"})
    await process.start()
    ready = next(line for line in process.output if line.startswith(READY))
    yield ready.split()[-1]
    await process.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def page(opening: Opening, address: str) -> Page:
    """Open the page and greet the assistant."""
    page = await opening(address)
    await holds_phone_of(page, "Nguyễn Thị Lan")
    await says(page, "/start")
    await expect(bubbles(page).last).to_contain_text("Kính chào đồng chí")
    return page


async def test_a_question_is_answered_with_quote_and_buttons(page: Page) -> None:
    """The answer names its source, unfolds, opens the whole clause, and takes a judgement."""
    await says(page, QUESTION)
    answer = bubbles(page).last
    await expect(answer).to_contain_text("Khoản 2, Chỉ thị số 33-CT/TU, ngày 06/6/2023")
    await expect(answer).to_contain_text("Bản tóm lược, không thay văn bản gốc")
    await taps(page, "Xem hết đoạn trích")
    await expect(answer.get_by_text("Chủ tịch ủy ban nhân dân")).to_be_visible()
    await taps(page, "👍 Đúng ý")
    await expect(page.get_by_role("status")).to_contain_text("đã ghi nhận")
    await taps(page, "Toàn văn")
    await expect(bubbles(page).last.get_by_role("button", name="Mở văn bản")).to_be_visible()


async def test_documents_are_browsed_from_the_list_of_commands(page: Page) -> None:
    """The slash offers /vanban; a press opens a document in the same message."""
    await taps(page, "Danh sách lệnh")
    await page.get_by_role("option", name="/vanban").click()
    await expect(bubbles(page).last).to_contain_text("Văn bản trong thư viện")
    listed = await bubbles(page).count()
    await bubbles(page).last.get_by_role("button", name="Chỉ thị 33-CT/TU").click()
    await expect(bubbles(page).last).to_contain_text("Chọn phần cần đọc")
    await expect(bubbles(page)).to_have_count(listed)


async def test_a_clause_is_quoted_into_a_group(page: Page) -> None:
    """Inline mode sends a clause to the group; its button opens the clause privately."""
    await taps(page, "Về danh sách trò chuyện")
    await page.get_by_role("button", name="Nhóm công tác dân vận").click()
    await field(page).fill("@danvan_sandbox_bot quy tắc ứng xử với Nhân dân")
    await page.get_by_role("option", name="Khoản 5, chỉ thị 33-CT/TU").click()
    await expect(bubbles(page).last).to_contain_text("qua @danvan_sandbox_bot")
    await taps(page, "Toàn văn")
    await expect(page.get_by_role("heading", name="Trợ lý Dân vận")).to_be_visible()
    await expect(bubbles(page).last).to_contain_text("Khoản 5, Chỉ thị số 33-CT/TU")
