"""Who reviews a report that was sent: as `records.obligations` has it."""

from records.actor import Acting
from records.model import Report, Task
from records.obligations.ledger import office_around
from records.obligations.responsible import Reviewers, reviewers
from records.obligations.standing import returned_by


async def reviewers_of(act: Acting, report: Report, task: Task | None) -> Reviewers:
    """Return who has a report: who is to review it, and who returned a version of it before."""
    series = await act.tx.find(Report, {"series": report.series})
    again = returned_by(report, series)
    named = () if task is None or task.reviewer is None else (task.reviewer,)
    people = (*named, *(() if again is None else (again,)))
    office = await office_around(act.tx, act.now, (report.unit,), people)
    return reviewers(office, task, report.unit, (report.author,), again)
