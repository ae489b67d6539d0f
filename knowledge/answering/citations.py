"""What a document cites, and which clauses cite it."""

from collections.abc import Iterable, Sequence

from knowledge.answering.catalogue import Catalogue, Mention
from knowledge.answering.quotations import quote
from knowledge.answering.values import CitationFact
from knowledge.numbers import find_numbers
from knowledge.searching import Passage


def citing_facts(
    catalogue: Catalogue, mentions: Iterable[Mention], passages: Sequence[Passage]
) -> tuple[CitationFact, ...]:
    """Return the citations among `mentions`, each with the passage that prints it."""
    facts = []
    for mention in mentions:
        place = None if mention.own else _printed(mention, passages)
        if place is not None:
            facts.append(
                CitationFact(
                    number=mention.number.raw or str(mention.number),
                    issued=mention.issued,
                    issuer=mention.issuer,
                    quote=quote(catalogue, place, 1.0),
                )
            )
    return tuple(facts)


def _printed(mention: Mention, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage of the citing clause that prints the number."""
    for passage in passages:
        printed = (number for _, number in find_numbers(passage.text))
        if _is_of(passage, mention) and mention.number in printed:
            return passage
    return None


def _is_of(passage: Passage, mention: Mention) -> bool:
    clause, path = passage.clause, mention.clause
    if passage.file != mention.file:
        return False
    return clause == path or path.startswith(clause + ".") or clause.startswith(path + ".")
