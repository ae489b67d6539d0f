"""What a part of a proposal can be: the units, people, forms and deadlines to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from records.access import Action, may
from records.ids import PersonId, UnitId
from records.model import Cadence, DueRule, Person, Role
from records.store import Transaction
from records.units import UnitTree
from services.tasks.pending import Pending
from services.tasks.proposal import Timing
from vietnamese.text import fold

MOST_FOUND: Final = 24
"""Units or people that typed words find: three pages; more words find fewer."""


class Part(IntEnum):
    """A part of a proposal; buttons name it by its number, so these numbers stay."""

    TITLE = 0
    LEAD = 1
    SUPPORT = 2
    PEOPLE = 3
    FORM = 4
    DUE = 5
    REVIEWER = 6

    @property
    def word(self) -> str:
        """Its name as it is kept, and as labels have it."""
        return self.name.lower()


UNIT_PARTS: Final = frozenset({Part.LEAD, Part.SUPPORT})
TYPED: Final = frozenset(Part) - {Part.FORM}
"""Parts that typed words fill, or search in."""

USUAL: Final = (
    ("never", Timing(Cadence.ONCE)),
    ("event", Timing(Cadence.ON_EVENT)),
    ("weekly", Timing(Cadence.WEEKLY, DueRule(weekday=5))),
    ("monthly", Timing(Cadence.MONTHLY, DueRule(day_of_month=4, months_after=1))),
    ("quarterly", Timing(Cadence.QUARTERLY, DueRule(day_of_month=20))),
    ("half", Timing(Cadence.HALF_YEARLY, DueRule(day_of_month=20))),
    ("yearly", Timing(Cadence.YEARLY, DueRule(dates=((11, 4),)))),
)
"""Deadlines offered as buttons, by the name of their label; others are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The units within somebody's reach, as they stand today."""

    tree: UnitTree
    units: frozenset[UnitId]

    @property
    def tops(self) -> tuple[UnitId, ...]:
        """Those with none above them within reach: where choosing begins."""
        return tuple(
            unit
            for unit in self.tree.units
            if unit in self.units
            and self.tree.standing(unit)
            and self.tree.parent(unit) not in self.units
        )

    def at(self, held: Pending) -> UnitId | None:
        """Return the unit entered while choosing; the top where there is just one."""
        if held.at in self.units:
            return held.at
        return self.tops[0] if len(self.tops) == 1 else None

    def listed(self, held: Pending) -> tuple[UnitId, ...]:
        """Return the units to show: those that words found, or the one entered and those below."""
        if held.found:
            return tuple(unit for unit in self.tree.units if unit in held.found)
        at = self.at(held)
        return self.tops if at is None else (at, *self.tree.children(at))

    def named(self, words: str) -> tuple[UnitId, ...]:
        """Return the units whose name is the words, else those whose name holds them."""
        wanted = _plain(words)
        standing = [
            unit for unit in self.tree.units if unit in self.units and self.tree.standing(unit)
        ]
        whole = [unit for unit in standing if wanted == _plain(self.tree.name(unit))]
        part = [unit for unit in standing if wanted in _plain(self.tree.name(unit))]
        return tuple(whole or part)[:MOST_FOUND]


async def people_to_name(tx: Transaction, reach: Reach, held: Pending) -> tuple[Person, ...]:
    """Return who can be named to report: those found, else all of the lead units and below."""
    if held.found:
        return await people(tx, [PersonId(one) for one in held.found])
    leads = held.proposal.leads or reach.tops
    units = [
        unit for lead in leads for unit in reach.tree.units if unit in reach.tree.subtree(lead)
    ]
    return await _of_units(tx, units)


async def people_called(tx: Transaction, reach: Reach, words: str) -> tuple[Person, ...]:
    """Return the active people within reach whose name holds the words."""
    wanted = _plain(words)
    found = [
        one
        for one in await tx.find(Person)
        if one.active and one.unit in reach.units and wanted in _plain(one.name)
    ]
    return tuple(found[:MOST_FOUND])


async def reviewers(tx: Transaction, reach: Reach, held: Pending) -> tuple[Person, ...]:
    """Return who may review the reports of all lead units: nearer ones first, admins last."""
    leads = held.proposal.leads
    units = [place for lead in leads for place in (lead, *reach.tree.above(lead))]
    near = [one for one in await _of_units(tx, units) if one.role is Role.SUPERVISOR]
    admins = [one for one in await tx.find(Person, {"role": Role.ADMIN}) if one.active]
    return tuple(
        one
        for one in dict.fromkeys((*near, *admins))
        if all(may(one, Action.REVIEW, lead, reach.tree) for lead in leads)
    )


async def people(tx: Transaction, ids: Iterable[PersonId]) -> tuple[Person, ...]:
    """Return the people of these ids; one who is not there is left out."""
    found = [await tx.get(Person, one) for one in ids]
    return tuple(one for one in found if one is not None)


async def _of_units(tx: Transaction, units: Iterable[UnitId]) -> tuple[Person, ...]:
    found = [one for unit in dict.fromkeys(units) for one in await tx.find(Person, {"unit": unit})]
    return tuple(one for one in found if one.active)


def _plain(words: str) -> str:
    return " ".join(fold(words).split())
