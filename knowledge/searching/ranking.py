"""Order the candidates of a question: a weighted sum of features, then room for other articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.searching.features import Candidate, Fit

WEIGHTS: Final = Fit(
    article=9.27,
    unit=9.78,
    shortness=22.27,
    series=0.95,
    window=6.31,
    heading=0.95,
    likeness=5.39,
)
"""Logistic choice weights, fitted and cross-validated (5 folds) by benchmarks/fitting.py."""

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
