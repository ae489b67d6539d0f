"""Make quotations of passages, and say what a library could be asked instead."""

from collections.abc import Iterable, Sequence
from typing import Final

from knowledge.answering.catalogue import PARTS, Catalogue
from knowledge.answering.ranking import Ranked
from knowledge.answering.values import Quote, Topic
from knowledge.model import Directive
from knowledge.searching import Passage

_TOPICS: Final = 3
_TOPIC_CHARACTERS: Final = 120
"""Of a clause's first sentence where the clause has no heading."""


def quote(catalogue: Catalogue, passage: Passage, score: float) -> Quote:
    """Return the quotation of a passage of the catalogue."""
    return quote_of(catalogue.directives[passage.file], passage, score)


def quote_of(directive: Directive, passage: Passage, score: float) -> Quote:
    """Return the quotation of a passage with all that is needed to cite it."""
    header = directive.header
    return Quote(
        file=passage.file,
        number=header.number,
        issued=header.date,
        issuer=header.issuer,
        type=header.type,
        clause=passage.clause,
        text=passage.text,
        score=score,
        ordinal=passage.ordinal,
        digest_of=directive.digest_of,
    )


def quotes(catalogue: Catalogue, ranked: Sequence[Ranked], most: int) -> tuple[Quote, ...]:
    """Return the first `most` entries as quotations."""
    return tuple(quote(catalogue, entry.passage, entry.score) for entry in ranked[:most])


def topics(catalogue: Catalogue, found: Iterable[Quote]) -> tuple[Topic, ...]:
    """Name the nearest matters, one a clause; headers and signatures are no matters."""
    named: dict[tuple[str, str], Topic] = {}
    for near in found:
        key = (near.file, near.clause)
        if near.clause not in PARTS and key not in named:
            named[key] = Topic(title=_title(catalogue, near), quote=near)
        if len(named) == _TOPICS:
            break
    return tuple(named.values())


def _title(catalogue: Catalogue, near: Quote) -> str:
    """Return the heading of the quoted clause, or how its text opens."""
    for clause in catalogue.directives[near.file].clauses:
        if clause.path == near.clause and clause.heading:
            return clause.heading
    line = near.text.strip().split("\n")[0]
    if len(line) <= _TOPIC_CHARACTERS:
        return line
    return line[:_TOPIC_CHARACTERS].rsplit(" ", 1)[0] + " …"
