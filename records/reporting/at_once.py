"""One tap, a full report: "Hoàn thành", "Đang làm", "Không phát sinh"."""

from dataclasses import dataclass
from datetime import datetime

from records.acting import Acting, acting
from records.dialog.moving import final_answers
from records.dialog.outcome import OUTCOME_FIELD
from records.forms.model import Form
from records.forms.reading import Forms
from records.ids import DraftId, PeriodKey, PersonId, TaskId
from records.model import Answer, Draft, Outcome, Report
from records.reporting.rights import require_open, required_unit, task_of
from records.reporting.sending import Content, written
from records.reporting.sheet import form_after, report_of, sent_before
from records.reporting.standing import repeats, standing_report
from records.reporting.values import Sent
from records.store import Store
from records.tasks.refusals import UnknownTask


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
) -> Sent:
    """Send a full report that says one word.

    A second tap, and one that says nothing new, shows the report that stands. Raises NotAllowed,
    UnknownTask, TaskWithdrawn, TaskClosed.
    """
    async with acting(store, person, now, f"draft:{said.draft}", f"task:{said.task}") as act:
        sent = await report_of(act, forms, said.draft)
        if sent is not None:
            return sent
        task = await task_of(act, said.task)
        if task is None:
            raise UnknownTask
        unit = required_unit(act, task)
        require_open(task)
        held = await standing_report(act, task, said.period, unit)
        if held is not None and repeats(held, task, said.outcome, now):
            return await sent_before(act, forms, held)
        form = form_after(forms, forms.get(task.form), held)
        draft = _draft(act, said, form, _told(form, said, held))
        answers = final_answers(form, draft)
        content = Content(outcome=said.outcome, answers=answers, notes={})
        report = await written(act, draft, task, unit, content)
        return Sent(report=report, unit=act.tree.name(unit), form=form, task=task)


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


def _told(form: Form, said: AtOnce, held: Report | None) -> dict[str, Answer]:
    """Return the outcome as the form's own answer, beside what an earlier version told."""
    field = next((one for one in form.fields if one.key == OUTCOME_FIELD), None)
    fits = field is not None and said.outcome in {choice.key for choice in field.choices}
    told = dict(held.answers) if fits and held is not None and held.form == form.id else {}
    return told | ({OUTCOME_FIELD: said.outcome.value} if fits else {})
