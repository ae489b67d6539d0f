"""Screens of the library: the list, a document, a clause, what cites what."""

from typing import Final

from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns, pages
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenClause, OpenDocument, OpenDocuments, OpenRelated
from knowledge.catalogue import (
    Catalogue,
    DocumentFacts,
    above,
    cited,
    clause_id,
    contents,
    document_id,
    facts_of,
    part_by_id,
)

RELATED_SHOWN: Final = 10
"""Entries of each of the two lists of related documents: ten of 250 characters fit a message."""


def documents(texts: Texts, catalogue: Catalogue, pressed: OpenDocuments) -> Screen:
    """Show a page of the list of documents."""
    listed = [facts_of(directive) for directive in cut(catalogue.documents, pressed.page)]
    total = len(catalogue.documents)
    if pressed.page and not listed:
        raise StaleButton
    html = texts.screen(
        "documents",
        documents=listed,
        total=total,
        page=pressed.page,
        pages=count(total),
        first=pressed.page * LIST_PAGE,
    )
    rows = tuple(
        (_document_button(texts, number, one),)
        for number, one in enumerate(listed, pressed.page * LIST_PAGE + 1)
    )
    return Screen(html, rows + page_turns(texts, pressed.page, count(total), OpenDocuments))


def document(texts: Texts, catalogue: Catalogue, pressed: OpenDocument) -> Screen:
    """Show a document's head and a page of its parts."""
    directive = catalogue.find(pressed.document)
    parts = contents(directive)
    listed = cut(parts, pressed.page)
    if pressed.page and not listed:
        raise StaleButton
    html = texts.screen(
        "document",
        held=facts_of(directive),
        clauses=len(parts),
        page=pressed.page,
        pages=count(len(parts)),
    )
    rows = tuple(
        (
            Button(
                texts.label("open_clause", clause=one),
                OpenClause(pressed.document, clause_id(one.clause), 0),
            ),
        )
        for one in listed
    )
    turns = page_turns(
        texts, pressed.page, count(len(parts)), lambda page: OpenDocument(pressed.document, page)
    )
    last = (
        Button(texts.label("related"), OpenRelated(pressed.document)),
        Button(texts.label("documents"), OpenDocuments(0)),
    )
    return Screen(html, (*rows, *turns, last))


def clause(texts: Texts, catalogue: Catalogue, pressed: OpenClause) -> Screen:
    """Show a page of a clause's whole text."""
    directive = catalogue.find(pressed.document)
    opened = part_by_id(directive, pressed.clause)
    cut_up = pages(opened.text)
    if pressed.page >= len(cut_up):
        raise StaleButton
    html = texts.screen(
        "clause",
        quote=opened,
        shown=cut_up[pressed.page].strip("\n"),
        page=pressed.page,
        pages=len(cut_up),
    )
    turns = page_turns(
        texts,
        pressed.page,
        len(cut_up),
        lambda page: OpenClause(pressed.document, pressed.clause, page),
    )
    outer = above(directive, opened.clause)
    up = () if outer is None else (_outer(texts, pressed.document, outer.path),)
    home = Button(texts.label("document"), OpenDocument(pressed.document, 0))
    return Screen(html, (*turns, (*up, home)))


def related(texts: Texts, catalogue: Catalogue, pressed: OpenRelated) -> Screen:
    """Show what a document cites and what cites it, with buttons for those in the library."""
    directive = catalogue.find(pressed.document)
    number = directive.header.number
    citing = catalogue.citing(number) if number else ()
    citing = tuple(one for one in citing if one.file != directive.file)
    html = texts.screen(
        "related",
        held=facts_of(directive),
        cites=cited(directive),
        cited_by=[facts_of(one) for one in citing],
        most=RELATED_SHOWN,
    )
    reachable = (*catalogue.named_by(directive), *citing)[:LIST_PAGE]
    rows = tuple(
        (_document_button(texts, number, facts_of(one)),) for number, one in enumerate(reachable, 1)
    )
    home = Button(texts.label("document"), OpenDocument(pressed.document, 0))
    return Screen(html, (*rows, (home,)))


def _document_button(texts: Texts, number: int, one: DocumentFacts) -> Button:
    """Return the button of a document in a list; the number tells those without one apart."""
    label = texts.label("open_document", n=number, held=one)
    return Button(label, OpenDocument(document_id(one.file), 0))


def _outer(texts: Texts, document: str, path: str) -> Button:
    return Button(texts.label("outer", clause=path), OpenClause(document, clause_id(path), 0))
