"""Order the passages found by the search's score and by the kind of fact a question asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.answering import expected
from knowledge.answering.catalogue import PARTS, Catalogue
from knowledge.answering.cues import asks_how_often
from knowledge.answering.fit import Measure
from knowledge.answering.judgement import judgement
from knowledge.answering.understanding import Question
from knowledge.answering.values import PARTS_OF, QuestionKind
from knowledge.numbers import find_numbers
from knowledge.searching import Passage

_FIT_SPREAD: Final = 10.0
"""What a full fit is ahead of none by, on the scale of the search's score: for passages that were
looked up by a number, which the search has not scored."""
_ASKS_FOR_A_PAPER: Final = re.compile(
    r"(chi thi|cong van|ke hoach|nghi quyet|ket luan|quyet dinh|quy dinh|huong dan|van ban|thong tu"
    r"|nghi dinh|chuong trinh|luat) (?:nao|gi|so may)"
)
_ASKS_FOR_A_PERIOD: Final = re.compile(
    r"keo dai|giai doan|(?:den|toi) (?:bao gio|nam nao|khi nao)|tu nam nao|may den may|thoi ky nao"
)
_LEADS: Final = re.compile(r"chu tri|tham muu|giao |chiu trach nhiem|phu trach|huong dan|don doc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A passage and the score that orders it, on the scale of the search."""

    passage: Passage
    score: float


def measure_of(question: Question, catalogue: Catalogue) -> Measure:
    """Return what passages are measured against for a question."""
    return Measure(
        question.words,
        question.wordings,
        catalogue.weigh,
        catalogue.knows,
        bare=question.bare,
        joined=question.joined,
    )


def ranked(
    question: Question,
    catalogue: Catalogue,
    found: Mapping[Passage, float],
    *,
    scope: frozenset[str] = frozenset(),
    charged: frozenset[Passage] = frozenset(),
) -> list[Ranked]:
    """Order passages with the search's scores, best first.

    `scope` are the documents that the question describes, `charged` the passages that charge the
    unit whose duties it asks for. What states nothing of a matter comes after all that does.
    """
    entries = []
    for passage, score in found.items():
        marks = marks_of(question, catalogue, passage)
        marks["scope"] = float(passage.file in scope)
        marks["charged"] = float(passage in charged)
        entries.append(Ranked(passage=passage, score=score + sum(_worth(marks))))
    return _matter_first(question, catalogue, _clauses_first(question, entries))


def _matter_first(
    question: Question, catalogue: Catalogue, entries: Sequence[Ranked]
) -> list[Ranked]:
    """Let a preamble that comes first give way to a clause of its document that says as much.

    Of other documents it would cost the legal set .015 at first place, and gain officers nothing.
    """
    first, *rest = entries or (None,)
    if first is None or first.passage.clause != _PREAMBLE:
        return list(entries)
    measure = measure_of(question, catalogue)
    said = measure.fit(catalogue.text(first.passage)).total
    for entry in rest[:_NEXT]:
        is_clause = entry.passage.clause not in PARTS | {_PREAMBLE}
        beside = is_clause and entry.passage.file == first.passage.file
        if beside and measure.fit(catalogue.text(entry.passage)).total >= said:
            return [entry, first, *(other for other in rest if other is not entry)]
    return list(entries)


def fitted(question: Question, catalogue: Catalogue, passages: Iterable[Passage]) -> list[Ranked]:
    """Order passages that were looked up, not searched for, by how well they fit the question."""
    measure = measure_of(question, catalogue)
    found = {
        passage: _FIT_SPREAD * measure.fit(catalogue.text(passage)).total
        + sum(_worth(_facts(question, catalogue, passage)))
        for passage in passages
    }
    entries = [Ranked(passage=passage, score=score) for passage, score in found.items()]
    return _clauses_first(question, entries)


def _worth(marks: Mapping[str, float]) -> Iterator[float]:
    weights = judgement().order
    return (weights[name] * worth for name, worth in marks.items())


def _clauses_first(question: Question, entries: Iterable[Ranked]) -> list[Ranked]:
    """Order entries by score; what states nothing of a matter comes after all that does."""
    return sorted(entries, key=lambda e: (_states_nothing(question, e.passage), -e.score))


def marks_of(question: Question, catalogue: Catalogue, passage: Passage) -> dict[str, float]:
    """Return in how far a passage holds the kind of fact asked for, by the names of the weights."""
    marks = {passage.clause: 1.0} if passage.clause in _MARKED_PARTS else {}
    if passage.clause in PARTS_OF.get(question.kind, ()):
        marks = {"wanted_part": 1.0}
    if any(passage.file in catalogue.files_of(place) for place in question.places):
        marks["placed"] = 1.0
    return marks | _facts(question, catalogue, passage)


def _facts(question: Question, catalogue: Catalogue, passage: Passage) -> dict[str, float]:
    """Return which of the kinds of fact asked for a passage holds."""
    asked = _facts_asked_for(question)
    paper = _ASKS_FOR_A_PAPER.search(question.folded)
    if not asked and paper is None:
        return {}
    plain = catalogue.text(passage).plain
    marks = {name: float(holds(plain)) for name, holds in asked.items()}
    if paper is not None:
        marks["paper"] = _cites(paper[1], passage.text, plain)
    return marks


def _facts_asked_for(question: Question) -> dict[str, Callable[[str], bool]]:
    """Return the tests (of a folded text) for the kinds of fact that a question asks for."""
    asked: dict[str, Callable[[str], bool]] = {}
    if question.wants_day:
        asked["day"] = expected.names_a_day
    if question.kind is QuestionKind.DEADLINE or asks_how_often(question.folded):
        asked["rhythm"] = expected.names_a_rhythm
    if _ASKS_FOR_A_PERIOD.search(question.folded):
        asked["period"] = expected.names_a_period
    if question.kind is QuestionKind.RESPONSIBLE:
        asked["leads"] = _names_who_leads
    return asked


def _names_who_leads(plain: str) -> bool:
    return _LEADS.search(plain) is not None


def _cites(paper: str, text: str, plain: str) -> float:
    """Return 1 where a paper of the kind asked for is cited by number."""
    if not find_numbers(text):
        return 0.0
    return float(paper == "van ban" or re.search(rf"{paper} (?:so )?\d", plain) is not None)


_MARKED_PARTS: Final = frozenset({"signature", "header", "preamble", "footnote", "closing"})
_PREAMBLE: Final = "preamble"
_NEXT: Final = 4
"""Passages after a preamble among which a clause that says as much is looked for."""
_LISTS: Final = frozenset({"recipients", "addressed_to", "signature"})
"""Parts that list names and state nothing of a matter."""


def _states_nothing(question: Question, passage: Passage) -> bool:
    """Tell whether a passage is a list of names that the question does not ask for."""
    wanted = passage.clause in PARTS_OF.get(question.kind, ())
    return passage.clause in _LISTS and not wanted
