"""One question on work, answered in one transaction with the asker's rights."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from knowledge.catalogue import Catalogue
from knowledge.model import Directive
from records.access import Action, may
from records.actor import Acting, acting
from records.forms.files import Forms
from records.ids import PersonId, ReportId, UnitId
from records.store import Store
from services.intents.values import Around, Intent, Named
from services.own_work import reports, units
from services.own_work.around import around
from services.own_work.directives import Charges, charged
from services.own_work.figures import figure
from services.own_work.scope import root_name, seen_units
from services.own_work.values import (
    Figure,
    Hidden,
    OneUnit,
    Owing,
    Sent,
    Staff,
    Units,
    UnreadOnes,
)
from services.review.models import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A model of good work: of which unit, and its name."""

    report: ReportId
    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The models of the units asked about."""

    root: str
    items: tuple[Noted, ...]


Answered = (
    Owing | Sent | Units | OneUnit | Staff | Figure | UnreadOnes | Charges | Notes | Hidden | None
)
"""What an answer says; None where what it would be about is not known."""

Read = Callable[[Acting, Forms, Named], Awaitable[Answered]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on work."""

    intent: Intent
    named: Named
    directive: Directive | None = None
    """The document it is about."""


async def known(
    store: Store, forms: Forms, catalogue: Catalogue, person: PersonId, now: datetime
) -> Around:
    """Return what a person can name. Raises UnknownPerson."""
    async with acting(store, person, now) as act:
        return await around(act, forms, catalogue)


async def answered(
    store: Store, forms: Forms, person: PersonId, asked: Asked, now: datetime
) -> Answered:
    """Return the answer to a question on work. Raises UnknownPerson."""
    async with acting(store, person, now) as act:
        if asked.intent is Intent.MINE:
            return None if asked.directive is None else await charged(act, asked.directive)
        if asked.intent is Intent.MODELS:
            return await _models(act, store, forms, asked.named)
        return await _READ[asked.intent](act, forms, asked.named)


async def _owed(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await reports.owed(act, named)


async def _late(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await reports.owed(act, named, late=True)


async def _due(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await reports.due(act, named)


async def _unreported(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await units.unreported(act, named)


async def _slowest(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await units.slowest(act, named)


async def _unit(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await units.one_unit(act, named)


async def _staff(act: Acting, _forms: Forms, named: Named) -> Answered:
    return await units.staff(act, named)


async def _unread(act: Acting, _forms: Forms, named: Named) -> Answered:
    found = await units.unread(act, named)
    manages = may(act.actor, Action.BROADCAST, None, act.tree)
    return UnreadOnes(items=tuple(found), named=bool(named.documents), manages=manages)


async def _figure(act: Acting, forms: Forms, named: Named) -> Answered:
    return await figure(act, forms, named) or await units.slowest(act, Named())


_READ: Final[Mapping[Intent, Read]] = {
    Intent.OWED: _owed,
    Intent.LATE: _late,
    Intent.DUE: _due,
    Intent.EXTEND: _owed,
    Intent.SENT: reports.sent,
    Intent.REVIEW: reports.waiting,
    Intent.RETURNED: reports.returned,
    Intent.UNREPORTED: _unreported,
    Intent.SLOWEST: _slowest,
    Intent.UNIT: _unit,
    Intent.PEOPLE: _staff,
    Intent.UNREAD: _unread,
    Intent.TOTAL: _figure,
    Intent.MOST: _figure,
}


async def _models(act: Acting, store: Store, forms: Forms, named: Named) -> Notes | Hidden:
    wanted = seen_units(act, named)
    if wanted is None:
        return Hidden(unit=act.tree.name(UnitId(named.units[0])))
    every = await models(store, forms, act.actor.id, act.now)
    return Notes(
        root=root_name(act, wanted),
        items=tuple(
            Noted(report=one.report.id, unit=one.unit, text=one.name)
            for one in every
            if one.report.unit in wanted
        ),
    )
