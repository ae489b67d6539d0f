"""Several reports accepted at once: each by itself, but for those that must be read one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.actor import NotAllowed
from records.forms.files import Forms
from records.forms.model import Purpose
from records.ids import PersonId, ReportId
from records.model import Outcome, Report
from records.store import Store
from services.review.decisions import Waiting, accept, look
from services.review.refusals import ReviewingRefused


class Apart(StrEnum):
    """Why a report is not accepted with others."""

    OBSTACLE = "obstacle"
    """It tells of an obstacle, which somebody must clear away."""
    DOUBT = "doubt"
    """A figure in it stands out; the officer gave a word of reason, which must be read."""
    GONE = "gone"
    """It no longer waits for this reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A report that was not accepted with the others; `shown` is None where it is gone."""

    report: ReportId
    why: Apart
    shown: Waiting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came of accepting several."""

    accepted: tuple[Waiting, ...]
    left: tuple[LeftOut, ...]


def apart(report: Report, forms: Forms) -> Apart | None:
    """Return why a report is to be read by itself; None where it may go with others."""
    if report.outcome is Outcome.OBSTACLE or report.form in forms.ids(Purpose.OBSTACLE):
        return Apart.OBSTACLE
    return Apart.DOUBT if report.notes else None


async def accept_several(
    store: Store, forms: Forms, reviewer: PersonId, reports: Sequence[ReportId], now: datetime
) -> Batch:
    """Accept each of these reports as `accept` does, in transactions of their own.

    Whatever stops one stops no other.
    """
    accepted: list[Waiting] = []
    left: list[LeftOut] = []
    for one in reports:
        try:
            shown = await look(store, reviewer, one, now)
            why = apart(shown.report, forms)
            if why is None:
                accepted.append(await accept(store, reviewer, one, now))
            else:
                left.append(LeftOut(report=one, why=why, shown=shown))
        except (ReviewingRefused, NotAllowed):
            left.append(LeftOut(report=one, why=Apart.GONE))
    return Batch(accepted=tuple(accepted), left=tuple(left))
