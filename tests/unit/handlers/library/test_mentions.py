"""In a group the assistant answers only what is said to it."""

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.clock import system_clock
from handlers.library.mentions import spoken_to

ME = User(1, "Trợ lý", is_bot=True, username="danvan_bot")
OTHER = User(2, "Lan", is_bot=False)
GROUP = Chat(-5, "group")


def message(text: str, *entities: MessageEntity, answers: User | None = None) -> Message:
    """Make a message of a group."""
    earlier = None
    if answers is not None:
        earlier = Message(1, system_clock(), GROUP, from_user=answers, text="trước")
    return Message(2, system_clock(), GROUP, text=text, entities=entities, reply_to_message=earlier)


def mention(at: int, length: int = 11) -> MessageEntity:
    """Mark a part of the text as a mention."""
    return MessageEntity(MessageEntity.MENTION, at, length)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (message("@danvan_bot hạn báo cáo?", mention(0)), "hạn báo cáo?"),
        (message("@DanVan_Bot: hạn báo cáo?", mention(0)), "hạn báo cáo?"),
        (message("hạn báo cáo, @danvan_bot", mention(13)), "hạn báo cáo"),
        (message("@danvan_bot", mention(0)), ""),
        (message("hạn?", answers=ME), "hạn?"),
        (
            message("Trợ lý ơi hạn?", MessageEntity(MessageEntity.TEXT_MENTION, 0, 6, user=ME)),
            "ơi hạn?",
        ),
        (message("hạn?"), None),
        (message("hạn?", answers=OTHER), None),
        (message("@danvan_bott hạn?", mention(0, 12)), None),
        (message("danvan_bot hạn?"), None),
    ],
)
def test_who_is_spoken_to(said: Message, question: str | None) -> None:
    """By mention, by name, by reply; the mention is not part of the question."""
    assert spoken_to(said, ME) == question
