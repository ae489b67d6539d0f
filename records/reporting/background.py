"""What a step of a report's dialog may know: the unit's earlier reports and figures."""

from records.acting import ZONE, Acting
from records.dialog.values import Background
from records.ids import UnitId
from records.model import Draft, Report, ReportState
from records.reporting.standing import newest


async def background_of(act: Acting, draft: Draft, unit: UnitId) -> Background:
    """Return what is known beside a draft that `unit` reports with."""
    reports = [
        one
        for one in await act.tx.find(Report, {"unit": unit})
        if one.state is not ReportState.SUPERSEDED and one.id != draft.replaces
    ]
    last = newest(one for one in reports if one.form == draft.form and one.task == draft.task)
    return Background(
        today=act.now.astimezone(ZONE).date(), last={} if last is None else last.answers
    )
