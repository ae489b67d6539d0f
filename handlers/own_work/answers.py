"""Which answer each intent on own work has: one read of the records, then its screen."""

from dataclasses import dataclass, replace
from typing import Final

from handlers.core.dependencies import Dependencies
from handlers.core.screen import Screen
from handlers.own_work.screens import OwnWork, hidden, no_document
from knowledge.catalogue import NotInCatalogue, document_id
from records.access import Action, may
from records.actor import Acting, acting
from records.ids import UnitId
from records.model import Person
from scheduler.digest import Note, digest
from services.intents.values import Intent, Named
from services.own_work import reports, units
from services.own_work.directives import charged
from services.own_work.figures import figure
from services.own_work.scope import root_name, seen_units
from services.own_work.values import Hidden
from services.review.models import models
from vietnamese.text import fold

LEAST: Final = frozenset({"it nhat", "thap nhat"})
"""Words by which the least is asked for."""

_REPORTS: Final = frozenset(
    {
        Intent.OWED,
        Intent.LATE,
        Intent.DUE,
        Intent.EXTEND,
        Intent.SENT,
        Intent.REVIEW,
        Intent.RETURNED,
    }
)
_UNITS: Final = frozenset({Intent.UNREPORTED, Intent.SLOWEST, Intent.UNIT, Intent.PEOPLE})
_READ: Final = {
    Intent.SENT: reports.sent,
    Intent.REVIEW: reports.waiting,
    Intent.RETURNED: reports.returned,
}


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers one reader; `took` names what was taken from what was said before."""

    deps: Dependencies
    reader: Person
    took: tuple[str, ...]

    async def screen(self, intent: Intent, named: Named, text: str) -> Screen:
        """Return the answer."""
        own = OwnWork(self.deps.texts, self.reader.id, self.reader.role, self.took)
        async with acting(self.deps.store, self.reader.id, self.deps.now()) as act:
            if intent in _REPORTS:
                return await self._reports(act, own, intent, named)
            if intent in _UNITS:
                return await self._units(act, own, intent, named)
            if intent in (Intent.TOTAL, Intent.MOST):
                return await self._figure(act, own, intent, named, text)
            if intent in (Intent.OBSTACLES, Intent.MODELS):
                return await self._notes(act, own, intent, named)
            if intent in (Intent.UNREAD, Intent.MINE):
                return await self._directive(act, own, intent, named)
        return Screen(self.deps.texts.screen("complaint"))

    async def _reports(self, act: Acting, own: OwnWork, intent: Intent, named: Named) -> Screen:
        if intent in _READ:
            return own.sent(await _READ[intent](act, self.deps.forms, named), intent.value)
        return await self._owing(act, own, intent, named)

    async def _notes(self, act: Acting, own: OwnWork, intent: Intent, named: Named) -> Screen:
        wanted = seen_units(act, named)
        if wanted is None:
            return hidden(self.deps.texts, act.tree.name(UnitId(named.units[0])))
        if intent is Intent.MODELS:
            notes = await self._models(wanted)
        else:
            root = UnitId(named.units[0]) if named.units else None
            notes = (await digest(act, self.deps.forms, root)).obstacles
        return own.notes(intent.value, root_name(act, wanted), notes)

    async def _models(self, wanted: frozenset[UnitId]) -> tuple[Note, ...]:
        now = self.deps.now()
        every = await models(self.deps.store, self.deps.forms, self.reader.id, now)
        return tuple(
            Note(report=one.report.id, unit=one.unit, text=one.name)
            for one in every
            if one.report.unit in wanted
        )

    async def _directive(self, act: Acting, own: OwnWork, intent: Intent, named: Named) -> Screen:
        if intent is Intent.MINE:
            return await self._mine(act, own, named)
        found = await units.unread(act, named)
        manages = may(self.reader, Action.BROADCAST, None, act.tree)
        return own.unread(found, named=bool(named.documents), manages=manages)

    async def _owing(self, act: Acting, own: OwnWork, intent: Intent, named: Named) -> Screen:
        if intent is Intent.DUE:
            return own.due(await reports.due(act, named), named=bool(named.tasks))
        found = await reports.owed(act, named, late=intent is Intent.LATE)
        if intent is Intent.EXTEND:
            own_dated = [one for one in found.items if one.due is not None and not found.of_units]
            found = replace(found, items=tuple(own_dated), of_units=False)
        return own.owing(found, intent.value)

    async def _units(self, act: Acting, own: OwnWork, intent: Intent, named: Named) -> Screen:
        match intent:
            case Intent.PEOPLE:
                staff = await units.staff(act, named)
                return self._hidden(staff) if isinstance(staff, Hidden) else own.staff(staff)
            case Intent.UNIT:
                one = await units.one_unit(act, named)
                return self._hidden(one) if isinstance(one, Hidden) else own.unit(one)
            case _:
                read = units.slowest if intent is Intent.SLOWEST else units.unreported
                found = await read(act, named)
                if isinstance(found, Hidden):
                    return self._hidden(found)
                return own.units(found, intent.value)

    async def _figure(
        self, act: Acting, own: OwnWork, intent: Intent, named: Named, text: str
    ) -> Screen:
        found = await figure(act, self.deps.forms, named)
        if isinstance(found, Hidden):
            return self._hidden(found)
        if found is None:
            return await self._units(act, own, Intent.SLOWEST, Named())
        least = any(word in fold(text) for word in LEAST)
        return own.figure(found, intent.value, least=least)

    async def _mine(self, act: Acting, own: OwnWork, named: Named) -> Screen:
        if not named.documents:
            return no_document(self.deps.texts)
        try:
            directive = self.deps.catalogue().find(document_id(named.documents[0]))
        except NotInCatalogue:
            return no_document(self.deps.texts)
        return own.charges(await charged(act, directive), directive)

    def _hidden(self, found: Hidden) -> Screen:
        return hidden(self.deps.texts, found.unit)
