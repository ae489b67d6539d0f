"""What a person has sent: each report in its latest version, as it stands now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from records.actor import Acting, acting
from records.forms.files import Forms
from records.ids import PersonId, ReportId
from records.model import Report, ReportState, Task
from records.store import Store
from services.reports.open_draft import sent_before
from services.reports.refusals import NoSuchReport
from services.reports.rights import may_see
from services.reports.values import Sent
from vietnamese.zone import day_of

MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report that was sent, and what it was about."""

    report: Report
    title: str


async def sent_by(
    store: Store, forms: Forms, person: PersonId, now: datetime, *, this_quarter: bool = False
) -> list[Listed]:
    """Return what a person has sent, or has sent in the quarter of `now`, the newest first."""
    async with acting(store, person, now) as act:
        own = [one for one in await act.tx.find(Report) if _counts(one, person)]
        since = _quarter_of(day_of(now)) if this_quarter else date.min
        kept = [one for one in own if day_of(one.submitted) >= since]
        newest = sorted(kept, key=lambda one: one.submitted, reverse=True)
        return [Listed(report=one, title=await _title(act, forms, one)) for one in newest]


async def look_at_own(
    store: Store, forms: Forms, person: PersonId, report: ReportId, now: datetime
) -> Sent:
    """Return one report with who has it; raises NoSuchReport where he may not see it either."""
    async with acting(store, person, now) as act:
        held = await act.tx.get(Report, report)
        if held is None or not may_see(act, held):
            raise NoSuchReport
        return await sent_before(act, forms, held)


def _counts(report: Report, person: PersonId) -> bool:
    """Tell a report of a person that speaks: not taken back, and in its latest version."""
    gone = (ReportState.TAKEN_BACK, ReportState.SUPERSEDED)
    return report.author == person and report.state not in gone


def _quarter_of(day: date) -> date:
    """Return the first day of a day's quarter."""
    first = (day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1
    return day.replace(month=first, day=1)


async def _title(act: Acting, forms: Forms, report: Report) -> str:
    task = None if report.task is None else await act.tx.get(Task, report.task)
    return forms.written(report.form, report.form_version).title if task is None else task.title
