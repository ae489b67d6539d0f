"""Totals of a draft's figures and the grades they come to."""

from collections.abc import Mapping
from decimal import Decimal

from records.dialog.fitting import figure
from records.dialog.values import Sum
from records.forms.model import Band, Form, Total
from records.model import Answer


def sums(form: Form, answers: Mapping[str, Answer]) -> tuple[Sum, ...]:
    """Return the totals over `answers`, which hold only fields that apply.

    A field that was skipped counts nothing; a total none of whose fields is answered is left out.
    """
    found = []
    for total in form.totals:
        figures = [value for key in total.of if (value := figure(answers.get(key))) is not None]
        if figures:
            value = sum(figures, Decimal(0))
            found.append(Sum(total=total, value=value, band=band_of(total, value)))
    return tuple(found)


def band_of(total: Total, value: Decimal) -> Band | None:
    """Return the highest band that `value` reaches, None below all or where there are none."""
    reached = [band for band in total.bands if band.at_least <= value]
    return max(reached, key=lambda band: band.at_least, default=None)
