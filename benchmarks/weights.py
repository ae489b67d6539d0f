"""Fit the weights of the second stage on the public legal set, and cross-validate them.

    python -m benchmarks.weights

Prints recall@1/@3 on held-out questions for accented, bare and mistyped forms, and the weights to
put into knowledge/searching/ranking.py.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.legal import Question, laid_out, questions
from benchmarks.typos import mistyped
from knowledge.library import Library
from knowledge.searching import Query
from knowledge.searching.features import Fit
from vietnamese.text import fold

FOLDS: Final = 5
PENALTY: Final = 0.01
"""Weight of the squared norm of standardised weights."""
STEPS: Final = 300
FORMS: Final = ("accented", "bare", "mistyped")

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The candidates of one question: their features, and which of them are right."""

    features: Matrix
    right: npt.NDArray[np.bool_]
    articles: npt.NDArray[np.int64]


def _case(library: Library, question: Question, form: str) -> Case | None:
    typed = {"accented": question.text, "bare": fold(question.text)}.get(form)
    proposed = library.index.candidates(Query(text=typed or mistyped(question.text)))
    if proposed is None:
        return None
    candidates, yardstick = proposed
    files = [library.index.passage(candidate.place).file for candidate in candidates]
    return Case(
        features=np.array([yardstick.fit(candidate).values() for candidate in candidates]),
        right=np.array([file in question.files for file in files]),
        articles=np.array([candidate.article_place for candidate in candidates]),
    )


def fitted(cases: Sequence[Case]) -> Matrix:
    """Return weights that make some right candidate likely in a softmax over all (Adam)."""
    useful = [case for case in cases if case.right.any() and not case.right.all()]
    every = np.concatenate([case.features for case in useful])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    scaled = [((case.features - mean) / spread, case.right) for case in useful]
    weights = np.zeros(every.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = PENALTY * weights
        for features, right in scaled:
            likely = np.exp(features @ weights - (features @ weights).max())
            target = right * likely / (right * likely).sum()
            slope -= features.T @ (target - likely / likely.sum()) / len(scaled)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        size = np.sqrt(second / (1 - 0.99**step)) + 1e-8
        weights -= 0.1 * first / (1 - 0.9**step) / size
    fit: Matrix = weights / spread
    return fit


def hits(cases: Sequence[Case], weights: Matrix) -> Matrix:
    """Return in how many cases the right article is the first, and among the first three."""
    found = np.zeros(2)
    for case in cases:
        order = np.argsort(-(case.features @ weights), kind="stable")
        _, firsts = np.unique(case.articles[order], return_index=True)
        right = case.right[order[np.sort(firsts)[:3]]]
        found += (right[:1].any(), right.any())
    return found


def cross_validated(cases: dict[str, list[Case]], columns: list[int]) -> dict[str, Matrix]:
    """Return recall@1/@3 of each form, every question judged by weights fitted on others."""
    total = {form: np.zeros(2) for form in FORMS}
    count = len(cases["accented"])
    order = np.random.default_rng(0).permutation(count)
    for part in range(FOLDS):
        held = set(order[part::FOLDS].tolist())
        training = [
            _only(cases[form][at], columns)
            for form in FORMS
            for at in range(count)
            if at not in held
        ]
        weights = fitted(training)
        for form in FORMS:
            total[form] += hits([_only(cases[form][at], columns) for at in held], weights)
    return {form: found / count for form, found in total.items()}


def _only(case: Case, columns: list[int]) -> Case:
    return Case(features=case.features[:, columns], right=case.right, articles=case.articles)


def main() -> None:
    """Gather, cross-validate with and without each feature, fit on all, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    asked = questions()
    with tempfile.TemporaryDirectory() as scratch:
        library = Library.open([laid_out(Path(scratch) / "files")], Path(scratch) / "cache")
        gathered = [[_case(library, question, form) for form in FORMS] for question in asked]
    whole = [[case for case in row if case is not None] for row in gathered]
    whole = [row for row in whole if len(row) == len(FORMS)]
    cases = {form: [row[at] for row in whole] for at, form in enumerate(FORMS)}
    names = [field.name for field in fields(Fit)]
    share = len(whole) / len(asked)
    trials = {"all": list(range(len(names)))}
    trials |= {
        f"without {name}": [n for n in range(len(names)) if names[n] != name] for name in names
    }
    for trial, columns in trials.items():
        found = cross_validated(cases, columns)
        shown = "  ".join(
            f"{form} {v[0] * share:.3f}/{v[1] * share:.3f}" for form, v in found.items()
        )
        print(f"{trial:20} {shown}")
    weights = fitted([case for form in FORMS for case in cases[form]])
    print({name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)})


if __name__ == "__main__":
    main()
