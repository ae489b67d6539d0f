"""A draft with all that belongs to it inside a transaction: form, task, unit, what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from records.access import Action
from records.actor import Acting, NotAllowed
from records.dialog.engine import prompt
from records.dialog.values import Background, Objection, Prompt
from records.focus import at, enter, leave, number_of
from records.forms.files import Forms
from records.forms.model import Form, Purpose
from records.ids import DraftId, UnitId
from records.model import Draft, Focus, Report, ReportState, Task
from services.reports.background import background_of
from services.reports.refusals import NoSuchDraft
from services.reports.reviewers import reviewers_of
from services.reports.rights import may_see, task_of, unit_for
from services.reports.values import TOPIC, Dialog, Sent
from services.reports.versions import open_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A draft as its dialog needs it."""

    draft: Draft
    form: Form
    task: Task | None
    unit: UnitId | None
    """The unit the person reports for; None if he no longer does."""
    background: Background

    def shown(
        self,
        act: Acting,
        *,
        at: Prompt | None = None,
        objection: Objection | None = None,
        stale: bool = False,
    ) -> Dialog:
        """Return the dialog to show, with `at` or what the draft itself comes to."""
        unit = self.unit or (self.task.lead if self.task else act.actor.unit)
        return Dialog(
            draft=self.draft,
            form=self.form,
            prompt=at or prompt(self.form, self.draft, self.background),
            unit=act.tree.name(unit),
            task=self.task,
            objection=objection,
            stale=stale,
        )


async def sheet_of(act: Acting, forms: Forms, draft: Draft) -> Sheet:
    """Lay a draft out; nothing is checked, so that it can always be read."""
    task = None if draft.task is None else await act.tx.get(Task, draft.task)
    unit = await unit_for(act, task, draft.period)
    written = forms.written(draft.form, draft.form_version)
    draft = replace(draft, form_version=written.version)
    known = await background_of(act, forms, draft, unit or act.actor.unit)
    form = asked_form(written, task)
    return Sheet(draft=draft, form=form, task=task, unit=unit, background=known)


def form_after(forms: Forms, form: Form, held: Report | None) -> Form:
    """Return the version to write in: that of the report whose place is taken, or the newest."""
    if held is None or held.state is ReportState.ACCEPTED or held.form != form.id:
        return form
    return forms.written(held.form, held.form_version)


def asked_form(form: Form, task: Task | None) -> Form:
    """Return what is asked of a form: of an obstacle to a task, its first question alone.

    One tap and one sentence raise it; the whole form is there for one without a task.
    """
    if task is not None and form.use.purpose is Purpose.OBSTACLE and task.form != form.id:
        return replace(form, fields=form.fields[:1], totals=())
    return form


async def own_draft(act: Acting, draft: DraftId) -> Draft:
    """Return the actor's draft; raises NoSuchDraft, and NotAllowed for another's."""
    held = await act.tx.get(Draft, draft)
    if held is None:
        raise NoSuchDraft
    if held.person != act.actor.id:
        raise NotAllowed(action=Action.REPORT, subject=draft)
    return held


async def report_of(act: Acting, forms: Forms, draft: DraftId) -> Sent | None:
    """Return the report that a draft became, if the actor may see it."""
    found = await act.tx.find(Report, {"draft": draft})
    if not found:
        return None
    if not may_see(act, found[0]):
        raise NotAllowed(action=Action.SEE, subject=found[0].id)
    return await sent_before(act, forms, found[0])


async def sent_before(act: Acting, forms: Forms, report: Report) -> Sent:
    """Show a report that stands already."""
    task = await task_of(act, report.task)
    form = asked_form(forms.written(report.form, report.form_version), task)
    return replace(await sent_now(act, report, form, task), again=True)


async def sent_now(act: Acting, report: Report, form: Form, task: Task | None) -> Sent:
    """Show a report that stands, and who has it."""
    having = await reviewers_of(act, report, task)
    over = having.passed_over
    return Sent(
        report=report,
        unit=act.tree.name(report.unit),
        form=form,
        task=task,
        reviewers=tuple(one.name for one in having.people),
        passed_over=None if over is None else over.name,
        open_until=open_until(report, act.actor.id, act.now),
    )


async def focus(act: Acting, draft: Draft, taken: int = 0) -> None:
    """Let the person's next words go to the draft; messages up to `taken` have been taken."""
    held = await at(act.tx, act.actor.id, TOPIC)
    mine = held is not None and held.subject == draft.id
    facts: Mapping[str, int] = {"taken": max(taken, taken_up_to(held))} if mine else {}
    if not mine and taken:
        facts = {"taken": taken}
    await enter(
        act.tx,
        Focus(id=act.actor.id, topic=TOPIC, subject=draft.id, since=act.now, facts=facts),
    )


def taken_up_to(held: Focus | None) -> int:
    """Return the number of the last message whose words were taken; 0 if there was none."""
    return 0 if held is None else number_of(held, "taken")


async def unfocus(act: Acting, draft: DraftId) -> None:
    """Let the person's next words go elsewhere, if they went to the draft."""
    await leave(act.tx, act.actor.id, TOPIC, subject=draft)
