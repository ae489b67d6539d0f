"""What a document cites, and which clauses cite it."""

from collections.abc import Iterable, Sequence

from knowledge.answering.catalogue import Catalogue, Mention
from knowledge.answering.quoting import quote
from knowledge.answering.ranking import Ranked
from knowledge.answering.values import CitationFact


def citing_facts(
    catalogue: Catalogue, mentions: Iterable[Mention], ranked: Sequence[Ranked]
) -> tuple[CitationFact, ...]:
    """Return the citations among `mentions`, each with the passage of `ranked` it stands in."""
    facts = []
    for mention in mentions:
        entry = next(
            (
                entry
                for entry in ranked
                if entry.passage.file == mention.file and _of(entry.passage.clause, mention.clause)
            ),
            None,
        )
        if entry is not None and not mention.own:
            facts.append(
                CitationFact(
                    number=mention.number.raw or str(mention.number),
                    issued=mention.issued,
                    issuer=mention.issuer,
                    quote=quote(catalogue, entry.passage, entry.score),
                )
            )
    return tuple(facts)


def _of(clause: str, path: str) -> bool:
    return clause == path or path.startswith(clause + ".") or clause.startswith(path + ".")
