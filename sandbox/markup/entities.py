"""A text with its entities, counted in UTF-16 code units as Telegram does."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from sandbox.values import JsonObject

KINDS: Final = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "date_time",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
)
"""Types of MessageEntity, the outer before the inner where two cover the same text."""

_ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}
_VERBATIM: Final = frozenset({"pre", "code"})
_QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})


class CannotParse(Exception):
    """The markup is broken; the message is Telegram's wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A span of the text with a meaning; `extra` holds url, language and the like."""

    kind: str
    offset: int
    length: int
    extra: JsonObject = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Return the offset after the last unit."""
        return self.offset + self.length

    def form(self) -> JsonObject:
        """Return the entity as a MessageEntity."""
        return {"type": self.kind, "offset": self.offset, "length": self.length} | self.extra


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, in order."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Return the part of `text` from `offset`, both counted in UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2]
    return raw.decode("utf-16-le", "replace")


def entity_from(form: JsonObject) -> Entity:
    """Read a MessageEntity; raises CannotParse for a type that is not one."""
    kind = form["type"]
    if kind not in _ORDER:
        raise CannotParse(f"Unsupported entity type {kind!r}")
    extra = {key: form[key] for key in form if key not in {"type", "offset", "length"}}
    return Entity(kind=kind, offset=form["offset"], length=form["length"], extra=extra)


def settle(formatted: Formatted) -> Formatted:
    """Trim the text and bring the entities to the form in which Telegram keeps them."""
    text = formatted.text.rstrip()
    lead = units(text) - units(text.lstrip())
    text = text.lstrip()
    size = units(text)
    clipped = (_clipped(entity, lead, size) for entity in formatted.entities)
    joined = _joined(entity for entity in clipped if entity.length > 0)
    return Formatted(text, tuple(in_order(_allowed(joined))))


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sort entities so that an outer one stands before those inside it."""
    return sorted(entities, key=lambda one: (one.offset, -one.length, _ORDER[one.kind]))


def _clipped(entity: Entity, lead: int, size: int) -> Entity:
    start = min(max(entity.offset - lead, 0), size)
    end = min(max(entity.end - lead, start), size)
    return replace(entity, offset=start, length=end - start)


def _joined(entities: Iterable[Entity]) -> list[Entity]:
    """Make one entity of those of the same kind and extra that touch or overlap."""
    joined: list[Entity] = []
    for entity in in_order(entities):
        for place, earlier in enumerate(joined):
            same = (earlier.kind, earlier.extra) == (entity.kind, entity.extra)
            touches = entity.offset < earlier.end or (
                entity.offset == earlier.end and entity.kind not in _QUOTES | _VERBATIM
            )
            if same and touches:
                end = max(earlier.end, entity.end)
                joined[place] = replace(earlier, length=end - earlier.offset)
                break
        else:
            joined.append(entity)
    return joined


def _allowed(entities: list[Entity]) -> list[Entity]:
    """Drop what may not nest: anything inside code, a quote inside a quote."""
    kept: list[Entity] = []
    for entity in in_order(entities):
        if not any(_forbids(outer, entity) for outer in kept):
            kept.append(entity)
    return kept


def _forbids(outer: Entity, inner: Entity) -> bool:
    if inner.offset >= outer.end:
        return False
    if outer.kind in _VERBATIM:
        return True
    both_quotes = outer.kind in _QUOTES and inner.kind in _QUOTES
    both_links = outer.kind in {"text_link", "text_mention"} and inner.kind == "text_link"
    crosses = inner.end > outer.end
    return both_quotes or both_links or (crosses and inner.kind in _VERBATIM)
