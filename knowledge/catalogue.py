"""The library as it is leafed through: documents in order, their parts, what cites what."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from knowledge.model import Citation, Clause, ClauseKind, Directive, Header
from vietnamese.text import fold

FOOTNOTE: Final = "footnote"

_PRINTED: Final[Mapping[str, Callable[[Header], str | None]]] = {
    "header": lambda header: header.heading_text,
    "addressed_to": lambda header: header.addressed_text,
    "recipients": lambda header: header.recipients_text,
    "signature": lambda header: header.signature_text,
}
"""The named parts of a document that are no clauses, and where their printed text is."""


class NotInCatalogue(LookupError):  # noqa: N818 - a normal case, not an error
    """No document, or no part of one, has this id: it was removed, or its text is another."""


def document_id(file: str) -> str:
    """Return the short id of a library file; 48 bits, so that 10,000 files do not collide."""
    return hashlib.blake2s(file.encode(), digest_size=6).hexdigest()


def clause_id(path: str) -> str:
    """Return the short id of a clause within its document; 32 bits."""
    return hashlib.blake2s(path.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What a screen says about a document of the library."""

    file: str
    type: str | None
    number: str | None
    issued: date | None
    issuer: str | None
    title: str | None
    signer: str | None
    signer_role: str | None
    addressed_to: tuple[str, ...]
    digest_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a screen says about one part of a document: a clause, the head, the footnotes."""

    file: str
    clause: str
    text: str
    heading: str | None
    type: str | None
    number: str | None
    issued: date | None
    issuer: str | None
    digest_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that a clause names, by number or by name."""

    clause: str
    number: str | None = None
    name: str | None = None
    issued: date | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """The documents of the library at one moment, in the order in which they are listed."""

    documents: tuple[Directive, ...]
    _by_id: Mapping[str, Directive] = field(repr=False)

    @classmethod
    def of(cls, documents: Sequence[Directive]) -> "Catalogue":
        """List documents, the latest first; those without a date at the end."""
        ordered = sorted(documents, key=lambda one: one.file)
        ordered.sort(key=lambda one: str(one.header.date or ""), reverse=True)
        return cls(tuple(ordered), {document_id(one.file): one for one in ordered})

    def find(self, document: str) -> Directive:
        """Return the document with this id; NotInCatalogue if it is not there any more."""
        try:
            return self._by_id[document]
        except KeyError:
            raise NotInCatalogue from None

    def citing(self, number: str) -> tuple[Directive, ...]:
        """Return the documents that name this number."""
        files = self._citing.get(_same(number), ())
        return tuple(one for one in self.documents if one.file in files)

    def named_by(self, directive: Directive) -> tuple[Directive, ...]:
        """Return the documents of the library whose number this one names."""
        named = {_same(citation.number) for citation in directive.citations}
        return tuple(
            one
            for one in self.documents
            if one.header.number
            and _same(one.header.number) in named
            and one.file != directive.file
        )

    @cached_property
    def _citing(self) -> Mapping[str, set[str]]:
        """Map each number to the files that name it, in one walk over the library."""
        found: dict[str, set[str]] = {}
        for directive in self.documents:
            for citation in directive.citations:
                found.setdefault(_same(citation.number), set()).add(directive.file)
        return found


def facts_of(directive: Directive) -> DocumentFacts:
    """Return what a screen says about a document."""
    header = directive.header
    return DocumentFacts(
        file=directive.file,
        type=header.type,
        number=header.number,
        issued=header.date,
        issuer=header.issuer,
        title=header.title,
        signer=header.signer,
        signer_role=header.signer_role,
        addressed_to=header.addressed_to,
        digest_of=directive.digest_of,
    )


def part(directive: Directive, path: str) -> Part:
    """Return a part of a document; NotInCatalogue if there is none of this name."""
    for clause in directive.clauses:
        if clause.path == path:
            return _part(directive, path, clause.text, clause.heading)
    text = _named_text(directive, path)
    if text is None:
        raise NotInCatalogue
    return _part(directive, path, text, None)


def part_by_id(directive: Directive, clause: str) -> Part:
    """Return the part with this id; NotInCatalogue if it is not there any more."""
    paths = [one.path for one in directive.clauses]
    for path in (*paths, *_PRINTED, FOOTNOTE):
        if clause_id(path) == clause:
            return part(directive, path)
    raise NotInCatalogue


def contents(directive: Directive) -> tuple[Part, ...]:
    """Return the parts by which a document is read: sections and clauses, else its items."""
    listed = [one for one in directive.clauses if one.kind is not ClauseKind.ITEM]
    if not any(one.kind in {ClauseKind.SECTION, ClauseKind.CLAUSE} for one in listed):
        listed = list(directive.clauses)
    return tuple(_part(directive, one.path, one.text, one.heading) for one in listed)


def above(directive: Directive, path: str) -> Clause | None:
    """Return the unit that contains this one, if the text has one."""
    outer = path.rpartition(".")[0]
    return next((one for one in directive.clauses if one.path == outer), None)


def cited(directive: Directive) -> tuple[Cited, ...]:
    """Return what a document names, each once, with the place where it is first named."""
    by_number: dict[str, Cited] = {}
    for citation in directive.citations:
        known = by_number.get(_same(citation.number))
        by_number[_same(citation.number)] = _merged(known, citation)
    by_name: dict[str, Cited] = {}
    for named in directive.named_citations:
        by_name.setdefault(fold(named.name), Cited(name=named.name, clause=named.clause))
    return (*by_number.values(), *by_name.values())


def _merged(known: Cited | None, citation: Citation) -> Cited:
    """Add what this mention states to what earlier ones did."""
    if known is None:
        return Cited(
            number=citation.number,
            clause=citation.clause,
            issued=citation.date,
            issuer=citation.issuer,
        )
    return Cited(
        number=known.number,
        clause=known.clause,
        issued=known.issued or citation.date,
        issuer=known.issuer or citation.issuer,
    )


def _part(directive: Directive, path: str, text: str, heading: str | None) -> Part:
    header = directive.header
    return Part(
        file=directive.file,
        clause=path,
        text=text,
        heading=heading,
        type=header.type,
        number=header.number,
        issued=header.date,
        issuer=header.issuer,
        digest_of=directive.digest_of,
    )


def _named_text(directive: Directive, path: str) -> str | None:
    if path == FOOTNOTE and directive.footnotes:
        return "\n".join(_footnote_lines(directive))
    printed = _PRINTED.get(path)
    return printed(directive.header) if printed else None


def _footnote_lines(directive: Directive) -> Iterator[str]:
    for note in directive.footnotes:
        yield f"{note.mark} {note.text}" if note.mark else note.text


def _same(number: str) -> str:
    """Return the form in which two printed numbers are the same: without blanks, folded."""
    return fold("".join(number.split()))
