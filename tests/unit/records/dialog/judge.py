"""A slow, plain judge of dialogs: what a form lets stand, said a second time in other words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from records.dialog.fit import figure
from records.forms.model import Direction, Field, FieldType, Form
from records.model import Answer, Draft

Answers = Mapping[str, Answer]


def applies(form: Form, field: Field, answers: Answers) -> bool:
    """Tell whether a field is to be asked."""
    if field.condition is None:
        return True
    source = form.field(field.condition.field)
    answer = answers.get(source.key)
    said = {True: "yes", False: "no"}.get(answer) if isinstance(answer, bool) else answer
    if source.type is FieldType.NUMBER and isinstance(said, str):
        value = figure(said)
        said = None if value is None else "some" if value > 0 else "none"
    given = said if isinstance(said, tuple) else (said,)
    return applies(form, source, answers) and any(one in field.condition.values for one in given)


def asked_for(form: Form, answers: Answers) -> list[Field]:
    """Return the fields to be asked, in order."""
    return [field for field in form.fields if applies(form, field, answers)]


def is_sound(form: Form, field: Field, answers: Answers, today: date) -> bool:
    """Tell whether the answer of a field may be sent."""
    answer = answers.get(field.key)
    if answer is None:
        return not field.required
    if isinstance(answer, str):
        return _is_sound_text(form, field, answer, answers, today)
    keys = [choice.key for choice in field.choices]
    if field.type is FieldType.CHOICES:
        return isinstance(answer, tuple) and 0 < len(set(keys) & set(answer)) == len(answer)
    if field.type is FieldType.FILES:
        return isinstance(answer, tuple) and 0 < len(answer) <= field.most_files
    return field.type is FieldType.YES_NO and isinstance(answer, bool)


def _is_sound_text(form: Form, field: Field, answer: str, answers: Answers, today: date) -> bool:
    if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        return field.shortest <= len(answer) <= field.longest
    if field.type in (FieldType.NUMBER, FieldType.PERCENT, FieldType.SCORE):
        return _in_bounds(form, field, Decimal(answer), answers)
    if field.type is FieldType.DATE:
        return _on_its_side(field, date.fromisoformat(answer), today)
    return field.type is FieldType.CHOICE and answer in [one.key for one in field.choices]


def _in_bounds(form: Form, field: Field, value: Decimal, answers: Answers) -> bool:
    whole = value == value.to_integral_value()
    if field.whole and not whole:
        return False
    if field.type is FieldType.SCORE and value * 4 != (value * 4).to_integral_value():
        return False
    if field.type is not FieldType.NUMBER and value < 0:
        return False
    if field.type is FieldType.PERCENT and value > 100:
        return False
    above = field.not_above and answers.get(field.not_above)
    counts = isinstance(above, str) and applies(form, form.field(str(field.not_above)), answers)
    if counts and value > Decimal(str(above)):
        return False
    return (field.least is None or value >= field.least) and (
        field.most is None or value <= field.most
    )


def _on_its_side(field: Field, day: date, today: date) -> bool:
    if field.direction is Direction.PAST:
        return day <= today
    return field.direction is Direction.ANY or day >= today


def content(draft: Draft) -> tuple[object, ...]:
    """Return what the officer would miss if it were lost: all but the count of steps."""
    return (dict(draft.answers), draft.at, draft.pending, dict(draft.notes), draft.visited)
