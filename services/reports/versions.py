"""Which report of a unit stands for a task and period, and what a further one makes of it."""

from datetime import datetime, timedelta
from typing import Final

from records.actor import Acting
from records.ids import PeriodKey, PersonId, ReportId, UnitId
from records.model import Cadence, Draft, Outcome, Person, Report, ReportState, Task
from records.obligations.standing import continues, standing
from services.reports.refusals import AlreadyReported, ReportAccepted
from vietnamese.zone import day_of

TAKE_BACK_WITHIN: Final = timedelta(minutes=10)
"""For so long a report that was sent by one tap can be taken back."""


async def standing_report(
    act: Acting, task: Task | None, period: PeriodKey | None, unit: UnitId
) -> Report | None:
    """Return the unit's report that stands for the period; none does where each event has its own.

    Of several the newest.
    """
    if task is None or task.cadence is Cadence.ON_EVENT:
        return None
    where = {"task": task.id, "unit": unit, "period": period}
    return standing(task, await act.tx.find(Report, where))


async def version_of(act: Acting, series: ReportId) -> Report | None:
    """Return the latest version of a series; one that was taken back is none."""
    found = await act.tx.find(Report, {"series": series})
    kept = (one for one in found if one.state is not ReportState.TAKEN_BACK)
    return max(kept, key=lambda one: one.version, default=None)


def open_until(report: Report, person: PersonId, now: datetime) -> datetime | None:
    """Return until when a person may take a report back: his own, sent at once, not reviewed."""
    end = report.submitted + TAKE_BACK_WITHIN
    own = report.at_once and report.author == person
    return end if own and report.state is ReportState.SUBMITTED and now <= end else None


async def replaced(act: Acting, draft: Draft, task: Task | None, unit: UnitId) -> Report | None:
    """Return the report that a draft, once sent, takes the place of; None for a first one.

    Raises ReportAccepted, or AlreadyReported where another one stands that is not unfinished.
    """
    if draft.replaces is not None:
        meant = await act.tx.get(Report, draft.replaces)
        held = None if meant is None else await version_of(act, meant.series)
    else:
        held = await standing_report(act, task, draft.period, unit)
    if held is None:
        return None
    if held.id != draft.replaces and not continues(held, task):
        await _refuse(act, held)
    if held.state is ReportState.ACCEPTED:
        if draft.replaces is not None or not continues(held, task):
            raise ReportAccepted
        return None
    return held


async def _refuse(act: Acting, held: Report) -> None:
    if held.state is ReportState.ACCEPTED:
        raise ReportAccepted
    author = await act.tx.get(Person, held.author)
    raise AlreadyReported(author=author.name if author else held.author, submitted=held.submitted)


def repeats(held: Report | None, task: Task | None, outcome: Outcome, now: datetime) -> bool:
    """Tell whether one tap with `outcome` says nothing new beside the report that stands.

    "Đang làm" once more on another day is news; on the same day it is a second tap.
    """
    if held is None or held.state is ReportState.RETURNED:
        return False
    same_day = day_of(held.submitted) == day_of(now)
    return not continues(held, task) or (held.outcome is outcome and same_day)
