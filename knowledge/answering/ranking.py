"""Order the passages found by how well they fit the question and the kind of fact it asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.answering import expected
from knowledge.answering.catalogue import Catalogue
from knowledge.answering.cues import asks_how_often
from knowledge.answering.fit import Fit, Measure
from knowledge.answering.papers import kinds_named
from knowledge.answering.understanding import Question
from knowledge.answering.values import QuestionKind
from knowledge.numbers import find_numbers
from knowledge.searching import Passage

_SEARCH_SHARE: Final = 0.89
"""Weight of the search's own score, scaled to its best hit. On 97 officers' questions over five
directives and 300 over 2,249 articles, recall@1/@3: fit alone ahead .88/.98 and .80/.87, the search
ahead .88/.96 and .88/.94: the larger library decides."""
_FIT_SHARE: Final = 0.11
_KIND_BONUS: Final = 0.03
"""Of a passage that holds the kind of fact asked for; .06 costs the legal set .013 at first place,
the officers' questions are the same from .02 to .06."""
_SCOPE_BONUS: Final = 0.022
"""Of a passage in a document that the question describes."""
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
    """A passage, its fit, and the score that orders it."""

    passage: Passage
    fit: Fit
    score: float


def measure_of(question: Question, catalogue: Catalogue) -> Measure:
    """Return what passages are measured against for a question."""
    return Measure(
        question.words,
        question.wordings,
        catalogue.weigh,
        bare=question.bare,
        joined=question.joined,
    )


def rank(
    question: Question,
    catalogue: Catalogue,
    found: Mapping[Passage, float],
    scope: frozenset[str] = frozenset(),
) -> list[Ranked]:
    """Order `found`, passages with the search's score, best first."""
    measure = measure_of(question, catalogue)
    top = max(found.values(), default=0.0) or 1.0
    ranked = []
    for passage, score in found.items():
        text = catalogue.text(passage)
        fit = measure.fit(text)
        total = _FIT_SHARE * fit.total + _SEARCH_SHARE * score / top
        total += _KIND_BONUS * kind_bonus(question, passage, text.plain)
        total += _SCOPE_BONUS * (passage.file in scope)
        ranked.append(Ranked(passage=passage, fit=fit, score=total))
    ranked.sort(key=lambda entry: -entry.score)
    return ranked


def kind_bonus(question: Question, passage: Passage, plain: str) -> float:
    """Return in how far a passage (folded: `plain`) holds the kind of fact asked for, -1…2."""
    bonus = 0.0
    if question.wants_day:
        bonus += 1.5 * expected.names_a_day(plain)
    if question.kind is QuestionKind.DEADLINE or asks_how_often(question.folded):
        bonus += 0.7 * expected.names_a_rhythm(plain)
    if _ASKS_FOR_A_PERIOD.search(question.folded):
        bonus += expected.names_a_period(plain)
    if question.kind is QuestionKind.RESPONSIBLE:
        bonus += 0.5 * (_LEADS.search(plain) is not None)
    paper = _ASKS_FOR_A_PAPER.search(question.folded)
    if paper is not None:
        bonus += _cites(paper[1], passage.text, plain)
    return bonus + _part_bonus(question, passage)


def _cites(paper: str, text: str, plain: str) -> float:
    """Return 1 where a paper of the kind asked for is cited by number, ½ where another is."""
    if not find_numbers(text):
        return 0.0
    return 1.0 if paper == "van ban" or re.search(rf"{paper} (?:so )?\d", plain) else 0.5


_PARTS_OF_KINDS: Final = {
    QuestionKind.SIGNER: frozenset({"signature"}),
    QuestionKind.RECIPIENTS: frozenset({"recipients", "addressed_to"}),
    QuestionKind.ISSUED: frozenset({"header"}),
}
_NO_MATTER: Final = 10.0
"""Bonuses that a list of names loses where no document is spoken of: it states nothing."""
_SELDOM_MEANT: Final = frozenset({"recipients", "signature", "addressed_to", "header"})


def _part_bonus(question: Question, passage: Passage) -> float:
    """Favour the part that a question of its kind asks for; other questions ask for clauses."""
    wanted = _PARTS_OF_KINDS.get(question.kind, frozenset())
    if passage.clause in wanted:
        return 1.5
    if passage.clause not in _SELDOM_MEANT:
        return 0.0
    states_nothing = passage.clause != "header" and not kinds_named(question.folded)
    return -_NO_MATTER if states_nothing else -1.0
