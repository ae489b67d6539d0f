"""Files that came while nothing waited for one: kept until their sender says where they belong."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from records.forms.files import Forms
from records.forms.model import FieldType, Form
from records.ids import DraftId, PersonId, new_id
from records.model import Attachment
from records.obligations.obligation import Obligation
from records.store import Store
from services.reports.asked import asked_of
from services.reports.drafts import list_drafts, resume
from services.reports.refusals import NoSuchDraft
from services.reports.steps import take_step
from services.reports.values import Dialog, File, Input, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a file may belong: what asks for files and is the person's to write."""

    drafts: tuple[Dialog, ...]
    due: tuple[Obligation, ...]


def mark_of(person: PersonId, sent_as: str) -> str:
    """Return the mark of files that were sent together, as one message or one album."""
    return f"{crc32(f'{person} {sent_as}'.encode()):08x}"


async def keep(store: Store, person: PersonId, mark: str, file: File, now: datetime) -> int:
    """Keep a file under a mark; return how many lie there, this one among them."""
    async with store.begin(f"loose:{mark}") as tx:
        held = await tx.find(Attachment, {"draft": _under(mark)})
        if any(one.identity == file.identity for one in held):
            return len(held)
        await tx.add(
            Attachment(
                id=new_id(),
                person=person,
                draft=_under(mark),
                kind=file.kind,
                reference=file.reference,
                identity=file.identity,
                name=file.name,
                size=file.size,
                at=now,
            )
        )
        return len(held) + 1


async def count(store: Store, mark: str) -> int:
    """Return how many files lie under a mark."""
    async with store.begin() as tx:
        return await tx.count(Attachment, {"draft": _under(mark)})


async def places(store: Store, forms: Forms, person: PersonId, now: datetime) -> Places:
    """Return where a person's file may belong, what presses first."""
    drafts = [one for one in await list_drafts(store, forms, person, now) if files_field(one.form)]
    begun = {(one.draft.task, one.draft.period) for one in drafts}
    due = [
        one
        for one in await asked_of(store, person, now)
        if (one.task.id, one.key) not in begun and files_field(forms.get(one.task.form))
    ]
    return Places(drafts=tuple(drafts), due=tuple(due))


async def attach(
    store: Store, forms: Forms, person: PersonId, mark: str, draft: DraftId, now: datetime
) -> Shown:
    """Give the files of a mark to a draft, which is opened; raises NoSuchDraft once they are given.

    A file that the form does not take is said in the dialog's objection.
    """
    async with store.begin() as tx:
        held = await tx.find(Attachment, {"draft": _under(mark)})
    files = sorted((one for one in held if one.person == person), key=lambda one: one.at)
    shown: Shown = await resume(store, forms, person, draft, now)
    key = files_field(shown.form)
    if not files or key is None:
        raise NoSuchDraft
    for one in files:
        given = File(
            kind=one.kind,
            reference=one.reference,
            identity=one.identity,
            name=one.name,
            size=one.size,
        )
        step = Input(draft=draft, given=given, field=key)
        shown = await take_step(store, forms, person, step, now)
    async with store.begin(f"loose:{mark}") as tx:
        for one in files:
            await tx.remove(Attachment, one.id)
    return shown


async def release(store: Store, person: PersonId, mark: str) -> tuple[Attachment, ...]:
    """Hand out a person's files of a mark to something else; they are kept here no more."""
    async with store.begin(f"loose:{mark}") as tx:
        held = await tx.find(Attachment, {"draft": _under(mark)})
        own = sorted((one for one in held if one.person == person), key=lambda one: one.at)
        for one in own:
            await tx.remove(Attachment, one.id)
    return tuple(own)


def files_field(form: Form) -> str | None:
    """Return the key of a form's first question for files; None if it asks for none."""
    return next((one.key for one in form.fields if one.type is FieldType.FILES), None)


def _under(mark: str) -> DraftId:
    return DraftId(f"loose:{mark}")
