"""Turn a query into weighted n-grams of the library, and into what passages are held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.searching.columns import gram_key
from knowledge.searching.corpus import Syllabary
from knowledge.searching.diacritics import Restorer
from knowledge.searching.frames import frame_weights
from knowledge.searching.spelling import Speller, Word
from knowledge.searching.values import Query
from vietnamese.text import comparable, fold, has_diacritics, syllables

GRAM_WEIGHTS: Final = (1.0, 0.7, 0.3)
"""Weights of one, two and three syllables: against 1, 1, 1 recall@3 rose from .903 to .917 on the
public legal set, with frames weighed down."""
MOST_WORDS: Final = 200
"""Syllables of a question that are looked at; Telegram lets through some 900."""

MOST_REMEMBERED: Final = 10_000
"""Wordings; the thesaurus writes some 3,000."""

Grams = dict[int, float]
"""Key of an n-gram to its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query in the ids of a library.

    `exact` are single syllables with their diacritics, `bare` n-grams without, by length from 1.
    `words` are the folded ids of the question in order, -1 where the library lacks the syllable,
    with `weights`; `text` is the question, mended, without diacritics.
    """

    exact: Grams
    bare: tuple[Grams, Grams, Grams]
    words: tuple[int, ...]
    weights: tuple[float, ...]
    text: str


class Wordings:
    """Other words as the library writes them; remembered, as the same ones come again."""

    def __init__(self, speller: Speller, restorer: Restorer) -> None:
        self._speller = speller
        self._restorer = restorer
        self._known: dict[str, tuple[Word, ...]] = {}

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of `text` as the library writes them."""
        found = self._known.get(text)
        if found is None:
            plain = not has_diacritics(text)
            as_typed = self._speller.find(syllables(comparable(text)))
            found = tuple(self._restorer.restore(as_typed, plain=plain))
            if len(self._known) < MOST_REMEMBERED:
                self._known[text] = found
        return found


def read_query(
    query: Query, syllabary: Syllabary, speller: Speller, restorer: Restorer, wordings: Wordings
) -> Asked:
    """Read what was typed; without any diacritics it is read as typed without them."""
    typed = syllables(comparable(query.text))[:MOST_WORDS]
    plain = not has_diacritics(query.text)
    words = restorer.restore(speller.read(typed), plain=plain)
    weights = frame_weights([_written(word, syllabary) for word in words])
    exact: Grams = {}
    bare: tuple[Grams, Grams, Grams] = ({}, {}, {})
    _gather(words, weights, (exact, bare))
    for expansion in query.expansions:
        other = wordings.words(expansion.text)
        _gather(other, [expansion.weight] * len(other), (exact, bare))
    return Asked(
        exact=exact,
        bare=bare,
        words=tuple(-1 if word.bare is None else word.bare for word in words),
        weights=tuple(weights),
        text=" ".join(_shown(word, syllabary) for word in words),
    )


def _written(word: Word, syllabary: Syllabary) -> str:
    return word.typed if word.written is None else syllabary.written[word.written]


def _shown(word: Word, syllabary: Syllabary) -> str:
    return fold(word.typed) if word.bare is None else syllabary.folded[word.bare]


def _gather(
    words: Sequence[Word],
    weights: Sequence[float],
    into: tuple[Grams, tuple[Grams, Grams, Grams]],
) -> None:
    """Add the n-grams of `words`; one that is there already keeps the higher weight."""
    exact, bare = into
    for word, weight in zip(words, weights, strict=True):
        if word.written is not None:
            _put(exact, (word.written,), weight)
        elif word.bare is not None:
            _put(bare[0], (word.bare,), weight)
    for length in (2, 3):
        for at in range(len(words) - length + 1):
            ids = tuple(word.bare for word in words[at : at + length] if word.bare is not None)
            if len(ids) == length:
                weight = min(weights[at : at + length]) * GRAM_WEIGHTS[length - 1]
                _put(bare[length - 1], ids, weight)


def _put(grams: Grams, ids: tuple[int, ...], weight: float) -> None:
    key = gram_key(ids)
    grams[key] = max(grams.get(key, 0.0), weight)
