"""Which screen each answer on one's own work has."""

from dataclasses import dataclass
from typing import Final

from handlers.core.dependencies import Dependencies
from handlers.core.screen import Screen
from handlers.own_work.screens import OwnWork, hidden, no_document
from knowledge.catalogue import NotInCatalogue, document_id
from knowledge.model import Directive
from records.ids import UnitId
from records.model import Person
from scheduler.digest import Note
from scheduler.overview import obstacles_of
from services.intents.values import Intent, Named
from services.own_work.desk import Answered, Asked, Notes, answered
from services.own_work.directives import Charges
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
from vietnamese.text import fold

LEAST: Final = frozenset({"it nhat", "thap nhat"})
"""Words by which the least is asked for."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers one reader; `took` names what was taken from what was said before."""

    deps: Dependencies
    reader: Person
    took: tuple[str, ...]

    async def screen(self, intent: Intent, named: Named, text: str) -> Screen:
        """Return the answer."""
        own = OwnWork(self.deps.texts, self.reader.id, self.reader.role, self.took)
        store, forms, now = self.deps.store, self.deps.forms, self.deps.now()
        if intent is Intent.COMPLAINT:
            return Screen(self.deps.texts.screen("complaint"))
        if intent is Intent.OBSTACLES:
            unit = UnitId(named.units[0]) if named.units else None
            root, notes = await obstacles_of(store, forms, self.reader.id, unit, now)
            return own.notes(intent.value, root, notes)
        asked = Asked(intent=intent, named=named, directive=self._directive(named))
        found = await answered(store, forms, self.reader.id, asked, now)
        least = any(word in fold(text) for word in LEAST)
        return self._worded(own, found, asked, least=least)

    def _worded(self, own: OwnWork, found: Answered, asked: Asked, *, least: bool) -> Screen:
        what = asked.intent.value
        match found:
            case Owing() if asked.intent is Intent.DUE:
                return own.due(found, named=bool(asked.named.tasks))
            case Owing():
                return own.owing(found, what)
            case Sent():
                return own.sent(found, what)
            case Figure():
                return own.figure(found, what, least=least)
            case _:
                return self._of_units(own, found, asked) or self._of_papers(own, found, asked)

    def _of_units(self, own: OwnWork, found: Answered, asked: Asked) -> Screen | None:
        match found:
            case Units():
                known = asked.intent is Intent.UNREPORTED
                return own.units(found, (asked.intent if known else Intent.SLOWEST).value)
            case OneUnit():
                return own.unit(found)
            case Staff():
                return own.staff(found)
            case Hidden():
                return hidden(self.deps.texts, found.unit)
            case _:
                return None

    def _of_papers(self, own: OwnWork, found: Answered, asked: Asked) -> Screen:
        match found:
            case UnreadOnes():
                return own.unread(found.items, named=found.named, manages=found.manages)
            case Notes():
                notes = [Note(report=n.report, unit=n.unit, text=n.text) for n in found.items]
                return own.notes(asked.intent.value, found.root, notes)
            case Charges() if asked.directive is not None:
                return own.charges(found, asked.directive)
            case _:
                return no_document(self.deps.texts)

    def _directive(self, named: Named) -> Directive | None:
        if not named.documents:
            return None
        try:
            return self.deps.catalogue().find(document_id(named.documents[0]))
        except NotInCatalogue:
            return None
