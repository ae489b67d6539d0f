"""Who reports, who reviews, who is told: each asked of one place, and each with its reason."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from records.access import Action, may
from records.ids import PersonId, UnitId
from records.model import Person, Role, SupportRule, Task
from records.obligations.office import Office


class Why(StrEnum):
    """Why somebody reports."""

    NAMED = "named"
    """He is an assignee."""
    OFFICER = "officer"
    """Nobody is named: he is an officer of the unit."""
    LEFT = "left"
    """Those named have left: he is an officer of the unit."""
    HEAD = "head"
    """The unit has no officer: he leads it."""
    ABOVE = "above"
    """The unit has nobody: he is the nearest above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reports, why, and who does so beside him today."""

    person: Person
    why: Why
    deputy: Person | None = None
    """Who stands in for him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Who is reminded: the reporter, or his deputy while one stands in; each person once."""

    person: Person
    why: Why
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewers:
    """Who reviews a report."""

    people: tuple[Person, ...]
    passed_over: Person | None = None
    """The reviewer the task names, where he cannot be reached."""


def asked_units(task: Task) -> tuple[UnitId, ...]:
    """Return the units that report on a task: the lead, and who supports it if the task asks."""
    if not task.support or task.support_rule is SupportRule.TOLD:
        return (task.lead,)
    return tuple(dict.fromkeys((task.lead, *task.support)))


def reporters(office: Office, task: Task, unit: UnitId) -> tuple[Reporter, ...]:
    """Return who reports for a unit; nobody only where there is no admin either."""
    found, why = _reporting(office, task, unit)
    return tuple(Reporter(person=one, why=why, deputy=deputy_of(office, one)) for one in found)


def takers(found: Collection[Reporter]) -> tuple[Taker, ...]:
    """Return who is reminded; who reports himself is not reminded as a deputy besides."""
    taken: dict[PersonId, Taker] = {}
    for one in sorted(found, key=lambda each: each.deputy is not None):
        who = one.deputy or one.person
        instead = None if one.deputy is None else one.person
        taken.setdefault(who.id, Taker(person=who, why=one.why, instead_of=instead))
    return tuple(taken.values())


def reports_for(office: Office, task: Task, person: PersonId) -> Mapping[UnitId, Taker]:
    """Return the units for which a person reports on a task, and how: by his own duty first."""
    own: dict[UnitId, Taker] = {}
    instead: dict[UnitId, Taker] = {}
    for unit in asked_units(task):
        for one in reporters(office, task, unit):
            if one.person.id == person:
                own[unit] = Taker(person=one.person, why=one.why)
            elif one.deputy is not None and one.deputy.id == person:
                instead[unit] = Taker(person=one.deputy, why=one.why, instead_of=one.person)
    return own | {unit: taker for unit, taker in instead.items() if unit not in own}


def reviewers(
    office: Office,
    task: Task | None,
    unit: UnitId,
    but: Collection[PersonId],
    returned_by: PersonId | None = None,
) -> Reviewers:
    """Return who reviews a report of a unit; `but` is its author: nobody reviews his own.

    The reviewer whom the task names, or else the supervisors nearest above, or else the admins;
    whoever cannot be reached is passed over upwards. Who returned the version before reviews too.
    """
    named = _entitled(office, None if task is None else task.reviewer, unit, but)
    groups: list[tuple[Person, ...]] = [(named,)] if named is not None else []
    groups += [tuple(one for one in group if one.id not in but) for group in _chain(office, unit)]
    chosen = _reached_first(groups)
    again = _entitled(office, returned_by, unit, but)
    if again is not None and again not in chosen and (is_reached(again) or not chosen):
        chosen = (again, *chosen)
    over = named if named is not None and named not in chosen else None
    return Reviewers(people=chosen, passed_over=over)


def told_late(
    office: Office, unit: UnitId, but: Collection[PersonId]
) -> tuple[tuple[Person, ...], ...]:
    """Return who is told that a unit is late: the supervisors nearest to it, then the next above.

    Who is to report himself is none of them.
    """
    groups = [
        tuple(one for one in office.of_unit(at, Role.SUPERVISOR) if one.id not in but)
        for at in (unit, *office.tree.above(unit))
    ]
    reached = [tuple(one for one in group if is_reached(one)) for group in groups]
    found = [group for group in reached if group] or [group for group in groups if group]
    return tuple(found)


def deputy_of(office: Office, person: Person) -> Person | None:
    """Return who stands in for a person on the office's day."""
    for one in person.stand_ins:
        deputy = office.people.get(one.deputy)
        if one.since <= office.day <= one.until and deputy is not None and deputy.active:
            return deputy
    return None


def is_reached(person: Person) -> bool:
    """Tell whether the channel reaches a person, as far as is known: he came in, and stayed."""
    return bool(person.addresses) and person.unreachable is None


def _reporting(office: Office, task: Task, unit: UnitId) -> tuple[tuple[Person, ...], Why]:
    named = tuple(_named(office, task, unit))
    if named:
        return named, Why.NAMED
    officers = office.of_unit(unit, Role.OFFICER)
    if officers:
        return officers, Why.LEFT if task.assignees and unit == task.lead else Why.OFFICER
    for role in (Role.SUPERVISOR, Role.ADMIN):
        if office.of_unit(unit, role):
            return office.of_unit(unit, role), Why.HEAD
    above = (group for group in _chain(office, unit) if group)
    return next(above, ()), Why.ABOVE


def _named(office: Office, task: Task, unit: UnitId) -> Iterator[Person]:
    """Yield the assignees who report for this unit: active, and still of it or of one below it."""
    asked = asked_units(task)
    for key in task.assignees:
        one = office.people.get(key)
        if one is None or not one.active:
            continue
        if one.unit in asked:
            nearest: UnitId | None = one.unit
        else:
            nearest = next((at for at in office.tree.above(one.unit) if at in asked), None)
        if nearest == unit:
            yield one


def _chain(office: Office, unit: UnitId) -> Iterator[tuple[Person, ...]]:
    """Yield those above a unit, group by group: its supervisors, the next, at last the admins."""
    for at in (unit, *office.tree.above(unit)):
        yield office.of_unit(at, Role.SUPERVISOR)
    yield office.admins


def _reached_first(groups: list[tuple[Person, ...]]) -> tuple[Person, ...]:
    """Return the first group with anybody who is reached; where nobody is, the first with any."""
    reached = (tuple(one for one in group if is_reached(one)) for group in groups)
    return next((one for one in reached if one), next((one for one in groups if one), ()))


def _entitled(
    office: Office, person: PersonId | None, unit: UnitId, but: Collection[PersonId]
) -> Person | None:
    """Return a person who may review the unit's reports, and is not left out."""
    held = None if person is None or person in but else office.people.get(person)
    if held is None or not may(held, Action.REVIEW, unit, office.tree):
        return None
    return held
