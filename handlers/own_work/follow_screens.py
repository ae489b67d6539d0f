"""Screens of what is asked about the clause quoted last."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from handlers.core.callback_data import CopyText
from handlers.core.dependencies import Texts
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenClause, OpenDocument, OpenRelated
from knowledge.catalogue import (
    Catalogue,
    NotInCatalogue,
    Part,
    clause_id,
    contents,
    document_id,
    facts_of,
    part,
)
from knowledge.model import Directive, Duty
from knowledge.validity import ended_by
from services.intents.values import FollowKind
from vietnamese.text import fold

COPIED: Final = 256
"""Bot API, CopyTextButton: characters."""

DUTIES: Final = 3

Telling = Callable[[Duty], bool]

_URGES: Final = re.compile(r"\bdon doc\b")
_WATCHES: Final = re.compile(r"\b(?:kiem tra|giam sat|theo doi)\b")

_PRINTED: Final[Mapping[FollowKind, tuple[str, ...]]] = {
    FollowKind.SIGNER: ("signature",),
    FollowKind.ISSUED: ("header",),
    FollowKind.RECIPIENTS: ("addressed_to", "recipients"),
}
"""The parts of a document that tell what is asked of it as a whole."""

_TELLS: Final[Mapping[FollowKind, Telling]] = {
    FollowKind.LEAD: lambda duty: bool(duty.lead),
    FollowKind.SUPPORT: lambda duty: bool(duty.support),
    FollowKind.WHEN: lambda duty: duty.deadline is not None,
    FollowKind.TO_WHOM: lambda duty: duty.report_to is not None,
    FollowKind.OVERSEE: lambda duty: bool(duty.lead) and bool(_URGES.search(fold(duty.what))),
}
"""What a duty must tell to answer."""


def followed(
    texts: Texts, catalogue: Catalogue, directive: Directive, quoted: str | None, kind: FollowKind
) -> Screen:
    """Answer a question about a clause, or the whole document; where it does not tell, say so."""
    document = document_id(directive.file)
    clause = quoted or contents(directive)[0].clause
    whole = Button(texts.label("whole_clause"), OpenClause(document, clause_id(clause), 0, 1))
    home = Button(texts.label("own_document"), OpenDocument(document, 0, 1))
    held = facts_of(directive)
    place = part(directive, clause)
    match kind:
        case FollowKind.SIGNER | FollowKind.ISSUED | FollowKind.RECIPIENTS:
            reports, _ = told(directive, clause, _TELLS[FollowKind.TO_WHOM])
            html = texts.screen(
                "follow_document",
                what=kind.value,
                held=held,
                printed=[one.text for one in printed(directive, _PRINTED[kind])],
                duties=reports[:1] if kind is FollowKind.RECIPIENTS else (),
            )
            return Screen(html, ((home,),))
        case FollowKind.CITE:
            words = texts.label("citation", held=held, clause=quoted, text=place.text)
            html = texts.screen("follow_cite", held=held, words=words)
            copy = ((Button(texts.label("copy_citation"), CopyText(words)),),)
            return Screen(html, (*(copy if len(words) <= COPIED else ()), (whole,)))
        case FollowKind.VALID:
            html = texts.screen("follow_valid", held=held, ended=ended_by(catalogue, directive)[:2])
            return Screen(html, ((Button(texts.label("related"), OpenRelated(document, 1)), home),))
        case FollowKind.PLACE | FollowKind.WHOLE:
            html = texts.screen("follow_place", quote=place, whole=kind is FollowKind.WHOLE)
            return Screen(html, ((whole, home),))
        case _:
            inside, outside = told(directive, clause, _TELLS[kind])
            if kind is FollowKind.OVERSEE and not (inside or outside):
                inside, outside = told(directive, clause, _watches)
            html = texts.screen(
                "follow_duties",
                what=kind.value,
                held=held,
                quote=place,
                duties=(inside or outside)[:DUTIES],
                inside=bool(inside),
            )
            return Screen(html, ((whole, home),))


def told(
    directive: Directive, clause: str, tells: Telling
) -> tuple[Sequence[Duty], Sequence[Duty]]:
    """Return the duties that tell: those of the clause or around it, and those elsewhere.

    Of those elsewhere the ones of the same section come first.
    """
    telling = [one for one in directive.duties if tells(one)]
    inside = [one for one in telling if _within(one.clause, clause)]
    outside = [one for one in telling if one not in inside]
    return inside, sorted(outside, key=lambda one: not _within(one.clause, _above(clause)))


def _within(one: str, other: str) -> bool:
    """Tell whether one of two places lies in the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _watches(duty: Duty) -> bool:
    return bool(duty.lead) and bool(_WATCHES.search(fold(duty.what)))


def _above(clause: str) -> str:
    return clause.rpartition(".")[0] or clause


def printed(directive: Directive, names: Sequence[str]) -> list[Part]:
    """Return those of the named parts that the document has."""
    found = []
    for name in names:
        with suppress(NotInCatalogue):
            found.append(part(directive, name))
    return found
