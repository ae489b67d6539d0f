"""Fit the judgement that says "không tìm thấy", cross-validated; print the data file it rests on.

Two sets and two libraries give four kinds of case: each question over its own documents, and legal
questions over documents that do not speak of them.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import legal
from benchmarks.answers import holds, questions_of
from knowledge.answering.confidence import features
from knowledge.answering.desk import Desk
from knowledge.answering.ranking import Ranked
from knowledge.answering.understanding import Reader
from knowledge.library import Library
from knowledge.searching.passages import passages
from knowledge.vocabulary import shipped_vocabulary

FOLDS: Final = 10
RIDGE: Final = 2.0
"""Pull of the coefficients towards 0; .3 gave the same cross-validated figures, less evenly."""
WEIGHTS: Final = {
    ("officers", True): 100.0,
    ("officers", False): 50.0,
    ("legal, elsewhere", False): 50.0,
    ("legal", True): 30.0,
}
"""What each kind of case counts for in all; officers' own questions count most."""
MOST_DECLINED: Final = 0.03
"""Share of answerable questions of officers that the threshold may cost, in cross-validation."""

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question over a library: what the judgement sees, and whether the answer was there."""

    kind: str
    text: str
    seen: dict[str, float]
    right: bool


def cases(
    folder: Path,
    cache: Path,
    kind: str,
    asked: Sequence[tuple[str, Callable[[Ranked], bool] | None]],
) -> list[Case]:
    """Search each question; those answered by a number, a place or small talk are left out."""
    vocabulary = shipped_vocabulary()
    reader = Reader(vocabulary)
    desk = Desk(Library.open([folder], cache), reader, vocabulary, passages)
    found = []
    for text, is_right in asked:
        question = reader.read(text)
        elsewhere = any(not desk.catalogue.names_place(place) for place in question.places)
        if question.small_talk or question.numbers or elsewhere:
            continue
        ranked = desk.ranked(question)
        if ranked:
            seen = features(ranked)
            right = is_right is not None and any(map(is_right, ranked[:3]))
            found.append(Case(kind=kind, text=text, seen=seen, right=right))
    return found


def _quoted(quotes: Sequence[str]) -> Callable[[Ranked], bool] | None:
    if not quotes:
        return None
    return lambda entry: any(holds(entry.passage.text, quote) for quote in quotes)


def _of_file(files: frozenset[str]) -> Callable[[Ranked], bool]:
    return lambda entry: entry.passage.file in files


def gather() -> list[Case]:
    """Search every question of both sets."""
    data = Path(os.environ.get("ACCEPTANCE_DATA", "../shared"))
    officers = [
        (asked.question, _quoted(asked.quotes))
        for asked in questions_of(data / "gold" / "questions.jsonl")
    ]
    lawyers = [(asked.text, _of_file(asked.files)) for asked in legal.questions()]
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        articles = legal.laid_out(room / "articles")
        return [
            *cases(data / "directives", room / "a", "officers", officers),
            *cases(
                data / "directives",
                room / "a",
                "legal, elsewhere",
                [(text, None) for text, _ in lawyers],
            ),
            *cases(articles, room / "b", "legal", lawyers),
        ]


def fit(seen: Row, right: Row, weights: Row) -> Row:
    """Return intercept and coefficients of a weighted ridge logistic regression, by Newton."""
    table = np.c_[np.ones(len(seen)), seen]
    ridge = np.eye(table.shape[1]) * RIDGE
    ridge[0, 0] = 0
    found = np.zeros(table.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (weights * (expected - right)) + ridge @ found
        curve = (table * (weights * expected * (1 - expected))[:, None]).T @ table + ridge
        found = found - np.linalg.solve(curve, slope)
    return found


def probability(found: Row, seen: Row) -> Row:
    """Return the probability of each row of features."""
    probabilities: Row = 1 / (1 + np.exp(-np.c_[np.ones(len(seen)), seen] @ found))
    return probabilities


def main() -> None:
    """Cross-validate, choose the threshold on what was held out, fit on all, print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    known = [case for case in gather() if (case.kind, case.right) in WEIGHTS]
    names = list(known[0].seen)
    seen = np.array([[case.seen[name] for name in names] for case in known])
    right = np.array([float(case.right) for case in known])
    groups = [(case.kind, case.right) for case in known]
    weights = np.array([WEIGHTS[group] / groups.count(group) for group in groups])
    fold = np.array([sum(map(ord, case.text)) % FOLDS for case in known])
    held_out = np.zeros(len(known))
    for at in range(FOLDS):
        rest = fold != at
        held_out[~rest] = probability(fit(seen[rest], right[rest], weights[rest]), seen[~rest])
    own = np.array([group == ("officers", True) for group in groups])
    threshold = float(np.quantile(held_out[own], MOST_DECLINED))
    for group in WEIGHTS:
        chosen = np.array([each == group for each in groups])
        declined = float((held_out[chosen] < threshold).mean())
        print(
            f"# {group[0]}, {'answer there' if group[1] else 'no answer'}: {declined:.3f} declined"
        )
    found = fit(seen, right, weights)
    print(f"intercept: {found[0]:.2f}")
    print(
        f"weights: {{{', '.join(f'{n}: {c:.2f}' for n, c in zip(names, found[1:], strict=True))}}}"
    )
    print(f"threshold: {threshold:.2f}")


if __name__ == "__main__":
    main()
