"""All that obligations follow from, as it stood at one time: people, units, days, wishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.ids import PeriodKey, PersonId, TaskId, UnitId
from records.model import Extension, Person, Role, Waiver
from records.obligations.working_days import Calendar
from records.units import UnitTree

Place = tuple[TaskId, UnitId, PeriodKey | None]
"""Which obligation: task, unit and period."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """Records beside the tasks and reports themselves."""

    day: date
    """The day on which it is looked at, in Asia/Ho_Chi_Minh."""
    people: Mapping[PersonId, Person]
    tree: UnitTree
    calendar: Calendar
    extended: Mapping[Place, date] = field(default_factory=dict)
    """Later due days that were granted."""
    waived: Mapping[Place, Waiver] = field(default_factory=dict)
    """Periods whose report is asked for no more."""

    @cached_property
    def by_role(self) -> Mapping[tuple[UnitId, Role], tuple[Person, ...]]:
        """The active people of each unit, by role."""
        found: dict[tuple[UnitId, Role], tuple[Person, ...]] = {}
        for one in self._in_order:
            if one.active:
                found[(one.unit, one.role)] = (*found.get((one.unit, one.role), ()), one)
        return found

    @cached_property
    def admins(self) -> tuple[Person, ...]:
        """The active admins."""
        return tuple(one for one in self._in_order if one.active and one.role is Role.ADMIN)

    @cached_property
    def _in_order(self) -> tuple[Person, ...]:
        """All people in one order, in whatever order they were read."""
        return tuple(self.people[key] for key in sorted(self.people))

    def of_unit(self, unit: UnitId, role: Role) -> tuple[Person, ...]:
        """Return the active people of a unit in that role."""
        return self.by_role.get((unit, role), ())


def granted(extensions: Iterable[Extension]) -> Mapping[Place, date]:
    """Return the later due day of each period for which more time was granted, the last decided."""
    latest: dict[Place, date] = {}
    for one in sorted(extensions, key=lambda each: each.decided or each.asked):
        latest[(one.task, one.unit, one.period)] = one.until
    return latest


def waivers(found: Iterable[Waiver]) -> Mapping[Place, Waiver]:
    """Return the waivers by what they release from."""
    return {(one.task, one.unit, one.period): one for one in found}
