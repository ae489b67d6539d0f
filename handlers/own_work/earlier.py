"""What the answer of before listed: its units, its first clause, the due day of its one task."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.core.dependencies import Dependencies
from knowledge.model import Directive
from records.ids import PersonId
from records.model import Scope
from services.intents.lead_time import days_before
from services.intents.subjects import LISTING, before_of
from services.intents.values import Intent, Named
from services.own_work.desk import Answered, Asked, answered
from services.own_work.directives import Charges
from services.own_work.values import Figure, Owing, Units


@dataclass(frozen=True, slots=True)
class Earlier:
    """Reads again, with one person's rights, what he was answered before."""

    deps: Dependencies
    person: PersonId

    async def units(self, before: Scope) -> list[tuple[str, str]]:
        """Return the units that were listed, each with its name."""
        intent = Intent(before.intent or Intent.OWED)
        if intent not in LISTING:
            return []
        match await self._answered(Asked(intent=intent, named=before_of(before))):
            case Units(counts=counts):
                return [(one.unit, one.name) for one in counts]
            case Figure(shares=shares):
                return [(one.unit, one.name) for one in shares]
            case _:
                return []

    async def first_charge(self, directive: Directive, before: Scope) -> str | None:
        """Return the clause shown first of what a document gives the unit to do."""
        if before.intent != Intent.MINE.value:
            return None
        found = await self._answered(Asked(intent=Intent.MINE, named=Named(), directive=directive))
        return found.items[0].duty.clause if isinstance(found, Charges) and found.items else None

    async def reminder(self, text: str, before: Scope) -> str | None:
        """Return the day and matter to be reminded of, some days before the one task is due."""
        days = days_before(text)
        if days is None or before.intent is None:
            return None
        found = await self._answered(Asked(intent=Intent.DUE, named=before_of(before)))
        items = found.items if isinstance(found, Owing) else ()
        if len(items) != 1 or items[0].due is None:
            return None
        day = items[0].due - timedelta(days=days)
        title = self.deps.texts.label("remind_before", title=items[0].task.title)
        return f"{day:%d/%m/%Y} {title}"

    async def _answered(self, asked: Asked) -> Answered:
        deps = self.deps
        return await answered(deps.store, deps.forms, self.person, asked, deps.now())
