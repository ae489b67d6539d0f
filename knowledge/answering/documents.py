"""Which documents of the library a question describes without a number."""

from collections.abc import Iterable
from typing import Final

from knowledge.answering.catalogue import Catalogue
from knowledge.answering.fit import Measure
from knowledge.answering.papers import kinds_named
from knowledge.answering.understanding import Question
from vietnamese.text import fold

_ENOUGH: Final = 0.35
"""Coverage by a document's own description from which it counts as described."""
_CLOSE: Final = 0.12
"""Two documents whose descriptions differ by less fit alike."""


def described(question: Question, catalogue: Catalogue, among: Iterable[str]) -> list[str]:
    """Return those files of `among` that the question describes, best first; [] for none.

    A document is described by a place it is of, or by its kind together with words of its issuer,
    place or title. Where several fit alike, all are returned.
    """
    kinds = kinds_named(question.folded)
    places = {file for place in question.places for file in catalogue.files_naming(place)}
    candidates = {
        file
        for file in among
        if kinds and fold(catalogue.directives[file].header.type or "") in kinds
    }
    if places:
        candidates = candidates & places or (places if not kinds else set())
    if len(candidates) <= 1:
        return list(candidates)
    measure = Measure(
        question.words, question.wordings, catalogue.weigh, catalogue.knows, bare=question.bare
    )
    likeness = {file: measure.fit(catalogue.description(file)).total for file in candidates}
    scored = sorted(((share, file) for file, share in likeness.items()), reverse=True)
    top = scored[0][0]
    return [file for score, file in scored if score >= max(_ENOUGH, top - _CLOSE)]
