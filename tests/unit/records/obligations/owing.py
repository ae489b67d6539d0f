"""Obligations for tests of those who show them: of tasks, reports and a day."""

from collections.abc import Iterable
from datetime import date

from records.model import Person, Report, Task, Unit, UnitName
from records.obligations.obligation import Obligation, obligations
from records.obligations.office import Office
from records.obligations.responsible import asked_units
from records.obligations.working_days import Calendar
from records.units import UnitTree


def office_on(day: date, units: Iterable[Unit], people: Iterable[Person] = ()) -> Office:
    """Return an office of these units and people, on a day."""
    return Office(
        day=day,
        people={one.id: one for one in people},
        tree=UnitTree.of(units, day),
        calendar=Calendar(),
    )


def owed(
    task: Task, *reports: Report, day: date, name: str = "Xã", people: Iterable[Person] = ()
) -> list[Obligation]:
    """Return all that is owed on a task whose units bear that name."""
    units = [Unit(id=one, kind="xã", names=(UnitName(text=name),)) for one in asked_units(task)]
    return list(obligations(task, reports, office_on(day, units, people)))
