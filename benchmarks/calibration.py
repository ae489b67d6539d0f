"""Fit the order of what was found and how sure it is; cross-validate; print judgement.yaml.

    python -m benchmarks.calibration

Cases are officers' questions over the directives, legal questions over the articles, legal
questions over the directives (which do not speak of their matters), and each question once more
with the documents that answer it left out. Held out are fifths of the questions, or of documents.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import legal
from benchmarks.answers import SETS, holds, questions_of
from benchmarks.typos import mistyped
from benchmarks.weights import Case as Choice
from benchmarks.weights import fitted
from knowledge.answering.certainty import features
from knowledge.answering.desk import LOOKED_AT, Desk
from knowledge.answering.documents import described
from knowledge.answering.facts_held import holding_passages
from knowledge.answering.judgement import judgement
from knowledge.answering.ranking import Ranked, marks_of
from knowledge.answering.understanding import Question, Reader
from knowledge.library import Library
from knowledge.searching import Passage
from knowledge.searching.passages import passages
from knowledge.vocabulary import shipped_vocabulary
from vietnamese.text import fold

FOLDS: Final = 5
RIDGE: Final = 1.0
"""Pull of the coefficients of standardised features towards 0."""
SEARCHED: Final = 16
"""Passages searched, so that enough are left where the right documents are left out."""
WEIGHTS: Final = {
    ("officers", True): 100.0,
    ("officers", False): 20.0,
    ("officers, no answer", False): 70.0,
    ("officers, left out", False): 40.0,
    ("legal, elsewhere", False): 25.0,
    ("legal", True): 40.0,
    ("legal", False): 15.0,
    ("legal, left out", False): 30.0,
}
"""What each kind of case counts for in all; officers' own questions count most."""
MOST_MISLED: Final = 0.05
"""Share of officers' questions without an answer that may be answered as if sure, held out: the
bar is .05."""
MOST_LOST: Final = 0.01
"""Share of officers' questions with a right passage shown that may be declined, held out; the
bar is .03, and no rule was written for the words of others."""

Row = NDArray[np.float64]
Right = Callable[[Passage], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One passage found: the search's score, its marks, and whether it answers."""

    passage: Passage
    score: float
    marks: Mapping[str, float]
    right: bool

    def total(self) -> float:
        """Return what orders it by the shipped weights."""
        return self.score + sum(judgement().order[name] * v for name, v in self.marks.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question over a library, and what was found for it, in the search's order."""

    kind: str
    text: str
    found: tuple[Found, ...]
    seen: Mapping[str, float]
    right: bool
    holds: bool
    """Whether the first passage holds the kind of fact asked for; else the case is never sure."""

    def document(self) -> str:
        """Return the document that answers, or the nearest one; of a law, all its articles."""
        best = next((one for one in self.found if one.right), self.found[0])
        return best.passage.file.partition("@")[0]


class Gatherer:
    """Searches one library as the product does."""

    def __init__(self, folder: Path, cache: Path) -> None:
        vocabulary = shipped_vocabulary()
        self._library = Library.open([folder], cache)
        self._reader = Reader(vocabulary)
        self._desk = Desk(self._library, self._reader, vocabulary, passages)

    def cases(self, kind: str, text: str, right: Right | None) -> list[Case]:
        """Return a question's case, and the one with its documents left out.

        Questions answered by a number, a place or small talk are looked up, not judged.
        """
        question = self._reader.read(text)
        catalogue = self._desk.catalogue
        if question.small_talk or question.numbers or not question.words:
            return []
        if any(not catalogue.names_place(place) for place in question.places):
            return []
        found = self._found(question, right or (lambda _: False))
        whole = self._judged(kind if right else f"{kind}, no answer", question, found)
        answering = {one.passage.file for one in found if one.right}
        rest = [one for one in found if one.passage.file not in answering]
        out = self._judged(f"{kind}, left out", question, rest) if answering else None
        return [case for case in (whole, out) if case is not None]

    def _found(self, question: Question, right: Right) -> list[Found]:
        catalogue = self._desk.catalogue
        hits = self._library.search(question.query(), SEARCHED)
        scope = described(question, catalogue, {hit.passage.file for hit in hits})
        charged = self._desk.charged(question)
        return [
            Found(
                passage=hit.passage,
                score=hit.score,
                marks={
                    **marks_of(question, catalogue, hit.passage),
                    "scope": float(hit.passage.file in scope),
                    "charged": float(hit.passage in charged),
                },
                right=right(hit.passage),
            )
            for hit in hits
        ]

    def _judged(self, kind: str, question: Question, found: Sequence[Found]) -> Case | None:
        looked = found[:LOOKED_AT]
        if not looked:
            return None
        ordered = sorted(looked, key=lambda one: -one.total())
        ranked = [Ranked(passage=one.passage, score=one.total()) for one in ordered]
        holding = holding_passages(question, self._desk.catalogue, ranked[:1])
        return Case(
            kind=kind,
            text=question.typed,
            found=tuple(looked),
            seen=features(question, self._desk.catalogue, ranked),
            right=any(one.right for one in ordered[:3]),
            holds=bool(holding),
        )


def gather() -> list[Case]:
    """Search every question of the sets, in each form in which it may be typed."""
    data = Path(os.environ.get("ACCEPTANCE_DATA", "../shared"))
    found: list[Case] = []
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        directives = Gatherer(data / "directives", room / "a")
        for path in (path(data) for path in SETS.values()):
            for asked in questions_of(path):
                right = _quoted(asked.quotes)
                for text in _forms(asked.question):
                    found += directives.cases("officers", text, right)
        articles = Gatherer(legal.laid_out(room / "articles"), room / "b")
        for question in legal.questions():
            elsewhere = directives.cases("legal", question.text, None)
            found += [replace(case, kind="legal, elsewhere") for case in elsewhere]
            for text in _forms(question.text):
                found += articles.cases("legal", text, _of_file(question.files))
    return [case for case in found if (case.kind, case.right) in WEIGHTS]


def _forms(text: str) -> list[str]:
    """Return a question as it is, without diacritics and mistyped; what is alike once."""
    return list(dict.fromkeys((text, fold(text), mistyped(text))))


def _quoted(quotes: Sequence[str]) -> Right | None:
    if not quotes:
        return None
    return lambda passage: any(holds(passage.text, quote) for quote in quotes)


def _of_file(files: frozenset[str]) -> Right:
    return lambda passage: passage.file in files


def order_weights(cases: Sequence[Case]) -> dict[str, float]:
    """Fit what each mark is worth on the scale of the search's score."""
    names = list(judgement().order)
    choices = [
        Choice(
            features=np.array([[f.score, *(f.marks.get(n, 0) for n in names)] for f in case.found]),
            right=np.array([one.right for one in case.found]),
            articles=np.zeros(len(case.found), np.int64),
        )
        for case in cases
        if case.kind in ("officers", "legal")
    ]
    score, *weights = fitted(choices).tolist()
    return {name: weight / score for name, weight in zip(names, weights, strict=True)}


def fit(seen: Row, right: Row, weights: Row) -> Row:
    """Return intercept and coefficients of a weighted ridge logistic regression, by Newton."""
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    table = np.c_[np.ones(len(seen)), (seen - mean) / spread]
    ridge = np.eye(table.shape[1]) * RIDGE
    ridge[0, 0] = 0
    found = np.zeros(table.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (weights * (expected - right)) + ridge @ found
        curve = (table * (weights * expected * (1 - expected))[:, None]).T @ table + ridge
        found = found - np.linalg.solve(curve, slope)
    plain: Row = found[1:] / spread
    whole: Row = np.r_[found[0] - plain @ mean, plain]
    return whole


def probability(found: Row, seen: Row) -> Row:
    """Return the probability of each row of features."""
    probabilities: Row = 1 / (1 + np.exp(-np.c_[np.ones(len(seen)), seen] @ found))
    return probabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cases as arrays."""

    groups: Sequence[tuple[str, bool]]
    seen: Row
    right: Row
    weights: Row
    holds: NDArray[np.bool_]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "Table":
        """Lay the cases out; each kind of case has its weight in all."""
        groups = [(case.kind, case.right) for case in cases]
        return cls(
            groups=groups,
            seen=np.array([list(case.seen.values()) for case in cases]),
            right=np.array([float(case.right) for case in cases]),
            weights=np.array([WEIGHTS[group] / groups.count(group) for group in groups]),
            holds=np.array([case.holds for case in cases]),
        )

    def of_group(self, *group: tuple[str, bool]) -> NDArray[np.bool_]:
        """Tell which cases are of these groups."""
        return np.array([each in group for each in self.groups])

    def held_out(self, keys: Sequence[str]) -> Row:
        """Return each case's probability by a fit on the cases with keys of other folds."""
        fold_of = np.array([sum(map(ord, key)) % FOLDS for key in keys])
        judged = np.zeros(len(keys))
        for at in range(FOLDS):
            rest = fold_of != at
            found = fit(self.seen[rest], self.right[rest], self.weights[rest])
            judged[~rest] = probability(found, self.seen[~rest])
        return judged


def bounds(table: Table, judged: Row) -> tuple[float, float]:
    """Return the bounds of sure and of none that keep what is misled and what is lost."""
    mistakable = np.where(table.holds, judged, 0.0)
    unanswerable = mistakable[table.of_group(("officers, no answer", False))]
    answered = judged[table.of_group(("officers", True))]
    sure = float(np.quantile(unanswerable, 1 - MOST_MISLED))
    return sure, min(float(np.quantile(answered, MOST_LOST)), sure)


def print_held_out(name: str, table: Table, judged: Row, sure: float, none: float) -> None:
    """Print, for each kind of case, the shares said to be sure, uncertain and none."""
    print(f"# held out by {name}: sure / uncertain / none")
    for group in WEIGHTS:
        chosen = table.of_group(group)
        if chosen.any():
            said = table.holds[chosen] & (judged[chosen] >= sure)
            shares = (said.mean(), (judged[chosen] < none).mean())
            middle = 1 - shares[0] - shares[1]
            what = "right in three" if group[1] else "wrong"
            print(
                f"#   {group[0]}, {what} ({chosen.sum()}): "
                f"{shares[0]:.3f} / {middle:.3f} / {shares[1]:.3f}"
            )


def main() -> None:
    """Cross-validate, choose the bounds on what was held out, fit on all, print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    cases = gather()
    table = Table.of(cases)
    by_question = table.held_out([fold(case.text) for case in cases])
    by_document = table.held_out([case.document() for case in cases])
    sure, none = bounds(table, by_question)
    print_held_out("question", table, by_question, sure, none)
    print_held_out("document", table, by_document, sure, none)
    found = fit(table.seen, table.right, table.weights).tolist()
    order = order_weights(cases)
    print("order:")
    print("\n".join(f"  {name}: {weight:.1f}" for name, weight in order.items()))
    print(f"intercept: {found[0]:.2f}\ncertainty:")
    for name, weight in zip(cases[0].seen, found[1:], strict=True):
        print(f"  {name}: {weight:.2f}")
    print(f"sure: {sure:.2f}\nnone: {none:.2f}")


if __name__ == "__main__":
    main()
