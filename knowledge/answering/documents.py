"""Which documents of the library a question describes without a number."""

import re
from typing import Final

from knowledge.answering.catalogue import Catalogue
from knowledge.answering.fit import Measure
from knowledge.answering.passage_text import PassageText
from knowledge.answering.understanding import Question
from knowledge.document_kinds import document_kinds
from vietnamese.text import fold

_ENOUGH: Final = 0.35
"""Coverage by a document's own description from which it counts as described."""
_CLOSE: Final = 0.12
"""Two documents whose descriptions differ by less fit alike."""
_OPENING: Final = 400
"""Characters of the preamble that describe a document lacking a title."""


def described(question: Question, catalogue: Catalogue) -> list[str]:
    """Return the documents that the question describes, best first; [] where it describes none.

    A document is described by a place it is of, or by its kind together with words of its issuer,
    place or title. Where several fit alike, all are returned.
    """
    kinds = kinds_named(question.folded)
    places = {file for place in question.places for file in catalogue.files_naming(place)}
    candidates = {
        file
        for file, directive in catalogue.directives.items()
        if fold(directive.header.type or "") in kinds
    }
    if places:
        candidates = candidates & places or (places if not kinds else set())
    scored = sorted(((_likeness(question, catalogue, f), f) for f in candidates), reverse=True)
    if not scored:
        return []
    if len(scored) == 1:
        return [scored[0][1]]
    top = scored[0][0]
    return [file for score, file in scored if score >= max(_ENOUGH, top - _CLOSE)]


def kinds_named(folded: str) -> frozenset[str]:
    """Return the kinds of documents (folded names) that a folded question names."""
    return frozenset(
        fold(kind.name)
        for kind in document_kinds()
        if re.search(rf"\b{re.escape(fold(kind.name))}\b", folded)
    )


def _likeness(question: Question, catalogue: Catalogue, file: str) -> float:
    """Return the share of the question that a document's own description covers."""
    directive = catalogue.directives[file]
    header = directive.header
    opening = next((c.text for c in directive.clauses), "")[:_OPENING]
    parts = (header.type, header.number, header.issuer, header.place, header.title)
    description = " ".join(filter(None, (*parts, opening)))
    measure = Measure(question.words, question.wordings, catalogue.weigh, bare=question.bare)
    return measure.fit(PassageText(catalogue.spelled(description))).total
