"""Which documents of the library a question describes without a number."""

import re
from collections.abc import Iterable
from typing import Final

from knowledge.answering.catalogue import Catalogue
from knowledge.answering.fit import Measure
from knowledge.answering.identity import Identity
from knowledge.answering.papers import kinds_named
from knowledge.answering.understanding import Question
from vietnamese.text import fold, syllables

_ENOUGH: Final = 0.35
"""Coverage by a document's own description from which it counts as described."""
_ASKS_OF_A_SIGNER: Final = re.compile(
    r"\b(?:ky|la ai|la nguoi nao|chuc (?:vu|danh)|giu chuc|lam gi)\b"
)
_ANY_PAPER: Final = re.compile(r"\b(?:van ban|vb|giay)\b")
_OPENINGS: Final = frozenset({"header", "preamble"})
_CLOSE: Final = 0.12
"""Two documents whose descriptions differ by less fit alike."""


def signed_by(question: Question, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the documents whose signer a question asks about, named in full.

    What it asks is who that is or what he signed: of his age and home no document tells.
    """
    if _ASKS_OF_A_SIGNER.search(question.folded) is None:
        return ()
    asked = f" {' '.join(syllables(question.folded))} "
    return next((f for name, f in catalogue.signers.items() if f" {name} " in asked), ())


def about_number(
    question: Question, catalogue: Catalogue, identities: Iterable[Identity]
) -> list[str]:
    """Return the documents meant by "công văn về Kế hoạch 67": of a kind named, citing the number.

    "Văn bản" is of every kind. Those that cite it in their opening, where they have grounds, come
    before all others.
    """
    rest = question.folded
    for number in question.numbers:
        rest = rest.replace(fold(number.raw), " ")
    kinds = kinds_named(rest)
    of_any_kind = _ANY_PAPER.search(rest) is not None
    mentions = [
        mention
        for identity in identities
        for mention in identity.mentions
        if not mention.own
        and (of_any_kind or fold(catalogue.directives[mention.file].header.type or "") in kinds)
    ]
    opening = [mention for mention in mentions if mention.clause in _OPENINGS]
    return list(dict.fromkeys(mention.file for mention in opening or mentions))


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
