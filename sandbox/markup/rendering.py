"""Writes a formatted text as HTML that a browser may show and Telegram would read back."""

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import pairwise
from typing import Final

from sandbox.markup.entities import Entity, Formatted, cut, in_order, units

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_SAFE_URL: Final = re.compile(r"(?:https?|tg|ftp|tonsite)://|mailto:", re.IGNORECASE)


def to_html(formatted: Formatted) -> str:
    """Return safe HTML: text escaped, tags only from entities, links only of known schemes."""
    size = units(formatted.text)
    borders = {0, size}
    for entity in formatted.entities:
        borders |= {entity.offset, entity.end}
    marks = sorted(border for border in borders if 0 <= border <= size)
    ordered = in_order(formatted.entities)
    html: list[str] = []
    open_now: list[Entity] = []
    for start, end in pairwise(marks):
        wanted = [one for one in ordered if one.offset <= start and one.end >= end]
        open_now = _change(html, open_now, wanted)
        html.append(escape(cut(formatted.text, start, end - start)))
    _change(html, open_now, [])
    return "".join(html)


def _change(html: list[str], now: list[Entity], wanted: list[Entity]) -> list[Entity]:
    """Close and open tags so that those open are `wanted`, properly nested."""
    common = 0
    while common < min(len(now), len(wanted)) and now[common] is wanted[common]:
        common += 1
    html += [_tags(entity)[1] for entity in reversed(now[common:])]
    html += [_tags(entity)[0] for entity in wanted[common:]]
    return wanted


def _tags(entity: Entity) -> tuple[str, str]:
    """Return the start and the end of the tag an entity is written with."""
    if entity.kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if tag := _TAGS.get(entity.kind):
        return f"<{tag}>", f"</{tag}>"
    write = _WRITERS.get(entity.kind)
    return write(entity) if write else ("", "")


def _link(entity: Entity) -> tuple[str, str]:
    url = str(entity.extra.get("url", ""))
    return (f'<a href="{escape(url)}">', "</a>") if _SAFE_URL.match(url) else ("", "")


def _mention(entity: Entity) -> tuple[str, str]:
    return f'<a href="tg://user?id={entity.extra["user"]["id"]}">', "</a>"


def _emoji(entity: Entity) -> tuple[str, str]:
    number = escape(str(entity.extra.get("custom_emoji_id", "")))
    return f'<tg-emoji emoji-id="{number}">', "</tg-emoji>"


def _pre(entity: Entity) -> tuple[str, str]:
    language = entity.extra.get("language")
    if not language:
        return "<pre>", "</pre>"
    return f'<pre><code class="language-{escape(str(language))}">', "</code></pre>"


def _moment(entity: Entity) -> tuple[str, str]:
    style = entity.extra.get("date_time_format")
    form = f' format="{escape(str(style))}"' if style else ""
    return f'<tg-time unix="{int(entity.extra.get("unix_time", 0))}"{form}>', "</tg-time>"


_WRITERS: Final[Mapping[str, Callable[[Entity], tuple[str, str]]]] = {
    "text_link": _link,
    "text_mention": _mention,
    "custom_emoji": _emoji,
    "pre": _pre,
    "date_time": _moment,
}
