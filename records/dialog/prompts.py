"""What to show for a draft as it stands: a question, a reading back, a doubt, or the summary."""

from collections.abc import Mapping
from decimal import Decimal

from records.dialog.doubts import doubt_of
from records.dialog.fit import SEVERAL, figure, of_kind
from records.dialog.input import figure_of, held
from records.dialog.pending import Cause, waiting
from records.dialog.position import Standing, holds, previous
from records.dialog.values import (
    Ask,
    AskReason,
    KnownFigure,
    Line,
    Objection,
    Prompt,
    ReadBack,
    Sum,
    Summary,
)
from records.forms.model import Band, Field, FieldType, Form, Total
from records.model import Answer


def prompt_of(standing: Standing, noted: Line | None = None) -> Prompt:
    """Return the prompt of a standing; `noted` is the answer just taken."""
    field = standing.asked
    if field is None:
        return summary(standing)
    held_back = waiting(standing, field)
    if held_back is None:
        return _ask(standing, field, noted)
    position, count = standing.place(field)
    doubted = doubt_of(field, held_back.answer, standing.background)
    if held_back.cause is Cause.UNSURE or doubted is None:
        return ReadBack(field=field, position=position, count=count, answer=held_back.answer)
    return AskReason(
        field=field,
        position=position,
        count=count,
        answer=held_back.answer,
        doubt=doubted.doubt,
        against=doubted.against,
    )


def summary(standing: Standing) -> Summary:
    """Return every field that applies with its answer, and the totals."""
    return Summary(
        lines=tuple(line_of(standing, field) for field in standing.fields),
        sums=sums(standing.form, standing.answers),
    )


def line_of(standing: Standing, field: Field) -> Line:
    """Return a field with its answer and the word of reason beside it."""
    draft = standing.draft
    return Line(field=field, answer=draft.answers.get(field.key), note=draft.notes.get(field.key))


def _ask(standing: Standing, field: Field, noted: Line | None) -> Ask:
    position, count = standing.place(field)
    now = standing.answers.get(field.key)
    current = now if of_kind(field, now) else None
    return Ask(
        field=field,
        position=position,
        count=count,
        current=current,
        chosen=held(current) if field.type in SEVERAL else (),
        same=same_offered(standing, field),
        known=known_offered(standing, field),
        noted=noted,
        may_go_back=previous(standing) is not None,
        may_skip=not field.required,
        to_summary=standing.missing() is None,
    )


def same_offered(standing: Standing, field: Field) -> Answer:
    """Return the last report's answer where the field remembers one and it still fits.

    Files belong to the report they came with and are not offered again.
    """
    last = standing.background.last.get(field.key)
    if not remembers(standing, field):
        return None
    return last if standing.would_fit(field, last) else None


def remembers(standing: Standing, field: Field) -> bool:
    """Tell whether the last report's answer to a field may be this one's too."""
    anew = field.fresh
    if anew is not None and holds(anew, standing.answers.get(anew.field)):
        return False
    return field.remembered and field.type is not FieldType.FILES


def known_offered(standing: Standing, field: Field) -> KnownFigure | None:
    """Return the figure given in another report, where it fits this field."""
    known = standing.background.shared.get(field.key)
    read = None if known is None else figure_of(known.value)
    if read is None or isinstance(read, Objection):
        return None
    return known if standing.would_fit(field, read.answer) else None


def sums(form: Form, answers: Mapping[str, Answer]) -> tuple[Sum, ...]:
    """Return the totals over `answers`, which hold only fields that apply.

    A field that was skipped counts nothing; a total none of whose fields is answered is left out.
    """
    found = []
    for total in form.totals:
        figures = [value for key in total.of if (value := figure(answers.get(key))) is not None]
        if figures:
            value = sum(figures, Decimal(0))
            found.append(Sum(total=total, value=value, band=_band_of(total, value)))
    return tuple(found)


def _band_of(total: Total, value: Decimal) -> Band | None:
    """Return the highest band that `value` reaches, None below all or where there are none."""
    reached = [band for band in total.bands if band.at_least <= value]
    return max(reached, key=lambda band: band.at_least, default=None)
