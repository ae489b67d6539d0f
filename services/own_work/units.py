"""How units stand: which have not reported, which is slowest, how one does, who its people are."""

from collections.abc import AsyncIterator, Iterable

from records.actor import Acting
from records.ids import PersonId, UnitId
from records.model import Broadcast, Person, Role
from records.obligations.obligation import Obligation, pressing
from services.broadcasts.dispatch import people_of, unacknowledged
from services.intents.values import Named
from services.own_work.scope import asked_in, cells_of, root_name, seen_units
from services.own_work.values import Deputy, Hidden, OneUnit, Staff, UnitCount, Units, Unread
from vietnamese.zone import day_of


async def unreported(act: Acting, named: Named) -> Units | Hidden:
    """Return the units of which a report is wanted, those with most that is late first."""
    units = seen_units(act, named)
    if units is None:
        return _hidden(act, named)
    span = named.past
    cells = await cells_of(act, named, units)
    asked = asked_in(cells, span)
    missing = [one for one in asked if one.wanted]
    titles = dict.fromkeys(one.task.title for one in asked) if named.tasks else {}
    return Units(
        root=root_name(act, units),
        span=span,
        counts=tuple(sorted(counts(act, missing), key=lambda one: (-one.late, one.name))),
        missing=len(missing),
        asked=len(asked),
        titles=tuple(titles),
    )


async def slowest(act: Acting, named: Named) -> Units | Hidden:
    """Return the units by what is late: in a period by what came late as well."""
    units = seen_units(act, named)
    if units is None:
        return _hidden(act, named)
    span = named.past
    cells = await cells_of(act, named, units)
    asked = asked_in(cells, span)
    late = [one for one in asked if (one.overdue if span is None else one.late)]
    ranked = sorted(counts(act, late), key=lambda one: (-one.late, -one.days, one.name))
    return Units(
        root=root_name(act, units),
        span=span,
        counts=tuple(ranked),
        missing=len(late),
        asked=len(asked),
    )


async def one_unit(act: Acting, named: Named) -> OneUnit | Hidden:
    """Return how a unit stands, with those below it; without a name, the asker's own."""
    unit = UnitId(named.units[0]) if named.units else act.actor.unit
    if unit not in act.scope:
        return Hidden(unit=act.tree.name(unit))
    span = named.past
    cells = await cells_of(act, named, act.tree.subtree(unit) & act.scope)
    asked = asked_in(cells, span)
    return OneUnit(
        unit=unit,
        name=act.tree.name(unit),
        span=span,
        items=tuple(sorted((one for one in asked if one.wanted), key=pressing)),
        answered=sum(one.answered for one in asked),
        asked=len(asked),
    )


async def staff(act: Acting, named: Named) -> Staff | Hidden:
    """Return who is responsible for a unit and who stands in, the unit of a person who is named."""
    unit = act.actor.unit
    if named.units:
        unit = UnitId(named.units[0])
    elif named.people:
        held = await act.tx.get(Person, PersonId(named.people[0]))
        unit = unit if held is None else held.unit
    if unit not in act.scope:
        return Hidden(unit=act.tree.name(unit))
    people = [one for one in await act.tx.find(Person, {"unit": unit}) if one.active]
    above: list[Person] = []
    for place in act.tree.above(unit) if not people else ():
        found = await act.tx.find(Person, {"unit": place, "role": Role.SUPERVISOR})
        above = above or [one for one in found if one.active]
    return Staff(
        unit=unit,
        name=act.tree.name(unit),
        heads=tuple(one for one in people if one.role is not Role.OFFICER),
        officers=tuple(one for one in people if one.role is Role.OFFICER),
        deputies=tuple([one async for one in _deputies(act, people)]),
        above=tuple(above),
    )


async def unread(act: Acting, named: Named) -> list[Unread]:
    """Return who has not acknowledged what was sent out: the directive named, else each."""
    found = []
    for one in sorted(await act.tx.find(Broadcast), key=lambda each: each.made, reverse=True):
        if (named.documents and one.file not in named.documents) or act.scope.isdisjoint(one.units):
            continue
        asked = [p for p in await people_of(act.tx, one.units) if p.unit in act.scope]
        missing = [p for p in await unacknowledged(act.tx, one) if p.unit in act.scope]
        found.append(
            Unread(
                citation=one.citation,
                broadcast=one.id,
                people=tuple((p.name, act.tree.name(p.unit)) for p in missing),
                asked=len(asked),
            )
        )
    return found


def counts(act: Acting, cells: Iterable[Obligation]) -> list[UnitCount]:
    """Group obligations by unit."""
    grouped: dict[UnitId, list[Obligation]] = {}
    for one in cells:
        grouped.setdefault(one.unit, []).append(one)
    return [
        UnitCount(
            unit=unit,
            name=act.tree.name(unit),
            missing=tuple(sorted(held, key=pressing)),
            late=sum(one.late for one in held),
            days=max(one.days_late for one in held),
        )
        for unit, held in grouped.items()
    ]


async def _deputies(act: Acting, people: Iterable[Person]) -> AsyncIterator[Deputy]:
    today = day_of(act.now)
    for person in people:
        for one in person.stand_ins:
            deputy = await act.tx.get(Person, one.deputy)
            if deputy is not None and one.until >= today:
                yield Deputy(person=person, deputy=deputy, since=one.since, until=one.until)


def _hidden(act: Acting, named: Named) -> Hidden:
    return Hidden(unit=act.tree.name(UnitId(named.units[0])))
