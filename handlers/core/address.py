"""Addresses of this channel: `telegram` and the number of a private chat, which is the person's."""

from typing import Final

from records.model import TELEGRAM, Address

CHANNEL: Final = TELEGRAM
"""The name of this channel in a person's addresses."""


def address_of(chat: int) -> Address:
    """Return the address of a chat."""
    return Address(channel=CHANNEL, value=str(chat))


def chat_of(address: Address) -> int | None:
    """Return the chat that an address means; None for one of another channel."""
    return int(address.value) if address.channel == CHANNEL else None
