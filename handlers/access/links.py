"""Links of invitations: `?start=i_…`."""

from typing import Final

from telegram import Bot
from telegram.helpers import create_deep_linked_url

PREFIX: Final = "i_"
"""Of an invitation's deep link."""


def link_of(bot: Bot, code: str) -> str:
    """Return the deep link of an invitation's code."""
    return create_deep_linked_url(bot.username, f"{PREFIX}{code}")
