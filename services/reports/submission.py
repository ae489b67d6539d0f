"""A draft becomes a report: in one transaction with what the supervisors are owed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from records.actor import Acting
from records.dialog.outcome import OUTCOME_FIELD, outcome_of
from records.dialog.position import final_answers, final_notes
from records.forms.model import NEEDED_FIELD, Form, Purpose
from records.ids import PersonId, ReportId, UnitId, new_id
from records.model import Answer, Draft, Outcome, Report, ReportState, Task
from services.reports.open_draft import Sheet, unfocus
from services.reports.reviewers import reviewers_of
from services.reports.values import OUTCOME_FOR
from services.reports.versions import replaced

RECEIVED: Final = "report_received"
"""The message that tells a reviewer of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a report says."""

    outcome: Outcome
    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    paper_number: str | None = None
    at_once: bool = False
    """Nobody was shown it before it was sent."""


async def submit(act: Acting, sheet: Sheet, unit: UnitId, *, at_once: bool = False) -> Report:
    """Make a complete draft a report of `unit`; the draft is gone then.

    Raises ReportAccepted or AlreadyReported, and leaves the draft as it is.
    """
    answers = final_answers(sheet.form, sheet.draft)
    outcome = _outcome(sheet.form, answers)
    notes = final_notes(sheet.form, sheet.draft)
    content = Content(
        outcome=outcome,
        answers=answers,
        notes=notes,
        paper_number=_paper_number(sheet.form, answers),
        at_once=at_once,
    )
    report = await written(act, sheet.draft, sheet.task, unit, content)
    await act.tx.remove(Draft, sheet.draft.id)
    await unfocus(act, sheet.draft.id)
    return report


def _outcome(form: Form, answers: Mapping[str, Answer]) -> Outcome:
    """Return what was answered, or what a form that does not ask comes to."""
    if any(field.key == OUTCOME_FIELD for field in form.fields):
        return outcome_of(form, answers)
    return (
        Outcome.DONE
        if form.use.purpose is None
        else OUTCOME_FOR.get(form.use.purpose, Outcome.DONE)
    )


def _paper_number(form: Form, answers: Mapping[str, Answer]) -> str | None:
    """Return the number of the paper that a report went by."""
    paper = answers.get(NEEDED_FIELD[Purpose.PAPER])
    return paper if form.use.purpose is Purpose.PAPER and isinstance(paper, str) else None


async def written(
    act: Acting, draft: Draft, task: Task | None, unit: UnitId, content: Content
) -> Report:
    """Write a report, the version after the one it replaces, and tell who reviews it."""
    before = await replaced(act, draft, task, unit)
    if before is not None:
        await act.tx.put(replace(before, state=ReportState.SUPERSEDED))
    report = _report(act, draft, unit, content, before)
    having = await reviewers_of(act, report, task)
    report = replace(report, told=tuple(one.id for one in having.people))
    await act.tx.add(report)
    await act.note("submit", report.id, detail=report.outcome)
    for one in report.told:
        await act.owe(
            one, RECEIVED, key=received_key(one, report.id), facts=facts(act, report, task)
        )
    return report


def _report(
    act: Acting, draft: Draft, unit: UnitId, content: Content, before: Report | None
) -> Report:
    own = ReportId(new_id())
    return Report(
        id=own,
        series=own if before is None else before.series,
        version=1 if before is None else before.version + 1,
        author=act.actor.id,
        unit=unit,
        form=draft.form,
        form_version=draft.form_version,
        outcome=content.outcome,
        submitted=act.now,
        draft=draft.id,
        task=draft.task,
        period=draft.period,
        answers=content.answers,
        notes=content.notes,
        paper_number=content.paper_number,
        at_once=content.at_once,
    )


def received_key(reviewer: PersonId, report: ReportId) -> str:
    """Return under which key a reviewer is owed the notice of a report."""
    return f"{reviewer}:{report}:received"


def facts(act: Acting, report: Report, task: Task | None) -> Mapping[str, Answer]:
    """Return what reviewers are told of a report that the actor sent."""
    return {
        "report": report.id,
        "task": report.task,
        "unit": act.tree.name(report.unit),
        "author": act.actor.name,
        "title": task.title if task is not None else None,
        "form": report.form,
        "period": report.period,
        "outcome": report.outcome.value,
        "version": report.version,
    }
