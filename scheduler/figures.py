"""Figures added up over units: the number fields of the newest report on each task."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from records.forms.model import Field, FieldType
from records.forms.reading import Forms
from records.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSum:
    """A figure added up over units."""

    form: str
    """The form's title."""
    field: str
    label: str
    unit: str | None
    """What is counted: người, đơn, cuộc."""
    value: Decimal
    units: int
    """How many units told it."""


def added_up(reports: Iterable[Report], forms: Forms) -> Iterator[FigureSum]:
    """Add up the number fields of reports, at most one a task, by form and field.

    A form or a field that is no more has no name to be told by, and is passed over. Percentages
    and points are no figures: they do not add up.
    """
    by_form: dict[str, list[Report]] = {}
    for one in reports:
        by_form.setdefault(one.form, []).append(one)
    for form in (forms.get(name) for name in by_form if name in forms):
        for field in form.fields:
            told = [one for one in by_form[form.id] if _figure(one, field) is not None]
            if told:
                yield FigureSum(
                    form=form.title,
                    field=field.key,
                    label=field.label,
                    unit=field.unit,
                    value=sum((_figure(one, field) or Decimal(0) for one in told), Decimal(0)),
                    units=len({one.unit for one in told}),
                )


def _figure(report: Report, field: Field) -> Decimal | None:
    kept = report.answers.get(field.key)
    if field.type is not FieldType.NUMBER or not isinstance(kept, str):
        return None
    return Decimal(kept)
