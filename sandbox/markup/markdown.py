"""Reads Telegram's two Markdowns: the second version, and the first that old bots write."""

import re
from dataclasses import dataclass
from typing import Final

from sandbox.markup.entities import CannotParse, Entity, Formatted, units
from sandbox.markup.html import link_made
from sandbox.values import JsonObject

RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!")
"""Characters that version 2 wants escaped where they mean nothing."""

_SIGNS: Final = {
    "*": "bold",
    "__": "underline",
    "_": "italic",
    "~": "strikethrough",
    "||": "spoiler",
}
_NAMES: Final = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
}
_LANGUAGE: Final = re.compile(r"([^\s`]+)(?=\s)")
_EMOJI: Final = re.compile(r"tg://emoji\?id=(\d+)\Z")
_MOMENT: Final = re.compile(r"tg://time\?unix=(\d{1,15})(?:&format=(\w+))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """An entity that waits for its end."""

    kind: str
    offset: int
    place: int
    piece: int
    language: str = ""


class _Reading:
    """One pass over a text of version 2."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.written: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.quote: int | None = None
        """Where the block quote that is open began."""

    def write(self, character: str) -> None:
        """Take a character over literally."""
        self.written.append(character)
        self.offset += units(character)

    def ahead(self, sign: str) -> bool:
        """Tell whether `sign` stands here."""
        return self.source.startswith(sign, self.place)

    def inside(self) -> str:
        """Return the kind of the innermost open entity."""
        return self.open[-1].kind if self.open else ""

    def begin(self, kind: str, sign: str, language: str = "") -> None:
        """Open an entity with the sign that stands here."""
        self.open.append(
            _Open(
                kind=kind,
                offset=self.offset,
                place=self.place,
                piece=len(self.written),
                language=language,
            )
        )
        self.place += len(sign)

    def end(self, sign: str) -> _Open:
        """Close the innermost entity with the sign that stands here."""
        self.place += len(sign)
        return self.open.pop()

    def add(self, opened: _Open, kind: str, extra: JsonObject | None = None) -> None:
        """Write down the entity since `opened`."""
        length = self.offset - opened.offset
        self.entities.append(
            Entity(kind=kind, offset=opened.offset, length=length, extra=extra or {})
        )

    def byte(self, place: int) -> int:
        """Return the byte offset of a character, as Telegram's messages count."""
        return len(self.source[:place].encode())


def parse_markdown_v2(source: str) -> Formatted:
    """Return the text and entities that `source` means in version 2; raises CannotParse."""
    reading = _Reading(source)
    while reading.place < len(source):
        _step(reading)
    _end_quote(reading)
    if reading.open:
        opened = reading.open[-1]
        raise CannotParse(
            f"Can't find end of {_NAMES[opened.kind]} entity"
            f" at byte offset {reading.byte(opened.place)}"
        )
    return Formatted("".join(reading.written), tuple(reading.entities))


def _step(reading: _Reading) -> None:
    """Read one sign or one character."""
    character = reading.source[reading.place]
    after = reading.source[reading.place + 1 : reading.place + 2]
    if character == "\\" and after and "\x00" < after < "\x7f":
        reading.write(after)
        reading.place += 2
    elif reading.inside() in {"code", "pre"}:
        _in_code(reading, character)
    elif character not in RESERVED:
        reading.write(character)
        reading.place += 1
        if character == "\n" and not reading.ahead(">"):
            _end_quote(reading)
    elif not (_quotes(reading) or _closes(reading) or _opens(reading)):
        raise CannotParse(
            f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )


def _in_code(reading: _Reading, character: str) -> None:
    """Read within code, where only the closing backticks mean something."""
    sign = "```" if reading.inside() == "pre" else "`"
    if not reading.ahead(sign):
        reading.write(character)
        reading.place += 1
        return
    opened = reading.end(sign)
    extra = {"language": opened.language} if opened.language else None
    reading.add(opened, opened.kind, extra)


def _quotes(reading: _Reading) -> bool:
    """Read the sign of a block quote at the start of a line."""
    at_start = reading.place == 0 or reading.source[reading.place - 1] == "\n"
    bold = reading.open[-1] if reading.inside() == "bold" else None
    apart = bold is not None and bold.place == reading.place - 1 and not _wrote(reading, bold)
    if reading.ahead("*>") and apart:  # "**>": an empty bold sets a quote apart from the one before
        reading.open.pop()
        reading.place += 1
        _end_quote(reading)
        at_start = True
    if not (reading.ahead(">") and at_start):
        return False
    if reading.quote is None:
        reading.quote = reading.offset
    reading.place += 1
    return True


def _wrote(reading: _Reading, opened: _Open) -> bool:
    return len(reading.written) > opened.piece


def _end_quote(reading: _Reading) -> None:
    """Close the block quote; a spoiler that opens right at its end makes it expandable."""
    if reading.quote is None:
        return
    kind = "blockquote"
    ended = reading.open[-1] if reading.inside() == "spoiler" else None
    if ended and not "".join(reading.written[ended.piece :]).strip():
        reading.open.pop()
        kind = "expandable_blockquote"
    text = "".join(reading.written)
    length = reading.offset - reading.quote - (1 if text.endswith("\n") else 0)
    reading.entities.append(Entity(kind=kind, offset=reading.quote, length=length))
    reading.quote = None


def _closes(reading: _Reading) -> bool:
    """Read the sign that ends the innermost entity, if it stands here."""
    kind = reading.inside()
    if kind in {"text_link", "custom_emoji"}:
        if reading.ahead("]"):
            _close_link(reading)
            return True
        return False
    for sign, made in _SIGNS.items():
        doubled = sign == "_" and reading.ahead("__")
        if made == kind and reading.ahead(sign) and not doubled:
            reading.add(reading.end(sign), kind)
            return True
    return False


def _opens(reading: _Reading) -> bool:
    """Read the sign that begins an entity, if one stands here."""
    for sign, kind in (*_SIGNS.items(), ("![", "custom_emoji"), ("[", "text_link")):
        if reading.ahead(sign):
            reading.begin(kind, sign)
            return True
    if reading.ahead("```"):
        found = _LANGUAGE.match(reading.source, reading.place + 3)
        reading.begin("pre", "```" + (found[1] if found else ""), found[1] if found else "")
        reading.place += reading.ahead("\n")
        return True
    if reading.ahead("`"):
        reading.begin("code", "`")
        return True
    return False


def _close_link(reading: _Reading) -> None:
    """Close a link or a custom emoji, with the address in parentheses after it."""
    opened = reading.end("]")
    label = "".join(reading.written[opened.piece :])
    address = _address(reading) if reading.ahead("(") else label
    if opened.kind == "text_link":
        kind, extra = link_made(address)
        if kind:
            reading.add(opened, kind, extra)
        return
    if emoji := _EMOJI.match(address):
        reading.add(opened, "custom_emoji", {"custom_emoji_id": emoji[1]})
    elif moment := _MOMENT.match(address):
        style = {"date_time_format": moment[2]} if moment[2] else {}
        reading.add(opened, "date_time", {"unix_time": int(moment[1])} | style)
    else:
        raise CannotParse("Custom emoji URL must have scheme tg")


def _address(reading: _Reading) -> str:
    """Read the address in parentheses, where only `)` and the backslash mean something."""
    start = reading.place
    address: list[str] = []
    reading.place += 1
    while reading.place < len(reading.source):
        character = reading.source[reading.place]
        reading.place += 1
        if character == ")":
            return "".join(address)
        if character == "\\" and reading.place < len(reading.source):
            character = reading.source[reading.place]
            reading.place += 1
        address.append(character)
    raise CannotParse(f"Can't find end of a URL at byte offset {reading.byte(start)}")


_OLD: Final = re.compile(
    r"\\(?P<literal>[_*`\[])"
    r"|```(?:(?P<language>[^\s`]+)\s)?(?P<pre>.*?)```"
    r"|`(?P<code>[^`]*)`|\*(?P<bold>[^*]*)\*|_(?P<italic>[^_]*)_"
    r"|\[(?P<label>[^\]]*)\](?:\((?P<url>[^)]*)\))?"
    r"|(?P<unclosed>[_*`\[])",
    re.DOTALL,
)


def parse_markdown(source: str) -> Formatted:
    """Return the text and entities that `source` means in version 1; raises CannotParse."""
    text = ""
    entities: list[Entity] = []
    done = 0
    for found in _OLD.finditer(source):
        text += source[done : found.start()]
        done = found.end()
        kind = str(found.lastgroup)
        if kind == "unclosed":
            at = len(source[: found.start()].encode())
            raise CannotParse(f"Can't find end of the entity starting at byte offset {at}")
        inner = found["label"] if kind in {"label", "url"} else found[kind]
        made, extra = _old_entity(found, kind)
        if made:
            entities.append(Entity(kind=made, offset=units(text), length=units(inner), extra=extra))
        text += inner
    return Formatted(text + source[done:], tuple(entities))


def _old_entity(found: re.Match[str], kind: str) -> tuple[str, JsonObject]:
    match kind:
        case "literal" | "label":
            return "", {}
        case "url":
            return link_made(found["url"])
        case "pre" if found["language"]:
            return "pre", {"language": found["language"]}
    return kind, {}
