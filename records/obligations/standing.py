"""Which report stands for a period, whether a further one is wanted, and when the result came."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from records.ids import PersonId
from records.model import Cadence, Outcome, Report, ReportState, Task, TaskState
from vietnamese.zone import day_of

UNFINISHED: Final = frozenset({Outcome.IN_PROGRESS, Outcome.OBSTACLE})
"""Outcomes of a progress report: the result is still to come."""


def newest(reports: Iterable[Report]) -> Report | None:
    """Return the report that was submitted last."""
    return max(reports, key=age, default=None)


def age(report: Report) -> tuple[datetime, int]:
    """Return what to order reports by, oldest first."""
    return report.submitted, report.version


def standing(task: Task, versions: Iterable[Report]) -> Report | None:
    """Return which of a unit's reports on a period stands: the newest that nothing replaced.

    On an event each happening has its own report: only one that was returned stands, until it is
    mended.
    """
    held = newest(one for one in versions if one.state.stands)
    if task.cadence is not Cadence.ON_EVENT:
        return held
    return newest(one for one in versions if one.state is ReportState.RETURNED)


def continues(held: Report | None, task: Task | None) -> bool:
    """Tell whether a further report is wanted where `held` stands: returned, or unfinished."""
    if held is None or held.state is ReportState.RETURNED:
        return True
    if held.outcome not in UNFINISHED or (task is not None and task.state is not TaskState.OPEN):
        return False
    return held.state is ReportState.SUBMITTED or (task is not None and _goes_on(task))


def returned_by(held: Report | None, versions: Iterable[Report]) -> PersonId | None:
    """Return who last returned a version of the report that stands; None if nobody did."""
    back = newest(
        one
        for one in versions
        if held is not None
        and one.series == held.series
        and one.reviewed_by is not None
        and one.state is not ReportState.ACCEPTED
    )
    return None if back is None else back.reviewed_by


def came_on(versions: Iterable[Report]) -> date | None:
    """Return the day on which the result that stands first came; None while there is none.

    A report that was returned came when it was first sent; a progress report is no result, and one
    that takes a result back lets the time run again. What its author withdrew never came.
    """
    came: datetime | None = None
    kept = (one for one in versions if one.state is not ReportState.TAKEN_BACK)
    for one in sorted(kept, key=age):
        if one.outcome in UNFINISHED:
            came = None
        elif came is None:
            came = one.submitted
    return None if came is None else day_of(came)


def _goes_on(task: Task) -> bool:
    """Tell a task whose one period lasts until it is done."""
    return task.cadence in (Cadence.ONCE, Cadence.PERIODIC)
