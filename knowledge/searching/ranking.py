"""Order the candidates of a question: a weighted sum of features, then room for other articles."""

from collections import Counter
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
"""Weights of a logistic choice, fitted by benchmarks/weights.py on questions typed with diacritics,
without and with slips: on held-out fifths .880/.940, .880/.930 and .880/.927 recall@1/@3."""

SAME_GROUP: Final = 2.0
"""Taken from the score of a passage for each better one of its clause, or of its article where the
file is one article of a law: it continues what was found, and others may answer otherwise."""

SAME_ARTICLE: Final = 1.0
"""The same for each better one of its article, or of its document if that is short. Together they
raised recall@3 by file from .930 to .937 on the public legal set, and cost one of 120 questions on
five directives, whose passages compete; at 2 they cost more than they gave."""


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
    """Return the candidates, best first; each later one of a group or article steps back."""
    scored = [
        Ranked(candidate=candidate, fit=fit, score=score(fit))
        for candidate, fit in zip(candidates, fits, strict=True)
    ]
    scored.sort(key=lambda item: -item.score)
    groups: Counter[int] = Counter()
    articles: Counter[int] = Counter()
    apart: list[Ranked] = []
    for item in scored:
        group, article = item.candidate.group, item.candidate.article_place
        less = SAME_GROUP * groups[group] + SAME_ARTICLE * articles[article]
        groups[group] += 1
        articles[article] += 1
        apart.append(Ranked(candidate=item.candidate, fit=item.fit, score=item.score - less))
    return sorted(apart, key=lambda item: -item.score)
