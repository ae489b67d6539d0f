"""Screens of who received a directive: one's own clauses first, whose they are, what is left."""

from collections.abc import Sequence
from typing import Final

from handlers.broadcasts.buttons import (
    Acknowledge,
    AcknowledgeListed,
    OpenOwn,
    OpenReceived,
    Say,
    stance_number,
)
from handlers.core.callback_data import StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.library.buttons import OpenClause, OpenDocument
from knowledge.catalogue import Part, clause_id, document_id, facts_of, part
from knowledge.model import Directive
from records.model import Broadcast, Stance
from services.broadcasts.acknowledgement import Received

CLAUSES_PAGE: Final = 4
"""Clauses quoted on one page of a message: 550 characters each, the head and the buttons beside."""


def message(
    texts: Texts,
    given: Received,
    directive: Directive | None,
    page: int = 0,
    *,
    urged: bool = False,
) -> Screen:
    """Show somebody a directive that was sent to his unit, his clauses first.

    `directive` is None if it was removed since: it can still be acknowledged, not opened.
    """
    own = () if directive is None else _still_there(directive, given.own)
    listed = cut(own, page, CLAUSES_PAGE)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "ack_broadcast",
        name=given.broadcast.citation,
        title=None if directive is None else facts_of(directive).title,
        clauses=[
            {"part": quoted, "stance": given.stances.get(quoted.clause)} for _, quoted in listed
        ],
        page=page,
        pages=count(len(own), CLAUSES_PAGE),
        gone=directive is None,
        leads=given.leads,
        acknowledged=given.acknowledged,
        urged=urged,
    )
    rows: Rows = ()
    if given.acknowledged is None:
        rows += ((Button(texts.label("ack_done"), Acknowledge(given.broadcast.id)),),)
    if directive is not None:
        rows += _own_rows(texts, given, listed)
        rows += page_turns(
            texts,
            page,
            count(len(own), CLAUSES_PAGE),
            lambda to: OpenReceived(given.broadcast.id, to),
        )
        whole = OpenDocument(document_id(directive.file), 0, 1)
        rows += ((Button(texts.label("ack_whole"), whole),),)
    return Screen(html, rows)


def own_clause(texts: Texts, given: Received, directive: Directive, number: int) -> Screen:
    """Show one of the unit's clauses, and ask its lead whose it is."""
    path = given.own[number]
    said = given.stances.get(path)
    html = texts.screen(
        "ack_own",
        name=given.broadcast.citation,
        clause=part(directive, path),
        stance=said,
        n=number + 1,
        total=len(given.own),
    )
    answers = tuple(
        (
            Button(
                texts.label(f"stance_{stance}"),
                Say(given.broadcast.id, number, stance_number(stance)),
            ),
        )
        for stance in Stance
        if stance is not said
    )
    whole = OpenClause(document_id(directive.file), clause_id(path), 0, 1)
    back = OpenReceived(given.broadcast.id, number // CLAUSES_PAGE)
    return Screen(
        html,
        (
            *answers,
            (Button(texts.label("ack_whole_clause"), whole),),
            (Button(texts.label("ack_to_message"), back),),
        ),
    )


def next_unsaid(given: Received, directive: Directive, after: int) -> int | None:
    """Return the place of the next clause, going round, of which nothing is said; None if none."""
    there = {number for number, _ in _still_there(directive, given.own)}
    round_trip = [*range(after + 1, len(given.own)), *range(after + 1)]
    return next((n for n in round_trip if n in there and given.own[n] not in given.stances), None)


def reminder(texts: Texts, left: Sequence[Broadcast]) -> Screen:
    """Show what somebody has not acknowledged, each with its buttons; or that nothing is left."""
    rows = tuple(
        (
            Button(texts.label("ack_done_of", n=n), AcknowledgeListed(one.id)),
            Button(texts.label("ack_read", n=n), OpenReceived(one.id, 0, 1)),
        )
        for n, one in enumerate(left[:LIST_PAGE], 1)
    )
    names = [one.citation for one in left[:LIST_PAGE]]
    more = max(0, len(left) - LIST_PAGE)
    return Screen(texts.screen("ack_reminder", names=names, more=more), rows)


def _own_rows(texts: Texts, given: Received, listed: Sequence[tuple[int, Part]]) -> Rows:
    """Return a button for each clause: a lead says whose it is, others read it whole."""
    rows = []
    for number, quoted in listed:
        path = quoted.clause
        if given.leads:
            label = texts.label("ack_own", clause=path, stance=given.stances.get(path))
            rows.append((Button(label, OpenOwn(given.broadcast.id, number)),))
        else:
            to = OpenClause(document_id(given.broadcast.file), clause_id(path), 0, 1)
            rows.append((Button(texts.label("ack_clause", clause=path), to),))
    return tuple(rows)


def _still_there(directive: Directive, own: Sequence[str]) -> list[tuple[int, Part]]:
    """Return the clauses that today's text has, with their places among the unit's."""
    paths = {one.path for one in directive.clauses}
    return [(n, part(directive, path)) for n, path in enumerate(own) if path in paths]
