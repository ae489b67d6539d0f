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
    """Other words for some of the question, at `weight` in (0, 1): below a literal match.

    `of` is the run of the question's words that they stand for, "" for none in particular: where
    a passage writes the expansion, those words count as covered at its weight.
    """

    text: str
    weight: float
    of: str = ""


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
class Signals:
    """How well a passage fits, in parts: what a judgement of "found or not" is calibrated on.

    All but `bm25` and `margin` lie in 0…1; shares are of the question's weight, each syllable (or
    pair of neighbours) weighing its inverse document frequency, so that common words hardly count.
    """

    bm25: float
    """The fused BM25 of passage and document, in nats of idf, before the second stage."""
    coverage: float
    """Share of the question's syllables that the passage holds, literal or by expansion."""
    literal: float
    """The same without expansions."""
    pairs: float
    """Share of the question's neighbouring syllable pairs that stand as neighbours in the text."""
    context: float
    """Share of the question's syllables that passage and context together hold."""
    likeness: float
    """RapidFuzz partial ratio of question and passage."""
    known: float
    """Share of the question's syllables that occur in the library at all."""
    margin: float
    """Score of this hit less that of the best hit of another document; 0 where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found. `score` orders the hits; it depends on the question's length."""

    passage: Passage
    score: float
    signals: Signals
