"""How well a passage fits a question, in features that a weighted sum then ranks by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from knowledge.searching.columns import Ids, Scores
from knowledge.searching.query import Asked

WINDOW_SYLLABLES: Final = 20
"""Width in which the question's words should stand together: 15 and 20 did best of 15…60 on the
public legal set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that the first stage proposes, in folded ids.

    `article` and `unit` are BM25 scores of its article and best unit; `series` the mean of its
    series' best articles. `unit_ids` hold the heading (`lead`) before the
    paragraph, `ids` all paragraphs after one heading.
    """

    place: int
    article_place: int
    group: int
    article: float
    unit: float
    series: float
    ids: Ids
    lead: Sequence[int]
    unit_ids: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The features of one candidate; each about 0…1, scores relative to the best first stage."""

    article: float
    unit: float
    shortness: float
    """1 / ln(syllables of the best unit + 10)."""
    series: float
    """Articles of the same law or file that also fit: the question is about that matter."""
    window: float
    """Share of the question's weight within the densest WINDOW_SYLLABLES of the passage."""
    heading: float
    """Share of the heading's pairs that the question holds: a question often is the heading."""
    likeness: float
    """RapidFuzz partial ratio of question and best unit."""

    def values(self) -> tuple[float, ...]:
        """Return the features in the order of the weights."""
        return (
            self.article,
            self.unit,
            self.shortness,
            self.series,
            self.window,
            self.heading,
            self.likeness,
        )


def shortness(syllables: int) -> float:
    """Return how short a paragraph is: the shorter, the less else it says."""
    return 1 / log(syllables + 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What all candidates of one question are held against."""

    asked: Asked
    weight_of: dict[int, float]
    """Folded id of each of the question's syllables to idf times frame weight; -1 the unknown."""
    weights: Scores
    """The same for every folded id of the library, 0 where the question lacks it."""
    pair_weight: Mapping[tuple[int, int], float]
    """Inverse document frequency of the pairs of neighbours in the question and in headings."""
    pairs: frozenset[tuple[int, int]]
    total: float
    text_of: Callable[[Sequence[int]], str]
    best: float
    """The highest first-stage score."""

    def fit(self, candidate: Candidate) -> Fit:
        """Measure one candidate."""
        text = self.text_of(candidate.unit_ids)
        return Fit(
            article=candidate.article / self.best,
            unit=candidate.unit / self.best,
            shortness=shortness(len(candidate.unit_ids)),
            series=candidate.series / self.best,
            window=self.densest(candidate.ids),
            heading=self.heading(candidate.lead),
            likeness=fuzz.partial_ratio(self.asked.text, text, processor=None) / 100,
        )

    def densest(self, ids: Ids) -> float:
        """Return the largest share of the question's weight in WINDOW_SYLLABLES neighbours."""
        places = np.flatnonzero(self.weights[ids])
        syllables = ids[places].tolist()
        weight_of = self.weight_of
        inside: dict[int, int] = {}
        mass = best = 0.0
        first = 0
        listed = places.tolist()
        for at, syllable in zip(listed, syllables, strict=True):
            if inside.get(syllable, -1) < 0:
                mass += weight_of[syllable]
            inside[syllable] = at
            while listed[first] <= at - WINDOW_SYLLABLES:
                gone = syllables[first]
                if inside[gone] == listed[first]:
                    mass -= weight_of[gone]
                    inside[gone] = -1
                first += 1
            best = max(best, mass)
        return best / self.total

    def heading(self, lead: Sequence[int]) -> float:
        """Return the share of a heading's pairs (its one syllable) that the question holds."""
        pairs = set(pairwise(lead))
        if not pairs:
            return float(bool(lead) and lead[0] in self.weight_of)
        total = sum(self.pair_weight[pair] for pair in pairs)
        return sum(self.pair_weight[pair] for pair in pairs & self.pairs) / total
