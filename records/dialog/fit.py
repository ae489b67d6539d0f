"""Whether a kept answer fits its field: its shape, its bounds, its side of today."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from records.dialog.values import Complaint, Objection
from records.forms.model import Direction, Field, FieldType
from records.model import Answer

FIGURES: Final = frozenset({FieldType.NUMBER, FieldType.PERCENT, FieldType.SCORE})
TEXTS: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
SEVERAL: Final = frozenset({FieldType.CHOICES, FieldType.FILES})

LARGEST_FIGURE: Final = Decimal(10) ** 15
"""Beyond any figure of a province, in đồng too; with FINEST_PLACES a sum stays exact."""
FINEST_PLACES: Final = 6
"""Digits after the point that a figure keeps: tỷ đồng written down to a thousand đồng."""
WHOLE_PERCENT: Final = Decimal(100)
FINEST_SCORE: Final = Decimal("0.25")
"""Scoring sheets give points by the half or the quarter."""

WRONG_KIND: Final = {
    FieldType.TEXT: Complaint.NOT_TEXT,
    FieldType.LONG_TEXT: Complaint.NOT_TEXT,
    FieldType.NUMBER: Complaint.NOT_A_NUMBER,
    FieldType.PERCENT: Complaint.NOT_A_NUMBER,
    FieldType.SCORE: Complaint.NOT_A_NUMBER,
    FieldType.CHOICE: Complaint.NOT_A_CHOICE,
    FieldType.CHOICES: Complaint.NOT_A_CHOICE,
    FieldType.YES_NO: Complaint.NOT_A_CHOICE,
    FieldType.DATE: Complaint.NOT_A_DATE,
    FieldType.FILES: Complaint.NOT_A_FILE,
}
"""What is said of an answer that is not of the field's kind at all."""


def canonical(value: Decimal) -> str:
    """Return a figure as it is kept: no exponent, no needless zeros, no negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def figure(answer: Answer) -> Decimal | None:
    """Return the number of a kept answer, None if it holds none."""
    if not isinstance(answer, str):
        return None
    try:
        value = Decimal(answer)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def day(answer: Answer) -> date | None:
    """Return the day of a kept answer, None if it holds none."""
    if not isinstance(answer, str):
        return None
    try:
        found = date.fromisoformat(answer)
    except ValueError:
        return None
    return found if found.isoformat() == answer else None


def fits(field: Field, answer: Answer, answers: Mapping[str, Answer], today: date) -> bool:
    """Tell whether `answer` is one that the field may keep beside the other `answers`.

    None is one only where the field may be skipped.
    """
    if answer is None:
        return not field.required
    return objection_to(field, answer, answers, today) is None


def objection_to(
    field: Field, answer: Answer, answers: Mapping[str, Answer], today: date
) -> Objection | None:
    """Say what is wrong with an answer given to `field`; `answers` are the others that apply."""
    if not of_kind(field, answer):
        return Objection(complaint=WRONG_KIND[field.type])
    if field.type in TEXTS:
        return _of_text(field, str(answer))
    value, given = figure(answer), day(answer)
    if field.type in FIGURES and value is not None:
        return _of_figure(field, value, answers)
    if field.type is FieldType.DATE and given is not None:
        return _of_day(field, given, today)
    if isinstance(answer, tuple):
        return _of_several(field, answer)
    return None


def of_kind(field: Field, answer: Answer) -> bool:
    """Tell whether `answer` has the shape of the field's type, whatever its bounds."""
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            sound = isinstance(answer, str)
        case FieldType.NUMBER | FieldType.PERCENT | FieldType.SCORE:
            value = figure(answer)
            sound = value is not None and answer == canonical(value)
        case FieldType.DATE:
            sound = day(answer) is not None
        case FieldType.YES_NO:
            sound = isinstance(answer, bool)
        case FieldType.CHOICE:
            sound = any(choice.key == answer for choice in field.choices)
        case FieldType.CHOICES:
            keys = {choice.key for choice in field.choices}
            sound = isinstance(answer, tuple) and keys.issuperset(answer)
        case FieldType.FILES:
            sound = isinstance(answer, tuple)
    return sound


def _of_text(field: Field, text: str) -> Objection | None:
    if len(text) < field.shortest:
        return Objection(complaint=Complaint.TOO_SHORT, bound=str(field.shortest))
    if len(text) > field.longest:
        return Objection(complaint=Complaint.TOO_LONG, bound=str(field.longest))
    return None


def bounds(field: Field) -> tuple[Decimal, Decimal]:
    """Return the least and the most that a figure of the field may be, both included."""
    least, most = -LARGEST_FIGURE, LARGEST_FIGURE
    if field.type is FieldType.PERCENT:
        least, most = Decimal(0), WHOLE_PERCENT
    elif field.type is FieldType.SCORE:
        least = Decimal(0)
    return (
        least if field.least is None else max(least, field.least),
        most if field.most is None else min(most, field.most),
    )


def _of_figure(field: Field, value: Decimal, answers: Mapping[str, Answer]) -> Objection | None:
    least, most = bounds(field)
    if value < least:
        return Objection(complaint=Complaint.TOO_SMALL, bound=canonical(least))
    if value > most:
        return Objection(complaint=Complaint.TOO_LARGE, bound=canonical(most))
    if value % _grain(field) != 0:
        return Objection(complaint=Complaint.NOT_WHOLE, bound=canonical(_grain(field)))
    other = None if field.not_above is None else figure(answers.get(field.not_above))
    if other is not None and value > other:
        return Objection(
            complaint=Complaint.NOT_ABOVE, bound=canonical(other), other=field.not_above
        )
    return None


def _grain(field: Field) -> Decimal:
    """Return what a figure of the field is a multiple of."""
    if field.whole:
        return Decimal(1)
    if field.type is FieldType.SCORE:
        return FINEST_SCORE
    return Decimal(1).scaleb(-FINEST_PLACES)


def _of_day(field: Field, given: date, today: date) -> Objection | None:
    if field.direction is Direction.PAST and given > today:
        return Objection(complaint=Complaint.IN_THE_FUTURE, bound=today.isoformat())
    if field.direction is Direction.FUTURE and given < today:
        return Objection(complaint=Complaint.IN_THE_PAST, bound=today.isoformat())
    return None


def _of_several(field: Field, taken: tuple[str, ...]) -> Objection | None:
    if not taken:
        return Objection(complaint=Complaint.NOTHING_CHOSEN)
    if field.type is FieldType.FILES and len(taken) > field.most_files:
        return Objection(complaint=Complaint.TOO_MANY_FILES, bound=str(field.most_files))
    return None
