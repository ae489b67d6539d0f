"""What a picture of a digest shows, and who draws it; `bot.charts` does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.digest import Count, Digest, Month

MOST_BARS = 12
"""Bars that a phone's screen can hold; the rest become one."""

LONGEST_NAME = 26
"""Characters of a bar's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A unit's bar: how many reports stand how."""

    name: str
    reported: int
    due: int
    late: int


Draw = Callable[[str, Sequence[Bar], Sequence[Bar], Mapping[str, str]], bytes]
"""Draws titled bars of units and bars of months, with names for their parts, as a PNG."""


def bars(state: Digest, others: str) -> tuple[Bar, ...]:
    """Return a bar a unit, those with most that is late first; `others` names the rest."""
    units = [(state.tree.short(unit), each) for unit, each in state.by_unit()]
    shown = units if len(units) <= MOST_BARS else units[: MOST_BARS - 1]
    rest = [each for _, each in units[len(shown) :]]
    drawn = [_bar(_clipped(name), each) for name, each in shown]
    if rest:
        total = Count(
            reported=sum(one.reported for one in rest),
            due=sum(one.due for one in rest),
            late=sum(one.late for one in rest),
        )
        drawn.append(_bar(others, total))
    return tuple(drawn)


def months(state: Digest, name: Callable[[Month], str]) -> tuple[Bar, ...]:
    """Return a bar a month: on time, late and missing stand where reported, due and late do."""
    return tuple(
        Bar(name=name(one), reported=one.on_time, due=one.late, late=one.missing)
        for one in state.trend
    )


def _bar(name: str, each: Count) -> Bar:
    return Bar(name=name, reported=each.reported, due=each.due, late=each.late)


def _clipped(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
