"""Each phone sees what is its own; each scope of commands shows where it should."""

from tests.e2e.phone import Phone, Town
from tests.unit.sandbox.conftest import Asking


async def test_a_phone_sees_only_its_own_chats(lan: Phone, town: Town, bot: Asking) -> None:
    """What the bot writes to one person reaches no other phone."""
    minh = await town.phone("Minh")
    await minh.says("/start")
    await bot.gets("sendMessage", chat_id=lan.id, text="riêng cho Lan")
    await bot.gets("sendMessage", chat_id=minh.id, text="riêng cho Minh")
    await lan.sees("riêng cho Lan")
    await minh.sees("riêng cho Minh")
    assert "riêng cho Lan" not in minh.transcript


async def test_the_narrowest_commands_are_shown(lan: Phone, town: Town, bot: Asking) -> None:
    """A chat's own commands hide the general ones, until they are deleted."""

    async def shown(viewer: int) -> list[str]:
        state = await town.looks(f"state?viewer={viewer}")
        return [one["command"] for one in state["bot"]["commands"]]

    minh = await town.phone("Minh")
    general = [{"command": "hoi", "description": "Hỏi"}]
    own = [{"command": "duyet", "description": "Duyệt"}]
    scope = {"type": "chat", "chat_id": lan.id}
    await bot.gets("setMyCommands", commands=general)
    await bot.gets("setMyCommands", commands=own, scope=scope)
    assert (await shown(lan.id), await shown(minh.id)) == (["duyet"], ["hoi"])
    await bot.gets("deleteMyCommands", scope=scope)
    assert await shown(lan.id) == ["hoi"]


async def test_a_quote_tells_its_place(lan: Phone, bot: Asking) -> None:
    """The quoted words are found in the message, counted in UTF-16 units."""
    said = await lan.says("😀 Chỉ thị 33 nói gì?")
    reply = {"message_id": said["message_id"], "quote": "Chỉ thị 33"}
    sent = await bot.gets("sendMessage", chat_id=lan.id, text="x", reply_parameters=reply)
    assert sent["quote"] == {"text": "Chỉ thị 33", "position": 3, "is_manual": True}
    assert sent["reply_to_message"]["message_id"] == said["message_id"]


async def test_whose_messages_a_bot_removes(lan: Phone, town: Town, bot: Asking) -> None:
    """In a private chat any, in a group only its own unless it is an administrator."""
    group = await town.group("Tổ công tác", lan)
    private = {"chat_id": lan.id, "message_id": (await lan.says("một"))["message_id"]}
    there = {"chat_id": group, "message_id": (await lan.at(group).says("hai"))["message_id"]}
    assert await bot.gets("deleteMessage", **private)
    assert "can't be deleted" in await bot.refused("deleteMessage", **there)
    await town.act("groups/bot", {"user": lan.id, "chat": group, "status": "administrator"})
    assert await bot.gets("deleteMessage", **there)
    await bot.gets("sendMessage", chat_id=lan.id, text="xong")
    await lan.sees("xong")
    assert [shown.text for shown in lan.messages] == ["/start", "xong"]
