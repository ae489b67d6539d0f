"""Screens of sending out and acknowledging."""

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.acknowledging.addressing import Scope
from handlers.acknowledging.presses import (
    Acknowledge,
    ChooseDocument,
    ChooseScope,
    OpenBroadcast,
    OpenBroadcasts,
    OpenOwn,
    Preview,
    Say,
    SendOut,
    UrgeReaders,
    stance_number,
)
from handlers.catalogue import Catalogue, held, part
from handlers.desk import Button, Screen, Texts
from handlers.library_screens import Rows, page_turns
from handlers.pages import LIST_PAGE, count, cut
from handlers.press import StaleButton
from handlers.presses import OpenClause, OpenDocument, clause_id, document_id
from knowledge.model import Directive
from records.acknowledging.sending_out import State
from records.model import Broadcast, Stance

CLAUSES_SHOWN: Final = 4
"""Clauses quoted in a message; the others stand behind its buttons."""

UNITS_SHOWN: Final = 15
"""Lines of a sending's state."""


def broadcasts(texts: Texts, found: Sequence[Broadcast], page: int) -> Screen:
    """Show what was sent out."""
    listed = cut(found, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen("ack_list", broadcasts=listed, total=len(found), first=page * LIST_PAGE)
    rows: Rows = ((Button(texts.label("ack_new"), ChooseDocument(0)),),)
    rows += tuple(
        (Button(texts.label("ack_open", n=n, name=one.citation), OpenBroadcast(one.id)),)
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    return Screen(html, rows + page_turns(texts, page, count(len(found)), OpenBroadcasts))


def documents(texts: Texts, catalogue: Catalogue, page: int) -> Screen:
    """Show the documents that can be sent out."""
    listed = cut(catalogue.documents, page)
    if page and not listed:
        raise StaleButton
    rows = tuple(
        (
            Button(
                texts.label("open_document", n=n, held=held(one)),
                ChooseScope(document_id(one.file)),
            ),
        )
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    turns = page_turns(texts, page, count(len(catalogue.documents)), ChooseDocument)
    return Screen(texts.screen("ack_documents"), rows + turns)


def choose_scope(texts: Texts, directive: Directive, found: Sequence[Scope]) -> Screen:
    """Show to whom a document can be sent."""
    document = document_id(directive.file)
    rows = tuple(
        (Button(scope_name(texts, one), Preview(document, number)),)
        for number, one in enumerate(found)
        if one.units
    )
    return Screen(texts.screen("ack_scope", held=held(directive)), rows)


def preview(
    texts: Texts, directive: Directive, scope: Scope, press: Preview, facts: Mapping[str, int]
) -> Screen:
    """Show what would be sent, before it is."""
    html = texts.screen(
        "ack_preview",
        held=held(directive),
        scope=scope_name(texts, scope),
        units=len(scope.units),
        duties=[
            {"clause": one.clause, "text": one.what} for one in directive.duties[:CLAUSES_SHOWN]
        ],
        more=max(0, len(directive.duties) - CLAUSES_SHOWN),
        **facts,
    )
    return Screen(
        html,
        (
            (Button(texts.label("ack_send"), SendOut(press.document, press.scope)),),
            (Button(texts.label("ack_back"), ChooseScope(press.document)),),
        ),
    )


def state(texts: Texts, found: State) -> Screen:
    """Show how far a sending is."""
    waiting = sum(len(one.waiting) for one in found.units)
    html = texts.screen(
        "ack_state",
        name=found.broadcast.citation,
        made=found.broadcast.made,
        acknowledged=sum(one.acknowledged for one in found.units),
        waiting=waiting,
        unreached=sum(one.unreached for one in found.units),
        units=[
            {
                "name": one.name,
                "waiting": len(one.waiting),
                "all": one.acknowledged + len(one.waiting),
            }
            for one in found.units
            if one.waiting
        ][:UNITS_SHOWN],
        objected=found.objected[:UNITS_SHOWN],
    )
    rows: Rows = ()
    if waiting:
        rows += ((Button(texts.label("ack_urge"), UrgeReaders(found.broadcast.id)),),)
    document = document_id(found.broadcast.file)
    for clause in dict.fromkeys(one.clause for one in found.objected[:CLAUSES_SHOWN]):
        to = OpenClause(document, clause_id(clause), 0, 1)
        rows += ((Button(texts.label("ack_clause", clause=clause), to),),)
    return Screen(html, (*rows, (Button(texts.label("ack_list"), OpenBroadcasts(0)),)))


def message(
    texts: Texts,
    broadcast: Broadcast,
    directive: Directive | None,
    own: Sequence[str],
    *,
    leads: bool,
) -> Screen:
    """Show somebody a directive that was sent to his unit: his clauses first."""
    quoted = [] if directive is None else [part(directive, path) for path in own]
    html = texts.screen(
        "ack_broadcast",
        name=broadcast.citation,
        title=None if directive is None else held(directive).title,
        clauses=quoted[:CLAUSES_SHOWN],
        more=max(0, len(own) - CLAUSES_SHOWN),
        gone=directive is None,
        leads=leads,
    )
    rows: Rows = ((Button(texts.label("ack_done"), Acknowledge(broadcast.id)),),)
    if leads and directive is not None:
        rows += tuple(
            (Button(texts.label("ack_own", clause=path), OpenOwn(broadcast.id, number)),)
            for number, path in enumerate(own)
        )
    if directive is not None:
        whole = OpenDocument(document_id(broadcast.file), 0, 1)
        rows += ((Button(texts.label("ack_whole"), whole),),)
    return Screen(html, rows)


def reminder(texts: Texts, left: Sequence[Broadcast]) -> Screen:
    """Show what somebody has not acknowledged, each with its button."""
    return Screen(
        texts.screen("ack_reminder", names=[one.citation for one in left]),
        tuple(
            (Button(texts.label("ack_done_of", name=one.citation), Acknowledge(one.id)),)
            for one in left[:LIST_PAGE]
        ),
    )


def own_clause(
    texts: Texts, broadcast: Broadcast, directive: Directive, path: str, number: int
) -> Screen:
    """Show one of the unit's clauses, and ask whose it is."""
    quoted = part(directive, path)
    html = texts.screen("ack_own", name=broadcast.citation, clause=quoted)
    answers = tuple(
        (Button(texts.label(f"stance_{stance}"), Say(broadcast.id, number, stance_number(stance))),)
        for stance in Stance
    )
    return Screen(html, answers)


def scope_name(texts: Texts, scope: Scope) -> str:
    """Name a choice of units."""
    return texts.label(f"ack_scope_{scope.name}", kinds=", ".join(scope.kinds), n=len(scope.units))
