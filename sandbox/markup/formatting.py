"""From a request's text, parse mode and entities to the text that a message keeps."""

from collections.abc import Callable, Mapping
from typing import Final

from sandbox.markup.detection import detect
from sandbox.markup.entities import CannotParse, Formatted, entity_from, settle
from sandbox.markup.html import parse_html
from sandbox.markup.markdown import parse_markdown, parse_markdown_v2
from sandbox.refusals import BadRequest
from sandbox.values import JsonObject

PARSERS: Final[Mapping[str, Callable[[str], Formatted]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
    "markdown": parse_markdown,
}
"""By parse_mode in lower case."""


def formatted(fields: JsonObject, name: str = "text", entities: str = "entities") -> Formatted:
    """Return the settled text of field `name`; raises BadRequest in Telegram's words."""
    source = fields.get(name) or ""
    mode = str(fields.get("parse_mode") or "").lower()
    try:
        if mode:
            parser = PARSERS.get(mode)
            if parser is None:
                raise BadRequest("unsupported parse_mode")
            read = parser(source)
        else:
            marked = (entity_from(one) for one in fields.get(entities) or [])
            read = Formatted(source, tuple(marked))
    except CannotParse as broken:
        raise BadRequest(f"can't parse entities: {broken}") from broken
    return detect(settle(read))


def typed(text: str) -> Formatted:
    """Return what a person typed, with its commands, mentions and addresses found."""
    return detect(settle(Formatted(text)))
