"""One input to a draft: checked, taken, kept, and on the last one sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from records.actor import Acting, acting
from records.dialog.engine import amend, prompt, step
from records.dialog.position import stand
from records.dialog.values import Attached, Given, Move, Said, Step, Summary
from records.focus import at, lock, stop
from records.forms.files import Forms
from records.ids import PersonId, new_id
from records.model import Attachment, Draft
from records.store import Store
from services.reports.open_draft import (
    Sheet,
    focus,
    own_draft,
    report_of,
    sent_now,
    sheet_of,
    taken_up_to,
)
from services.reports.refusals import NotOfUnit, ReportingRefused
from services.reports.rights import require_open
from services.reports.submission import submit
from services.reports.values import TOPIC, Dialog, File, Input, Sent, Shown


async def take_step(
    store: Store, forms: Forms, person: PersonId, given: Input, now: datetime
) -> Shown:
    """Take one input to a draft and return what to show next.

    An input that was taken before, or a button drawn for an earlier step, changes no answer and
    shows the draft as it is; one to a draft that was sent shows its report. Raises, with the draft
    left as it was, NotAllowed for another's draft, NotOfUnit, TaskWithdrawn, TaskClosed,
    AlreadyReported and ReportAccepted; NoSuchDraft for one that is gone.
    """
    try:
        return await _taken(store, forms, person, given, now)
    except ReportingRefused:
        await _stop_listening(store, person, given)
        raise


async def _taken(
    store: Store, forms: Forms, person: PersonId, given: Input, now: datetime
) -> Shown:
    async with acting(store, person, now, *await _locks(store, person, given)) as act:
        sent = await report_of(act, forms, given.draft)
        if sent is not None:
            return sent
        sheet = await sheet_of(act, forms, await own_draft(act, given.draft))
        if await _came_before(act, sheet.draft, given):
            if given.revision is not None:
                await focus(act, sheet.draft)
            return sheet.shown(act, stale=True)
        _require_wanted(act, sheet)
        return await _stepped(act, sheet, given)


async def _stop_listening(store: Store, person: PersonId, given: Input) -> None:
    """Let words go elsewhere once a draft can take none: they would be refused one by one."""
    await stop(store, person, TOPIC, subject=given.draft)


async def _locks(store: Store, person: PersonId, given: Input) -> tuple[str, ...]:
    """Return what a step must hold: the task too, since any step may send, one report a period."""
    own = (f"draft:{given.draft}", lock(person))
    async with store.begin() as tx:
        held = await tx.get(Draft, given.draft)
    return own if held is None or held.task is None else (*own, f"task:{held.task}")


async def _came_before(act: Acting, draft: Draft, given: Input) -> bool:
    """Tell an old button, or a message that was taken already and comes again."""
    if given.revision is not None and given.revision != draft.revision:
        return True
    if given.order is None or given.field is not None or not isinstance(given.given, Said):
        return False
    held = await at(act.tx, act.actor.id)
    mine = held is not None and held.subject == draft.id
    return mine and given.order <= taken_up_to(held)


def _require_wanted(act: Acting, sheet: Sheet) -> None:
    """Raise NotOfUnit, TaskWithdrawn or TaskClosed where nobody asks this of the person now."""
    if sheet.unit is None:
        unit = sheet.task.lead if sheet.task is not None else act.actor.unit
        raise NotOfUnit(unit=act.tree.name(unit))
    require_open(sheet.task)


async def _stepped(act: Acting, sheet: Sheet, given: Input) -> Dialog | Sent:
    before = sheet.draft
    file, words = await _file_of(act, before, given.given)
    taken = _take(sheet, words, given.field)
    at_once = _is_whole(sheet, taken)
    if at_once:
        taken = step(sheet.form, taken.draft, Move.CONFIRM, sheet.background)
    if taken.sent and sheet.unit is not None:
        ready = replace(sheet, draft=taken.draft)
        report = await submit(act, ready, sheet.unit, at_once=at_once)
        return await sent_now(act, report, sheet.form, sheet.task)
    if taken.objection is None and file is not None:
        await act.tx.put(file)
    draft = before if taken.objection else replace(taken.draft, changed=act.now)
    draft = replace(draft, typed_in=_typed_in(sheet, draft, given))
    await act.tx.put(draft)
    if given.field is None:
        await focus(act, draft, given.order or 0)
    return replace(sheet, draft=draft).shown(act, at=taken.prompt, objection=taken.objection)


def _take(sheet: Sheet, given: Given, field: str | None) -> Step:
    if field is None:
        return step(sheet.form, sheet.draft, given, sheet.background)
    return amend(sheet.form, sheet.draft, field, given, sheet.background)


def _typed_in(sheet: Sheet, after: Draft, given: Input) -> Mapping[str, int]:
    """Return which message each field was answered in, these words among them, taken or not.

    A word of reason is none: it stands beside the answer of another message.
    """
    before = sheet.draft
    asked = stand(sheet.form, before, sheet.background).asked
    reasoned = after.notes != before.notes
    if given.order is None or asked is None or given.field is not None or reasoned:
        return before.typed_in
    if not isinstance(given.given, Said):
        return before.typed_in
    return {**before.typed_in, asked.key: given.order}


def _is_whole(sheet: Sheet, taken: Step) -> bool:
    """Tell whether this answer was the form's only one: there is nothing to read over again."""
    if len(sheet.form.fields) != 1 or taken.objection is not None or taken.sent:
        return False
    asked_before = not isinstance(prompt(sheet.form, sheet.draft, sheet.background), Summary)
    given = taken.draft.answers.get(sheet.form.fields[0].key) not in (None, ())
    return asked_before and given and isinstance(taken.prompt, Summary)


async def _file_of(
    act: Acting, draft: Draft, given: Given | File
) -> tuple[Attachment | None, Given]:
    """Return a file as it is kept and as the dialog takes it; one that came before keeps its id."""
    if not isinstance(given, File):
        return None, given
    held = await act.tx.find(Attachment, {"draft": draft.id})
    before = next((one for one in held if one.identity == given.identity), None)
    file = before or Attachment(
        id=new_id(),
        person=act.actor.id,
        draft=draft.id,
        kind=given.kind,
        reference=given.reference,
        identity=given.identity,
        name=given.name,
        size=given.size,
        at=act.now,
    )
    return file, Attached(id=file.id, kind=file.kind, name=file.name, size=file.size)
