"""What goes into a search and what comes out of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a directive that can be quoted whole: verbatim, at most 1,500 characters.

    `clause` is the path of the clause the piece is of, or one of `header`, `addressed_to`,
    `recipients`, `signature`, `footnote`. `context` (title, number, issuer, headings above) is
    searched with less weight and never quoted. `ordinal` counts the passages of the file from 0.
    `article` is the path of the outermost clause around it: passages of one article compete.
    """

    file: str
    clause: str
    text: str
    context: str
    ordinal: int
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Other words for some of the question, at `weight` in (0, 1): below a literal match."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: the officer's words, and other words that may stand for them.

    `text` is the whole question in its own order, question words included: what neighbours what
    is half of the evidence, and the index itself lets question words weigh little. It may lack
    diacritics or hold slips of the keyboard; the index corrects them.
    """

    text: str
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found. `score` orders the hits; it depends on the question's length."""

    passage: Passage
    score: float
