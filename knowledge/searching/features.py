"""How well a passage fits a question, in features that a weighted sum then ranks by."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from rapidfuzz import fuzz

from knowledge.searching.query import Asked

WINDOW_SYLLABLES: Final = 20
"""Width in which the question's words should stand together: 15 and 20 did best of 15…60 on the
public legal set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that the first stage proposes, in folded ids.

    `article` and `unit` are BM25 scores of its article and best unit; `series` the mean of its
    series' best articles. `unit_ids` hold the heading (`lead` ids) before the paragraph.
    """

    place: int
    article_place: int
    group: int
    article: float
    unit: float
    series: float
    ids: Sequence[int]
    lead: Sequence[int]
    unit_ids: Sequence[int]
    context_ids: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The features of one candidate; each about 0…1, scores relative to the best first stage."""

    article: float
    unit: float
    shortness: float
    """1 / ln(syllables of the best unit + 10): a short paragraph that fits says little else."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What all candidates of one question are held against."""

    asked: Asked
    weight_of: dict[int, float]
    """Folded id of each of the question's syllables to idf times frame weight; -1 the unknown."""
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
            shortness=1 / log(len(candidate.unit_ids) + 10),
            series=candidate.series / self.best,
            window=self.densest([*candidate.lead, *candidate.ids]),
            heading=self.heading(candidate.lead),
            likeness=fuzz.partial_ratio(self.asked.text, text, processor=None) / 100,
        )

    def densest(self, ids: Sequence[int]) -> float:
        """Return the largest share of the question's weight in WINDOW_SYLLABLES neighbours."""
        inside: deque[tuple[int, int]] = deque()
        count: dict[int, int] = {}
        mass = best = 0.0
        for at, syllable in enumerate(ids):
            weight = self.weight_of.get(syllable)
            if weight is None:
                continue
            inside.append((at, syllable))
            count[syllable] = count.get(syllable, 0) + 1
            if count[syllable] == 1:
                mass += weight
            while inside[0][0] <= at - WINDOW_SYLLABLES:
                _, gone = inside.popleft()
                count[gone] -= 1
                if not count[gone]:
                    mass -= self.weight_of[gone]
            best = max(best, mass)
        return best / self.total

    def heading(self, lead: Sequence[int]) -> float:
        """Return the share of a heading's pairs (its one syllable) that the question holds."""
        pairs = set(pairwise(lead))
        if not pairs:
            return float(bool(lead) and lead[0] in self.weight_of)
        total = sum(self.pair_weight[pair] for pair in pairs)
        return sum(self.pair_weight[pair] for pair in pairs & self.pairs) / total

    def coverage(self, ids: Iterable[int]) -> float:
        """Return the share of the question's weight whose syllables are among `ids`."""
        held = set(ids)
        found = sum(weight for syllable, weight in self.weight_of.items() if syllable in held)
        return found / self.total

    def expanded(self, ids: Sequence[int]) -> float:
        """Return the same, words also being covered by an expansion that stands in the text."""
        held = set(ids)
        runs = set(pairwise(ids))
        share = {syllable: float(syllable in held) for syllable in self.weight_of}
        for words, stands_for, weight in self.asked.expansions:
            if words and _stands(words, held, runs):
                for syllable in stands_for & share.keys():
                    share[syllable] = max(share[syllable], weight)
        found = sum(self.weight_of[syllable] * part for syllable, part in share.items())
        return found / self.total

    def paired(self, ids: Sequence[int]) -> float:
        """Return the share of the question's pairs that stand as neighbours in `ids`."""
        total = sum(self.pair_weight[pair] for pair in self.pairs)
        runs = set(pairwise(ids))
        return sum(self.pair_weight[pair] for pair in self.pairs & runs) / total if total else 0.0


def _stands(words: Sequence[int], held: set[int], runs: set[tuple[int, int]]) -> bool:
    if len(words) == 1:
        return words[0] in held
    return all(pair in runs for pair in pairwise(words))
