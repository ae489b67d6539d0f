"""What one owes, when and why; what one sent, where it stands, why it came back."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Final

from records.actor import Acting
from records.forms.files import Forms
from records.ids import UnitId
from records.model import Person, Report, ReportState, Task
from records.obligations.ledger import obligation_on, office_of
from records.obligations.obligation import pressing
from services.figures import figures_of
from services.intents.values import Named
from services.own_work.scope import concerns, own_obligations, told_in
from services.own_work.values import Owing, Sent, Told

LONGEST_PERIOD: Final = timedelta(days=366)
"""How far ahead the next due day can be: a year's, however late what came before it is."""

RECENT: Final = 3
"""Reports shown of those that were sent."""


async def owed(act: Acting, named: Named, *, late: bool = False) -> Owing:
    """Return what is wanted: in a period with what is overdue before it, or only what is late."""
    found, of_units = await own_obligations(act, named)
    span = named.span
    if late:
        kept = [one for one in found if one.overdue and (span is None or concerns(one, span))]
    elif span is None:
        kept = [one for one in found if one.owed]
    else:
        kept = [one for one in found if one.wanted and (one.overdue or concerns(one, span))]
    return Owing(items=tuple(sorted(kept, key=pressing)), span=span, of_units=of_units)


async def due(act: Acting, named: Named) -> Owing:
    """Return the next due day of each task named; without one, the soonest of all."""
    found, of_units = await own_obligations(act, named, LONGEST_PERIOD)
    wanted = sorted((one for one in found if one.wanted), key=pressing)
    span = named.span
    ahead = [one for one in wanted if not one.overdue] or wanted
    near = ahead if span is None else [one for one in wanted if concerns(one, span)]
    kept = {one.task.title: one for one in reversed(near)}
    shown = sorted(kept.values(), key=pressing)
    return Owing(items=tuple(shown[: RECENT if named.tasks else 1]), span=None, of_units=of_units)


async def sent(act: Acting, forms: Forms, named: Named) -> Sent:
    """Return what the asker's unit sent: last, or for a period, with what it lacks."""
    span = named.past
    standing = [one for one in await _own(act, named) if one.state.stands]
    kept = [one for one in standing if span is None or told_in(one, span)]
    missing = []
    if span is not None:
        owing, _ = await own_obligations(act, named)
        missing = [one for one in owing if one.wanted and concerns(one, span)]
    return Sent(
        items=tuple([await _told(act, forms, one) for one in kept[:RECENT]]),
        span=span,
        missing=tuple(missing),
    )


async def waiting(act: Acting, forms: Forms, named: Named) -> Sent:
    """Return what lies with a reviewer; where nothing does, what was decided last."""
    span = named.past
    standing = [one for one in await _own(act, named) if one.state.stands]
    kept = [one for one in standing if span is None or told_in(one, span)]
    open_ = [one for one in kept if one.state is ReportState.SUBMITTED]
    shown = open_ or kept[:3]
    return Sent(items=tuple([await _told(act, forms, one) for one in shown[:RECENT]]), span=span)


async def returned(act: Acting, forms: Forms, named: Named) -> Sent:
    """Return what was returned and waits to be sent again."""
    found = [one for one in await _own(act, named) if one.state is ReportState.RETURNED]
    return Sent(
        items=tuple([await _told(act, forms, one) for one in found[:RECENT]]), span=named.past
    )


async def _own(act: Acting, named: Named) -> list[Report]:
    """Return the reports of the asker and of his unit, the last first."""
    unit = await act.tx.find(Report, {"unit": act.actor.unit})
    mine = await act.tx.find(Report, {"author": act.actor.id})
    every = {one.id: one for one in (*unit, *mine)}.values()
    kept = [one for one in every if not named.tasks or one.task in named.tasks]
    return sorted(kept, key=lambda one: one.submitted, reverse=True)


async def _told(act: Acting, forms: Forms, report: Report) -> Told:
    task = None if report.task is None else await act.tx.get(Task, report.task)
    author = await act.tx.get(Person, report.author)
    return Told(
        report=report,
        title=_title(report, task, forms),
        unit=act.tree.name(report.unit),
        author=report.author if author is None else author.name,
        reviewers=await _having(act, report, task),
        figures=tuple(_figures(forms, report)),
    )


async def _having(act: Acting, report: Report, task: Task | None) -> tuple[str, ...]:
    """Return who has a report that waits, or who decided on it."""
    if report.state is not ReportState.SUBMITTED:
        by = None if report.reviewed_by is None else await act.tx.get(Person, report.reviewed_by)
        return () if by is None else (by.name,)
    if task is None:
        found = [await act.tx.get(Person, one) for one in report.told]
        return tuple(one.name for one in found if one is not None)
    office = await office_of(act.tx, act.now, (task,))
    owed = await obligation_on(act.tx, task, UnitId(report.unit), report.period, office)
    return () if owed is None else tuple(one.name for one in owed.reviewers.people)


def _title(report: Report, task: Task | None, forms: Forms) -> str:
    if task is not None:
        return task.title
    return forms[report.form].title if report.form in forms else report.form


def _figures(forms: Forms, report: Report) -> Iterable[tuple[str, Decimal, str | None]]:
    for field, value in figures_of(report, forms):
        yield field.label, value, field.unit
