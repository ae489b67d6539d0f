"""Finds what Telegram marks by itself: commands, mentions, addresses, hashtags."""

import re
from typing import Final

from sandbox.markup.entities import Entity, Formatted, in_order, units

_PATTERNS: Final = (
    (
        "url",
        re.compile(r"(?<![\w@/.])(?:https?://|(?:[\w-]+\.)+(?:vn|com|org|net|me)\b)[^\s<>\"]*"),
    ),
    ("email", re.compile(r"(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)
_TRAILING: Final = ".,:;!?)'\"…"
_SILENT: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def detect(formatted: Formatted) -> Formatted:
    """Add the entities that nobody had to mark, outside code and links."""
    taken = [one for one in formatted.entities if one.kind in _SILENT]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(formatted.text):
            text = match[0].rstrip(_TRAILING) if kind == "url" else match[0]
            entity = Entity(
                kind=kind, offset=units(formatted.text[: match.start()]), length=units(text)
            )
            if not any(_meets(entity, other) for other in taken):
                found.append(entity)
                taken.append(entity)
    return Formatted(formatted.text, tuple(in_order([*formatted.entities, *found])))


def _meets(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end
