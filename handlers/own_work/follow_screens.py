"""Screens of what is asked about the clause quoted last."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from handlers.core.callback_data import CopyText
from handlers.core.dependencies import Texts
from handlers.core.screen import Button, Screen
from handlers.library.buttons import OpenClause, OpenDocument, OpenRelated
from knowledge.catalogue import Catalogue, clause_id, contents, document_id, facts_of, part
from knowledge.model import Directive, Duty
from knowledge.validity import ended_by
from services.intents.values import FollowKind

COPIED: Final = 256
"""Bot API, CopyTextButton: characters."""

DUTIES: Final = 3

Telling = Callable[[Duty], bool]

_TELLS: Final[Mapping[FollowKind, Telling]] = {
    FollowKind.LEAD: lambda duty: bool(duty.lead),
    FollowKind.SUPPORT: lambda duty: bool(duty.support),
    FollowKind.WHEN: lambda duty: duty.deadline is not None,
    FollowKind.TO_WHOM: lambda duty: duty.report_to is not None,
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
    """Return the duties that tell: those of the clause or around it, and those elsewhere."""
    telling = [one for one in directive.duties if tells(one)]
    inside = [one for one in telling if _within(one.clause, clause)]
    return inside, [one for one in telling if one not in inside]


def _within(one: str, other: str) -> bool:
    """Tell whether one of two places lies in the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
