"""The same conversation over five real directives, as they come out of an office's system."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.e2e.assistant import Assistant
from tests.e2e.conftest import serving
from tests.e2e.phone import Phone, Town
from vietnamese.text import nfc

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.acceptance]

ASKED = 12
"""Questions of each kind put through the chat; all of them are measured in the benchmark."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def assistant(
    town: Town, acceptance_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Assistant]:
    """Give an assistant whose library is the five directives alone."""
    process = serving(
        town,
        tmp_path_factory.mktemp("data"),
        LIBRARY_DIR=str((acceptance_data / "directives").resolve()),
        SHIPPED_LIBRARY="false",
    )
    await process.start()
    yield process
    await process.stop()


def questions(data: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Give the first questions of a kind."""
    lines = (data / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    of_kind = [given for line in lines if (given := json.loads(line))["kind"] == kind]
    assert of_kind, kind
    yield from of_kind[:ASKED]


def plain(text: str) -> str:
    """Return the form in which a quote is looked for."""
    return " ".join(nfc(text).split()).lower()


async def answer(town: Town, question: str) -> str:
    """Have somebody ask, who has not yet used up what a chat may get in a while."""
    phone = await town.phone("Hùng")
    await phone.says(question)
    return (await phone.sees("")).text


async def test_questions_are_answered_with_the_right_quote(
    town: Town, assistant: Assistant, acceptance_data: Path
) -> None:
    """Of everyday questions at least two in three show the right words in the first message."""
    assert assistant.output
    right = []
    for asked in questions(acceptance_data, "clause"):
        shown = plain(await answer(town, asked["question"]))
        right.append(any(plain(true["quote"]) in shown for true in asked["answers"]))
    assert sum(right) >= len(right) * 2 / 3, right


async def test_what_the_directives_do_not_say_is_never_given_as_the_answer(
    town: Town, assistant: Assistant, acceptance_data: Path
) -> None:
    """Of questions without an answer nineteen in twenty are declined or marked."""
    assert assistant.output
    told = [
        await answer(town, asked["question"])
        for asked in questions(acceptance_data, "unanswerable")
    ]
    warned = ["Không tìm thấy" in said or "chưa chắc" in said for said in told]
    assert sum(warned) >= len(warned) * 19 / 20, warned


async def test_a_deadline_is_told_with_its_last_day(town: Town, assistant: Assistant) -> None:
    """A rule "trước ngày …" is shown with the day that it leaves."""
    assert assistant.output
    assert "→ hết ngày" in await answer(town, "hạn nộp báo cáo")


@pytest.mark.parametrize("number", range(1, 6))
async def test_each_directive_can_be_read_from_the_list(officer: Phone, number: int) -> None:
    """Five documents, each with its parts, each part with its text."""
    await officer.says("/vanban")
    listed = await officer.sees("Văn bản trong thư viện (5)")
    await officer.presses(listed, listed.labels[number - 1])
    document = await officer.sees("Chọn phần cần đọc")
    await officer.presses(document, document.labels[0])
    clause = await officer.sees("")
    assert "<blockquote" in clause.html
    await officer.taps("Mở văn bản")
    await officer.sees("Chọn phần cần đọc")
    await officer.taps("Văn bản liên quan")
    await officer.sees("Văn bản liên quan của")
    await officer.taps("Mở văn bản")
    await officer.sees("Chọn phần cần đọc")


async def test_a_clause_is_quoted_into_a_group(town: Town, officer: Phone) -> None:
    """Inline results come from the official texts and do not call themselves digests."""
    group = officer.at(await town.group("Nhóm công tác", officer))
    results = await officer.inline("cải cách hành chính, thủ tục hành chính")
    assert len(results) >= 10
    content = results[0]["input_message_content"]["message_text"]
    assert "Bản tóm lược" not in content
    await group.says("@danvan_sandbox_bot cải cách thủ tục hành chính thế nào?")
    assert "<blockquote" in (await group.sees("")).html
