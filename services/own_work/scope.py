"""What a question on work is about: the asker's own reports, or those of units he may see."""

from collections.abc import Iterable
from datetime import timedelta

from records.actor import Acting
from records.ids import UnitId
from records.model import Report, Role, Task, TaskState
from records.obligations.ledger import office_of, owed_in
from records.obligations.obligation import Obligation
from records.period_keys import calendar_days, parse_period
from records.period_words import Span
from services.intents.values import Named
from services.tasks.own import Mine, tasks_of
from vietnamese.text import fold
from vietnamese.zone import day_of


async def own_obligations(
    act: Acting, named: Named, ahead: timedelta = timedelta()
) -> tuple[list[Obligation], bool]:
    """Return what the asker reports himself; where that is nothing, what his units owe, and True.

    What is due in a period that was named is there before it has begun, and so is what is due
    within `ahead` of today.
    """
    until = named.span.last if named.span is not None else day_of(act.now) + ahead
    mine = await tasks_of(act.tx, act.actor.id, act.now, until)
    if mine or act.actor.role is Role.OFFICER:
        return _of(mine, named), False
    return await cells_of(act, named, act.scope), True


async def cells_of(act: Acting, named: Named, units: frozenset[UnitId]) -> list[Obligation]:
    """Return what some units owe or have answered, of the tasks and kinds of units named."""
    seen = frozenset(one for one in units if is_kind(act, one, named.kinds))
    office = await office_of(act.tx, act.now)
    tasks = [one for one in await act.tx.find(Task) if _is_named(one, named)]
    open_ = [one for one in tasks if one.state is TaskState.OPEN]
    return [one async for one in owed_in(act.tx, open_, seen, office)]


def seen_units(act: Acting, named: Named) -> frozenset[UnitId] | None:
    """Return the units a question is about: those named and below, else all; None if unseen."""
    if not named.units:
        return act.scope
    wanted = frozenset[UnitId]().union(
        *(act.tree.subtree(UnitId(one)) for one in named.units if UnitId(one) in act.scope)
    )
    return wanted & act.scope or None


def root_name(act: Acting, units: frozenset[UnitId]) -> str:
    """Name units by the one they hang from; of several, by the asker's own."""
    tops = [one for one in units if act.tree.parent(one) not in units]
    return act.tree.name(tops[0] if len(tops) == 1 else act.actor.unit)


def concerns(one: Obligation, span: Span) -> bool:
    """Tell whether an obligation is of a period: its own lies within, or it is due in it."""
    if one.key is not None and span.spans(one.key):
        return True
    longer = one.key is None or _days(one) > (span.last - span.first).days
    return longer and one.due is not None and span.holds(one.due)


def told_in(report: Report, span: Span) -> bool:
    """Tell whether a report is of a period: its own lies within, or it was sent in it."""
    if report.period is not None:
        first, last = calendar_days(parse_period(report.period))
        if (last - first) <= (span.last - span.first):
            return span.first <= first and last <= span.last
    return span.holds(day_of(report.submitted))


def asked_in(cells: Iterable[Obligation], span: Span | None) -> list[Obligation]:
    """Return what was asked for in a period, answered or not; without one, what is asked now."""
    if span is None:
        return latest(cells)
    return [one for one in cells if (one.owed or one.answered) and concerns(one, span)]


def latest(cells: Iterable[Obligation]) -> list[Obligation]:
    """Return what is owed, and of what is answered the latest period of each task and unit."""
    found: dict[tuple[str, UnitId], Obligation] = {}
    owed = []
    for one in sorted(cells, key=lambda each: str(each.due)):
        if one.owed:
            owed.append(one)
        if one.owed or one.answered:
            found[(one.task.id, one.unit)] = one
    return [*owed, *(one for one in found.values() if not one.owed)]


def _of(mine: Iterable[Mine], named: Named) -> list[Obligation]:
    return [owed for one in mine if _is_named(one.task, named) for owed in one.owed]


def _is_named(task: Task, named: Named) -> bool:
    return not named.tasks or task.id in named.tasks


def is_kind(act: Acting, unit: UnitId, kinds: tuple[str, ...]) -> bool:
    """Tell whether a unit is of one of these kinds, folded; of any where none is named."""
    held = act.tree.units.get(unit)
    return not kinds or (held is not None and fold(held.kind) in kinds)


def _days(one: Obligation) -> int:
    if one.key is None:
        return 0
    first, last = calendar_days(parse_period(one.key))
    return (last - first).days
