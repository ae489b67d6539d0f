"""Files go up and down as they are, within Telegram's sizes."""

import struct
from typing import Any

import pytest

from sandbox.files import DOWNLOAD_BYTES, PHOTO_BYTES
from tests.e2e.phone import Json, Phone, Town
from tests.unit.sandbox.conftest import Asking


def _png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG of this size: all that is looked at."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


async def _download(town: Town, path: str) -> bytes:
    async with town.session.get(f"{town.file_url}{town.token}/{path}") as answer:
        assert answer.status == 200
        return await answer.read()


async def test_a_document_arrives_as_it_was_sent(lan: Phone, bot: Asking) -> None:
    """Name, size, caption and content reach the phone; the id serves to send it again."""
    fields = {"chat_id": lan.id, "caption": "<b>bản tóm lược</b>", "parse_mode": "HTML"}
    answer = await bot.posts("sendDocument", fields, document=b"noi dung")
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("document.bin", 8)
    shown = await lan.sees("bản tóm lược")
    assert await lan.downloads(shown.message["document"]["file_id"]) == b"noi dung"
    again = await bot.gets("sendDocument", chat_id=lan.id, document=document["file_id"])
    assert again["document"] == document
    refusal = await bot.refused("sendPhoto", chat_id=lan.id, photo=document["file_id"])
    assert refusal == "Bad Request: can't use file of type Document as Photo"


async def test_the_bot_downloads_what_a_person_sent(lan: Phone, town: Town, bot: Asking) -> None:
    """GetFile names a path under which the content lies."""
    await lan.uploads("Chỉ thị".encode(), "chỉ thị.txt", caption="xin lưu")
    message = (await bot.gets("getUpdates"))[-1]["message"]
    assert (message["caption"], message["document"]["file_name"]) == ("xin lưu", "chỉ thị.txt")
    file = await bot.gets("getFile", file_id=message["document"]["file_id"])
    assert await _download(town, file["file_path"]) == "Chỉ thị".encode()


async def test_a_file_over_20_mb_cannot_be_fetched(lan: Phone, bot: Asking) -> None:
    """A bot sees that a large file came, but not what is in it."""
    await lan.uploads(b"x" * (DOWNLOAD_BYTES + 1), "to.bin")
    document = (await bot.gets("getUpdates"))[-1]["message"]["document"]
    refusal = await bot.refused("getFile", file_id=document["file_id"])
    assert refusal == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (_png(0, 5), "IMAGE_PROCESS_FAILED"),
        (_png(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (_png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (_png(10, 10) + b"x" * PHOTO_BYTES, "file is too big for a photo"),
    ],
)
async def test_a_photo_that_is_none_is_refused(
    lan: Phone, bot: Asking, content: bytes, reason: str
) -> None:
    """Empty, unreadable, too large or too long pictures do not arrive."""
    answer = await bot.posts("sendPhoto", {"chat_id": lan.id}, photo=content)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_photo_tells_its_size(lan: Phone, bot: Asking) -> None:
    """Width and height are read out of the picture, whichever side sends it."""
    answer = await bot.posts("sendPhoto", {"chat_id": lan.id}, photo=_png(320, 200))
    (size,) = answer["result"]["photo"]
    assert (size["width"], size["height"]) == (320, 200)
    frame = (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"x" * 9
    )
    await lan.uploads(frame, "anh.jpg", kind="photo")
    (size,) = (await bot.gets("getUpdates"))[-1]["message"]["photo"]
    assert (size["width"], size["height"]) == (40, 30)


async def test_a_voice_message_keeps_its_length(lan: Phone, bot: Asking) -> None:
    """OGG is a voice message; another sound file arrives as a document."""
    fields = {"chat_id": lan.id, "duration": 7}
    assert (await bot.posts("sendVoice", fields, voice=b"OggS..."))["result"]["voice"][
        "duration"
    ] == 7
    assert "document" in (await bot.posts("sendVoice", fields, voice=b"RIFF..."))["result"]


def _media(kind: str, name: str) -> Json:
    return {"type": kind, "media": f"attach://{name}", "caption": name}


async def test_an_album_shares_a_group_id(lan: Phone, bot: Asking) -> None:
    """The files of an album are several messages with one media_group_id."""
    fields: Any = {"chat_id": lan.id, "media": [_media("document", "a"), _media("document", "b")]}
    messages = (await bot.posts("sendMediaGroup", fields, a=b"1", b=b"2"))["result"]
    assert [one["caption"] for one in messages] == ["a", "b"]
    assert len({one["media_group_id"] for one in messages}) == 1


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        ([_media("document", "a")], "group send must contain 2-10 items"),
        (
            [_media("document", "a"), _media("photo", "a")],
            "document can't be mixed with other media types",
        ),
        (
            [_media("document", "a"), _media("document", "c")],
            "can't parse media: attached file not found in the request",
        ),
        ([_media("video", "a")] * 2, "this type of media is not available in the sandbox"),
    ],
)
async def test_an_album_against_the_rules_is_refused(
    lan: Phone, bot: Asking, media: list[Json], reason: str
) -> None:
    """Nothing of a refused album is shown."""
    answer = await bot.posts("sendMediaGroup", {"chat_id": lan.id, "media": media}, a=b"1")
    assert answer["description"] == f"Bad Request: {reason}"
    assert not any(shown.by_bot for shown in lan.messages)


async def test_a_caption_counts_after_parsing(lan: Phone, bot: Asking) -> None:
    """1024 units are left of a caption at most."""
    fields = {"chat_id": lan.id, "parse_mode": "HTML", "caption": f"<b>{'a' * 1024}</b>"}
    assert (await bot.posts("sendDocument", fields, document=b"1"))["ok"]
    fields["caption"] = f"<b>{'a' * 1025}</b>"
    answer = await bot.posts("sendDocument", fields, document=b"1")
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_a_file_is_replaced_by_editing(lan: Phone, bot: Asking) -> None:
    """EditMessageMedia puts another file in place, editMessageCaption other words."""
    sent = (await bot.posts("sendDocument", {"chat_id": lan.id}, document=b"1"))["result"]
    where = {"chat_id": lan.id, "message_id": sent["message_id"]}
    edited = await bot.posts(
        "editMessageMedia", where | {"media": _media("document", "b")}, b=b"22"
    )
    assert edited["result"]["document"]["file_size"] == 2
    renamed = await bot.gets("editMessageCaption", **where, caption="chú thích mới")
    assert renamed["caption"] == "chú thích mới"
    assert renamed["document"] == edited["result"]["document"]
    refusal = await bot.refused("editMessageText", **where, text="x")
    assert refusal == "Bad Request: there is no text in the message to edit"


async def test_messages_are_passed_on(lan: Phone, town: Town, bot: Asking) -> None:
    """A forward tells its origin, a copy does not, a protected message does neither."""
    said = await lan.says("ý kiến")
    source = {"chat_id": lan.id, "from_chat_id": lan.id, "message_id": said["message_id"]}
    forwarded = await bot.gets("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == lan.id
    copied = await bot.gets("copyMessage", **source)
    shown = (await town.looks(f"chats/{lan.id}/messages?viewer={lan.id}"))[-1]
    assert shown["message_id"] == copied["message_id"]
    assert (shown["text"], "forward_origin" in shown) == ("ý kiến", False)
    secret = await bot.gets("sendMessage", chat_id=lan.id, text="nội bộ", protect_content=True)
    source["message_id"] = secret["message_id"]
    assert "can't be forwarded" in await bot.refused("forwardMessage", **source)


async def test_messages_are_removed(lan: Phone, town: Town, bot: Asking) -> None:
    """A bot removes messages of the last 48 hours; one that is gone is not found."""
    sent = await bot.gets("sendMessage", chat_id=lan.id, text="nhầm")
    await lan.sees("nhầm")
    where = {"chat_id": lan.id, "message_id": sent["message_id"]}
    assert await bot.gets("deleteMessage", **where) is True
    assert await bot.refused("deleteMessage", **where) == "Bad Request: message to delete not found"
    old = await bot.gets("sendMessage", chat_id=lan.id, text="cũ")
    await town.advance(48 * 3600 + 1)
    refusal = await bot.refused("deleteMessage", chat_id=lan.id, message_id=old["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"
