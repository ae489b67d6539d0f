"""Cut a directive into verbatim passages that can be quoted whole, each with its context."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.model import Clause, ClauseKind, Directive
from knowledge.searching.values import Passage

PASSAGE_CHARACTERS: Final = 1_500
"""Longest passage: what an answer may quote."""
OVERLAP_CHARACTERS: Final = 300
"""What two neighbouring pieces of one long text share: 25 words of Vietnamese are below 250
characters, so that a quotation of that length lies whole in one of them."""
SMALL_CHARACTERS: Final = 150
"""Items shorter than this say little alone and are quoted with those around them."""
_BREAKS: Final = tuple(re.compile(p) for p in (r"\n", r"(?<=[.;:])\s", r"(?<=,)\s", r"\s"))


def windows(text: str) -> Iterator[str]:
    """Yield `text` in pieces of at most PASSAGE_CHARACTERS that overlap, cut between sentences."""
    start = 0
    while len(text) - start > PASSAGE_CHARACTERS:
        end = _cut(text, start + PASSAGE_CHARACTERS // 2, start + PASSAGE_CHARACTERS)
        yield text[start:end].strip()
        back = max(end - OVERLAP_CHARACTERS, start + 1)
        start = _word_start(text, back, end)
    yield text[start:].strip()


def _cut(text: str, low: int, high: int) -> int:
    """Return the last good place to cut in `low`…`high`: a line's end, a sentence's, a word's."""
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, low, high)]
        if ends:
            return ends[-1]
    return high


def _word_start(text: str, low: int, high: int) -> int:
    space = re.compile(r"\s+").search(text, low, high)
    return space.end() if space else low


@dataclass(frozen=True, slots=True)
class _Piece:
    """A verbatim piece before it is numbered: whose it is, and the headings above it."""

    clause: str
    text: str
    headings: tuple[str, ...]
    article: str


def passages(directive: Directive) -> list[Passage]:
    """Return the passages of `directive` in reading order.

    Every run of 25 words of a clause, footnote or printed block lies whole in one of them.
    """
    header = directive.header
    blocks = (
        ("header", header.heading_text),
        ("addressed_to", header.addressed_text),
    )
    ends = (
        ("recipients", header.recipients_text),
        ("signature", header.signature_text),
    )
    pieces = [*_blocks(blocks), *_clause_pieces(directive.clauses)]
    pieces += _blocks(("footnote", note.text) for note in directive.footnotes)
    pieces += _blocks(ends)
    about = title_of(directive)
    named = [part for part in (header.number, header.issuer) if part]
    return [
        Passage(
            file=directive.file,
            clause=piece.clause,
            text=piece.text,
            context="\n".join([*about, *named, *piece.headings]),
            ordinal=ordinal,
            article=piece.article,
        )
        for ordinal, piece in enumerate(pieces)
    ]


def title_of(directive: Directive) -> tuple[str, ...]:
    """Return the title in its parts, the widest first: a law's name, then its article's title.

    Where no title was read, the first lines of the head stand in for it.
    """
    header = directive.header
    if header.title:
        return tuple(part for part in header.title.split(": ") if part.strip())
    return tuple((header.heading_text or "").split("\n")[:2]) if header.heading_text else ()


def _blocks(blocks: Iterable[tuple[str, str | None]]) -> list[_Piece]:
    pieces = ((name, part) for name, text in blocks if text for part in windows(text))
    return [_Piece(name, part, (), name) for name, part in pieces if part]


def _clause_pieces(clauses: Sequence[Clause]) -> Iterator[_Piece]:
    """Walk the outermost clauses; `clauses` holds each before those it contains."""
    at = 0
    while at < len(clauses):
        end = _end(clauses, at)
        yield from _cut_clause(clauses[at:end], (), clauses[at].path)
        at = end


def _end(clauses: Sequence[Clause], at: int) -> int:
    """Return where the units inside `clauses[at]` end."""
    inside = clauses[at].path + "."
    end = at + 1
    while end < len(clauses) and clauses[end].path.startswith(inside):
        end += 1
    return end


def _cut_clause(
    clauses: Sequence[Clause], headings: tuple[str, ...], article: str
) -> Iterator[_Piece]:
    """Yield the passages of `clauses[0]`, the rest of `clauses` being the units inside it."""
    clause = clauses[0]
    section = clause.kind is ClauseKind.SECTION and len(clauses) > 1
    if len(clause.text) <= PASSAGE_CHARACTERS and not section:
        if clause.text.strip():
            yield _Piece(clause.path, clause.text, headings, article)
        return
    if len(clauses) == 1:
        for part in windows(clause.text):
            yield _Piece(clause.path, part, headings, article)
        return
    below = (*headings, clause.heading) if clause.heading else headings
    yield from _cut_between(clauses, below, article)


def _cut_between(
    clauses: Sequence[Clause], headings: tuple[str, ...], article: str
) -> Iterator[_Piece]:
    """Yield the units inside a clause, and with them the text that stands between them.

    Small neighbours join; text that belongs to no inner unit goes under the clause's own path.
    """
    outer = clauses[0]
    held: list[_Piece] = []
    place = 0
    at = 1
    while at < len(clauses):
        end = _end(clauses, at)
        start = outer.text.find(clauses[at].text, place)
        if start < 0:
            held += _cut_clause(clauses[at:end], headings, article)
            at = end
            continue
        held += _own(outer.path, outer.text[place:start], headings, article)
        held += _cut_clause(clauses[at:end], headings, article)
        place, at = start + len(clauses[at].text), end
    held += _own(outer.path, outer.text[place:], headings, article)
    yield from _joined(held, outer.path)


def _own(path: str, text: str, headings: tuple[str, ...], article: str) -> list[_Piece]:
    return [_Piece(path, part, headings, article) for part in windows(text.strip()) if part]


def _joined(pieces: Sequence[_Piece], outer: str) -> Iterator[_Piece]:
    """Join a small piece to the one after it (the last to the one before) while both fit."""
    waiting: _Piece | None = None
    for piece in pieces:
        if waiting is None:
            waiting = piece
        elif _small(waiting, piece) and _fits(waiting, piece):
            path = _path(waiting, piece, outer)
            waiting = _Piece(path, f"{waiting.text}\n{piece.text}", piece.headings, piece.article)
        else:
            yield waiting
            waiting = piece
    if waiting is not None:
        yield waiting


def _path(first: _Piece, second: _Piece, outer: str) -> str:
    """Return the inner path where the other piece is only the outer unit's own line."""
    if first.clause == outer:
        return second.clause
    return first.clause if second.clause == outer else outer


def _small(first: _Piece, second: _Piece) -> bool:
    return min(len(first.text), len(second.text)) < SMALL_CHARACTERS


def _fits(first: _Piece, second: _Piece) -> bool:
    return len(first.text) + len(second.text) < PASSAGE_CHARACTERS
