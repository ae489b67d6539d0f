"""What a report comes to, in one word, from its answers."""

from collections.abc import Mapping
from typing import Final

from records.forms.model import Field, Form
from records.model import Answer, Outcome

OUTCOME_FIELD: Final = "outcome"
"""The field whose choices are the outcomes, in a form that asks for them."""


def outcome_field(form: Form, outcome: Outcome) -> Field | None:
    """Return the form's own question that `outcome` is an answer to; None if it has none."""
    found = (field for field in form.fields if field.key == OUTCOME_FIELD)
    return next((one for one in found if any(c.key == outcome for c in one.choices)), None)


def outcome_of(form: Form, answers: Mapping[str, Answer]) -> Outcome:
    """Return what the answers say in the form's outcome field; a form without one means done."""
    said = answers.get(OUTCOME_FIELD)
    asks = any(field.key == OUTCOME_FIELD for field in form.fields)
    return next((one for one in Outcome if asks and one.value == said), Outcome.DONE)
