"""Which figures ask for a word of reason: fallen, not the sum of their parts, out of range."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import median
from typing import Final

from records.dialog.fit import canonical, figure
from records.dialog.values import Background, Doubt
from records.forms.model import Field, FieldType
from records.model import Answer

FEWEST_EARLIER: Final = 3
"""Figures before a range means anything: two give no middle."""
MAD_TO_DEVIATION: Final = Decimal("1.4826")
"""Median absolute deviation to standard deviation, for a normal spread (Rousseeuw and Croux,
"Alternatives to the Median Absolute Deviation", JASA 1993)."""
WIDEST: Final = Decimal(4)
"""Deviations from the median that pass unasked: months differ, a digit too many does not pass."""
LEAST_SPREAD: Final = Decimal("0.2")
"""Share of the median taken as a deviation where the earlier figures hardly differ."""
LEAST_COUNT_SPREAD: Final = Decimal(1)
"""The same for counts near zero: after 0, 0, 1 the figure 4 is no wonder."""
SHOWN_PLACES: Final = Decimal("0.01")
"""How finely the range of figures with decimals is shown."""
RANGE_MARK: Final = "–"
"""Stands between the two ends of a range; a minus sign is another character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """Why a figure stands out, and against what: a figure as kept, or two with RANGE_MARK."""

    doubt: Doubt
    against: str


def doubt_of(field: Field, answer: Answer, background: Background) -> Doubted | None:
    """Return what makes a number stand out; percentages and scores are never doubted.

    A figure that is the sum of its reported parts is right, however unusual.
    """
    value = figure(answer)
    if value is None or field.type is not FieldType.NUMBER:
        return None
    before = background.this_year.get(field.key)
    if field.cumulative and before is not None and value < before:
        return Doubted(doubt=Doubt.FELL, against=canonical(before))
    parts = background.parts.get(field.key)
    if field.additive and parts is not None:
        differs = Doubted(doubt=Doubt.NOT_THE_SUM, against=canonical(parts))
        return differs if value != parts else None
    return _out_of_range(field, value, background)


def _out_of_range(field: Field, value: Decimal, background: Background) -> Doubted | None:
    """Hold a figure against the usual range; of one that accumulates, hold its growth."""
    earlier: Sequence[Decimal] = background.earlier.get(field.key, ())
    base = Decimal(0)
    if field.cumulative:
        earlier = growths(earlier)
        base = background.this_year.get(field.key, base)
    if len(earlier) < FEWEST_EARLIER:
        return None
    least, most = usual_range(earlier)
    if least <= value - base <= most:
        return None
    ends = f"{canonical(least + base)}{RANGE_MARK}{canonical(most + base)}"
    return Doubted(doubt=Doubt.OUT_OF_RANGE, against=ends)


def growths(figures: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return by how much cumulative figures grew from each to the next; a fall is a new year."""
    return tuple(
        now - before if now >= before else now for before, now in itertools.pairwise(figures)
    )


def usual_range(figures: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the range that holds all earlier figures and WIDEST deviations about their median.

    Never below zero where none of them is; whole where all of them are.
    """
    middle = median(figures)
    counts = all(one == one.to_integral_value() for one in figures)
    deviation = MAD_TO_DEVIATION * median([abs(one - middle) for one in figures])
    floor = LEAST_COUNT_SPREAD if counts else Decimal(0)
    reach = WIDEST * max(deviation, LEAST_SPREAD * abs(middle), floor)
    least, most = min(middle - reach, *figures), max(middle + reach, *figures)
    if min(figures) >= 0:
        least = max(least, Decimal(0))
    grain = Decimal(1) if counts else SHOWN_PLACES
    return least.quantize(grain, ROUND_FLOOR), most.quantize(grain, ROUND_CEILING)
