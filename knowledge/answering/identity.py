"""Look up the documents that a question names by number; never by similarity."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.answering.catalogue import Catalogue, Mention
from knowledge.answering.values import Choice
from knowledge.document_kinds import document_kinds
from knowledge.numbers import DocumentNumber, TypedNumber, find_numbers, matches
from knowledge.searching import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One document that a typed number can mean, and every place that names it."""

    mentions: tuple[Mention, ...]

    @property
    def own(self) -> Mention | None:
        """Return the document's own head, where the library holds the document."""
        return next((mention for mention in self.mentions if mention.own), None)

    @property
    def files(self) -> frozenset[str]:
        """Return the documents that name it, itself among them."""
        return frozenset(mention.file for mention in self.mentions)

    def choice(self, catalogue: Catalogue) -> Choice:
        """Describe the document for an officer who has to choose."""
        own = self.own
        if own is not None:
            header = catalogue.directives[own.file].header
            return Choice(
                number=header.number,
                type=header.type,
                issuer=header.issuer,
                issued=header.date,
                title=header.title,
                file=own.file,
            )
        best = max(
            self.mentions,
            key=lambda mention: (mention.issued is not None, mention.issuer is not None),
        )
        return Choice(
            number=best.number.raw or str(best.number),
            type=_only_kind(best.number),
            issuer=best.issuer,
            issued=best.issued,
            title=None,
            file=None,
        )

    def passages(self, catalogue: Catalogue) -> list[Passage]:
        """Return the passages that print its number, in reading order."""
        numbers = {_bare(mention) for mention in self.mentions}
        wanted = {mention.clause for mention in self.mentions}
        return [
            passage
            for file in sorted(self.files)
            for passage in catalogue.passages(file)
            if _near(passage.clause, wanted) and _prints(passage.text, numbers)
        ]


def identities(typed: TypedNumber, catalogue: Catalogue) -> list[Identity]:
    """Return the documents that a typed number can mean, those the library holds first.

    Mentions are of one document where number and issuer agree, or kind, ordinal and date do: a
    joint paper is cited by a longer and a shorter symbol.
    """
    groups: list[list[Mention]] = []
    for mention in catalogue.numbered(typed.ordinal):
        if not matches(typed, mention.number):
            continue
        for group in groups:
            if any(_same(mention, other) for other in group):
                group.append(mention)
                break
        else:
            groups.append([mention])
    found = [Identity(mentions=tuple(group)) for group in groups]
    found.sort(key=lambda identity: identity.own is None)
    return found


def are_of_day(numbers: Iterable[TypedNumber], fitting: Iterable[Identity]) -> bool:
    """Tell whether a document may be of the date typed after its number; unknown dates may."""
    typed = {number.issued for number in numbers} - {None}
    known = {mention.issued for identity in fitting for mention in identity.mentions} - {None}
    return not typed or not known or not typed.isdisjoint(known)


def _same(mention: Mention, other: Mention) -> bool:
    if mention.number == other.number:
        return not (mention.own and other.own and mention.file != other.file)
    return (
        mention.number.kind == other.number.kind
        and mention.number.series is other.number.series
        and mention.issued is not None
        and mention.issued == other.issued
    )


def _only_kind(number: DocumentNumber) -> str | None:
    """Return the kind that a number's symbol stands for; None where several share it, as QĐ."""
    kinds = [kind.name for kind in document_kinds() if number.kind in kind.symbols]
    return kinds[0] if len(kinds) == 1 else None


def _bare(mention: Mention) -> str:
    return str(mention.number)


def _near(clause: str, wanted: Iterable[str]) -> bool:
    """Tell whether a passage is of one of the clauses, of one inside or of one around it."""
    return any(
        clause == path or clause.startswith(path + ".") or path.startswith(clause + ".")
        for path in wanted
    )


def _prints(text: str, numbers: set[str]) -> bool:
    return any(str(number) in numbers for _, number in find_numbers(text))
