"""What a draft waits for beside its field: a "đúng" to what was read, or a word of reason.

It stands in `Draft.pending` as two words, the cause and the answer as it would be kept, so that any
process can take the next message.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from records.dialog.fit import of_kind
from records.dialog.position import Standing
from records.forms.model import Field
from records.model import Draft


class Cause(StrEnum):
    """Why an answer is not yet taken."""

    UNSURE = "unsure"
    """It could be read in another way."""
    DOUBTFUL = "doubtful"
    """It is what was meant, and it stands out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer of the field asked that is not yet taken."""

    cause: Cause
    answer: str


def waiting(standing: Standing, field: Field) -> Waiting | None:
    """Return what the draft waits for at `field`; None where nothing that it could hold."""
    pending = standing.draft.pending
    if standing.draft.at != field.key:
        return None
    if not isinstance(pending, tuple) or len(pending) != 2 or pending[0] not in set(Cause):
        return None
    if not of_kind(field, pending[1]):
        return None
    return Waiting(cause=Cause(pending[0]), answer=pending[1])


def waits(draft: Draft, field: Field, cause: Cause, answer: str) -> Draft:
    """Return the draft with `field` asked and an answer of it waiting."""
    return replace(draft, at=field.key, pending=(cause.value, answer))
