"""Figures added up over units: the number fields of the newest report on each task."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from records.forms.files import Forms
from records.forms.model import Field, FieldType, Form
from records.forms.refusals import NoSuchForm
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

    Each is read by the version it was written in; what has the same key and is counted alike adds
    up, under its newest label. A form that is not even kept has no name to be told by, and is
    passed over. Percentages and points are no figures: they do not add up.
    """
    by_form: dict[str, list[tuple[Form, Report]]] = {}
    for one in reports:
        with suppress(NoSuchForm):
            form = forms.written(one.form, one.form_version)
            by_form.setdefault(one.form, []).append((form, one))
    for written in by_form.values():
        yield from _of_one_form(sorted(written, key=lambda one: -one[0].version))


def figures_of(report: Report, forms: Forms) -> Iterator[tuple[Field, Decimal]]:
    """Yield the number fields of a report that it answered, by the version it was written in."""
    with suppress(NoSuchForm):
        form = forms.written(report.form, report.form_version)
        for field in form.fields:
            for value in _figures(form, report, field):
                yield field, value


def _of_one_form(written: Sequence[tuple[Form, Report]]) -> Iterator[FigureSum]:
    """Add up the reports of one form, those of its newest version first."""
    asked: dict[tuple[str, str | None], tuple[Form, Field]] = {}
    for form, _ in written:
        for field in form.fields:
            asked.setdefault((field.key, field.unit), (form, field))
    for form, field in asked.values():
        told = [(one, value) for by, one in written for value in _figures(by, one, field)]
        if told:
            yield FigureSum(
                form=form.title,
                field=field.key,
                label=field.label,
                unit=field.unit,
                value=sum((value for _, value in told), Decimal(0)),
                units=len({one.unit for one, _ in told}),
            )


def _figures(form: Form, report: Report, asked: Field) -> Iterator[Decimal]:
    """Yield the report's figure of a field, where its own version asks for the same."""
    same = [one for one in form.fields if (one.key, one.unit) == (asked.key, asked.unit)]
    kept = report.answers.get(asked.key)
    if same and same[0].type is FieldType.NUMBER and isinstance(kept, str):
        yield Decimal(kept)
