"""What a figure comes to over units and a period, and from how many reports of how many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.actor import Acting
from records.forms.files import Forms
from records.forms.model import Field, FieldType
from records.ids import UnitId
from records.model import Report, ReportState
from records.obligations.obligation import Obligation
from records.period_keys import PeriodKind, calendar_days, name_at, parse_period, period_key
from records.period_words import Span
from services.figures import figures_of
from services.intents.values import Known, Named
from services.own_work.scope import (
    asked_in,
    cells_of,
    is_kind,
    root_name,
    seen_units,
    told_in,
)
from services.own_work.values import Figure, Hidden, Share
from vietnamese.zone import day_of

TAKEN: frozenset[ReportState] = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED})
"""States of a report whose figures count: not what was returned or taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One report's value of a figure, and the days that it is about."""

    unit: UnitId
    report: Report
    field: Field
    value: Decimal
    first: date
    last: date


def known_figures(forms: Forms) -> tuple[Known, ...]:
    """Return the figures that forms ask for, each under its label: two forms may share one."""
    labels = dict.fromkeys(
        field.label
        for form in forms.latest()
        for field in form.fields
        if field.type is FieldType.NUMBER
    )
    return tuple(Known(id=label, names=(label,)) for label in labels)


async def figure(act: Acting, forms: Forms, named: Named) -> Figure | Hidden | None:
    """Return a figure over the units named, else all the asker sees; None where none is named."""
    if not named.figures:
        return None
    units = seen_units(act, named)
    if units is None:
        return Hidden(unit=act.tree.name(UnitId(named.units[0])))
    label, span = named.figures[0], named.past or _this_year(act)
    units = frozenset(one for one in units if is_kind(act, one, named.kinds))
    asking = _asking(forms, label)
    every = [one for form in asking for one in await act.tx.find(Report, {"form": form})]
    within = [
        one for one in every if one.unit in units and one.state in TAKEN and told_in(one, span)
    ]
    said = [said for one in within for said in _said(one, forms, label)]
    adds = all(field.additive for field in asking.values())
    counted = [kept for unit in units for kept in _kept(said, unit, adds=adds)]
    cells = await cells_of(act, Named(kinds=named.kinds), units)
    asked = asked_in([one for one in cells if one.task.form in asking], span)
    if not adds:
        asked = list({(one.task.id, one.unit): one for one in asked}.values())
    return Figure(
        label=label,
        counted=next((field.unit for field in asking.values()), None),
        root=root_name(act, units),
        span=span,
        total=sum((one.value for one in counted), Decimal(0)),
        shares=_shares(act, counted),
        told=len({one.report.id for one in counted}),
        asked=_asked(asked, counted),
        latest=not adds,
    )


def _this_year(act: Acting) -> Span:
    """Return the period that is meant where none is named."""
    day = day_of(act.now)
    name = name_at(PeriodKind.YEAR, day)
    first, last = calendar_days(name)
    return Span(first=first, last=last, key=period_key(name))


def _asking(forms: Forms, label: str) -> dict[str, Field]:
    """Return the forms that ask for a figure of this label, and their fields."""
    return {
        form.id: field
        for form in forms.latest()
        for field in form.fields
        if field.label == label and field.type is FieldType.NUMBER
    }


def _said(report: Report, forms: Forms, label: str) -> Iterable[_Said]:
    sent = day_of(report.submitted)
    days = (sent, sent) if report.period is None else calendar_days(parse_period(report.period))
    for field, value in figures_of(report, forms):
        if field.label == label:
            yield _Said(
                unit=report.unit,
                report=report,
                field=field,
                value=value,
                first=days[0],
                last=days[1],
            )


def _kept(said: Sequence[_Said], unit: UnitId, *, adds: bool) -> list[_Said]:
    """Return a unit's values that count: longer periods before the parts of them, none twice.

    What does not add up over periods counts once, by its latest report.
    """
    own = [one for one in said if one.unit == unit]
    if not adds:
        return sorted(own, key=lambda one: (one.last, one.report.submitted))[-1:]
    kept: list[_Said] = []
    for one in sorted(own, key=lambda each: (each.first - each.last, each.report.submitted)):
        if all(one.last < other.first or other.last < one.first for other in kept):
            kept.append(one)
    return kept


def _shares(act: Acting, counted: Iterable[_Said]) -> tuple[Share, ...]:
    values: dict[UnitId, Decimal] = {}
    for one in counted:
        values[one.unit] = values.get(one.unit, Decimal(0)) + one.value
    shares = [Share(unit=unit, name=act.tree.name(unit), value=v) for unit, v in values.items()]
    return tuple(sorted(shares, key=lambda one: (-one.value, one.name)))


def _asked(cells: Sequence[Obligation], counted: Sequence[_Said]) -> int:
    """Return how many reports would say it: those asked for, and those that came unasked."""
    places = {(one.task.id, one.unit) for one in cells}
    unasked = {one.report.id for one in counted if (one.report.task, one.unit) not in places}
    return len(cells) + len(unasked)
