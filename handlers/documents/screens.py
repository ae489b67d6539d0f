"""Screens of the registry: a file that waits, a document, its versions."""

from collections.abc import Sequence
from typing import Final

from handlers.broadcasts.buttons import BeginSending
from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.documents.buttons import (
    FIELDS,
    ClearField,
    Compare,
    CorrectField,
    Drop,
    EditHeader,
    GetOriginal,
    ListDuties,
    ListHeld,
    ListVersions,
    ListWithdrawn,
    OpenArrival,
    OpenHeld,
    OpenRegistry,
    Publish,
    Restore,
    Withdraw,
)
from handlers.library.buttons import OpenDocument
from handlers.tasks.buttons import ListDuties as AssignDuties
from knowledge.catalogue import Catalogue, document_id, facts_of
from knowledge.library.corrections import Field
from knowledge.library.likeness import Difference
from knowledge.library.shelf import Version
from knowledge.model import Directive
from services.documents.publication import Published
from services.documents.reception import Look

NAMED: Final = 6
"""Documents named of those that a file cites; the rest are counted."""

DUTIES_PAGE: Final = 5
"""Duties on a page, each of 400 letters at most."""

DIFFERENCES_PAGE: Final = 3
"""Clauses on a page, the old and the new wording of each."""

TWINS: Final = 3
"""Documents offered to be replaced."""


def registry(texts: Texts, held: int) -> Screen:
    """Say what to send, and lead to what there is."""
    rows: Rows = (
        (Button(texts.label("doc_held", n=held), ListHeld(0)),),
        (Button(texts.label("doc_withdrawn"), ListWithdrawn()),),
    )
    return Screen(texts.screen("doc_registry"), rows)


def preview(texts: Texts, look: Look) -> Screen:
    """Show what was understood of a file before it is published."""
    arrival, directive = look.arrival, look.arrival.directive
    html = texts.screen(
        "doc_preview",
        held=facts_of(directive),
        corrected=[field.value for field in arrival.corrections.fields],
        edits=arrival.edits is not None,
        clauses=len(directive.clauses),
        duties=len(directive.duties),
        dated=sum(one.deadline is not None for one in directive.duties),
        known=[one.number for one in look.known][:NAMED],
        known_total=len(look.known),
        unknown=[one.number for one in look.unknown][:NAMED],
        unknown_total=len(look.unknown),
        twins=[
            {"held": facts_of(one.directive), "why": one.why.value, "share": round(one.share * 100)}
            for one in look.twins[:TWINS]
        ],
    )
    return Screen(html, (*_fields(texts, arrival.id), *_reading(texts, look), *_ways(texts, look)))


def _fields(texts: Texts, arrival: str) -> Rows:
    buttons = [
        Button(texts.label(f"doc_field_{field.value}"), CorrectField(arrival, place))
        for place, field in enumerate(FIELDS)
    ]
    return tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))


def _reading(texts: Texts, look: Look) -> Rows:
    duties = len(look.arrival.directive.duties)
    if not duties:
        return ()
    return ((Button(texts.label("doc_duties", n=duties), ListDuties(look.arrival.id, 0)),),)


def _ways(texts: Texts, look: Look) -> Rows:
    """Return how it can be published: as a version of what it may be, or beside the others."""
    mark, edits = look.arrival.id, look.arrival.edits
    if edits is not None:
        places = [Button(texts.label("doc_publish_edits"), Publish(mark, document_id(edits)))]
    else:
        places = [
            Button(
                texts.label("doc_publish_for", held=facts_of(one.directive)),
                Publish(mark, document_id(one.directive.file)),
            )
            for one in look.twins[:TWINS]
        ]
        alone = "doc_publish_beside" if places else "doc_publish"
        places.append(Button(texts.label(alone), Publish(mark, NONE)))
    return (*((one,) for one in places), (Button(texts.label("doc_drop"), Drop(mark)),))


def duties(texts: Texts, look: Look, page: int) -> Screen:
    """Show a page of the duties that were read, with their deadlines."""
    every, mark = look.arrival.directive.duties, look.arrival.id
    listed = cut(every, page, DUTIES_PAGE)
    if not listed:
        raise StaleButton
    pages = count(len(every), DUTIES_PAGE)
    html = texts.screen(
        "doc_duties",
        duties=[
            {
                "clause": one.clause,
                "what": one.what,
                "lead": one.lead,
                "support": one.support,
                "deadline": one.deadline.text if one.deadline else None,
            }
            for one in listed
        ],
        total=len(every),
        page=page,
        pages=pages,
    )
    turns = page_turns(texts, page, pages, lambda to: ListDuties(mark, to))
    return Screen(html, (*turns, (_back(texts, mark),)))


def ask_field(texts: Texts, look: Look, field: Field) -> Screen:
    """Ask for another value of a field."""
    mark, header = look.arrival.id, look.arrival.directive.header
    now = header.date if field is Field.DATE else getattr(header, field.value)
    html = texts.screen("doc_ask_field", field=field.value, now=now)
    clear = Button(texts.label("doc_clear"), ClearField(mark, FIELDS.index(field)))
    return Screen(html, ((clear, _back(texts, mark)),) if now else ((_back(texts, mark),),))


def published(texts: Texts, catalogue: Catalogue, done: Published) -> Screen:
    """Say that a document is in the library now, and what can follow."""
    document = document_id(done.file)
    directive = catalogue.find(document)
    html = texts.screen(
        "doc_published", held=facts_of(directive), replaced=done.replaced is not None
    )
    rows: Rows = (
        (
            Button(texts.label("doc_broadcast"), BeginSending(document)),
            Button(texts.label("doc_assign"), AssignDuties(document, 0)),
        )
        if directive.duties
        else (Button(texts.label("doc_broadcast"), BeginSending(document)),),
        (Button(texts.label("document"), OpenDocument(document, 0, 1)),),
    )
    if done.replaced is not None:
        compare = Compare(document, done.replaced.id, 0)
        rows += ((Button(texts.label("doc_compare"), compare),),)
    return Screen(html, (*rows, (Button(texts.label("doc_to_registry"), OpenRegistry()),)))


def held(texts: Texts, documents: Sequence[Directive], page: int) -> Screen:
    """List the documents that are the office's own."""
    listed = cut(documents, page)
    if page and not listed:
        raise StaleButton
    rows: Rows = tuple(
        (
            Button(
                texts.label("open_document", n=n, held=facts_of(one)),
                OpenHeld(document_id(one.file)),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(documents)), ListHeld)
    back = (Button(texts.label("doc_to_registry"), OpenRegistry()),)
    return Screen(texts.screen("doc_held", total=len(documents)), (*rows, *turns, back))


def document(texts: Texts, directive: Directive, versions: int) -> Screen:
    """Show what can be done with a document."""
    mark = document_id(directive.file)
    html = texts.screen("doc_document", held=facts_of(directive), versions=versions)
    rows: Rows = (
        (
            Button(texts.label("document"), OpenDocument(mark, 0, 1)),
            Button(texts.label("doc_original"), GetOriginal(mark)),
        ),
        (
            Button(texts.label("doc_edit"), EditHeader(mark)),
            Button(texts.label("doc_versions", n=versions), ListVersions(mark)),
        ),
        (
            Button(texts.label("doc_withdraw"), Withdraw(mark, 0)),
            Button(texts.label("doc_list"), ListHeld(0)),
        ),
    )
    return Screen(html, rows)


def sure(texts: Texts, directive: Directive) -> Screen:
    """Ask whether a document is to be withdrawn."""
    mark = document_id(directive.file)
    yes = Button(texts.label("doc_withdraw_sure"), Withdraw(mark, 1))
    no = Button(texts.label("doc_keep"), OpenHeld(mark))
    return Screen(texts.screen("doc_sure", held=facts_of(directive)), ((yes, no),))


def versions(texts: Texts, directive: Directive, listed: Sequence[Version]) -> Screen:
    """List what stood in the place of a document before."""
    mark, shown = document_id(directive.file), listed[:LIST_PAGE]
    html = texts.screen(
        "doc_versions",
        held=facts_of(directive),
        versions=[{"file": one.file, "at": one.at} for one in shown],
        more=len(listed) - len(shown),
    )
    rows = tuple(
        (
            Button(texts.label("doc_compare_with", n=n), Compare(mark, one.id, 0)),
            Button(texts.label("doc_restore", n=n), Restore(one.id, mark)),
        )
        for n, one in enumerate(shown, 1)
    )
    return Screen(html, (*rows, (Button(texts.label("doc_back"), OpenHeld(mark)),)))


def differences(
    texts: Texts, directive: Directive, version: str, found: Sequence[Difference], page: int
) -> Screen:
    """Show a page of the clauses in which a version differs."""
    mark, listed = document_id(directive.file), cut(found, page, DIFFERENCES_PAGE)
    if page and not listed:
        raise StaleButton
    pages = count(len(found), DIFFERENCES_PAGE)
    html = texts.screen(
        "doc_differences",
        held=facts_of(directive),
        differences=[
            {"clause": one.clause, "change": one.change.value, "old": one.old, "new": one.new}
            for one in listed
        ],
        total=len(found),
        page=page,
        pages=pages,
    )
    turns = page_turns(texts, page, pages, lambda to: Compare(mark, version, to))
    restore = Button(texts.label("doc_restore_this"), Restore(version, mark))
    back = Button(texts.label("doc_back"), OpenHeld(mark))
    return Screen(html, (*turns, (restore, back)))


def withdrawn(texts: Texts, listed: Sequence[Version]) -> Screen:
    """List what was withdrawn."""
    shown = listed[:LIST_PAGE]
    html = texts.screen(
        "doc_withdrawn",
        versions=[{"file": one.file, "at": one.at} for one in shown],
        more=len(listed) - len(shown),
    )
    rows = tuple(
        (Button(texts.label("doc_return", n=n, file=one.file), Restore(one.id, NONE)),)
        for n, one in enumerate(shown, 1)
    )
    return Screen(html, (*rows, (Button(texts.label("doc_to_registry"), OpenRegistry()),)))


def _back(texts: Texts, arrival: str) -> Button:
    return Button(texts.label("doc_back"), OpenArrival(arrival))
