"""What the parser found in a directive becomes a proposal that an admin corrects and confirms."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from knowledge.catalogue import NotInCatalogue, document_id
from knowledge.model import Directive, Duty
from records.forms.files import Forms
from records.forms.model import Purpose
from records.ids import UnitId, new_id
from records.model import Cadence, Origin
from scheduler.worded_rules import rule_of
from services.tasks.pending import Pending
from services.tasks.proposal import Proposal
from services.units.resolution import Resolve
from vietnamese.text import fold

SHORT_TITLE: Final = 150
"""Characters of a proposed title: two lines of a phone; the whole wording stands in the origin."""


def duty_id(duty: Duty) -> str:
    """Return the short id of a duty within its document; 32 bits."""
    return hashlib.blake2s(f"{duty.clause}\n{duty.what}".encode(), digest_size=4).hexdigest()


def find_duty(directive: Directive, duty: str) -> Duty:
    """Return the duty with this id; NotInCatalogue if the text no longer has it."""
    for one in directive.duties:
        if duty_id(one) == duty:
            return one
    raise NotInCatalogue


def origin_of(directive: Directive, duty: Duty, citation: str, version: str) -> Origin:
    """Return where a duty was born; `citation` is the document in one line."""
    return Origin(
        file=directive.file,
        clause=duty.clause,
        quote=duty.what,
        citation=citation,
        version=version,
    )


def proposed(
    directive: Directive, duty: Duty, origin: Origin, units_of: Resolve, forms: Forms
) -> Pending:
    """Return what the text gives for a duty: addressees, form, cadence and due day."""
    leads, unknown = _resolved(duty.lead, units_of)
    support, unknown_too = _resolved(duty.support, units_of)
    cadence, rule, due = rule_of(duty.deadline) if duty.deadline else (Cadence.ONCE, None, None)
    proposal = Proposal(
        id=new_id(),
        title=_short(duty.what),
        form=_form(duty.what, cadence, forms),
        leads=leads,
        support=tuple(unit for unit in support if unit not in leads),
        origin=origin,
        cadence=cadence,
        due=due,
        due_text=None if duty.deadline is None else duty.deadline.text,
        rule=rule,
    )
    return Pending(
        proposal=proposal,
        unresolved=(*unknown, *unknown_too),
        document=document_id(directive.file),
    )


def _resolved(
    names: Iterable[str], units_of: Resolve
) -> tuple[tuple[UnitId, ...], tuple[str, ...]]:
    """Return the units that the names stand for, each once, and the names that stand for none."""
    units: dict[UnitId, None] = {}
    unknown = []
    for name in names:
        found = units_of(name)
        units |= dict.fromkeys(found)
        unknown += [] if found else [name]
    return tuple(units), tuple(unknown)


def _form(what: str, cadence: Cadence, forms: Forms) -> str:
    """Return the form made for a duty: of those whose words it uses, the one named first."""
    if cadence is Cadence.ON_EVENT:
        return forms.serving(Purpose.OBSTACLE).id
    folded = fold(what)
    named = [
        (folded.find(words), form.id)
        for form in forms.latest()
        for words in form.use.duties or ()
        if words in folded
    ]
    return min(named)[1] if named else forms.serving(Purpose.PROGRESS).id


def _short(what: str) -> str:
    """Return the first sentence of a duty, or as many of its words as a title holds."""
    first = re.split(r"[.;](?:\s|$)", " ".join(what.split()), maxsplit=1)[0]
    if len(first) <= SHORT_TITLE:
        return first
    return first[: SHORT_TITLE - 1].rpartition(" ")[0].rstrip(" ,:-") + "…"
