"""A report is accepted, returned for more work, or commented; its author is told with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from records.access import Action
from records.actor import Acting, acting
from records.focus import enter, leave, lock
from records.ids import PersonId, ReportId
from records.model import (
    Attachment,
    Cadence,
    Focus,
    Outcome,
    Person,
    Report,
    ReportState,
    Task,
    TaskState,
)
from records.store import Store
from services.review.refusals import AlreadyReviewed, OwnReport, ReasonMissing, UnknownReport

LONGEST_REMARK: Final = 1000
"""Characters of a reason or a comment."""

RETURN: Final = "review_return"
COMMENT: Final = "review_comment"
"""`Focus.topic` of who was asked for the words of a return, or of a comment."""

FINISHED: Final = frozenset({Outcome.DONE, Outcome.NOTHING, Outcome.ON_PAPER})
"""Outcomes after which a task that is reported once is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A report that lies with the reviewer, and what it is about."""

    report: Report
    unit: str
    author: str
    task: Task | None
    reviewable: bool
    """Whether who looks may review it: nobody reviews what he wrote himself."""


async def waiting(store: Store, reviewer: PersonId, now: datetime) -> list[Waiting]:
    """Return the reports that wait for this reviewer, those waiting longest first."""
    async with acting(store, reviewer, now) as act:
        found = [
            one
            for one in await act.tx.find(Report, {"state": ReportState.SUBMITTED})
            if act.may(Action.REVIEW, one.unit) and one.author != reviewer
        ]
        return [await _described(act, one) for one in sorted(found, key=lambda r: r.submitted)]


async def look(store: Store, reader: PersonId, report: ReportId, now: datetime) -> Waiting:
    """Return one report for somebody who may see its unit; raises NotAllowed, UnknownReport."""
    async with acting(store, reader, now) as act:
        held = await act.tx.get(Report, report)
        if held is None:
            raise UnknownReport
        act.require(Action.SEE, held.unit, report)
        return await _described(act, held)


async def files(store: Store, keys: Sequence[str]) -> list[Attachment]:
    """Return the attachments of these ids that are kept."""
    async with store.begin() as tx:
        found = [await tx.get(Attachment, key) for key in keys]
    return [one for one in found if one is not None]


async def ask_words(
    store: Store, reviewer: PersonId, report: ReportId, topic: str, now: datetime
) -> Waiting:
    """Let the reviewer's next words be a reason (`RETURN`) or a comment (`COMMENT`).

    Raises NotAllowed, UnknownReport.
    """
    async with acting(store, reviewer, now, lock(reviewer)) as act:
        held = await act.tx.get(Report, report)
        if held is None:
            raise UnknownReport
        act.require(Action.REVIEW, held.unit, report)
        await enter(act.tx, Focus(id=reviewer, topic=topic, subject=report, since=now))
        return await _described(act, held)


async def accept(store: Store, reviewer: PersonId, report: ReportId, now: datetime) -> Waiting:
    """Accept a report; a task that is reported once and is finished by it is done.

    Raises NotAllowed, UnknownReport, OwnReport, AlreadyReviewed.
    """
    async with acting(store, reviewer, now, f"report:{report}") as act:
        held = await _reviewable(act, report)
        accepted = replace(held, state=ReportState.ACCEPTED, reviewed_by=reviewer, reviewed=now)
        await act.tx.put(accepted)
        await _finish(act, accepted)
        await act.note("accept", report)
        await _tell(act, accepted, "report_accepted", key=f"{held.author}:{report}:accepted")
        return await _described(act, accepted)


async def give_back(
    store: Store, reviewer: PersonId, report: ReportId, reason: str, now: datetime
) -> Waiting:
    """Return a report for more work, with the reason; its author sends a new version.

    Raises NotAllowed, UnknownReport, OwnReport, AlreadyReviewed, ReasonMissing.
    """
    words = _worded(reason)
    async with acting(store, reviewer, now, f"report:{report}", lock(reviewer)) as act:
        held = await _reviewable(act, report)
        returned = replace(
            held,
            state=ReportState.RETURNED,
            reviewed_by=reviewer,
            reviewed=now,
            remark=words,
        )
        await act.tx.put(returned)
        await leave(act.tx, reviewer, RETURN, subject=report)
        await act.note("return", report)
        await _tell(act, returned, "report_returned", key=f"{held.author}:{report}:returned")
        return await _described(act, returned)


async def comment(
    store: Store, reviewer: PersonId, report: ReportId, said: str, now: datetime
) -> Waiting:
    """Send the author a word about his report, whatever its state; the last one stays with it.

    Raises NotAllowed, UnknownReport, OwnReport, ReasonMissing.
    """
    words = _worded(said)
    async with acting(store, reviewer, now, f"report:{report}", lock(reviewer)) as act:
        held = await _held(act, report)
        commented = replace(held, remark=words)
        await act.tx.put(commented)
        await leave(act.tx, reviewer, COMMENT, subject=report)
        await act.note("comment", report)
        key = f"{held.author}:{report}:comment:{now:%Y%m%d%H%M%S}"
        await _tell(act, commented, "report_commented", key=key)
        return await _described(act, commented)


async def _held(act: Acting, report: ReportId) -> Report:
    held = await act.tx.get(Report, report)
    if held is None:
        raise UnknownReport
    act.require(Action.REVIEW, held.unit, report)
    if held.author == act.actor.id:
        raise OwnReport
    if held.state is ReportState.TAKEN_BACK:
        raise AlreadyReviewed(state=held.state)
    return held


async def _reviewable(act: Acting, report: ReportId) -> Report:
    held = await _held(act, report)
    if held.state is not ReportState.SUBMITTED:
        raise AlreadyReviewed(state=held.state)
    return held


async def _finish(act: Acting, report: Report) -> None:
    task = await act.tx.get(Task, report.task) if report.task is not None else None
    once = task is not None and task.cadence is Cadence.ONCE
    if task is not None and once and report.outcome in FINISHED and task.lead == report.unit:
        await act.tx.put(replace(task, state=TaskState.DONE))


async def _tell(act: Acting, report: Report, template: str, *, key: str) -> None:
    task = await act.tx.get(Task, report.task) if report.task is not None else None
    facts = {
        "report": report.id,
        "title": task.title if task is not None else None,
        "form": report.form,
        "period": report.period,
        "reviewer": act.actor.name,
        "remark": report.remark,
    }
    await act.owe(report.author, template, key=key, facts=facts)


async def _described(act: Acting, report: Report) -> Waiting:
    author = await act.tx.get(Person, report.author)
    return Waiting(
        report=report,
        unit=act.tree.name(report.unit),
        author=author.name if author is not None else report.author,
        task=await act.tx.get(Task, report.task) if report.task is not None else None,
        reviewable=act.may(Action.REVIEW, report.unit) and report.author != act.actor.id,
    )


def _worded(said: str) -> str:
    words = " ".join(said.split())
    if not 1 <= len(words) <= LONGEST_REMARK:
        raise ReasonMissing(limit=LONGEST_REMARK)
    return words
