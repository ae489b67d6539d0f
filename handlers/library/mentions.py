"""Whether a message in a group speaks to the assistant, and what it says to it."""

from typing import Final

from telegram import Message, MessageEntity, User

_MENTIONS: Final = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
_MARKS: Final = " \t\n,:;.-–"
"""What may stand between the mention and the question."""


def spoken_to(message: Message, me: User) -> str | None:
    """Return what `message` says to `me`, mentions taken out; None if it speaks to others.

    It speaks to `me` when it mentions me, or answers a message of mine.
    """
    text = message.text or message.caption or ""
    mentions = [(entity, said) for entity, said in _mentions(message) if _names(entity, said, me)]
    answered = message.reply_to_message
    to_me = answered is not None and answered.from_user is not None and answered.from_user == me
    if not mentions and not to_me:
        return None
    for _, said in mentions:
        text = text.replace(said, " ", 1)
    return " ".join(text.split()).strip(_MARKS)


def _mentions(message: Message) -> list[tuple[MessageEntity, str]]:
    """Return the mentions of a text, or of the words under a picture."""
    if message.text:
        return list(message.parse_entities(list(_MENTIONS)).items())
    return list(message.parse_caption_entities(list(_MENTIONS)).items())


def _names(entity: MessageEntity, said: str, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return said.lower() == f"@{me.username}".lower()
