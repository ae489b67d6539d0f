"""Opening drafts, finding them again, leaving and cancelling them."""

from dataclasses import replace
from datetime import datetime

from records.access import Action
from records.actor import Acting, NotAllowed, acting
from records.dialog.engine import begin
from records.dialog.outcome import outcome_field
from records.dialog.position import answered, stand
from records.focus import lock
from records.forms.files import Forms
from records.forms.model import Form
from records.ids import DraftId, PersonId, ReportId, new_id
from records.model import Attachment, Draft, Outcome, Report, ReportState
from records.obligations.standing import continues
from records.store import Store
from services.reports.open_draft import (
    Sheet,
    focus,
    form_after,
    own_draft,
    sent_before,
    sheet_of,
    unfocus,
)
from services.reports.refusals import NoSuchReport, ReportAccepted
from services.reports.rights import require_open, required_unit, task_of, unit_for
from services.reports.values import About, Dialog, Shown
from services.reports.versions import standing_report, version_of


async def open_draft(
    store: Store, forms: Forms, person: PersonId, about: About, now: datetime
) -> Shown:
    """Open a report's draft, or the same one again where the person has one for it.

    A report that was returned, or that left work unfinished, is opened to become a new version;
    one that stands is shown instead. Raises NotAllowed, UnknownTask, TaskWithdrawn, TaskClosed.
    """
    async with acting(store, person, now, f"drafts:{person}", lock(person)) as act:
        task = await task_of(act, about.task)
        unit = await required_unit(act, task, about.period)
        require_open(task)
        form = forms.get(about.form or (task.form if task else ""))
        draft = await _opened_before(act, about, form)
        if draft is None:
            held = await standing_report(act, task, about.period, unit)
            if held is not None and not continues(held, task):
                return await sent_before(act, forms, held)
            draft = _new(act, about, form_after(forms, form, held), held)
        return await _begun(act, await sheet_of(act, forms, draft))


async def opened_with(
    act: Acting, forms: Forms, about: About, outcome: Outcome, held: Report | None
) -> Dialog:
    """Open the form of a task with its outcome filled in, to take the place of `held`.

    The draft that the person has open for it is gone on with.
    """
    task = await task_of(act, about.task)
    form = forms.get(task.form if task else "")
    form = form_after(forms, form, held)
    draft = await _opened_before(act, about, form) or _new(act, about, form, held)
    sheet = await sheet_of(act, forms, draft)
    return await _begun(act, _filled_in(sheet, outcome))


async def edit(
    store: Store, forms: Forms, person: PersonId, report: ReportId, now: datetime
) -> Dialog:
    """Open the latest version of a report again, to become a new version once sent.

    Raises ReportAccepted once it is accepted, NotAllowed for a report of another unit.
    """
    async with acting(store, person, now, f"drafts:{person}", lock(person)) as act:
        held = await _latest(act, report)
        task = await task_of(act, held.task)
        if await unit_for(act, task, held.period) != held.unit:
            raise NotAllowed(action=Action.REPORT, subject=held.id)
        require_open(task)
        if held.state is ReportState.ACCEPTED:
            raise ReportAccepted
        draft = await _revised_before(act, held)
        if draft is None:
            about = About(task=held.task, period=held.period)
            draft = _new(act, about, forms.written(held.form, held.form_version), held)
        return await _begun(act, await sheet_of(act, forms, draft))


async def resume(
    store: Store, forms: Forms, person: PersonId, draft: DraftId, now: datetime
) -> Dialog:
    """Show a draft where it stands; it can be read even where it can no longer be sent.

    Raises NoSuchDraft, and NotAllowed for another's draft.
    """
    async with acting(store, person, now, f"draft:{draft}", lock(person)) as act:
        return await _begun(act, await sheet_of(act, forms, await own_draft(act, draft)))


async def look(
    store: Store, forms: Forms, person: PersonId, draft: DraftId, now: datetime
) -> Dialog | None:
    """Show a draft where it stands and change nothing; None for one that is gone."""
    async with acting(store, person, now) as act:
        if await act.tx.get(Draft, draft) is None:
            return None
        return (await sheet_of(act, forms, await own_draft(act, draft))).shown(act)


async def leave(store: Store, person: PersonId, draft: DraftId, now: datetime) -> Draft:
    """Keep a draft for later and return it: words typed from now on are not for it."""
    async with acting(store, person, now, f"draft:{draft}", lock(person)) as act:
        held = await own_draft(act, draft)
        await unfocus(act, draft)
        return held


async def drop(store: Store, person: PersonId, draft: DraftId, now: datetime) -> Draft:
    """Throw a draft and its files away and return it.

    Raises NoSuchDraft, and NotAllowed for another's.
    """
    async with acting(store, person, now, f"draft:{draft}", lock(person)) as act:
        held = await own_draft(act, draft)
        await act.tx.remove(Draft, draft)
        for file in await act.tx.find(Attachment, {"draft": draft}):
            await act.tx.remove(Attachment, file.id)
        await unfocus(act, draft)
        return held


async def place(
    store: Store, person: PersonId, draft: DraftId, message: str, now: datetime
) -> str | None:
    """Note which message shows the dialog; return the one that did before.

    A draft that is gone meanwhile has none.
    """
    async with acting(store, person, now, f"draft:{draft}") as act:
        held = await act.tx.get(Draft, draft)
        if held is None or held.person != person:
            return None
        await act.tx.put(replace(held, message=message))
        return held.message


async def list_drafts(store: Store, forms: Forms, person: PersonId, now: datetime) -> list[Dialog]:
    """Return the person's open drafts, the last touched first.

    One whose form is not even kept cannot be shown until the form is back.
    """
    async with acting(store, person, now) as act:
        found = await act.tx.find(Draft, {"person": person})
        drafts = [one for one in found if one.form in forms.versions]
        latest = sorted(drafts, key=lambda one: one.changed, reverse=True)
        return [(await sheet_of(act, forms, one)).shown(act) for one in latest]


async def _begun(act: Acting, sheet: Sheet) -> Dialog:
    """Keep a draft as its dialog opens it, and listen for its words."""
    begun = begin(sheet.form, sheet.draft, sheet.background)
    if begun.draft != await act.tx.get(Draft, sheet.draft.id):
        await act.tx.put(begun.draft)
    await focus(act, begun.draft)
    return replace(sheet, draft=begun.draft).shown(act, at=begun.prompt)


def _filled_in(sheet: Sheet, outcome: Outcome) -> Sheet:
    """Return the draft with the outcome answered; a form that does not ask for it stays as it is.

    What was answered before stays: only what the outcome leaves open is asked.
    """
    field = outcome_field(sheet.form, outcome)
    if field is None or sheet.draft.answers.get(field.key) == outcome:
        return sheet
    begun = begin(sheet.form, sheet.draft, sheet.background).draft
    standing = stand(sheet.form, begun, sheet.background)
    filled = answered(standing, field, outcome.value)
    return replace(sheet, draft=replace(filled, revision=begun.revision + 1))


async def _opened_before(act: Acting, about: About, form: Form) -> Draft | None:
    """Return the person's open draft for it; without a task, only one that is still empty."""
    for one in await act.tx.find(Draft, {"person": act.actor.id}):
        same = (one.task, one.period, one.form) == (about.task, about.period, form.id)
        if same and (one.task is not None or not (one.answers or one.replaces)):
            return one
    return None


async def _revised_before(act: Acting, held: Report) -> Draft | None:
    drafts = await act.tx.find(Draft, {"person": act.actor.id})
    return next((one for one in drafts if one.replaces == held.id), None)


async def _latest(act: Acting, report: ReportId) -> Report:
    meant = await act.tx.get(Report, report)
    held = None if meant is None else await version_of(act, meant.series)
    if held is None:
        raise NoSuchReport
    return held


def _new(act: Acting, about: About, form: Form, held: Report | None) -> Draft:
    """Return a fresh draft; one that continues a report begins with its answers."""
    continued = held is not None and held.state is not ReportState.ACCEPTED
    filled = held if held is not None and continued and held.form == form.id else None
    return Draft(
        id=DraftId(new_id()),
        person=act.actor.id,
        form=form.id,
        form_version=form.version,
        started=act.now,
        changed=act.now,
        task=about.task,
        period=about.period,
        answers={} if filled is None else dict(filled.answers),
        notes={} if filled is None else dict(filled.notes),
        replaces=held.id if held is not None and continued else None,
    )
