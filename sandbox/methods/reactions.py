"""The emoji that Telegram takes as reactions; every other one is refused."""

from typing import Final

_LISTED: Final = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""

REACTIONS: Final = frozenset(_LISTED.split())
"""As ReactionTypeEmoji lists them (Bot API)."""

VARIATION: Final = "\ufe0f"
"""Asks for the coloured form of a sign; Telegram takes an emoji with it or without."""
