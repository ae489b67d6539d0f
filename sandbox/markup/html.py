"""Reads Telegram's HTML: the tags it allows, its complaints about the others."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from sandbox.markup.entities import CannotParse, Entity, Formatted, units
from sandbox.values import JsonObject

TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
"""Each tag that Telegram knows, with the entity it makes."""

_REFERENCE: Final = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#[xX][0-9a-fA-F]+);")
_NAME_END: Final = re.compile(r"[\s>]|\Z")
_ATTRIBUTE: Final = re.compile(
    r"""\s*(?P<name>[^\s=>]+)\s*(?:=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<w>[-.\w]+)))?"""
)
_LINK: Final = re.compile(r"(?:https?|tg|ftp|tonsite)://\S+\Z|mailto:\S+\Z", re.IGNORECASE)
_BARE_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/:?#]\S*)?\Z")
_PERSON: Final = re.compile(r"tg://user\?id=(\d+)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    place: int


class _Reading:
    """One pass over a text: what is written so far, and which tags are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.written: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def byte(self, place: int) -> int:
        """Return the byte offset of a character, as Telegram's messages count."""
        return len(self.source[:place].encode())

    def write(self, text: str) -> None:
        """Take `text` over literally, with character references resolved."""
        plain = _REFERENCE.sub(lambda found: _resolved(found[0]), text)
        self.written.append(plain)
        self.offset += units(plain)


def parse_html(source: str) -> Formatted:
    """Return the text and entities that `source` means; raises CannotParse."""
    reading = _Reading(source)
    place = 0
    while place < len(source):
        start = source.find("<", place)
        if start < 0:
            start = len(source)
        reading.write(source[place:start])
        place = start
        if start < len(source):
            ends = source.startswith("</", start)
            place = _end_tag(reading, start) if ends else _start_tag(reading, start)
    if reading.open:
        raise CannotParse(
            f'Can\'t find end tag corresponding to start tag "{reading.open[-1].tag}"'
        )
    return Formatted("".join(reading.written), tuple(reading.entities))


def _resolved(reference: str) -> str:
    """Return the character a reference names; one outside Unicode stays as it was typed."""
    plain = unescape(reference)
    return reference if not plain or "\ud800" <= plain <= "\udfff" or plain == "\x00" else plain


def _start_tag(reading: _Reading, start: int) -> int:
    """Read a start tag; return the place after it."""
    source = reading.source
    ends = _NAME_END.search(source, start + 1)
    stop = ends.start() if ends else len(source)
    if stop == len(source):
        raise CannotParse(f"Unclosed start tag at byte offset {reading.byte(start)}")
    tag = source[start + 1 : stop].lower()
    if tag not in TAGS:
        raise CannotParse(f'Unsupported start tag "{tag}" at byte offset {reading.byte(start)}')
    attributes, stop = _attributes(reading, start, stop)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise CannotParse(
            f'Tag "span" must have class "tg-spoiler" at byte offset {reading.byte(start)}'
        )
    reading.open.append(
        _Open(tag=tag, attributes=attributes, offset=reading.offset, place=len(reading.written))
    )
    return stop + 1


def _attributes(reading: _Reading, start: int, stop: int) -> tuple[dict[str, str], int]:
    """Read attributes from `stop` on; return them and the place of the closing bracket."""
    source = reading.source
    attributes: dict[str, str] = {}
    while True:
        while stop < len(source) and source[stop].isspace():
            stop += 1
        if stop < len(source) and source[stop] == ">":
            return attributes, stop
        found = _ATTRIBUTE.match(source, stop)
        if stop >= len(source) or found is None or found.end() >= len(source):
            raise CannotParse(f"Unclosed start tag at byte offset {reading.byte(start)}")
        if source[found.end()] == "=":
            raise CannotParse(
                f"Unexpected attribute value at byte offset {reading.byte(found.end())}"
            )
        value = found["d"] or found["s"] or found["w"] or ""
        attributes[found["name"].lower()] = _REFERENCE.sub(lambda one: _resolved(one[0]), value)
        stop = found.end()


def _end_tag(reading: _Reading, start: int) -> int:
    """Read an end tag and close its start; return the place after it."""
    source = reading.source
    if not reading.open:
        raise CannotParse(f"Unexpected end tag at byte offset {reading.byte(start)}")
    ends = _NAME_END.search(source, start + 2)
    stop = ends.start() if ends else len(source)
    tag = source[start + 2 : stop].lower()
    while stop < len(source) and source[stop].isspace():
        stop += 1
    if stop >= len(source) or source[stop] != ">":
        raise CannotParse(f"Unclosed end tag at byte offset {reading.byte(start)}")
    opened = reading.open.pop()
    if tag and tag != opened.tag:
        raise CannotParse(
            f"Unmatched end tag at byte offset {reading.byte(start)},"
            f' expected "</{opened.tag}>", found "</{tag}>"'
        )
    _close(reading, opened)
    return stop + 1


def _close(reading: _Reading, opened: _Open) -> None:
    """Write down the entity between a start tag and its end."""
    length = reading.offset - opened.offset
    inside = "".join(reading.written[opened.place :])
    kind = TAGS[opened.tag]
    extra: JsonObject = {}
    match opened.tag:
        case "a":
            kind, extra = link_made(opened.attributes.get("href") or inside)
        case "blockquote" if "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        case "tg-emoji":
            extra = {"custom_emoji_id": opened.attributes.get("emoji-id", "")}
        case "tg-time":
            kind, extra = _moment(opened.attributes)
        case "pre":
            extra = _language(reading, opened, length)
        case "code" if _in_pre(reading, opened):
            extra = _named_language(opened.attributes)
    if kind and length:
        entity = Entity(kind=kind, offset=opened.offset, length=length, extra=extra)
        reading.entities.append(entity)


def link_made(address: str) -> tuple[str, JsonObject]:
    """Tell what a link makes; an address that is none makes nothing."""
    if _BARE_HOST.match(address):
        return "text_link", {"url": f"http://{address}"}
    return ("text_link", {"url": address}) if _LINK.match(address) else ("", {})


def person_mentioned(url: str) -> int | None:
    """Return the user id in a `tg://user?id=` link."""
    found = _PERSON.match(url)
    return int(found[1]) if found else None


def _moment(attributes: dict[str, str]) -> tuple[str, JsonObject]:
    unix = attributes.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,15}", unix):
        return "", {}
    style = attributes.get("format")
    return "date_time", {"unix_time": int(unix)} | ({"date_time_format": style} if style else {})


def _in_pre(reading: _Reading, opened: _Open) -> bool:
    """Tell whether a code tag opens exactly where the pre around it does."""
    outer = reading.open[-1] if reading.open else None
    return outer is not None and outer.tag == "pre" and outer.offset == opened.offset


def _named_language(attributes: dict[str, str]) -> dict[str, str]:
    named = attributes.get("class", "")
    language = named.removeprefix("language-")
    return {"language": language} if language and language != named else {}


def _language(reading: _Reading, opened: _Open, length: int) -> dict[str, str]:
    """Take over the language of a code tag that fills the whole pre, and drop that tag."""
    for entity in reading.entities:
        if (entity.kind, entity.offset, entity.length) == ("code", opened.offset, length):
            reading.entities.remove(entity)
            return {key: value for key, value in entity.extra.items() if key == "language"}
    return {}
