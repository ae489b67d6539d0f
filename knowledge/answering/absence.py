"""What a question names and no document of the library does: only that is declined outright."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from knowledge.answering import expected
from knowledge.answering.catalogue import Catalogue
from knowledge.answering.duties import named_unit
from knowledge.answering.ranking import Ranked
from knowledge.answering.understanding import Question
from knowledge.answering.values import QuestionKind, UnknownReason
from vietnamese.text import comparable, fold, syllables

_OF_A_BODY: Final = frozenset(
    {QuestionKind.DUTIES, QuestionKind.RESPONSIBLE, QuestionKind.DEADLINE}
)
"""Kinds of question whose answer hangs on the body named; elsewhere it may be the asker's own."""
_YEAR: Final = re.compile(r"\bnam (20\d\d|19\d\d)\b")

Absence = tuple[UnknownReason, str]
"""What kind of name the library lacks, and the name."""


def absence(
    question: Question, catalogue: Catalogue, ranked: Sequence[Ranked], today: date
) -> Absence | None:
    """Return the first name in a question that no document of the library holds; else None."""
    return next(_absences(question, catalogue, ranked, today), None)


def _absences(
    question: Question, catalogue: Catalogue, ranked: Sequence[Ranked], today: date
) -> Iterator[Absence]:
    body = _absent_body(question, catalogue)
    if body is not None:
        yield UnknownReason.NO_SUCH_BODY, _as_typed(question, body)
    law = expected.law_named(comparable(question.plain), bare=question.bare)
    if law is not None and not _names_law(law, catalogue, ranked):
        yield UnknownReason.NO_SUCH_LAW, _as_typed(question, f"luat {' '.join(law)}")
    for year in _YEAR.findall(question.folded):
        if int(year) < today.year and not catalogue.names_year(int(year)):
            yield UnknownReason.NO_SUCH_YEAR, year


def _as_typed(question: Question, name: str) -> str:
    """Return a folded name as the question writes it."""
    at = question.folded.find(name)
    is_alike = len(question.folded) == len(question.plain)
    return question.plain[at : at + len(name)] if is_alike and at >= 0 else name


def _absent_body(question: Question, catalogue: Catalogue) -> str | None:
    """Return an office (folded) on which the answer hangs and that no document names."""
    if question.kind not in _OF_A_BODY or named_unit(question, catalogue):
        return None
    return next((body for body in question.bodies if not catalogue.names_words(body)), None)


def _names_law(law: tuple[str, str], catalogue: Catalogue, ranked: Sequence[Ranked]) -> bool:
    """Tell whether any document names a law; the passages found are looked at first."""
    for entry in ranked:
        context = syllables(fold(entry.passage.context))
        text = catalogue.text(entry.passage).words
        if any(expected.may_hold_law(words, law) for words in (text, context)):
            return True
    return catalogue.names_law(law)
