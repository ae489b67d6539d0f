"""In a group the bot hears and may do only what Telegram allows it."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox.settings import SandboxSettings
from tests.e2e.phone import Phone, Town
from tests.unit.sandbox.conftest import Asking

Opening = Callable[[SandboxSettings], Awaitable[Town]]


async def _heard(bot: Asking) -> list[str]:
    updates = await bot.gets("getUpdates")
    messages = [update["message"] for update in updates if "message" in update]
    groups = [message for message in messages if message["chat"]["type"] != "private"]
    return [message["text"] for message in groups if "text" in message]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("chỉ thị 33 nói gì", False),
        ("@danvan_sandbox_bot chỉ thị 33 nói gì", True),
        ("@Danvan_Sandbox_Bot ơi", True),
        ("@bot_khac_bot ơi", False),
        ("/hoi chỉ thị 33", True),
        ("/hoi@danvan_sandbox_bot chỉ thị 33", True),
        ("/hoi@bot_khac_bot chỉ thị 33", False),
    ],
)
async def test_privacy_mode_keeps_most_messages_from_the_bot(
    lan: Phone, town: Town, bot: Asking, text: str, heard: bool
) -> None:
    """Only commands and what names the bot reach it."""
    group = await town.group("Tổ công tác", lan)
    await lan.at(group).says(text)
    assert await _heard(bot) == ([text] if heard else [])


async def test_a_reply_to_the_bot_reaches_it(lan: Phone, town: Town, bot: Asking) -> None:
    """Answering a message of the bot speaks to it."""
    group = await town.group("Tổ công tác", lan)
    await bot.gets("sendMessage", chat_id=group, text="Đồng chí hỏi gì?")
    asked = await lan.at(group).sees("hỏi gì")
    await lan.at(group).says("về Chỉ thị 33", reply_to=asked)
    assert await _heard(bot) == ["về Chỉ thị 33"]


async def test_an_administrator_hears_all(lan: Phone, town: Town, bot: Asking) -> None:
    """Privacy mode does not hold for administrators; the bot is told of its new place."""
    group = await town.group("Tổ công tác", lan)
    await town.act("groups/bot", {"user": lan.id, "chat": group, "status": "administrator"})
    await lan.at(group).says("chuyện riêng")
    assert await _heard(bot) == ["chuyện riêng"]
    moves = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in await bot.gets("getUpdates")
        if "my_chat_member" in update
    ]
    assert moves == ["member", "administrator"]


async def test_without_privacy_mode_all_is_heard(opening: Opening) -> None:
    """The setting that BotFather calls privacy mode can be switched off."""
    town = await opening(SandboxSettings(reads_all_group_messages=True))
    lan = await town.phone("Lan")
    group = await town.group("Tổ công tác", lan)
    await lan.at(group).says("chuyện riêng")
    assert await _heard(Asking(town)) == ["chuyện riêng"]


async def test_a_bot_put_out_cannot_write(lan: Phone, town: Town, bot: Asking) -> None:
    """After it was put out or left, every message is refused."""
    group = await town.group("Tổ công tác", lan)
    await town.act("groups/bot", {"user": lan.id, "chat": group, "status": "kicked"})
    refusal = await bot.refused("sendMessage", chat_id=group, text="x")
    assert refusal == "Forbidden: bot was kicked from the group chat"
    await town.act("groups/bot", {"user": lan.id, "chat": group, "status": "member"})
    await bot.gets("leaveChat", chat_id=group)
    refusal = await bot.refused("sendMessage", chat_id=group, text="x")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_a_supergroup_has_a_new_id(lan: Phone, town: Town, bot: Asking) -> None:
    """The old id answers with the new one, and both chats say what happened."""
    group = await town.group("Tổ công tác", lan)
    new = (await town.act("groups/migrate", {"chat": group}))["id"]
    answer = await bot.asks("sendMessage", chat_id=group, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    sent = await bot.gets("sendMessage", chat_id=new, text="x")
    assert sent["chat"]["type"] == "supergroup"
    told = [update.get("message", {}) for update in await bot.gets("getUpdates")]
    assert any(message.get("migrate_to_chat_id") == new for message in told)
    assert any(message.get("migrate_from_chat_id") == group for message in told)


async def test_who_is_in_a_group(lan: Phone, town: Town, bot: Asking) -> None:
    """The founder owns the group, others are members, strangers are not in it."""
    minh, hoa = await town.phone("Minh"), await town.phone("Hoa")
    group = await town.group("Tổ công tác", lan, minh)

    async def status(person: int) -> str:
        member = await bot.gets("getChatMember", chat_id=group, user_id=person)
        return str(member["status"])

    assert [await status(one.id) for one in (lan, minh, hoa)] == ["creator", "member", "left"]
    assert await bot.gets("getChatMemberCount", chat_id=group) == 3
    administrators = await bot.gets("getChatAdministrators", chat_id=group)
    assert [one["user"]["id"] for one in administrators] == [lan.id]
    assert (await bot.gets("getChat", chat_id=group))["title"] == "Tổ công tác"


async def test_only_an_administrator_pins_and_bans(lan: Phone, town: Town, bot: Asking) -> None:
    """Rights in a group are asked for; in a private chat the bot may pin."""
    minh = await town.phone("Minh")
    group = await town.group("Tổ công tác", lan, minh)
    sent = await bot.gets("sendMessage", chat_id=group, text="x")
    pin = {"chat_id": group, "message_id": sent["message_id"]}
    assert "not enough rights" in await bot.refused("pinChatMessage", **pin)
    ban = {"chat_id": group, "user_id": minh.id}
    assert "not enough rights" in await bot.refused("banChatMember", **ban)
    await town.act("groups/bot", {"user": lan.id, "chat": group, "status": "administrator"})
    assert await bot.gets("pinChatMessage", **pin)
    assert (await bot.gets("getChat", chat_id=group))["pinned_message"]["text"] == "x"
    assert await bot.gets("banChatMember", **ban)
    assert (await bot.gets("getChatMember", **ban))["status"] == "kicked"
