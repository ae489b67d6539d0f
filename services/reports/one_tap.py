"""One tap, a report: "Hoàn thành", "Đang làm", "Không phát sinh"; figures are never passed over."""

from dataclasses import dataclass
from datetime import datetime

from records.actor import Acting, acting
from records.dialog.fit import FIGURES, figure
from records.dialog.outcome import OUTCOME_FIELD, outcome_field
from records.dialog.position import applying, final_answers
from records.forms.files import Forms
from records.forms.model import FieldType, Form
from records.ids import DraftId, PeriodKey, PersonId, TaskId, UnitId
from records.model import Answer, Draft, Outcome, Report, Task
from records.obligations.ledger import office_of
from records.obligations.standing import UNFINISHED
from records.store import Store
from services.reports.drafts import opened_with
from services.reports.open_draft import form_after, report_of, sent_before, sent_now
from services.reports.rights import owed_for, require_open, required_unit, task_of
from services.reports.submission import Content, written
from services.reports.values import About, Shown
from services.reports.versions import repeats, standing_report
from services.tasks.refusals import UnknownTask


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """What one tap says of a task and period."""

    task: TaskId
    period: PeriodKey | None
    outcome: Outcome
    draft: DraftId
    """Made when the button was drawn: the same button makes one report, however often tapped."""


async def report_at_once(
    store: Store, forms: Forms, person: PersonId, said: AtOnce, now: datetime
) -> Shown:
    """Send a report that says one word, or open the form where one word would not do.

    A second tap, and one that says nothing new, shows the report that stands. Raises NotAllowed,
    UnknownTask, TaskWithdrawn, TaskClosed.
    """
    locks = (f"draft:{said.draft}", f"drafts:{person}", f"task:{said.task}")
    async with acting(store, person, now, *locks) as act:
        sent = await report_of(act, forms, said.draft)
        if sent is not None:
            return sent
        task = await task_of(act, said.task)
        if task is None:
            raise UnknownTask
        unit = await required_unit(act, task, said.period)
        require_open(task)
        held = await standing_report(act, task, said.period, unit)
        if held is not None and repeats(held, task, said.outcome, now):
            return await sent_before(act, forms, held)
        form = form_after(forms, forms.get(task.form), held)
        figures = lacks_figures(form, said.outcome) or (held is not None and has_figures(held))
        if figures or await _is_early(act, task, unit, said.period):
            about = About(task=task.id, period=said.period)
            return await opened_with(act, forms, about, said.outcome, held)
        draft = _draft(act, said, form, _told(form, said, held))
        content = _content(form, draft, said)
        report = await written(act, draft, task, unit, content)
        return await sent_now(act, report, form, task)


async def _is_early(act: Acting, task: Task, unit: UnitId, period: PeriodKey | None) -> bool:
    """Tell whether nobody asks for the period yet: one tap would file the wrong year."""
    office = await office_of(act.tx, act.now, (task,))
    owed = await owed_for(act, task, unit, period, office)
    return owed is not None and owed.early


def lacks_figures(form: Form, outcome: Outcome) -> bool:
    """Tell whether the word alone would pass for a complete report without figures it must have.

    What is unfinished is no complete report. "Không phát sinh" tells what is counted: none of it;
    points and percentages it does not tell.
    """
    if outcome in UNFINISHED:
        return False
    untold = FIGURES - {FieldType.NUMBER} if outcome is Outcome.NOTHING else FIGURES
    asked = applying(form, {OUTCOME_FIELD: outcome.value})
    return any(one.required and one.type in untold for one in asked)


def has_figures(report: Report) -> bool:
    """Tell whether a report holds a figure that a word in its place would lose."""
    return any(figure(answer) is not None for answer in report.answers.values())


def _draft(act: Acting, said: AtOnce, form: Form, answers: dict[str, Answer]) -> Draft:
    """Return the draft that was never written: it is complete from the start."""
    return Draft(
        id=said.draft,
        person=act.actor.id,
        form=form.id,
        form_version=form.version,
        started=act.now,
        changed=act.now,
        task=said.task,
        period=said.period,
        answers=answers,
    )


def _content(form: Form, draft: Draft, said: AtOnce) -> Content:
    answers = final_answers(form, draft)
    return Content(outcome=said.outcome, answers=answers, notes={}, at_once=True)


def _told(form: Form, said: AtOnce, held: Report | None) -> dict[str, Answer]:
    """Return the outcome as the form's own answer, beside what an earlier version told."""
    if outcome_field(form, said.outcome) is None:
        return {}
    told = dict(held.answers) if held is not None and held.form == form.id else {}
    return told | {OUTCOME_FIELD: said.outcome.value}
