"""Taking back ("Lấy lại"): a report sent by one tap is withdrawn whole, for some minutes after."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, NotAllowed, acting
from records.forms.files import Forms
from records.ids import PersonId, ReportId
from records.model import Delivery, OutboxMessage, Report, ReportState
from records.store import Store
from services.reports.open_draft import sent_before
from services.reports.refusals import NoSuchReport, NotTakenBack, TakenBackTooLate
from services.reports.rights import task_of
from services.reports.submission import facts, received_key
from services.reports.values import Sent
from services.reports.versions import TAKE_BACK_WITHIN, open_until, version_of

TAKEN_BACK: Final = "report_taken_back"
"""The message that follows the notice of a report that was taken back."""

_ARRIVED: Final = frozenset({Delivery.SENT, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A report that is withdrawn, and what stands in its place."""

    sent: Sent
    before: Report | None
    """The version that stands again; None: nothing was sent before."""


async def take_back(
    store: Store, forms: Forms, person: PersonId, report: ReportId, now: datetime
) -> TakenBack:
    """Withdraw a report as if it had never been sent; the version before it stands again.

    Whoever was told of it is told of this too. A second tap changes nothing. Raises NoSuchReport,
    NotAllowed for another's, NotTakenBack once it was reviewed or replaced, TakenBackTooLate.
    """
    async with acting(store, person, now, *await _locks(store, report)) as act:
        held = await act.tx.get(Report, report)
        if held is None:
            raise NoSuchReport
        if held.author != person or not held.at_once:
            raise NotAllowed(action=Action.REPORT, subject=report)
        if held.state is ReportState.TAKEN_BACK:
            before = await version_of(act, held.series)
        else:
            _require_open(held, person, now)
            before = await _withdrawn(act, held)
        sent = await sent_before(act, forms, replace(held, state=ReportState.TAKEN_BACK))
        return TakenBack(sent=sent, before=before)


async def is_taken_back(store: Store, report: ReportId) -> bool:
    """Tell whether the notice of a report has lost its reason."""
    async with store.begin() as tx:
        held = await tx.get(Report, report)
    return held is not None and held.state is ReportState.TAKEN_BACK


async def was_heard_of(store: Store, reviewer: PersonId, report: ReportId) -> bool:
    """Tell whether the notice of a report reached its reviewer, or may have."""
    async with store.begin() as tx:
        notice = await tx.get(OutboxMessage, received_key(reviewer, report))
    if notice is None:
        return False
    under_way = notice.state is Delivery.OWED and notice.tries > notice.failed
    return under_way or notice.state in _ARRIVED


def _require_open(held: Report, person: PersonId, now: datetime) -> None:
    if held.state is not ReportState.SUBMITTED:
        raise NotTakenBack(state=held.state)
    if open_until(held, person, now) is None:
        raise TakenBackTooLate(minutes=int(TAKE_BACK_WITHIN.total_seconds()) // 60)


async def _withdrawn(act: Acting, held: Report) -> Report | None:
    """Withdraw a report and tell of it; return the version that stands again."""
    await act.tx.put(replace(held, state=ReportState.TAKEN_BACK))
    await act.note("take_back", held.id)
    task = await task_of(act, held.task)
    for one in held.told:
        key = f"{one}:{held.id}:taken_back"
        await act.owe(one, TAKEN_BACK, key=key, facts=facts(act, held, task))
    before = await version_of(act, held.series)
    if before is None:
        return None
    state = ReportState.SUBMITTED if before.reviewed is None else ReportState.RETURNED
    await act.tx.put(replace(before, state=state))
    return replace(before, state=state)


async def _locks(store: Store, report: ReportId) -> tuple[str, ...]:
    """Return what taking back must hold: the task, and every version of the report."""
    async with store.begin() as tx:
        held = await tx.get(Report, report)
        versions = [] if held is None else await tx.find(Report, {"series": held.series})
    own = tuple(f"report:{one.id}" for one in versions)
    return own if held is None or held.task is None else (*own, f"task:{held.task}")
