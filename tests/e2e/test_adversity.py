"""What goes wrong between the assistant and Telegram does not reach the officer as silence."""

import asyncio

import pytest

from tests.e2e.assistant import Assistant
from tests.e2e.phone import Phone, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Người đứng đầu tiếp xúc, đối thoại trực tiếp với Nhân dân theo quy định nào?"
ANSWER = "11-QĐi/TW"


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"text": "no chat"}},
        {"message": "not an object"},
        {"callback_query": {"id": 7}},
        {"inline_query": []},
        {"update_id": "seven"},
        {"message": {"message_id": 1, "date": "today", "chat": {"id": 1, "type": "private"}}},
    ],
)
async def test_a_broken_update_stops_nothing(
    town: Town, officer: Phone, broken: dict[str, object]
) -> None:
    """What cannot be read is passed over once, and the next question is answered."""
    await town.update(broken)
    await officer.says(QUESTION)
    await officer.sees(ANSWER)


async def test_flood_control_delays_only_its_chat(town: Town, officer: Phone) -> None:
    """A chat told to wait gets its answer after that time; another one gets its own at once."""
    other = await town.phone("Hùng")
    await town.fault(status=429, retry_after=1, method="sendMessage", count=1)
    await officer.says(QUESTION)
    await met_fault(town, "sendMessage")
    await other.says(QUESTION)
    await other.sees(ANSWER)
    assert not any(ANSWER in one.text for one in officer.messages if one.by_bot)
    await officer.sees(ANSWER)


@pytest.mark.parametrize("fault", [{"kind": "reset"}, {"status": 500}, {"status": 502}], ids=str)
async def test_a_lost_connection_loses_no_answer(
    town: Town, officer: Phone, fault: dict[str, object]
) -> None:
    """When sending fails on the way, it is tried again."""
    await town.fault(**fault, method="sendMessage", count=1)
    await officer.says(QUESTION)
    await officer.sees(ANSWER)


async def test_polling_outlives_a_lost_connection(town: Town, officer: Phone) -> None:
    """After a poll that failed the next question is answered."""
    await town.fault(kind="reset", method="getUpdates", count=1)
    await officer.says("xin chào")
    await officer.sees("Kính chào")
    await officer.says(QUESTION)
    await officer.sees(ANSWER)


async def test_who_blocks_the_assistant_disturbs_nobody(
    town: Town, officer: Phone, assistant: Assistant
) -> None:
    """An answer that cannot be delivered is noted; others are served; a return is welcome."""
    leaver = await town.phone("Minh")
    await leaver.says("xin chào")
    await leaver.sees("Kính chào")
    await town.fault(status=429, retry_after=1, method="sendMessage", count=1)
    await leaver.says(QUESTION)
    await met_fault(town, "sendMessage")
    await leaver.blocks()
    await officer.says(QUESTION)
    await officer.sees(ANSWER)
    record = await assistant.logs("unreachable")
    assert record["level"] == "info"
    await leaver.blocks(blocked=False)
    await leaver.says("xin chào")
    await leaver.sees("Kính chào")


async def test_each_chat_keeps_its_order_while_others_go_on(town: Town, officer: Phone) -> None:
    """Two officers write at once: each gets answers in the order of the questions."""
    other = await town.phone("Hùng")

    async def asks(phone: Phone) -> list[str]:
        for text in ("xin chào", QUESTION, "/trogiup"):
            await phone.says(text)
        await phone.sees("Hỏi văn bản")
        return [one.text.split()[0] for one in phone.messages if one.by_bot]

    for order in await asyncio.gather(asks(officer), asks(other)):
        assert order == ["Kính", "Khoản", "Hỏi"]


async def test_the_token_is_nowhere_in_the_output(town: Town, assistant: Assistant) -> None:
    """After all this, neither standard output nor the log holds the token."""
    said = "\n".join(assistant.output)
    assert assistant.log
    assert town.token not in said
    assert town.token.partition(":")[2] not in said


async def test_nothing_that_was_asked_is_in_the_log(assistant: Assistant) -> None:
    """What people write stays in the question log."""
    said = "\n".join(assistant.output)
    assert "đối thoại" not in said
    assert "xin chào" not in said


async def met_fault(town: Town, method: str) -> None:
    """Wait until the assistant's last request of this kind met an ordered fault."""
    async with asyncio.timeout(8):
        while True:
            calls = await town.calls(method)
            if calls and "fault" in calls[-1]["result"]:
                return
