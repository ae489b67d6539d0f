"""A message that was edited after it had answered a question of a report."""

from dataclasses import dataclass
from datetime import datetime

from records.dialog.values import Said
from records.focus import heard
from records.forms.files import Forms
from records.forms.model import Field
from records.ids import DraftId, PersonId
from records.model import Draft
from records.store import Store
from services.reports.steps import take_step
from services.reports.values import TOPIC, Input, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edited answer came to."""

    shown: Shown
    field: Field
    open: bool
    """Whether the person is at this draft now; else he left it for something else."""


async def take_edit(
    store: Store, forms: Forms, person: PersonId, order: int, text: str, now: datetime
) -> Edited | None:
    """Let the edited message `order` answer its question anew; None where it answered none.

    That of a report sent meanwhile answers none: what was sent stays. Raises as `take_step` does.
    """
    found = await _answered_in(store, person, order)
    if found is None:
        return None
    draft, key = found
    held = await heard(store, person)
    given = Input(draft=draft, given=Said(text), order=order, field=key)
    shown = await take_step(store, forms, person, given, now)
    mine = held is not None and (held.topic, held.subject) == (TOPIC, draft)
    return Edited(shown=shown, field=shown.form.field(key), open=mine)


async def _answered_in(store: Store, person: PersonId, order: int) -> tuple[DraftId, str] | None:
    async with store.begin() as tx:
        drafts = await tx.find(Draft, {"person": person})
    return next(
        (
            (one.id, key)
            for one in drafts
            for key, number in one.typed_in.items()
            if number == order
        ),
        None,
    )
