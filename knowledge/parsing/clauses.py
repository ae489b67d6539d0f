"""From an outline of paragraphs to clauses with text and heading."""

import re
from collections.abc import Iterator
from typing import Final

from knowledge.model import Clause, ClauseKind
from knowledge.parsing.layout import ended
from knowledge.parsing.marks import Level, marks_of
from knowledge.parsing.outline import Outline, Unit

MOST_HEADING: Final = 45
"""Words of a heading that stands on its own; the longest of five real files has 23."""

MOST_INLINE_HEADING: Final = 20
"""Words of a heading before a colon; more is a sentence that announces a list."""

_ANNOUNCES: Final = re.compile(r"(?:sau|sau đây|gồm|như|là|nhất là|rằng|thể)$", re.IGNORECASE)
_DRESS: Final = re.compile(r"^[*_]+|[*_\s]+$")


def clauses_of(outline: Outline) -> Iterator[Clause]:
    """Yield preamble, units and closing of a finished outline in reading order."""
    above = f"{outline.prefix}." if outline.prefix else ""
    first = outline.units[0].start if outline.units else len(outline.paragraphs)
    if first:
        preamble = outline.text(0, first)
        yield Clause(path=f"{above}preamble", kind=ClauseKind.PREAMBLE, text=preamble)
    kinds: dict[str, ClauseKind] = {}
    for unit in outline.units:
        kinds[unit.path] = _kind(unit, kinds.get(unit.path.rpartition(".")[0]))
        text = outline.text(unit.start, unit.end)
        heading = _heading(outline, unit)
        yield Clause(path=unit.path, kind=kinds[unit.path], text=text, heading=heading)
    if outline.units and outline.closing < len(outline.paragraphs):
        text = outline.text(outline.closing, len(outline.paragraphs))
        yield Clause(path=f"{above}closing", kind=ClauseKind.CLOSING, text=text)


def _kind(unit: Unit, around: ClauseKind | None) -> ClauseKind:
    if unit.level <= Level.MUC or unit.mark.group:
        return ClauseKind.SECTION
    if unit.level == Level.ROW:
        return ClauseKind.ROW
    numbered = unit.level < Level.LETTER or unit.level == Level.BRACKETED
    return ClauseKind.CLAUSE if numbered and around is not ClauseKind.ITEM else ClauseKind.ITEM


def _heading(outline: Outline, unit: Unit) -> str | None:
    """Return the title of a section, clause or lettered point; None where it is all sentence."""
    if unit.mark.group:
        return outline.text(unit.start, unit.start + 1).removeprefix(f"{unit.mark.label}. ")
    if unit.level > Level.BRACKETED:
        return None
    own = outline.text(unit.start, unit.start + 1)
    text = next((mark.rest for mark in marks_of(own) if mark.level == unit.level), own)
    holds = unit.end > unit.start + 1
    if not text.strip("*_ ") and holds:
        text = outline.text(unit.start + 1, unit.start + 2)
    text = _DRESS.sub("", text)
    words = text.count(" ") + 1
    if holds and words <= MOST_HEADING and not ended(text):
        return text or None
    if unit.level >= Level.LETTER:
        return None
    head, colon, rest = text.partition(":")
    short = head.count(" ") < MOST_INLINE_HEADING and not _ANNOUNCES.search(head)
    short = short and head.count("(") == head.count(")")
    if colon and short and (not rest or rest.lstrip("* _")[:1].isupper()) and not ended(head):
        return _DRESS.sub("", head.strip()) or None
    only = unit.level <= Level.MUC and words <= MOST_HEADING
    return text.rstrip(".:") or None if only else None
