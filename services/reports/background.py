"""What a step of a report's dialog may know: the unit's earlier reports and figures."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from records.actor import Acting
from records.dialog.fit import figure
from records.dialog.values import Background, KnownFigure
from records.forms.files import Forms
from records.forms.model import Field, Form
from records.ids import PeriodKey, UnitId
from records.model import Draft, Outcome, Report
from records.obligations.standing import newest
from records.period_keys import earlier_this_year, order, parse_period, parts_of
from vietnamese.zone import day_of

ByPeriod = Mapping[PeriodKey, Report]


async def background_of(act: Acting, forms: Forms, draft: Draft, unit: UnitId) -> Background:
    """Return what is known beside a draft that `unit` reports with."""
    form = forms.get(draft.form, draft.form_version)
    told = [
        one
        for one in await act.tx.find(Report, {"unit": unit, "form": form.id})
        if _counts(one, draft)
    ]
    last = newest(one for one in told if one.task == draft.task) or newest(told)
    today = day_of(act.now)
    answers = {} if last is None else last.answers
    if draft.period is None:
        return Background(today=today, last=answers)
    of_period = _by_period(told)
    return Background(
        today=today,
        last=answers,
        earlier=_earlier(form, draft.period, of_period),
        this_year=_this_year(form, draft.period, of_period),
        parts=_parts(form, draft.period, of_period),
        shared=await _shared(act, forms, draft, unit),
    )


def _counts(report: Report, draft: Draft) -> bool:
    """Tell whether a report speaks for its period; the one being replaced does no longer."""
    return report.state.stands and report.id != draft.replaces


def _by_period(reports: Iterable[Report]) -> ByPeriod:
    """Return the newest report of each period."""
    found: dict[PeriodKey, Report] = {}
    for one in sorted(reports, key=lambda report: report.submitted):
        if one.period is not None:
            found[one.period] = one
    return found


def _earlier(form: Form, period: PeriodKey, told: ByPeriod) -> Mapping[str, tuple[Decimal, ...]]:
    """Return the figures of earlier periods of the same kind, oldest first."""
    kind = parse_period(period).kind
    keys = sorted(
        (one for one in told if parse_period(one).kind is kind and order(one) < order(period)),
        key=order,
    )
    return {
        field.key: tuple(value for key in keys if (value := _value(told[key], field)) is not None)
        for field in form.fields
    }


def _this_year(form: Form, period: PeriodKey, told: ByPeriod) -> Mapping[str, Decimal]:
    """Return the last figure of the year so far for the fields that accumulate."""
    keys = earlier_this_year(period, told)
    last = {}
    for field in form.fields:
        values = (figure(told[key].answers.get(field.key)) for key in reversed(keys))
        found = next((one for one in values if one is not None), None)
        if field.cumulative and found is not None:
            last[field.key] = found
    return last


def _parts(form: Form, period: PeriodKey, told: ByPeriod) -> Mapping[str, Decimal]:
    """Return the sums over the period's parts, where each of them is told."""
    parts = parts_of(period)
    if not parts or any(part not in told for part in parts):
        return {}
    sums = {}
    for field in form.fields:
        values = [_value(told[part], field) for part in parts]
        known = [one for one in values if one is not None]
        if field.additive and len(known) == len(parts):
            sums[field.key] = sum(known, Decimal(0))
    return sums


def _value(report: Report, field: Field) -> Decimal | None:
    """Return a report's figure; "Không phát sinh" says none of what is counted in the period."""
    if report.outcome is Outcome.NOTHING and field.additive:
        return Decimal(0)
    return figure(report.answers.get(field.key))


async def _shared(
    act: Acting, forms: Forms, draft: Draft, unit: UnitId
) -> Mapping[str, KnownFigure]:
    """Return the figures of the same unit and period that another form asks for as well."""
    told = [
        one
        for one in await act.tx.find(Report, {"unit": unit, "period": draft.period})
        if _counts(one, draft) and one.form != draft.form
    ]
    known = _named_figures(forms, sorted(told, key=lambda one: one.submitted))
    return {
        field.key: known[field.shared]
        for field in forms.get(draft.form, draft.form_version).fields
        if field.shared is not None and field.shared in known
    }


def _named_figures(forms: Forms, told: Sequence[Report]) -> Mapping[str, KnownFigure]:
    """Return figures by the name that forms share; of several the one told last."""
    known = {}
    for report in told:
        form = forms.versions.get(report.form, {}).get(report.form_version)
        for field in () if form is None else form.fields:
            value = figure(report.answers.get(field.key))
            if field.shared is not None and value is not None:
                known[field.shared] = KnownFigure(
                    value=value, form=report.form, period=report.period
                )
    return known
