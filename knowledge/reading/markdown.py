"""Read Markdown: front matter apart, marks of formatting out, the text as a reader sees it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from knowledge.reading.encodings import unicode_text
from knowledge.reading.layout import SUPERSCRIPTS, settle
from knowledge.reading.limits import FRONT_MATTER_CHARS
from knowledge.reading.source import Extract
from knowledge.refusals import BrokenFile

_FENCE: Final = re.compile(
    r"\A\s*---[ \t]*\n(?P<front>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
_RULE: Final = re.compile(r"^ {0,3}(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$")
_ROW: Final = re.compile(r"^ {0,3}\|(.*)\|[ \t]*$")
_ROW_RULE: Final = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_STAR_BULLET: Final = re.compile(r"^(\s*)\*[ \t]+(?=\S)")
_QUOTE: Final = re.compile(r"^ {0,3}(?:> ?)+")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED: Final = re.compile("[\ue021-\ue07e]")
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)")
_RAISED: Final = re.compile(r"<sup>(\d{1,3})</sup>|\[\^(\d{1,3})\]:?", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_EMPHASIS: Final = (
    re.compile(r"\*\*(?=[^\s*])([^*\n]{1,2000})(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=[^\s_])([^_\n]{1,2000})(?<=\S)__(?!\w)"),
    re.compile(r"\*(?=[^\s*])([^*\n]{1,2000})(?<=\S)\*"),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,2000})(?<=\S)_(?!\w)"),
    re.compile(r"`([^`\n]{1,2000})`"),
)


def read_markdown(file: str, data: bytes) -> Extract:
    """Return the text of a Markdown file and its front matter.

    Raises NotText, UnknownEncoding, TooMuchText; BrokenFile if the front matter is no flat YAML.
    """
    text = settle(unicode_text(file, data))
    fence = _FENCE.match(text, 0, FRONT_MATTER_CHARS)
    meta = _front_matter(file, fence["front"]) if fence else None
    if fence is None or meta is None:
        return Extract(text=_plain(text))
    return Extract(text=_plain(text[fence.end() :]), beside=fence["front"], meta=meta)


def _front_matter(file: str, front: str) -> Mapping[str, str] | None:
    """Return the fields as written; None where the lines between the rules are no fields."""
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        raise BrokenFile(file=file) from None
    if not isinstance(node, yaml.MappingNode):
        return None
    return {_scalar(file, key): _scalar(file, value) for key, value in node.value}


def _scalar(file: str, node: yaml.Node) -> str:
    """Return a value as written, a list joined by semicolons."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(each, yaml.ScalarNode) for each in node.value
    ):
        return "; ".join(str(each.value) for each in node.value)
    raise BrokenFile(file=file)


def _plain(text: str) -> str:
    """Return `text` without marks of formatting; an escaped mark is a character of the text."""
    text = _ESCAPE.sub(lambda match: chr(0xE000 + ord(match[1])), _without_comments(text))
    text = "\n".join(_lines(text))
    return _ESCAPED.sub(lambda match: chr(ord(match[0]) - 0xE000), text)


def _without_comments(text: str) -> str:
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[place:start])
        place = end + len("-->")
    return "".join([*kept, text[place:]])


def _lines(text: str) -> Iterator[str]:
    for written in text.split("\n"):
        line = _QUOTE.sub("", written)
        row = _ROW.match(line)
        if row and _ROW_RULE.match(row[1]):
            continue
        if row:
            line = "\t".join(cell.strip() for cell in row[1].split("|"))
        heading = _HEADING.match(line)
        line = heading[1] if heading else line
        yield "" if _RULE.match(line) else _inline(_STAR_BULLET.sub(r"\1- ", line))


def _inline(line: str) -> str:
    line = _LINK.sub(r"\1", _BREAK.sub("\n", line))
    line = _RAISED.sub(lambda match: (match[1] or match[2]).translate(SUPERSCRIPTS), line)
    for emphasis in _EMPHASIS:
        line = emphasis.sub(r"\1", line)
    return line
