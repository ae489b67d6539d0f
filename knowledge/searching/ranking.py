"""Order the candidates of a question: a weighted sum of features, then room for other articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.searching.features import Candidate, Fit

WEIGHTS: Final = Fit(
    article=10.36,
    unit=10.04,
    shortness=19.94,
    series=3.12,
    window=5.17,
    heading=0.79,
    likeness=5.76,
)
"""Weights of a logistic choice, fitted by benchmarks/fitting.py on questions typed with diacritics,
without and with slips: on held-out fifths .880/.940, .880/.930 and .880/.927 recall@1/@3."""

SAME_GROUP: Final = 2.0
"""Taken from the score of a passage for each better one of its clause, or of its article where the
file is one article of a law: it continues what was found, and others may answer otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate with its features and its score."""

    candidate: Candidate
    fit: Fit
    score: float


def score(fit: Fit) -> float:
    """Return the weighted sum of the features."""
    pairs = zip(WEIGHTS.values(), fit.values(), strict=True)
    return sum(weight * value for weight, value in pairs)


def ranked(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[Ranked]:
    """Return the candidates, best first; each after the first of a group steps back a little."""
    scored = [
        Ranked(candidate=candidate, fit=fit, score=score(fit))
        for candidate, fit in zip(candidates, fits, strict=True)
    ]
    scored.sort(key=lambda item: -item.score)
    taken: dict[int, int] = {}
    apart: list[Ranked] = []
    for item in scored:
        before = taken.get(item.candidate.group, 0)
        taken[item.candidate.group] = before + 1
        less = SAME_GROUP * before
        apart.append(Ranked(candidate=item.candidate, fit=item.fit, score=item.score - less))
    return sorted(apart, key=lambda item: -item.score)
